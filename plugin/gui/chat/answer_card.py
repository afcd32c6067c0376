"""One answer: its text as it streams, then objects, tables and pictures, what ran, and what can be done with it."""

from typing import Dict

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout

from .answer_actions import AnswerActions
from .answer_text import AnswerText
from .fold import Fold
from .object_list import ObjectList
from .plain_label import PlainLabel
from .progress_line import ProgressLine
from .provenance import Provenance
from .quiet_label import QuietLabel
from .rounded_frame import RoundedFrame


class AnswerCard(RoundedFrame):
    """Shows what it is given; every decision is signalled.

    ``objects_chosen(tuple of feature indices)``, ``refine(feature index)``.
    """

    objects_chosen = pyqtSignal(tuple)
    refine = pyqtSignal(int)
    #: Record of a citation that was chosen.
    cited = pyqtSignal(object)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.text = AnswerText()
        self.text.objects_chosen.connect(self._follow_link)
        self.progress = ProgressLine()
        self.actions = AnswerActions()
        self.actions.hide()
        self.actions.copy_text.triggered.connect(lambda: self._copy(self.plain_text()))
        self.actions.copy_tsv.triggered.connect(lambda: self._copy(self.tsv()))
        self.actions.copy_picture.triggered.connect(self._copy_picture)
        self.actions.copy_boxes.triggered.connect(lambda: self._copy(self.boxes))
        self.actions.copy_json.triggered.connect(lambda: self._copy(self.record))
        self.boxes, self.record = "", ""
        self.parts = {}
        self.objects = None
        self.more = None
        self.section = None
        self.picture = None
        self.note = QuietLabel("")
        self.note.hide()
        # Above what they change, so that they stay under the mouse when it changes its height.
        self.controls = QVBoxLayout()
        self.controls.setSpacing(4)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(8)
        self.sign = QLabel()
        self.sign.setStyleSheet("QLabel { padding: 0px; margin: 0px; }")
        self.sign.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.text, 1)
        layout.addLayout(head)
        layout.addLayout(self.controls)
        layout.addLayout(self.body)
        layout.addWidget(self.progress)
        layout.addWidget(self.note)
        layout.addWidget(self.actions)
        self.provenance = self._made = None
        self.text.hide()

    def append_text(self, text: str) -> None:
        """Add a piece of the answer."""
        self.text.show()
        self.text.append_text(text)

    def show_objects(self, rows, total: int) -> None:
        """List the objects, the first of ``total``; a later call replaces the list."""
        for old in filter(None, (self.objects, self.more)):
            old.hide()
            old.deleteLater()
        self.objects = self.more = None
        if not rows:
            return
        self.objects = ObjectList(rows)
        self.objects.chosen.connect(self.objects_chosen)
        self.objects.refine.connect(self.refine)
        self.body.insertWidget(0, self.objects)
        if total > len(rows):
            text = self.tr("{shown} of {total} are listed; the layer has them all.")
            self.more = QuietLabel(text.format(shown=len(rows), total=total))
            self.body.insertWidget(1, self.more)

    def add_section(self, section) -> None:
        """Measured values: a widget with ``tsv()`` and perhaps a ``picture``; a later one replaces it."""
        self._put(section, self.section)
        self.section = section
        self.actions.copy_tsv.setEnabled(True)
        if self.picture is not None:
            self.set_picture(self.picture)

    def set_picture(self, image) -> None:
        """The region, under the cells of the section that is there and of those that replace it."""
        self.picture = image
        shown = getattr(self.section, "picture", None)
        if shown is not None:
            shown.set_picture(image)

    def add_controls(self, widget, before=None) -> None:
        """Something to work the answer with, under its text; ``before``: what it stands above."""
        self.controls.insertWidget(self.controls.count() if before is None else self.controls.indexOf(before), widget)

    def add_part(self, title: str, text: str) -> None:
        """One part of the answer by itself, folded; a part of the same title is replaced."""
        if title in self.parts:
            self.parts[title].content.show_text(text)
            return
        self.parts[title] = Fold(title, PlainLabel(text, selectable=True))
        self.body.addWidget(self.parts[title])

    def offer_copies(self, boxes: str = "", record: str = "") -> None:
        """What can be copied besides: the objects' boxes as text, and the view's record as JSON."""
        self.boxes, self.record = boxes or self.boxes, record or self.record
        self.actions.copy_boxes.setVisible(bool(self.boxes))
        self.actions.copy_json.setVisible(bool(self.record))

    def ask(self, card) -> None:
        """Put a choice where the progress was, until it is made."""
        self.progress.hide()
        self.layout().insertWidget(self.layout().indexOf(self.progress), card)
        card.chosen.connect(lambda _key: (card.hide(), card.deleteLater(), self.progress.show()))

    def show_provenance(self, provenance: Dict) -> None:
        """What ran, on what; folded."""
        self.provenance = Provenance(provenance)
        fold = Fold(self.tr("How this was made"), self.provenance)
        if self._made is not None and not self._made.content.isHidden():
            fold.open()
        self._put(fold, self._made)
        self._made = fold

    def say(self, sentence: str) -> None:
        """A quiet line under the answer: stopped, kept, taken back."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def fail(self, sentence: str) -> None:
        """There is no answer; ``sentence`` says why and what to do."""
        self.sign.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(16, 16))
        self.sign.show()
        self.append_text(sentence)
        self.actions.offer_retry()

    def finish(self) -> None:
        """The run is over, whichever way."""
        self.progress.hide()
        self.actions.show()

    def plain_text(self) -> str:
        """The answer as text."""
        return self.text.toPlainText()

    def tsv(self) -> str:
        """The measured values, tab-separated; "" if there are none."""
        return "" if self.section is None else self.section.tsv()

    def _put(self, widget, old) -> None:
        """At the end of the body, or in the place of ``old``."""
        if old is None:
            self.body.addWidget(widget)
            return
        self.body.insertWidget(self.body.indexOf(old), widget)
        old.hide()
        old.deleteLater()

    def _follow_link(self, indices: tuple) -> None:
        listed = self.objects if self.objects is not None else self.section
        if hasattr(listed, "choose"):
            listed.choose(indices)
        self.objects_chosen.emit(indices)

    @staticmethod
    def _copy(text: str) -> None:
        QApplication.clipboard().setText(text)

    def _copy_picture(self) -> None:
        QApplication.clipboard().setPixmap(self.grab())
