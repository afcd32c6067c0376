"""Clicks, boxes and lassos on the canvas, and the window that is looked at. Main thread only."""

from typing import List, Sequence, Tuple

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF

from ..fixed_item import FixedItem
from ..tools.region_band import CASING, LINE

#: Above previews and regions, below the line of the swipe.
_Z = 400.0
#: Radius of a click's mark and half the length of its sign, pixels.
RADIUS, _SIGN = 7.0, 3.5
INSIDE, OUTSIDE, SIGN = QColor(34, 136, 51), QColor(204, 51, 17), QColor(255, 255, 255)
#: Colour of the window's edge while it is looked at, and afterwards.
_BUSY, _SEEN = QColor(255, 255, 255, 230), QColor(255, 255, 255, 110)

Mark = Tuple[str, Sequence[QgsPointXY]]


class PromptMarks(FixedItem):
    """``show_marks``: prompts as (kind, points in canvas map units); a plus belongs, a minus does not."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self.marks: List[Mark] = []
        self.drawn: Mark = ("", ())
        self.window: Sequence[QgsPointXY] = ()
        self.busy = False
        super().__init__(canvas, _Z)

    def show_marks(self, marks: List[Mark]) -> None:
        """Draw these prompts and no others."""
        self.marks = marks
        self.update()

    def show_drawn(self, kind: str, points: Sequence[QgsPointXY]) -> None:
        """Draw a box or lasso in the making."""
        self.drawn = kind, points
        self.update()

    def show_window(self, corners: Sequence[QgsPointXY], busy: bool) -> None:
        """Draw the edge of the window that is looked at, more firmly while the user waits for it."""
        if (list(corners), busy) != (list(self.window), self.busy):
            self.window, self.busy = corners, busy
            self.update()

    def paint(self, painter: QPainter, _option=None, _widget=None) -> None:
        """Every mark where its ground is now."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.window:
            self._line(painter, self._polygon(self.window), _BUSY if self.busy else _SEEN, 1.0, Qt.PenStyle.DotLine)
        for kind, points in (*self.marks, self.drawn):
            if kind in ("box", "lasso"):
                self._line(painter, self._polygon(points), LINE, 1.6, Qt.PenStyle.DashLine)
        for kind, points in self.marks:
            if kind in ("inside", "outside"):
                self._click(painter, self._point(points[0]), kind == "inside")

    @staticmethod
    def _line(painter: QPainter, shape: QPolygonF, colour: QColor, width: float, style: Qt.PenStyle) -> None:
        for pen in (QPen(CASING, width + 1.6), QPen(colour, width, style)):
            if style == Qt.PenStyle.DotLine and pen.style() == Qt.PenStyle.SolidLine:
                pen.setColor(QColor(20, 20, 20, 90))
            painter.setPen(pen)
            painter.drawPolygon(shape)

    @staticmethod
    def _click(painter: QPainter, at: QPointF, inside: bool) -> None:
        painter.setPen(QPen(CASING, 3.4))
        painter.drawEllipse(at, RADIUS, RADIUS)
        painter.setPen(QPen(SIGN, 1.4))
        painter.setBrush(INSIDE if inside else OUTSIDE)
        painter.drawEllipse(at, RADIUS, RADIUS)
        painter.setPen(QPen(SIGN, 2.0))
        painter.drawLine(at - QPointF(_SIGN, 0), at + QPointF(_SIGN, 0))
        if inside:
            painter.drawLine(at - QPointF(0, _SIGN), at + QPointF(0, _SIGN))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _polygon(self, points: Sequence[QgsPointXY]) -> QPolygonF:
        return QPolygonF([self._point(point) for point in points])

    def _point(self, point: QgsPointXY) -> QPointF:
        return self.toCanvasCoordinates(point)
