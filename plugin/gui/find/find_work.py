"""The tasks behind the Find window: one at a time, each with its end told once."""

from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ....models.errors import TerralogueError
from ...core import index_build, index_layers, index_search, log
from ...core.errors import PluginError
from ...core.index_pictures import read_pictures
from ...core.messages import sentence, tr
from ...core.snapshots import snapshot_layer
from ...core.tasks import RunTask, start


class FindWork(QObject):
    """``busy(bool)``, ``progress(fraction, message)``, ``failed(sentence)``, ``found(Found)``, ``picture(number, QImage)``,
    ``estimated(Estimate)``, ``indexed(folder, BuildReport)``, ``heated(HeatFile)``. Main thread only.
    """

    busy = pyqtSignal(bool)
    progress = pyqtSignal(float, str)
    failed = pyqtSignal(str)
    found = pyqtSignal(object)
    picture = pyqtSignal(int, object)
    estimated = pyqtSignal(object)
    indexed = pyqtSignal(object, object)
    heated = pyqtSignal(object)

    def __init__(self, service, parent=None) -> None:
        super().__init__(parent)
        self.service = service
        self.task: Optional[RunTask] = None
        self._pictures: Optional[RunTask] = None
        self._series = 0

    def search(self, folder: Path, most: int, words: str = "", liked=(), disliked=(), region=None, example=None) -> None:
        """Look for places. ``region``: a ``MapRegion`` or None; ``example``: (layer, ``MapRegion``) to find the like of."""
        def prepare():
            where = index_search.region_of(region, tr("Region"))
            pictured = None if example is None else snapshot_layer(*example)
            return lambda _progress, cancel: index_search.search(
                self.service, folder, self._query(words, liked, disliked, where), most, cancel, pictured)

        self._stop_pictures()
        self._run(tr("Terralogue: finding"), prepare, self._found)

    def heat(self, folder: Path, title: str, words: str = "", liked=(), disliked=(), raster=None, example=None) -> None:
        """Lay the scores of one raster over each other; ``raster``: its id in the index."""
        def prepare():
            pictured = None if example is None else snapshot_layer(*example)
            path = index_layers.heat_path(title)
            return lambda _progress, cancel: index_search.heat(
                self.service, folder, self._query(words, liked, disliked, None), raster, path, cancel, pictured)

        self._run(tr("Terralogue: heat"), prepare, self.heated.emit)

    def estimate(self, layer: QgsRasterLayer) -> None:
        """What an index of ``layer`` would cost."""
        def prepare():
            files = index_build.files_of([layer])
            return lambda _progress, cancel: index_build.estimate_index(self.service, files, cancel)

        self._run(tr("Terralogue: estimating"), prepare, self.estimated.emit)

    def index(self, layer: QgsRasterLayer, folder: Path) -> None:
        """Make an index of ``layer`` in ``folder``."""
        def prepare():
            inputs = [index_build.input_of(file) for file in index_build.files_of([layer])]
            return lambda progress, cancel: index_build.build_index(
                self.service, folder, inputs, progress, cancel, batch=True)

        self._run(tr("Terralogue: indexing"), prepare, lambda report: self.indexed.emit(folder, report), told=True)

    def update(self, folder: Path) -> None:
        """Look again at what has changed under an index."""
        def work(progress, cancel):
            from ....models.retrieval.index import TileIndex

            with TileIndex.open(folder) as index:
                inputs = index_build.inputs_of(index)
            return index_build.build_index(self.service, folder, inputs, progress, cancel, batch=True)

        self._run(tr("Terralogue: indexing"), lambda: work, lambda report: self.indexed.emit(folder, report))

    def show_pictures(self, places, side: int) -> None:
        """Read the pictures of finds, one after another."""
        self._stop_pictures()
        self._series += 1
        series, waiting = self._series, _Carrier(self)
        waiting.ready.connect(lambda of, number, image: self.picture.emit(number, image) if of == self._series else None)

        def work(_progress, cancel):
            return read_pictures(places, side, lambda number, image: waiting.ready.emit(series, number, image), cancel) + 1

        self._pictures = RunTask(tr("Terralogue: pictures"), work)
        self._pictures.finished_with.connect(lambda _outcome, task=self._pictures: self._pictures_done(task, waiting))
        start(self._pictures)

    def stop(self) -> None:
        """Give up what runs."""
        if self.task is not None:
            self.task.cancel()

    def unload(self) -> None:
        """Give up everything, and hear no more of it."""
        self._stop_pictures()
        task, self.task = self.task, None
        if task is not None:
            task.finished_with.disconnect()
            task.cancel()

    @staticmethod
    def _query(words, liked, disliked, where):
        from ....models.retrieval.searching import Query

        return Query(words, liked=liked, disliked=disliked, region=where)

    def _run(self, title: str, prepare: Callable, done: Callable, told: bool = False) -> None:
        """``told``: also that it came to nothing because the project was closed; it took long."""
        if self.task is not None:
            return
        try:
            ready, why, _step = self.service.ready()
            if not ready:
                self.failed.emit(why)
                return
            work = prepare()
        except (TerralogueError, PluginError) as error:
            log.error(error, title)
            self.failed.emit(sentence(error))
            return
        self.task = RunTask(title, work)
        self.task.said.connect(self.progress)
        self.task.finished_with.connect(lambda outcome: self._ended(outcome, done, told))
        self.busy.emit(True)
        start(self.task)

    def _ended(self, outcome, done: Callable, told: bool) -> None:
        self.task = None
        self.busy.emit(False)
        if outcome.ok:
            done(outcome.result)
        elif told or not outcome.stale:
            self.failed.emit(outcome.message)

    def _found(self, found) -> None:
        self.found.emit(found)

    def _stop_pictures(self) -> None:
        self._series += 1
        if self._pictures is not None:
            self._pictures.cancel()
            self._pictures = None

    def _pictures_done(self, task, waiting) -> None:
        waiting.deleteLater()
        if self._pictures is task:
            self._pictures = None


class _Carrier(QObject):
    """Takes pictures from the worker to the main thread."""

    ready = pyqtSignal(int, int, object)
