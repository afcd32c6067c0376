"""The two canvas items of the swipe: the pictures over the map, and the line over everything."""

from typing import Optional, Sequence

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF

from ..fixed_item import FixedItem
from .divider import Divider
from .side_picture import SidePicture

#: Above the map (-10), below regions, outlines and markers.
PICTURE_Z, LINE_Z = -5.0, 500.0
#: Radius of the grip, pixels.
GRIP = 13
#: The middle of a name lies this many pixels from the edge of the canvas.
_NAME_DISTANCE = 22
LIGHT, DARK = QColor(255, 255, 255), QColor(20, 20, 20, 190)


class SwipePictures(FixedItem):
    """``sides``: before, after. ``over``: drawn on both."""

    def __init__(self, canvas: QgsMapCanvas, divider: Divider, sides: Sequence[SidePicture], over: SidePicture) -> None:
        self._divider, self._sides, self._over = divider, sides, over
        super().__init__(canvas, PICTURE_Z)
        for picture in (*sides, over):
            picture.changed.connect(self._changed)

    def _changed(self) -> None:
        self.update()

    def paint(self, painter: QPainter, _option=None, _widget=None) -> None:
        """Each side in its part; a side of which nothing is drawn yet hides nothing."""
        parts = self._divider.before(self.size), self._divider.after(self.size)
        for part, side in zip(parts, self._sides):
            self._draw(painter, side, part, self._canvas.canvasColor())
        self._draw(painter, self._over, self.boundingRect(), None)

    def _draw(self, painter: QPainter, side: SidePicture, part: QRectF, ground: Optional[QColor]) -> None:
        settings = self._canvas.mapSettings()
        there = side.placed(settings)
        if there is None:
            return
        painter.save()
        painter.setClipRect(part)
        if ground is not None:
            painter.fillRect(part, ground)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not there.isIdentity())
        painter.setTransform(there, True)
        ratio = side.image.devicePixelRatio()
        painter.drawImage(QRectF(0, 0, side.image.width() / ratio, side.image.height() / ratio), side.image)
        painter.restore()


class SwipeLine(FixedItem):
    """``names``: of the layer before and the one after, drawn beside the line."""

    def __init__(self, canvas: QgsMapCanvas, divider: Divider, names: Sequence[str]) -> None:
        self._divider, self._names = divider, names
        super().__init__(canvas, LINE_Z)

    def paint(self, painter: QPainter, _option=None, _widget=None) -> None:
        """A light line in a dark casing: readable on imagery of any tone."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._divider.line(self.size)
        for colour, width in ((DARK, 4.0), (LIGHT, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(line)
        painter.setPen(QPen(DARK, 1.5))
        painter.setBrush(LIGHT)
        painter.drawEllipse(line.center(), GRIP, GRIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(DARK)
        for way in (-1, 1):
            tips = [(way * 9, 0), (way * 3, -4), (way * 3, 4)]
            turned = [QPointF(x, y) if self._divider.vertical else QPointF(y, x) for x, y in tips]
            painter.drawPolygon(QPolygonF([line.center() + tip for tip in turned]))
        for part, name, first in zip((self._divider.before(self.size), self._divider.after(self.size)), self._names, (1, 0)):
            self._name(painter, part, name, bool(first))

    def _name(self, painter: QPainter, part: QRectF, name: str, first: bool) -> None:
        """``name`` on a plate beside the line, cut to what there is room for."""
        room = part.width() - 24
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(max(0.0, room)))
        if room < 24 or part.height() < 2 * _NAME_DISTANCE or not text:
            return
        plate = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-6, -3, 6, 3)
        if self._divider.vertical:
            plate.moveTop(_NAME_DISTANCE - plate.height() / 2)
            plate.moveLeft(part.right() - 10 - plate.width() if first else part.left() + 10)
        else:
            plate.moveLeft(10)
            plate.moveTop(part.bottom() - _NAME_DISTANCE - plate.height() / 2 if first else part.top() + _NAME_DISTANCE / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(DARK)
        painter.drawRoundedRect(plate, 3, 3)
        painter.setPen(LIGHT)
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), text)
