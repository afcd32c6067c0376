"""A frame drawn in the theme's colours, so that it fits light, dark and high-contrast themes alike."""

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QPainter, QPen
from qgis.PyQt.QtWidgets import QFrame

from .theme import accent_colour, base_colour, mixed, text_colour

RADIUS = 6.0


class RoundedFrame(QFrame):
    """``tint``: share of the highlight colour in the fill; ``outlined``: with a thin line around."""

    def __init__(self, parent=None, tint: float = 0.0, outlined: bool = True) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.tint, self.outlined = tint, outlined

    def paintEvent(self, _event) -> None:  # noqa: N802 - Qt
        """Fill and outline."""
        fill = mixed(base_colour(), accent_colour(), self.tint)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(fill)
        painter.setPen(QPen(mixed(fill, text_colour(), 0.18), 1.0) if self.outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
