"""A sample question, drawn like something to say rather than something to press."""

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPen
from qgis.PyQt.QtWidgets import QAbstractButton, QSizePolicy

from .rounded_frame import RADIUS
from .theme import accent_colour, base_colour, mixed, text_colour


class SuggestionButton(QAbstractButton):
    """Text at the leading side in a rounded outline; tinted under the mouse, framed with the focus."""

    def __init__(self, text: str, parent=None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt
        """One line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 24, self.fontMetrics().height() + 14)

    def paintEvent(self, _event) -> None:  # noqa: N802 - Qt
        """Outline, tint, text."""
        base, text, accent = base_colour(), text_colour(), accent_colour()
        fill = mixed(base, accent, 0.3 if self.isDown() else 0.12 if self.underMouse() else 0.0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(fill)
        painter.setPen(QPen(accent, 1.5) if self.hasFocus() else QPen(mixed(base, text, 0.2), 1.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.setPen(text)
        room = self.rect().adjusted(12, 0, -12, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)
        painter.end()
