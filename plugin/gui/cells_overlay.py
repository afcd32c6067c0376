"""The nine cells that answers name places by, drawn on the canvas with their names. Main thread only."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QObject, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from .chat.cell_picture import cell_shares
from .chat.view_section import percent
from .fixed_item import FixedItem
from .tools.region_band import discard

#: Pieces of each side of a cell: straight lines bend under a change of CRS.
PIECES = 12
#: Above outlines, which would cover the names; below the line of the swipe.
_Z = 400.0
LINE, CASING, PLATE = QColor(255, 255, 255), QColor(20, 20, 20, 150), QColor(20, 20, 20, 160)


def cell_names() -> Tuple[str, ...]:
    """The names of the cells in the user's language, in reading order; answers call them so in English."""
    return (
        QCoreApplication.translate("CellsOverlay", "north-west"),
        QCoreApplication.translate("CellsOverlay", "north"),
        QCoreApplication.translate("CellsOverlay", "north-east"),
        QCoreApplication.translate("CellsOverlay", "west"),
        QCoreApplication.translate("CellsOverlay", "centre"),
        QCoreApplication.translate("CellsOverlay", "east"),
        QCoreApplication.translate("CellsOverlay", "south-west"),
        QCoreApplication.translate("CellsOverlay", "south"),
        QCoreApplication.translate("CellsOverlay", "south-east"),
    )


def drawable(facts: Dict[str, Any]) -> bool:
    """Whether the facts of two dates say where on the map their cells are: not without a CRS."""
    extent = facts.get("extent")
    fits = isinstance(extent, (list, tuple)) and len(extent) == 4 and all(isinstance(v, (int, float)) for v in extent)
    return fits and facts.get("frame") == "north" and extent[0] < extent[2] and extent[1] < extent[3]


class _Cells(FixedItem):
    """``outlines``: nine closed rings, ``centres``: nine points, all in map units of the canvas."""

    def __init__(self, canvas: QgsMapCanvas, outlines, centres, texts: Sequence[str]) -> None:
        self.outlines: List[List[QgsPointXY]] = outlines
        self._centres, self.texts = centres, list(texts)
        super().__init__(canvas, _Z)

    def paint(self, painter: QPainter, _option=None, _widget=None) -> None:
        """Lines in a dark casing, then names on dark plates."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rings = [QPolygonF([self.toCanvasCoordinates(point) for point in ring]) for ring in self.outlines]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((CASING, 3.0), (LINE, 1.2)):
            painter.setPen(QPen(colour, width))
            for ring in rings:
                painter.drawPolygon(ring)
        font = QFont(painter.font())
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.95))
        painter.setFont(font)
        for ring, centre, text in zip(rings, self._centres, self.texts):
            self._plate(painter, ring.boundingRect(), self.toCanvasCoordinates(centre), text)

    @staticmethod
    def _plate(painter: QPainter, room: QRectF, middle: QPointF, text: str) -> None:
        plate = QRectF(painter.fontMetrics().boundingRect(QRectF().toRect(), int(Qt.AlignmentFlag.AlignCenter), text))
        plate.adjust(-5, -2, 5, 2)
        if plate.width() > room.width() or plate.height() > room.height():
            return
        plate.moveCenter(QPointF(middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, 3, 3)
        painter.setPen(LINE)
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), text)


class CellsOverlay(QObject):
    """At most one set of cells is drawn. ``crs``: of what is drawn."""

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.item: Optional[_Cells] = None
        self.crs = QgsCoordinateReferenceSystem()
        self._facts: Dict[str, Any] = {}
        canvas.destinationCrsChanged.connect(self._redraw)

    def show_facts(self, facts: Dict[str, Any], crs: QgsCoordinateReferenceSystem) -> bool:
        """Draw the cells of ``facts`` (of a pair), whose extent is in ``crs``; False if they have no place on the map."""
        self._facts, self.crs = dict(facts), crs
        self._redraw()
        return self.item is not None

    def clear(self) -> None:
        """Take the cells off the canvas."""
        discard(self.canvas, self.item)
        self.item, self._facts = None, {}

    def unload(self) -> None:
        """Leave the canvas as it was."""
        self.clear()
        self.canvas.destinationCrsChanged.disconnect(self._redraw)

    def _redraw(self) -> None:
        discard(self.canvas, self.item)
        self.item = None
        if not drawable(self._facts) or not self.crs.isValid():
            return
        here = self.canvas.mapSettings().destinationCrs()
        bend = QgsCoordinateTransform(self.crs, here if here.isValid() else self.crs, QgsProject.instance().transformContext())
        try:
            cells = [[bend.transform(point) for point in ring] for ring in _rings(self._facts["extent"])]
            centres = [bend.transform(point) for point in _centres(self._facts["extent"])]
        except QgsCsException:
            return
        shares = cell_shares((self._facts.get("changed") or {}).get("cells") or [])
        texts = [f"{name}\n{percent(share)}" if share > 0 else name for name, share in zip(cell_names(), shares)]
        self.item = _Cells(self.canvas, cells, centres, texts)


def _corners(extent: Sequence[float]) -> List[Tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the cells in reading order."""
    left, bottom, right, top = extent
    wide, high = (right - left) / 3, (top - bottom) / 3
    return [
        (left + col * wide, top - (row + 1) * high, left + (col + 1) * wide, top - row * high)
        for row in range(3) for col in range(3)
    ]


def _rings(extent: Sequence[float]) -> List[List[QgsPointXY]]:
    rings = []
    for left, bottom, right, top in _corners(extent):
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        rings.append([
            QgsPointXY(x0 + (x1 - x0) * step / PIECES, y0 + (y1 - y0) * step / PIECES)
            for (x0, y0), (x1, y1) in zip(corners, corners[1:]) for step in range(PIECES)
        ])
    return rings


def _centres(extent: Sequence[float]) -> List[QgsPointXY]:
    return [QgsPointXY((left + right) / 2, (bottom + top) / 2) for left, bottom, right, top in _corners(extent)]
