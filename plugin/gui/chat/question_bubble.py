"""What the user asked, and what about."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

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
            inner.addWidget(quiet_label(one_line(subject)))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(28, 0, 0, 0)
        outer.addWidget(bubble)


def quiet_label(text: str) -> QLabel:
    """A plain-text label in the palette's secondary text colour, a little smaller."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    font = label.font()
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    return label
