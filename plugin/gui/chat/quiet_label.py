"""Secondary text: a little smaller, half-way between text and background of whatever theme is on."""

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication, QLabel

from .rounded_frame import mixed


class QuietLabel(QLabel):
    """Plain text, wrapped, never interpreted."""

    def __init__(self, text: str = "", parent=None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        self._adapt()

    def changeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Follow a change of theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._adapt()

    def _adapt(self) -> None:
        palette = QApplication.palette()
        text, base = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Base)
        own = self.palette()
        own.setColor(QPalette.ColorRole.WindowText, mixed(text, base, 0.38))
        self.setPalette(own)
