"""A frame drawn from the palette, so that it fits light, dark and high-contrast themes alike."""

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QFrame

RADIUS = 6.0


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0..1) of ``second``."""
    parts = zip(first.getRgb()[:3], second.getRgb()[:3])
    return QColor(*(round(a * (1 - share) + b * share) for a, b in parts))


class RoundedFrame(QFrame):
    """``tint``: share of the highlight colour in the fill; ``outlined``: with a thin line around."""

    def __init__(self, parent=None, tint: float = 0.0, outlined: bool = True) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.tint, self.outlined = tint, outlined

    def paintEvent(self, _event) -> None:  # noqa: N802 - Qt
        """Fill and outline."""
        palette = self.palette()
        base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        fill = mixed(base, palette.color(QPalette.ColorRole.Highlight), self.tint)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(fill)
        painter.setPen(QPen(mixed(fill, text, 0.18), 1.0) if self.outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
