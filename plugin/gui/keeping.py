"""Turns what an answer points at into a layer of the project, a file, or nothing again."""

from pathlib import Path
from typing import Any, Dict, Optional, Sequence

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .. import settings as user
from ..core import log
from ..core.errors import PluginError
from ..core.layers import add_features, prepare_file, prepare_rows, undo_handle
from ..core.messages import sentence
from ..core.project_stamp import ProjectStamp
from ..core.result_files import MANY, folder_beside
from ..core.tasks import RunTask, start

#: Objects that the main thread adds by itself: a few milliseconds.
FEW = 200


class Keeping(QObject):
    """For one answer. ``added(layer)``, ``removed()``, ``failed(sentence)``. Main thread only; files on a worker."""

    added = pyqtSignal(object)
    removed = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, title: str, parent=None) -> None:
        super().__init__(parent)
        self.title = title
        self.stamp = ProjectStamp.instance().current()
        self.undo_of = None
        self._task: Optional[RunTask] = None
        QgsProject.instance().layersRemoved.connect(self._layers_removed)

    @property
    def layer(self):
        """The kept layer, if it is in the project."""
        if self.undo_of is None:
            return None
        return QgsProject.instance().mapLayer(self.undo_of.layer_ids[0])

    def adopt(self, layer_id: str) -> None:
        """Take over a layer that an earlier session kept."""
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is not None:
            self.undo_of = undo_handle([layer])

    def keep(self, features, provenance: dict, transitions: Sequence[Dict[str, Any]] = ()) -> None:
        """Add the polygons as a layer, ``transitions`` as a table beside it. Files are written and many rows are made by
        a worker first."""
        if self._task is not None or self.layer is not None:
            return
        place, title = QgsProject.instance().fileName(), self.title
        count = len(features.features)
        to_file = count > MANY or (folder_beside(place) is not None and user.keep_beside_project.value())
        if not to_file and count <= FEW:
            self._add(features, provenance, transitions=transitions)
            return

        def work(_progress, cancel):
            if to_file:
                return prepare_file(features, place, title, cancel, transitions)
            return prepare_rows(features, cancel)

        self._task = RunTask(self.tr("Terralogue: writing the layer"), work)
        self._task.finished_with.connect(lambda outcome: self._written(outcome, features, provenance, transitions))
        start(self._task)

    def undo(self) -> None:
        """Take the layer back, with the file written for it."""
        handle, self.undo_of = self.undo_of, None
        if handle is not None:
            handle.undo()
            self.removed.emit()

    def stop(self) -> None:
        """Forget the project: it is being closed."""
        if self._task is not None:
            self._task.cancel()
        QgsProject.instance().layersRemoved.disconnect(self._layers_removed)

    def _written(self, outcome, features, provenance: dict, transitions) -> None:
        self._task = None
        if outcome.ok:
            prepared = {"file" if isinstance(outcome.result, Path) else "rows": outcome.result}
            self._add(features, provenance, transitions=transitions, **prepared)
        elif not outcome.stale:
            self.failed.emit(outcome.message)

    def _add(self, features, provenance: dict, **prepared) -> None:
        try:
            layer = add_features(
                features, QgsProject.instance(), self.title, provenance, stamp=self.stamp, **prepared
            )
        except PluginError as error:
            log.error(error, "adding a layer")
            self.failed.emit(sentence(error))
            return
        self.undo_of = undo_handle([layer])
        self.added.emit(layer)

    def _layers_removed(self, layer_ids) -> None:
        # The polygons, which come first: without their table they are still kept.
        if self.undo_of is not None and self.undo_of.layer_ids[0] in layer_ids:
            self.undo_of = None
            self.removed.emit()
