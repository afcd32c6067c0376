"""A label for text of any origin: never interpreted, in line with the text around it."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel

from .visible_text import visible_text


class PlainLabel(QLabel):
    """Plain text, wrapped. ``selectable``: by mouse, to be copied."""

    def __init__(self, text: str = "", selectable: bool = False, parent=None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        # QGIS's dark themes pad every label.
        self.setStyleSheet("QLabel { padding: 0px; margin: 0px; }")
        self.setIndent(0)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show ``text`` with what is invisible in it made visible."""
        self.setText(visible_text(text))
