"""Turns what an answer points at into a layer of the project, a file, or nothing again."""

from typing import Any, Dict, Optional, Sequence

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .. import settings as user
from ..core import log
from ..core.errors import PluginError, TargetUnwritable
from ..core.layers import add_features, prepare_file, prepare_rows, undo_handle
from ..core.mask_target import append, check_target
from ..core.messages import sentence
from ..core.outline_words import outline_sentences
from ..core.outlines import COLOURS, chosen, outlined, provenance_of
from ..core.project_stamp import ProjectStamp
from ..core.result_files import MANY, folder_beside
from ..core.statistics_table import statistics_of
from ..core.tasks import RunTask, start

#: Objects that the main thread adds by itself: a few milliseconds.
FEW = 200


class Keeping(QObject):
    """For one answer. ``added(layer)``, ``removed()``, ``failed(sentence)``, ``appended(sentence)``. Main thread only; files
    and outlines on a worker.

    ``note``: what the outlines of the added layer cost, "" where they are those of the pixels.
    """

    added = pyqtSignal(object)
    removed = pyqtSignal()
    failed = pyqtSignal(str)
    appended = pyqtSignal(str)

    def __init__(self, title: str, parent=None) -> None:
        super().__init__(parent)
        self.title, self.note = title, ""
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

    def keep(
        self, features, provenance: dict, transitions: Sequence[Dict[str, Any]] = (), known: Optional[int] = None
    ) -> None:
        """Add the polygons as a layer, with the outlines and colours chosen, and tables beside it: ``transitions``, and
        statistics if they are wanted. ``known``: pixels that the answer is about. Files are written, outlines drawn and
        many rows made by a worker first."""
        if self._task is not None or self.layer is not None:
            return
        place, title, outlines = QgsProject.instance().fileName(), self.title, chosen()
        count, wanted = len(features.features), user.statistics_table.value()
        self.note = ""
        to_file = count > MANY or (folder_beside(place) is not None and user.keep_beside_project.value())
        if not to_file and count <= FEW and outlines == "exact":
            statistics = statistics_of(features, known) if wanted else ()
            self._add(features, provenance, transitions=transitions, statistics=statistics)
            return

        def work(_progress, cancel):
            drawn, report = outlined(features, outlines, cancel)
            tables = {"transitions": transitions, "statistics": statistics_of(drawn, known) if wanted else ()}
            if to_file:
                tables["file"] = prepare_file(drawn, place, title, cancel, transitions, tables["statistics"])
            else:
                tables["rows"] = prepare_rows(drawn, cancel)
            return drawn, {**provenance, **provenance_of(outlines, report)}, tables, report

        self._task = RunTask(self.tr("Terralogue: writing the layer"), work)
        self._task.finished_with.connect(self._written)
        start(self._task)

    def keep_in(self, layer_id: str, features) -> None:
        """Add the polygons, with the outlines chosen, to a layer of the user's, as one step that its undo takes back."""
        layer = QgsProject.instance().mapLayer(layer_id)
        if self._task is not None:
            return
        try:
            if layer is None:
                raise TargetUnwritable(self.title, "gone")
            if len(features.features) > MANY:
                raise TargetUnwritable(layer.name(), "many")
            check_target(layer, QgsProject.instance())
        except PluginError as error:
            self.failed.emit(sentence(error))
            return
        outlines = chosen()
        self._task = RunTask(
            self.tr("Terralogue: drawing outlines"), lambda _progress, cancel: outlined(features, outlines, cancel), [layer_id]
        )
        self._task.finished_with.connect(lambda outcome: self._drawn(outcome, layer_id))
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

    def _drawn(self, outcome, layer_id: str) -> None:
        self._task = None
        if not outcome.ok:
            if not outcome.stale:
                self.failed.emit(outcome.message)
            return
        drawn, report = outcome.result
        layer = QgsProject.instance().mapLayer(layer_id)
        try:
            if layer is None:
                raise TargetUnwritable(self.title, "gone")
            done = append(layer, drawn, QgsProject.instance(), several=True)
        except PluginError as error:
            log.error(error, "adding to a layer")
            self.failed.emit(sentence(error))
            return
        text = self.tr("Added {count} objects to {name}. Save its edits to keep them; its undo takes them back.")
        said = [text.format(count=done.features, name=layer.name())]
        if done.dropped:
            said.append(self.tr("It has no fields for {names}.").format(names=", ".join(done.dropped)))
        self.appended.emit("\n".join(said + ([] if report is None else outline_sentences(report))))

    def _written(self, outcome) -> None:
        self._task = None
        if outcome.ok:
            drawn, provenance, prepared, report = outcome.result
            self.note = "" if report is None else "\n".join(outline_sentences(report))
            self._add(drawn, provenance, **prepared)
        elif not outcome.stale:
            self.failed.emit(outcome.message)

    def _add(self, features, provenance: dict, **prepared) -> None:
        try:
            layer = add_features(
                features, QgsProject.instance(), self.title, provenance, stamp=self.stamp,
                each=user.choice(user.object_colours, COLOURS) == "each", **prepared
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
