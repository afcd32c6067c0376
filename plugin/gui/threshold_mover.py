"""Answers with other thresholds, made by a worker one at a time: of what is asked for meanwhile only the last counts."""

from typing import Optional, Tuple

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.tasks import RunTask, start

#: Milliseconds between two looks while the handle is dragged, and of rest before an answer is made.
PAUSE = 120


class ThresholdMover(QObject):
    """``counted(threshold, objects)``, ``moved(MovedAnswer)``, ``failed(sentence)``. Main thread only.

    ``scores``: the ``KeptScores`` of an answer; they are read by tasks, never here.
    """

    counted = pyqtSignal(float, int)
    moved = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, scores, parent=None) -> None:
        super().__init__(parent)
        self._scores = scores
        self._next: Optional[Tuple[str, float]] = None
        self._task: Optional[RunTask] = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._run)

    @property
    def idle(self) -> bool:
        """Whether nothing is asked for and nothing under way."""
        return self._next is None and self._task is None

    def count(self, threshold: float) -> None:
        """Count the objects at ``threshold``, soon: a handle that keeps moving does not put it off."""
        self._next = ("count", threshold)
        if not self._timer.isActive():
            self._timer.start()

    def answer(self, threshold: float) -> None:
        """Make the answer at ``threshold`` once nothing else was asked for a moment."""
        self._next = ("answer", threshold)
        self._timer.start()

    def stop(self) -> None:
        """Nobody is interested any more."""
        self._next = None
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def let_go(self) -> None:
        """Stop, and hold the scores no longer."""
        self.stop()
        self._scores = None

    def _run(self) -> None:
        if self._next is None:
            return
        if self._task is not None:
            # What it makes is out of date, unless it only counts for a handle that is still moving.
            if self._next[0] == "answer":
                self._task.cancel()
            return
        (what, threshold), self._next = self._next, None
        scores = self._scores

        def work(_progress, cancel):
            return scores.count(threshold, cancel) if what == "count" else scores.answer(threshold, cancel)

        self._task = RunTask(self.tr("Terralogue: moving the threshold"), work)
        self._task.finished_with.connect(lambda outcome: self._ended(what, threshold, outcome))
        start(self._task)

    def _ended(self, what: str, threshold: float, outcome) -> None:
        self._task = None
        if self._next is not None:
            if not self._timer.isActive():
                self._run()
            if what == "answer":
                return
        if outcome.ok and what == "count":
            self.counted.emit(threshold, outcome.result)
        elif outcome.ok:
            self.moved.emit(outcome.result)
        elif not outcome.cancelled:
            self.failed.emit(outcome.message)
