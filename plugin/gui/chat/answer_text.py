"""The text of one answer: selectable, never interpreted."""

import math

from qgis.PyQt.QtCore import QSize, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QPalette, QTextCharFormat, QTextCursor
from qgis.PyQt.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from .visible_text import visible_text

SCHEME, CITED = "objects", "cited"


class AnswerText(QTextBrowser):
    """Pieces are inserted with a character format, not parsed: HTML, Markdown and URLs stay the letters they are.

    Only links made by :meth:`link` exist; they emit ``objects_chosen(tuple of feature indices)`` and open nothing;
    those made by :meth:`cite` emit ``citation_chosen(number)``.
    """

    objects_chosen = pyqtSignal(tuple)
    citation_chosen = pyqtSignal(int)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._measuring = False
        # Themes frame and pad text fields; this one is part of its card.
        self.setStyleSheet("QTextBrowser { background: transparent; border: none; padding: 0px; margin: 0px; }")
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._grown)
        self.anchorClicked.connect(self._clicked)
        self.setAccessibleName(self.tr("Answer"))

    def loadResource(self, _kind: int, _name: QUrl):  # noqa: N802 - Qt
        """Nothing is ever fetched, from no disk and no network."""
        return None

    def append_text(self, text: str) -> None:
        """Add ``text`` at the end, as it is."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(visible_text(text), QTextCharFormat())

    def replace_text(self, text: str) -> None:
        """Show ``text`` instead of everything that is there."""
        self.clear()
        self.append_text(text)

    def link(self, words: str, features: tuple) -> None:
        """Make the last occurrence of ``words`` choose ``features``; without an occurrence the words are added."""
        words = visible_text(words)
        start = self.toPlainText().rfind(words)
        cursor = QTextCursor(self.document())
        if start < 0:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(" ", QTextCharFormat())
            start = cursor.position()
            cursor.insertText(words, QTextCharFormat())
        self._mark(start, len(words), SCHEME + ":" + ",".join(str(int(index)) for index in features))

    def cite(self, number: int) -> None:
        """Make every "[number]" choose that citation."""
        words = f"[{int(number)}]"
        start = self.toPlainText().find(words)
        while start >= 0:
            self._mark(start, len(words), f"{CITED}:{int(number)}")
            start = self.toPlainText().find(words, start + 1)

    def _mark(self, start: int, length: int, target: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        looks = QTextCharFormat()
        looks.setAnchor(True)
        looks.setAnchorHref(target)
        looks.setForeground(self.palette().color(QPalette.ColorRole.Link))
        looks.setFontUnderline(True)
        cursor.mergeCharFormat(looks)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt
        """As high as the text at ``width``, so that a card is laid out in one pass and never cuts a line."""
        document = self.document()
        shown, self._measuring = document.textWidth(), True
        document.setTextWidth(width)
        height = math.ceil(document.size().height())
        document.setTextWidth(shown)
        self._measuring = False
        return max(height, self.fontMetrics().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt
        """As high as the text."""
        return QSize(200, self.heightForWidth(max(self.width(), 100)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        """One line of a few words."""
        return QSize(60, self.fontMetrics().height())

    def wheelEvent(self, event) -> None:  # noqa: N802 - Qt
        """The chat scrolls, not the bubble."""
        event.ignore()

    def _grown(self, _size) -> None:
        if not self._measuring:
            self.updateGeometry()

    def _clicked(self, url: QUrl) -> None:
        if url.scheme() == SCHEME:
            self.objects_chosen.emit(tuple(int(part) for part in url.path().split(",") if part.isdigit()))
        elif url.scheme() == CITED and url.path().isdigit():
            self.citation_chosen.emit(int(url.path()))
