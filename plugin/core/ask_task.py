"""One question on a worker: views are opened, the assistant answers, every event reaches the main thread."""

from typing import TYPE_CHECKING, Any, Callable, List, Sequence

from qgis.PyQt.QtCore import pyqtSignal

from ...models.cancel import CancelToken
from .. import settings as user
from .messages import tr
from .project_units import unit_system
from .snapshots import ViewSnapshot
from .tasks import RunTask

if TYPE_CHECKING:
    from ...models.conversation import Turn, View
    from .service import Service


class AskTask(RunTask):
    """Construct on the main thread, start with ``tasks.start``. ``snapshots``: one view, or before and after;
    ``knowledge``: path of a knowledge base that is asked first, "" for none.

    ``answer`` carries each ``models`` Event to the main thread, in order, and falls silent once the task was
    cancelled or its project closed. ``finished_with`` follows the last of them; ``Outcome.result`` is the provenance.
    """

    # Not "event": that is a virtual of QObject, and Qt would call the signal in its place.
    answer = pyqtSignal(object)

    def __init__(
        self,
        service: "Service",
        snapshots: Sequence[ViewSnapshot],
        text: str,
        history: "Sequence[Turn]" = (),
        detail: str = "brief",
        knowledge: str = "",
    ) -> None:
        ids = {layer_id for snapshot in snapshots for layer_id in snapshot.layer_ids}
        super().__init__(tr("Terralogue: answering"), layer_ids=ids)
        self._service, self._snapshots = service, tuple(snapshots)
        self._text, self._history, self._detail = text, tuple(history), detail
        self._knowledge = knowledge
        self._units, self._requests = unit_system(), user.requests()

    def work(self, progress: Callable[[float, str], None], cancel: CancelToken) -> Any:
        """Ask, and pass on what comes. Returns the provenance of the answer."""
        assistant = self._service.assistant(self._units)
        from ...models.conversation import Done, Question, Running

        views: "List[View]" = []
        try:
            for snapshot in self._snapshots:
                views.append(snapshot.open(cancel))
            question = Question(self._text, tuple(views), self._history, self._detail, self._requests, self._knowledge)
            provenance = None
            for event in assistant.ask(question, cancel):
                cancel.raise_if_cancelled()
                if isinstance(event, Running):
                    progress(event.fraction, event.message)
                if isinstance(event, Done):
                    provenance = dict(event.provenance)
                if not self.stale:
                    self.answer.emit(event)
            return provenance
        finally:
            for view in views:
                view.source.close()
