"""What the user asked, and what about."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from .plain_label import PlainLabel
from .quiet_label import QuietLabel
from .rounded_frame import RoundedFrame
from .visible_text import one_line


class QuestionBubble(QWidget):
    """``subject``: one line, e.g. “naip_2021 · 1.2 ha”. ``region_wanted()`` if it ``has_region`` and that is asked for."""

    region_wanted = pyqtSignal()

    def __init__(self, text: str, subject: str = "", has_region: bool = False, parent=None) -> None:
        super().__init__(parent)
        bubble = RoundedFrame(self, tint=0.14, outlined=False)
        self.label = PlainLabel(text, selectable=True)
        self.label.setAccessibleName(self.tr("Question"))
        inner = QVBoxLayout(bubble)
        inner.setContentsMargins(10, 6, 10, 6)
        inner.setSpacing(2)
        inner.addWidget(self.label)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        if subject:
            # File names have no spaces to break at; a narrow dock would cut them.
            foot.addWidget(QuietLabel(one_line(subject).replace("_", "_\u200b")), 1)
        self.show_button = None
        if has_region:
            self.show_button = QToolButton()
            self.show_button.setAutoRaise(True)
            self.show_button.setIcon(QgsApplication.getThemeIcon("/mActionZoomToSelected.svg"))
            self.show_button.setIconSize(QSize(14, 14))
            self.show_button.setToolTip(self.tr("Show the region of this question again"))
            self.show_button.setAccessibleName(self.show_button.toolTip())
            self.show_button.clicked.connect(lambda: self.region_wanted.emit())
            foot.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignBottom)
        inner.addLayout(foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(28, 0, 0, 0)
        outer.addWidget(bubble)
