"""The lines beside the list that say what the chosen model is, where it is from, and how far its files are trusted."""

from typing import List

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.messages import short_sentence
from ..chat.plain_label import PlainLabel
from .model_rows import BROKEN, IMPORTABLE, ModelRow, size_text


class Details(QWidget):
    """Plain text only: titles and notes of imported models are anybody's."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.title = PlainLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.text = PlainLabel(selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addStretch(1)

    def show_row(self, row: ModelRow) -> None:
        """Say what is known of ``row``."""
        self.title.show_text(row.title)
        self.text.show_text("\n".join(line for line in self._lines(row) if line))

    def _lines(self, row: ModelRow) -> List[str]:
        entry, here = row.entry, row.installed
        if not row.kind:
            return [self.tr("Answers, outlines, searches and compares dates. Nothing has to be downloaded for it.")]
        lines = [entry.purpose + "." if entry else self.tr("Brought by you; the list of known models says nothing of it.")]
        if row.licence:
            lines.append(self.tr("Licence: {licence}").format(licence=row.licence))
        if entry is not None:
            lines.append(self.tr("From {page}").format(page=entry.page))
            if entry.revision:
                lines.append(self.tr("Revision {revision}").format(revision=entry.revision[:12]))
            if entry.memory:
                lines.append(self.tr("For a computer or card of {memory} of memory").format(memory=size_text(entry.memory)))
            if here is None and entry.needs:
                lines.append(self.tr("Needs the packages {names}").format(names=", ".join(entry.needs)))
            if row.state == IMPORTABLE:
                lines.append(self.tr("No digest of it is published here, so it is not fetched: get {names} from its page and "
                                     "import it.").format(names=self.tr(" or ").join(entry.files[:2])))
            lines.append(entry.notes)
        if here is not None:
            trust = {
                "published": self.tr("Its files have the digests that were published."),
                "first use": self.tr("Its digests were recorded when it was imported on {date}; none were published.").format(
                    date=here.date)}
            lines.append(trust.get(here.trust, self.tr("Where its files are from was not recorded.")))
            if row.state == BROKEN:
                lines.append(self.tr("It cannot be used: {problem}").format(problem=short_sentence(here.problem)))
        return lines
