"""What the user asked, and what about."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from .quiet_label import QuietLabel
from .rounded_frame import RoundedFrame
from .visible_text import one_line, visible_text


class QuestionBubble(QWidget):
    """``subject``: one line, e.g. “naip_2021 · rectangle, 1.2 ha”."""

    def __init__(self, text: str, subject: str = "", parent=None) -> None:
        super().__init__(parent)
        bubble = RoundedFrame(self, tint=0.14, outlined=False)
        self.label = QLabel(visible_text(text))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAccessibleName(self.tr("Question"))
        inner = QVBoxLayout(bubble)
        inner.setContentsMargins(10, 6, 10, 6)
        inner.setSpacing(2)
        inner.addWidget(self.label)
        if subject:
            inner.addWidget(QuietLabel(one_line(subject)))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(28, 0, 0, 0)
        outer.addWidget(bubble)

