"""A sentence with buttons in the conversation, where other programs would stop everything with a dialog."""

from typing import Sequence, Tuple

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from .flow_layout import FlowLayout
from .plain_label import PlainLabel
from .rounded_frame import RoundedFrame


class ChoiceCard(RoundedFrame):
    """``choices``: (key, button text). ``chosen(key)`` once; then the buttons are gone and the sentence stays."""

    chosen = pyqtSignal(str)

    def __init__(self, text: str, choices: Sequence[Tuple[str, str]], icon: str = "/mIconInfo.svg", parent=None):
        super().__init__(parent, tint=0.05)
        self.buttons = {}
        picture = QLabel()
        picture.setStyleSheet("QLabel { padding: 0px; margin: 0px; }")
        picture.setPixmap(QgsApplication.getThemeIcon(icon).pixmap(16, 16))
        self.label = PlainLabel(text, selectable=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.label, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        self.row = FlowLayout()
        for key, words in choices:
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self.buttons[key] = button
            self.row.addWidget(button)
        if choices:
            layout.addLayout(self.row)

    def close_choices(self) -> None:
        """Take the buttons away without a choice: the moment has passed."""
        for button in self.buttons.values():
            button.hide()
        self.row.invalidate()
        self.updateGeometry()

    def _choose(self, key: str) -> None:
        self.close_choices()
        self.chosen.emit(key)
