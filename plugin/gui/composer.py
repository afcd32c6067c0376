"""Where the question is written. Send becomes Stop while a run is on."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .question_edit import QuestionEdit


class Composer(QWidget):
    """``sent(text)`` and ``stopped()``. Enter sends, Shift+Enter breaks the line, Escape gives the focus to the map."""

    sent = pyqtSignal(str)
    stopped = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.running = False
        self.edit = QuestionEdit()
        self.edit.setPlaceholderText(self.tr("Ask about this place…"))
        self.edit.setAccessibleName(self.tr("Question"))
        self.edit.entered.connect(self._press)
        self.edit.left.connect(self.left)
        self.edit.textChanged.connect(self._update)
        self.button = QPushButton()
        self.button.setIconSize(QSize(16, 16))
        self.button.clicked.connect(self._press)
        self.extras = QHBoxLayout()
        self.extras.setSpacing(4)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addLayout(self.extras)
        foot.addStretch(1)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.edit)
        layout.addLayout(foot)
        self.set_running(False)

    def set_running(self, running: bool) -> None:
        """Switch between Send and Stop."""
        self.running = running
        icon = "/mActionStop.svg" if running else "/mActionArrowRight.svg"
        self.button.setIcon(QgsApplication.getThemeIcon(icon))
        self.button.setText(self.tr("Stop") if running else self.tr("Send"))
        self.button.setToolTip(self.tr("Stop this run") if running else self.tr("Send the question (Enter)"))
        self._update()

    def fill(self, text: str) -> None:
        """Put ``text`` in, ready to be sent or changed."""
        self.edit.setPlainText(text)
        self.edit.selectAll()
        self.edit.setFocus()

    def _update(self) -> None:
        self.button.setEnabled(self.running or bool(self.edit.toPlainText().strip()))

    def _press(self) -> None:
        if self.running:
            # Enter in a half-written next question must not stop the run; only the button does.
            if self.sender() is self.button:
                self.stopped.emit()
            return
        text = self.edit.toPlainText().strip()
        if text:
            self.edit.clear()
            self.sent.emit(text)
