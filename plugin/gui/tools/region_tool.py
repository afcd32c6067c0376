"""What all region tools share: the rubber band's life, Escape, and the step from drawn points to a region."""

from typing import List

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QCursor

from ...core.map_region import MapRegion
from .region_band import discard, region_band

#: A drag shorter than this (screen pixels) is a slip of the hand, not a region.
SLIP = 4


class RegionTool(QgsMapTool):
    """Emits ``captured(MapRegion)`` in the canvas CRS, ``cancelled()`` on Escape, ``refused(sentence)`` else.

    Keys reach a map tool only while the canvas has the focus; :meth:`activate` gives it the focus.
    """

    captured = pyqtSignal(object)
    cancelled = pyqtSignal()
    refused = pyqtSignal(str)
    kind = ""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.band = None
        self.setCursor(QCursor(Qt.CursorShape.CrossCursor))

    def activate(self) -> None:
        """Start with nothing drawn."""
        super().activate()
        self.band = region_band(self.canvas(), drawing=True)
        self.reset()
        self.canvas().setFocus()

    def deactivate(self) -> None:
        """Leave nothing on the canvas."""
        self.reset()
        discard(self.canvas(), self.band)
        self.band = None
        super().deactivate()

    def reset(self) -> None:
        """Forget the points drawn so far; subclasses add their own."""
        if self.band is not None:
            self.band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Escape gives up drawing."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.reset()
            self.cancelled.emit()
        else:
            event.ignore()

    def show_points(self, points: List[QgsPointXY]) -> None:
        """Draw ``points`` (map units) as the polygon so far."""
        if self.band is not None:
            self.band.setToGeometry(QgsGeometry.fromPolygonXY([points]), None)

    def to_map(self, position: QPoint) -> QgsPointXY:
        """Screen position to canvas map units."""
        return self.toMapCoordinates(position)

    def finish(self, points: List[QgsPointXY], tolerance: float = 0.0) -> None:
        """Emit the region that ``points`` enclose; crossing lines are resolved into valid parts."""
        geometry = QgsGeometry.fromPolygonXY([points])
        if tolerance > 0:
            geometry = geometry.simplify(tolerance)
        if not geometry.isGeosValid():
            geometry = polygons_of(geometry.makeValid())
        self.reset()
        if geometry.isEmpty() or geometry.area() <= 0:
            self.refused.emit(self.tr("That shape encloses no area. Draw it again."))
            return
        crs = self.canvas().mapSettings().destinationCrs()
        self.captured.emit(MapRegion(geometry, crs, self.kind))


def polygons_of(geometry: QgsGeometry) -> QgsGeometry:
    """The polygon parts of any geometry, as one geometry; empty if there are none."""
    parts = [
        part
        for part in geometry.asGeometryCollection()
        if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry and part.area() > 0
    ]
    return QgsGeometry.unaryUnion(parts) if parts else QgsGeometry()


def is_left(event: QgsMapMouseEvent) -> bool:
    """True if the left button caused this event; the others pan or close."""
    return event.button() == Qt.MouseButton.LeftButton
