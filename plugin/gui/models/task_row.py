"""What the window of models is at: one task at a time, how far it is, and the button that pauses or cancels it."""

from typing import Any, Callable, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ...core.tasks import RunTask, start
from ..chat.progress_line import ProgressLine


class TaskRow(QWidget):
    """Hidden while nothing runs. ``changed()``: something began or ended. ``ended(sentence)``: it brought nothing, and why."""

    changed = pyqtSignal()
    ended = pyqtSignal(str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.task: Optional[RunTask] = None
        self._pausing = False
        self.progress = ProgressLine()
        self.stop = QPushButton(self.tr("Pause"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.progress, 1)
        layout.addWidget(self.stop)
        self.hide()

    def run(self, task: RunTask, done: Callable[[Any], None], pausing: bool = False) -> None:
        """Start ``task`` unless one runs; ``done(result)`` if it succeeds. ``pausing``: what came until it is stopped stays."""
        if self.task is not None:
            return
        self.task, self._pausing = task, pausing
        self.stop.setText(self.tr("Pause") if pausing else self.tr("Cancel"))
        self.stop.setEnabled(True)
        task.said.connect(lambda fraction, _said: self.progress.show_progress(fraction, ""))
        task.finished_with.connect(lambda outcome: self._finished(task, outcome, done))
        self.progress.bar.setRange(0, 0)
        self.progress.show_progress(0.0, task.description())
        self.show()
        self.changed.emit()
        start(task)

    def cancel(self) -> None:
        """Stop the task; its end is told as ever."""
        if self.task is not None:
            self.stop.setEnabled(False)
            self.task.cancel()

    def forget(self) -> None:
        """Stop the task and hear no more of it."""
        task, self.task = self.task, None
        if task is not None:
            task.cancel()

    def _finished(self, task: RunTask, outcome: Any, done: Callable[[Any], None]) -> None:
        if self.task is not task:
            return
        self.task = None
        self.hide()
        if outcome.ok:
            done(outcome.result)
        elif outcome.cancelled and self._pausing:
            self.ended.emit(self.tr("Paused. What came is kept, and the next download goes on from there."))
        else:
            self.ended.emit(outcome.message)
        self.changed.emit()
