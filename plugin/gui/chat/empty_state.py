"""What the panel shows before the first question: what it is for, and questions that can be clicked."""

from typing import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from .plain_label import PlainLabel
from .quiet_label import QuietLabel
from .suggestion_button import SuggestionButton

#: Asked as they stand, so they are not translated: questions are read in English.
ONE_DATE = ("What is here?", "How many buildings are there?", "Where is the water?", "Segment the trees")
TWO_DATES = ("What changed?", "How many buildings were added?", "Where did trees disappear?", "Describe the changes")


class EmptyState(QWidget):
    """``asked(text)`` when a sample question is clicked."""

    asked = pyqtSignal(str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(self.tr("Talk to your map"))
        font = self.title.font()
        font.setBold(True)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 1.25)
        self.title.setFont(font)
        self.hint = QuietLabel("")
        self.questions = QVBoxLayout()
        self.questions.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 12, 4, 4)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.hint)
        layout.addSpacing(4)
        layout.addLayout(self.questions)
        self.show_dates(False)

    def show_dates(self, two: bool) -> None:
        """Questions for one date or for two."""
        if two:
            self.hint.setText(
                self.tr("Choose the layers before and after, draw a region if you like, then ask what changed.")
            )
            self._offer(TWO_DATES)
        else:
            self.hint.setText(
                self.tr("Draw a region on the imagery, or ask about the whole layer. Every number is measured.")
            )
            self._offer(ONE_DATE)

    def _offer(self, texts: Sequence[str]) -> None:
        while self.questions.count():
            widget = self.questions.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        for text in texts:
            button = SuggestionButton(text)
            button.clicked.connect(lambda _checked=False, text=text: self.asked.emit(text))
            self.questions.addWidget(button)
