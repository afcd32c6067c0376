"""The conversation's course: a question is snapshotted, estimated, run, shown; only one runs at a time."""

from typing import List, Optional

from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QObject, Qt, pyqtSignal

from ...models.errors import TerralogueError
from .. import settings as user
from ..core import log
from ..core.ask_task import AskTask
from ..core.coarser import CoarserSnapshot
from ..core.dated_snapshot import snapshot_dates
from ..core.errors import PluginError
from ..core.estimates import estimate_task, is_long
from ..core.messages import sentence
from ..core.snapshots import snapshot_canvas, snapshot_layer
from ..core.tasks import RunTask, start
from .exchange import Exchange
from .region_area import region_text

#: Earlier questions that a new one may refer to.
REMEMBERED = 8
#: How much larger the pixels of a *coarser* run are: a quarter of the tiles.
COARSER = 2.0


class Session(QObject):
    """``added(exchange)``, ``refused(text, sentence)``, ``running_changed(bool)``, ``long_run(Estimate)``.

    Reads layers only in :meth:`ask`, on the main thread; everything after it happens in tasks.
    """

    added = pyqtSignal(object)
    refused = pyqtSignal(str, str)
    running_changed = pyqtSignal(bool)
    long_run = pyqtSignal(object)
    finished = pyqtSignal(object)
    changed = pyqtSignal()

    def __init__(self, service, canvas, sources, regions, parent=None) -> None:
        super().__init__(parent)
        self.service, self.canvas, self.sources, self.regions = service, canvas, sources, regions
        self.exchanges: List[Exchange] = []
        self.current: Optional[Exchange] = None
        self.task: Optional[RunTask] = None
        self.snapshots: list = []
        self.estimate = None
        #: Path of the knowledge base that questions are put to first, "" for none.
        self.knowledge = lambda: ""

    @property
    def running(self) -> bool:
        """True from a question until its answer, the time of an open choice included."""
        return self.current is not None

    def ask(self, text: str) -> None:
        """Ask about what is chosen now. Main thread only."""
        if self.running:
            return
        try:
            self.snapshots = self._snapshots()
        except (PluginError, TerralogueError) as error:
            log.error(error, "reading the layers of the question")
            self.refused.emit(text, sentence(error))
            return
        exchange = Exchange(text, self._subject(), self)
        exchange.asked = QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate)
        exchange.layer_ids = tuple(layer_id for snapshot in self.snapshots for layer_id in snapshot.layer_ids)
        exchange.region = self.regions.region
        exchange.retry.connect(lambda: self.ask(text))
        exchange.changed.connect(self.changed)
        self.exchanges.append(exchange)
        self.current = exchange
        self.running_changed.emit(True)
        self.added.emit(exchange)
        self._estimate()

    def stop(self) -> None:
        """Give up the current run; what was answered so far stays readable."""
        if self.task is not None:
            self.task.cancel()
        elif self.current is not None:
            self._close(self.tr("Stopped before the run began."))

    def run(self, coarser: bool = False) -> None:
        """Run the current question, after an estimate; ``coarser``: on larger pixels."""
        if self.current is None or self.task is not None:
            return
        exchange, snapshots = self.current, self.snapshots
        if coarser and self.estimate is not None and self.estimate.working_gsd:
            snapshots = [CoarserSnapshot(snapshot, self.estimate.working_gsd * COARSER) for snapshot in snapshots]
        self.task = AskTask(self.service, snapshots, exchange.question, self._history(), user.answer_detail.value(),
                            self.knowledge())
        self.task.answer.connect(exchange.take)
        self.task.finished_with.connect(self._answered)
        start(self.task)

    def forget(self) -> None:
        """Start anew: the conversation is over, layers that were kept stay."""
        task, self.task = self.task, None
        if task is not None:
            # What it still says belongs to a conversation that is gone.
            task.finished_with.disconnect()
            if isinstance(task, AskTask) and not sip.isdeleted(task):
                task.answer.disconnect()
            task.cancel()
        for exchange in self.exchanges:
            exchange.unload()
        self.exchanges, self.current = [], None
        self.running_changed.emit(False)

    def _snapshots(self) -> list:
        layers, region = self.sources.layers(), self.regions.region
        if not layers:
            return [snapshot_canvas(self.canvas.mapSettings(), region)]
        if len(layers) > 2:
            return snapshot_dates(layers, region)
        return [snapshot_layer(layer, region) for layer in layers]

    def _subject(self) -> str:
        names = " → ".join(snapshot.name for snapshot in self.snapshots)
        region = region_text(self.regions.region).replace(" ", "\u00a0")
        return f"{names} · {region}" if region else names

    def _history(self) -> tuple:
        from ...models.conversation import Turn

        done = [exchange for exchange in self.exchanges if exchange.done][-REMEMBERED:]
        return tuple(Turn(exchange.question, exchange.answer, exchange.facts) for exchange in done)

    def _estimate(self) -> None:
        self.current.card.progress.show_progress(0.0, self.tr("Looking at the imagery…"))
        self.estimate = None
        self.task = estimate_task(self.service, self.current.question, self.snapshots, self.knowledge())
        self.task.finished_with.connect(self._estimated)
        start(self.task)

    def _estimated(self, outcome) -> None:
        self.task = None
        if self.current is None:
            return
        if not outcome.ok:
            self._close(outcome.message)
            return
        self.estimate = outcome.result
        if is_long(self.estimate):
            self.long_run.emit(self.estimate)
        else:
            self.run()

    def _answered(self, outcome) -> None:
        self.task = None
        if self.current is not None:
            self._close("" if outcome.ok else outcome.message)

    def _close(self, message: str) -> None:
        exchange, self.current = self.current, None
        exchange.close(message)
        self.running_changed.emit(False)
        self.finished.emit(exchange)
        if exchange.done:
            self.changed.emit()

    @staticmethod
    def layers_of(exchange: Exchange) -> list:
        """The source layers of an exchange that are still there."""
        found = (QgsProject.instance().mapLayer(layer_id) for layer_id in exchange.layer_ids)
        return [layer for layer in found if layer is not None]
