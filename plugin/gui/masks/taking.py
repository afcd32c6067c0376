"""Accepted masks on their way into a layer, and back out of it through the layer's undo stack. Main thread only."""

from typing import Any, Dict, List, Optional

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.mask_layer import new_mask_layer, style_class
from ...core.mask_target import append
from ...core.messages import short_name


class Taking(QObject):
    """``undone(number)``: so many objects were taken back by the layer's own undo. ``layer``: where the last ones went."""

    undone = pyqtSignal(int)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.layer_id = ""
        self._own: List[str] = []
        self._marks: List[int] = []
        self._told: set = set()
        self._followed: Optional[QgsVectorLayer] = None

    @property
    def layer(self) -> Optional[QgsVectorLayer]:
        """The layer, if it is still there."""
        layer: Optional[QgsVectorLayer] = QgsProject.instance().mapLayer(self.layer_id)
        return layer

    @property
    def count(self) -> int:
        """Objects that were taken and can still be taken back."""
        layer = self.layer
        return 0 if layer is None else sum(mark <= layer.undoStack().index() for mark in self._marks)

    def take(self, features: Any, target: Optional[QgsVectorLayer], provenance: Dict[str, Any]) -> str:
        """Add ``features``, one object, to ``target`` or a new layer; what to say about it.

        Raises TargetUnwritable, ExportFailed.
        """
        project = QgsProject.instance()
        label = features.features[0].label
        layer = target
        if layer is None:
            layer = new_mask_layer(features, project, self.tr("Masks of {name}").format(name=short_name(features.source)),
                                   provenance)
            self._own.append(layer.id())
        self._follow(layer)
        done = append(layer, features, project)
        index = layer.undoStack().index()
        self._marks = [mark for mark in self._marks if mark < index] + [index]
        if layer.id() in self._own:
            style_class(layer, label)
        said = self.tr("Taken into {layer}.").format(layer=short_name(layer.name()))
        lost = [name for name in done.dropped if name not in self._told]
        if lost:
            self._told.update(lost)
            said += " " + self.tr("It has no fields for {names}, which were left out.").format(names=", ".join(lost))
        return said

    def undo(self) -> str:
        """Undo the layer's last edit; what that was, "" if there is none."""
        stack = self._stack()
        if stack is None or not stack.canUndo():
            return ""
        text = stack.undoText()
        stack.undo()
        self.layer.triggerRepaint()
        return text

    def redo(self) -> str:
        """Do it again; what that was, "" if there is none."""
        stack = self._stack()
        if stack is None or not stack.canRedo():
            return ""
        text = stack.redoText()
        stack.redo()
        self.layer.triggerRepaint()
        return text

    def finish(self) -> str:
        """Pointing ends: layers made for it keep what was taken, those of the user wait for their own save."""
        layer = self.layer
        if layer is None or not layer.isEditable():
            return ""
        name = short_name(layer.name())
        if layer.id() not in self._own:
            if not self.count:
                return ""
            return self.tr("What was taken is in {layer}. Save that layer's edits to keep it.").format(layer=name)
        if layer.commitChanges():
            return ""
        return self.tr("{layer} could not be saved; it is still being edited. Free some space, then save its edits.").format(
            layer=name)

    def unload(self) -> None:
        """Stop listening."""
        self._follow(None)

    def _stack(self):
        layer = self.layer
        return layer.undoStack() if layer is not None and layer.isEditable() else None

    def _follow(self, layer: Optional[QgsVectorLayer]) -> None:
        """Listen to the undo stack of ``layer`` alone."""
        before = self._followed
        if layer is before and layer is not None:
            return
        if before is not None and not sip.isdeleted(before):
            before.undoStack().indexChanged.disconnect(self._moved)
            before.editingStopped.disconnect(self._saved)
        self._followed, self._marks, self._told = layer, [], set()
        self.layer_id = "" if layer is None else layer.id()
        if layer is not None:
            layer.undoStack().indexChanged.connect(self._moved)
            layer.editingStopped.connect(self._saved)

    def _moved(self, _index: int) -> None:
        self.undone.emit(self.count)

    def _saved(self) -> None:
        """Saved or dropped by whoever ended the editing: nothing of it can be taken back any more."""
        self._marks = []
        self.undone.emit(0)
