"""Shown while Python packages are missing: one button installs them, with progress and a log."""

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout

from .flow_layout import FlowLayout
from .fold import Fold
from .plain_label import PlainLabel
from .progress_line import ProgressLine
from .quiet_label import QuietLabel
from .rounded_frame import RoundedFrame
from .visible_text import visible_text


class InstallCard(RoundedFrame):
    """``install()`` and ``stop()`` are signalled; the task reports back through the ``show_…`` methods."""

    install = pyqtSignal()
    stop = pyqtSignal()

    def __init__(self, sentence: str, size: str, parent=None) -> None:
        super().__init__(parent, tint=0.06)
        self.label = PlainLabel(sentence)
        self.button = QPushButton(
            self.tr("Install Core Packages… ({size})").format(size=size) if size else self.tr("Install Core Packages…")
        )
        self.button.setDefault(True)
        self.button.clicked.connect(lambda: self.install.emit())
        self.stop_button = QPushButton(self.tr("Cancel"))
        self.stop_button.clicked.connect(lambda: self.stop.emit())
        self.stop_button.hide()
        self.progress = ProgressLine()
        self.progress.hide()
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(500)
        self.log.setFixedHeight(120)
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setAccessibleName(self.tr("Installation log"))
        self.fold = Fold(self.tr("Log"), self.log)
        self.fold.hide()
        row = FlowLayout()
        row.addWidget(self.button)
        row.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.label)
        layout.addWidget(
            QuietLabel(self.tr("They go into a folder of their own; the packages QGIS came with are never changed."))
        )
        layout.addLayout(row)
        layout.addWidget(self.progress)
        layout.addWidget(self.fold)

    def show_running(self) -> None:
        """The installation has started."""
        self.button.setEnabled(False)
        self.stop_button.show()
        self.progress.show()
        self.fold.show()

    def show_progress(self, fraction: float, message: str) -> None:
        """How far it is."""
        self.progress.show_progress(fraction, message)

    def show_log(self, line: str) -> None:
        """One more line of the log."""
        self.log.appendPlainText(visible_text(line))

    def show_failed(self, sentence: str) -> None:
        """It did not work; it can be tried again."""
        self.label.show_text(sentence)
        self.button.setEnabled(True)
        self.stop_button.hide()
        self.progress.hide()
