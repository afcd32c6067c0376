"""Scale bar and north arrow painted on a picture of the map, readable on any imagery."""

import math

from qgis.PyQt.QtCore import QLocale, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from .scale_bar import ScaleBar

INK, PAPER = QColor(20, 20, 20), QColor(255, 255, 255, 215)
#: Of the picture's width: at most this much is scale bar.
LONGEST = 0.32


def bar_words(bar: ScaleBar) -> str:
    """The length a scale bar stands for."""
    return f"{QLocale().toString(bar.length, 'g', 6)} {bar.unit}"


def paint_scale_bar(image: QImage, bar: ScaleBar, unit: float) -> QRectF:
    """Paint it at the bottom left, ``unit`` pixels to a point of type; where the bar itself lies, in pixels."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = _font(9 * unit)
    metrics = QFontMetricsF(font)
    words = bar_words(bar)
    pad, thick = 5 * unit, 4 * unit
    wide = max(bar.pixels, metrics.horizontalAdvance(words))
    plate = QRectF(6 * unit, 0, wide + 2 * pad, metrics.height() + thick + 2.2 * pad)
    plate.moveBottom(image.height() - 6 * unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PAPER)
    painter.drawRoundedRect(plate, 3 * unit, 3 * unit)
    painter.setPen(INK)
    painter.setFont(font)
    painter.drawText(QPointF(plate.left() + pad, plate.top() + 0.6 * pad + metrics.ascent()), words)
    # Half dark, half light: its length can be told on any print.
    whole = QRectF(plate.left() + pad, plate.bottom() - pad - thick, bar.pixels, thick)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(whole, INK)
    inner = QRectF(whole.center().x(), whole.top(), whole.width() / 2, thick)
    edge = max(1.0, 0.8 * unit)
    painter.fillRect(inner.adjusted(0, edge, -edge, -edge), QColor(255, 255, 255))
    painter.end()
    return whole


def paint_north(image: QImage, angle: float, unit: float) -> None:
    """Paint an arrow at the top right that points ``angle`` degrees clockwise from the picture's top."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = 15 * unit
    centre = QPointF(image.width() - 6 * unit - radius, 6 * unit + radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PAPER)
    painter.drawEllipse(centre, radius, radius)
    painter.translate(centre)
    painter.rotate(angle)
    tip, foot, wing = QPointF(0, -12 * unit), QPointF(0, 1.5 * unit), 4.5 * unit
    painter.setBrush(INK)
    painter.drawPolygon(QPolygonF([tip, QPointF(-wing, 4 * unit), foot]))
    painter.setPen(QPen(INK, 0.7 * unit))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawPolygon(QPolygonF([tip, QPointF(wing, 4 * unit), foot]))
    # The letter stands upright below the arrow, whatever way that points.
    turn = math.radians(angle)
    painter.resetTransform()
    spot = QPointF(centre.x() - 9 * unit * math.sin(turn), centre.y() + 9 * unit * math.cos(turn))
    font = _font(8 * unit)
    painter.setFont(font)
    painter.setPen(INK)
    box = QRectF(0, 0, 10 * unit, 10 * unit)
    box.moveCenter(spot)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "N")
    painter.end()


def _font(pixels: float) -> QFont:
    font = QFont()
    font.setPixelSize(max(6, round(pixels)))
    font.setBold(True)
    return font
