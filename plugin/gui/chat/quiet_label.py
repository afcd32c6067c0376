"""Secondary text: a little smaller and fainter than the text of whatever theme is on."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtWidgets import QLabel

from .theme import quiet_colour, selected_text_colour


class QuietLabel(QLabel):
    """Plain text, wrapped, never interpreted."""

    def __init__(self, text: str = "", parent=None) -> None:
        super().__init__(parent)
        #: Whether it stands in a row that is selected.
        self.selected = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)

    def paintEvent(self, _event) -> None:  # noqa: N802 - Qt
        """Draw the text here: a theme's style sheet would overrule a palette, and neither follows a change of theme."""
        painter = QPainter(self)
        painter.setPen(selected_text_colour() if self.selected else quiet_colour())
        wrap = int(Qt.TextFlag.TextWordWrap) if self.wordWrap() else 0
        text, room = self.text(), self.contentsRect()
        if not self.wordWrap():
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()) | wrap, text)
        painter.end()
