"""Before and after on the canvas: begins, follows the view, ends, and leaves project and canvas as they were."""

from typing import List, Optional, Tuple

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..chat.visible_text import one_line
from ..tools.previous_tool import give_back
from ..tools.region_band import discard
from .curtain import SwipeLine, SwipePictures
from .divider import Divider
from .side_picture import SidePicture
from .swipe_tool import SwipeTool

#: Milliseconds for which the view must stand still before it is drawn anew.
REST = 80


class Swipe(QObject):
    """``changed(on)``. Any two layers of the project, whether they are visible or not; their order and visibility are
    left alone. Visible vector layers are drawn on both sides. Main thread only.
    """

    changed = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.divider = Divider()
        self.pair: Tuple[str, str] = ("", "")
        self.pictures: List[SidePicture] = []
        self._items: list = []
        self._followed: list = []
        self._previous = None
        self.tool = SwipeTool(canvas, self.divider)
        self.tool.moved.connect(self._moved)
        self.tool.ended.connect(self.stop)
        self.tool.activated.connect(self._begin)
        self.tool.deactivated.connect(self._end)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._draw)
        project = QgsProject.instance()
        project.layersWillBeRemoved.connect(self._layers_leave)
        project.cleared.connect(self.stop)

    @property
    def active(self) -> bool:
        """Whether the line is on the canvas."""
        return bool(self._items)

    @property
    def drawn(self) -> bool:
        """Whether everything there is to see is drawn."""
        return self.active and not self._rest.isActive() and all(picture.drawn for picture in self.pictures)

    def shows(self, before: Optional[QgsMapLayer], after: Optional[QgsMapLayer]) -> bool:
        """Whether these two are on the canvas now."""
        return self.active and before is not None and after is not None and self.pair == (before.id(), after.id())

    def start(self, before: Optional[QgsMapLayer], after: Optional[QgsMapLayer]) -> bool:
        """Show ``before`` left of the line and ``after`` right of it; False if there are not two layers."""
        if before is None or after is None or before is after:
            return False
        self._end()
        self.pair = before.id(), after.id()
        if self.canvas.mapTool() is self.tool:
            self._begin()
            return self.active
        self._previous = self.canvas.mapTool()
        self.canvas.setMapTool(self.tool)
        return self.active

    def stop(self) -> None:
        """Give the canvas back its tool and its map."""
        self._end()
        self.pair = ("", "")
        if sip.isdeleted(self.canvas) or self.canvas.mapTool() is not self.tool:
            return
        previous, self._previous = self._previous, None
        give_back(self.canvas, self.tool, previous)

    def unload(self) -> None:
        """Leave the canvas as it was."""
        self.stop()
        project = QgsProject.instance()
        project.layersWillBeRemoved.disconnect(self._layers_leave)
        project.cleared.disconnect(self.stop)
        if not sip.isdeleted(self.tool):
            self.tool.deleteLater()

    def _begin(self) -> None:
        """The tool is on: by :meth:`start`, or because the tool that took its place for a moment is done."""
        layers = self._layers()
        if self.active or len(layers) < 2:
            if not self.active:
                QTimer.singleShot(0, self.stop)
            return
        ground = self.canvas.canvasColor()
        sides = [SidePicture(lambda number=number: self._layers()[number:number + 1], ground, self) for number in (0, 1)]
        over = SidePicture(self._vectors, None, self)
        self.pictures = [*sides, over]
        names = [
            one_line(text.format(name=layer.name()))
            for text, layer in zip((self.tr("Before: {name}"), self.tr("After: {name}")), layers)
        ]
        self._items = [
            SwipePictures(self.canvas, self.divider, sides, over), SwipeLine(self.canvas, self.divider, names),
        ]
        self._followed = [
            signal for layer in layers for signal in (layer.repaintRequested, layer.styleChanged)
        ] + [self.canvas.renderStarting, self.canvas.extentsChanged, self.canvas.layersChanged]
        for signal in self._followed:
            signal.connect(self._later)
        self._draw()
        self.changed.emit(True)

    def _end(self) -> None:
        """The tool is off."""
        if not self.active:
            return
        self._rest.stop()
        for signal in self._followed:
            signal.disconnect(self._later)
        for picture in self.pictures:
            picture.stop()
            picture.deleteLater()
        for item in self._items:
            discard(self.canvas, item)
        self._followed, self.pictures, self._items = [], [], []
        self.changed.emit(False)

    def _later(self, *_args) -> None:
        self._moved()
        self._rest.start()

    def _draw(self) -> None:
        for picture in self.pictures:
            picture.draw(self.canvas.mapSettings())

    def _moved(self) -> None:
        for item in self._items:
            item.updatePosition()

    def _layers(self) -> List[QgsMapLayer]:
        """Before and after, as far as they are still there."""
        found = (QgsProject.instance().mapLayer(layer_id) for layer_id in self.pair)
        return [layer for layer in found if layer is not None]

    def _vectors(self) -> List[QgsMapLayer]:
        """Visible vector layers, topmost first: what was found stays in sight."""
        return [layer for layer in self.canvas.layers() if isinstance(layer, QgsVectorLayer) and layer.id() not in self.pair]

    def _layers_leave(self, layer_ids) -> None:
        if set(layer_ids) & set(self.pair):
            self.stop()
