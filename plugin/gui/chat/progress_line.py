"""What the run is doing now, and how far it is."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from .quiet_label import QuietLabel
from .visible_text import one_line


class ProgressLine(QWidget):
    """A thin bar with a line of text; undetermined until the first fraction above 0."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(5)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.label = QuietLabel("")
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.label)
        layout.addWidget(self.bar)

    def show_progress(self, fraction: float, message: str) -> None:
        """``fraction`` in [0, 1]; an empty message leaves the last one."""
        if message:
            self.label.setText(one_line(message))
        if fraction > 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(fraction, 1.0)))
