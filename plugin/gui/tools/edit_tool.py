"""Correcting a region that is already there: drag its corners, or drag it as a whole."""

from typing import Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal

from ...core.map_region import MapRegion
from .region_band import CASING, LINE, discard
from .region_tool import is_left, polygons_of

#: How near (screen pixels) the mouse must be to a corner to take it.
GRIP = 9


class EditTool(QgsMapTool):
    """Emits ``edited(MapRegion)`` after each drag or removed corner, ``cancelled()`` on Escape or right click.

    ``geometry`` is held in canvas map units while the tool is active.
    """

    edited = pyqtSignal(object)
    cancelled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.geometry = QgsGeometry()
        self.handles = None
        self._corner = -1
        self._from: Optional[QgsPointXY] = None
        self._before = QgsGeometry()

    def edit(self, geometry: QgsGeometry) -> None:
        """Work on ``geometry`` (canvas map units) from now on."""
        self.geometry = QgsGeometry(geometry)
        self._show_handles()

    def activate(self) -> None:
        """Show the corners."""
        super().activate()
        self.handles = QgsRubberBand(self.canvas(), QgsWkbTypes.GeometryType.PointGeometry)
        self.handles.setIcon(QgsRubberBand.IconType.ICON_FULL_BOX)
        self.handles.setIconSize(GRIP)
        self.handles.setStrokeColor(CASING)
        self.handles.setFillColor(LINE)
        self._show_handles()
        self.canvas().setFocus()

    def deactivate(self) -> None:
        """Take the corners off."""
        discard(self.canvas(), self.handles)
        self.handles = None
        super().deactivate()

    def corner_at(self, point: QgsPointXY) -> int:
        """Index of the corner within reach of ``point`` (map units), or -1."""
        nearest, index, _before, _after, squared = self.geometry.closestVertex(point)
        reach = GRIP * self.canvas().mapUnitsPerPixel()
        return index if squared <= reach * reach and not self.geometry.isEmpty() else -1

    def canvasPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Take a corner, or the whole region."""
        point = self.toMapCoordinates(event.pos())
        if event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()
        elif is_left(event):
            self._corner = self.corner_at(point)
            if self._corner >= 0 or self.geometry.contains(point):
                self._from, self._before = point, QgsGeometry(self.geometry)

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Drag it."""
        point = self.toMapCoordinates(event.pos())
        if self._from is None:
            near = self.corner_at(point) >= 0
            self.setCursor(Qt.CursorShape.SizeAllCursor if near else Qt.CursorShape.ArrowCursor)
            return
        moved = QgsGeometry(self._before)
        if self._corner >= 0:
            moved.moveVertex(point.x(), point.y(), self._corner)
        else:
            moved.translate(point.x() - self._from.x(), point.y() - self._from.y())
        self.geometry = moved
        self._show_handles()

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """Let go."""
        if self._from is None or not is_left(event):
            return
        self._from = None
        if not self.geometry.equals(self._before):
            self._accept()

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Escape puts back what is being dragged, then leaves; Delete removes the corner under the mouse."""
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            if self._from is not None:
                self._from, self.geometry = None, self._before
                self._show_handles()
            else:
                self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove_corner(self.corner_at(self.toMapCoordinates(self.canvas().mouseLastXY())))
        else:
            event.ignore()

    def _remove_corner(self, index: int) -> None:
        smaller = QgsGeometry(self.geometry)
        if index >= 0 and smaller.deleteVertex(index) and smaller.area() > 0:
            self.geometry = smaller
            self._accept()

    def _accept(self) -> None:
        if not self.geometry.isGeosValid():
            self.geometry = polygons_of(self.geometry.makeValid())
        self._show_handles()
        self.edited.emit(MapRegion(self.geometry, self.canvas().mapSettings().destinationCrs(), "polygon", None))

    def _show_handles(self) -> None:
        if self.handles is None:
            return
        self.handles.reset(QgsWkbTypes.GeometryType.PointGeometry)
        for vertex in self.geometry.vertices():
            self.handles.addPoint(QgsPointXY(vertex), False)
        self.handles.updatePosition()
        self.handles.show()
