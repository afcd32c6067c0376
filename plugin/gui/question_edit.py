"""The text field of the composer: plain text, as high as its text up to a few lines."""

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QPlainTextEdit, QSizePolicy

#: Lines before it scrolls.
TALLEST = 5


class QuestionEdit(QPlainTextEdit):
    """``entered()`` on Enter, ``left()`` on Escape; Tab moves on. A paste is cut to a length a model can read."""

    entered = pyqtSignal()
    left = pyqtSignal()
    limit = 4000

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Enter and Escape mean something here; the rest is typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.entered.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source) -> None:  # noqa: N802 - Qt
        """Paste text only, and not a book."""
        room = max(0, self.limit - len(self.toPlainText()))
        self.insertPlainText(source.text()[:room])

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        lines = min(max(int(self.document().size().height()), 2), TALLEST)
        self.setFixedHeight(lines * line + 2 * self.frameWidth() + int(2 * self.document().documentMargin()))
