"""Background work that never raises, always answers, can be stopped, and outlives nothing it depends on."""

import time
import traceback
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Optional

from qgis.core import QgsApplication, QgsProject, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...models.cancel import CancelToken
from ...models.errors import Cancelled
from . import log
from .errors import ProjectClosed, ResultLost
from .messages import sentence
from .project_stamp import ProjectStamp


@dataclass(frozen=True)
class Outcome:
    """How a task ended. ``message``: translated sentence, "" if all went well. ``details``: English, for the log.

    ``stale``: the project it was started in is gone. ``result``: what the work returned, None unless ``ok``.
    """

    ok: bool
    cancelled: bool = False
    message: str = ""
    details: str = ""
    stale: bool = False
    result: Any = None


class _Ending(QObject):
    """Carries the end of a task: QGIS deletes the task itself before the signal is due."""

    finished_with = pyqtSignal(object)


class RunTask(QgsTask):
    """Runs ``work(progress, cancel)`` on a worker. Construct on the main thread, start with :func:`start`.

    ``work`` gets a ``Progress`` and a ``CancelToken`` and must return something other than None; what it raises
    becomes ``Outcome.message``. ``finished_with`` arrives on the main thread, exactly once.
    """

    said = pyqtSignal(float, str)

    def __init__(self, title: str, work: Optional[Callable] = None, layer_ids: Iterable[str] = ()) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self.token = CancelToken()
        self.outcome: Optional[Outcome] = None
        self._ending = _Ending()
        self.finished_with = self._ending.finished_with
        self._work = work
        self._error: Optional[BaseException] = None
        self._result: Any = None
        self._reported = 0.0
        self._stamp = ProjectStamp.instance()
        self._born = self._stamp.current()
        layers = [QgsProject.instance().mapLayer(layer_id) for layer_id in layer_ids]
        self.setDependentLayers([layer for layer in layers if layer is not None])

    @property
    def stale(self) -> bool:
        """Whether the project this task was made in has been closed since. Any thread."""
        return self._stamp.current() != self._born

    def work(self, progress: Callable[[float, str], None], cancel: CancelToken) -> Any:
        """What is done on the worker; subclasses override it."""
        return self._work(progress, cancel) if self._work is not None else None

    def run(self) -> bool:
        """Called by QGIS on a worker. Never raises: that would abort the process."""
        try:
            self.token.raise_if_cancelled()
            self._result = self.work(self._progress, self.token)
            if self._result is None:
                raise ResultLost(self.description())
            return not self.token.cancelled
        except BaseException as error:  # even SystemExit from a package must not reach QGIS
            self._fail(error)
            return False

    def _fail(self, error: BaseException) -> None:
        """Keep the error, log its cause, and let go here of what its frames hold: Qt objects must die on their thread."""
        self._error = error
        try:
            if not isinstance(error, Cancelled) and not self.token.cancelled:
                log.error(error, self.description())
            link: Optional[BaseException] = error
            while link is not None:
                traceback.clear_frames(link.__traceback__)
                link.__traceback__, link = None, link.__cause__ or link.__context__
        except Exception as second:
            self._error = second

    def _progress(self, fraction: float, message: str = "") -> None:
        """Pass progress on, at most 20 times a second, and stop where the work asks nobody else."""
        self.token.raise_if_cancelled()
        now = time.monotonic()
        if now - self._reported >= 0.05 or fraction >= 1:
            self._reported = now
            self.setProgress(100 * min(1.0, max(0.0, fraction)))
            self.said.emit(float(fraction), str(message))

    def cancel(self) -> None:
        """Stop the work, reaching into a running model. Any thread."""
        try:
            self.token.cancel()
        except Exception as error:
            log.error(error, "stopping a task")
        # QGIS deletes a task as soon as it is over; what holds it may learn of that a moment later.
        if not sip.isdeleted(self):
            super().cancel()

    def finished(self, ok: bool) -> None:
        """Called by QGIS on the main thread, also for a task that was stopped before it began."""
        if self.outcome is not None:
            return
        self.outcome = self._conclude(ok)
        # Not from inside the task manager: it still holds the address of this task's runnable, takes whatever was put
        # there anew out of the thread pool and deletes it; the next task then never starts (QGIS pull request 67040).
        QTimer.singleShot(0, lambda: self._tell())  # a bound method would be forgotten with the deleted task

    def _tell(self) -> None:
        _running.discard(self)
        self.finished_with.emit(self.outcome)

    def _conclude(self, ok: bool) -> Outcome:
        error = self._error
        if self.stale:
            return Outcome(False, True, sentence(ProjectClosed()), str(error or ""), stale=True)
        if isinstance(error, Cancelled) or (self.token.cancelled and error is None) or (self.isCanceled() and not ok):
            return Outcome(False, True, sentence(error if isinstance(error, Cancelled) else Cancelled()))
        if error is not None:
            return Outcome(False, False, sentence(error), log.redact(repr(error)))
        return Outcome(bool(ok), result=self._result)


#: Tasks on their way; QGIS keeps no Python reference to them.
_running = set()


def start(task: RunTask) -> RunTask:
    """Hand a task to QGIS and keep it until it has finished. Main thread only."""
    _running.add(task)
    QgsApplication.taskManager().addTask(task)
    return task


def running() -> int:
    """How many tasks of this plugin are on their way."""
    return len(_running)


def cancel_all() -> None:
    """Stop every task of this plugin; they end on their own soon after. Main thread only."""
    for task in list(_running):
        task.cancel()
