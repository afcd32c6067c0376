"""The sources of an answer on its card: one row a citation; choosing one shows where it stands."""

from typing import Any, Dict, List

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...core.messages import short_name
from ..chat.quiet_label import QuietLabel
from ..chat.visible_text import one_line, plain_tip

#: Citations that are listed.
MOST = 50


class CitationSection(QWidget):
    """``facts``: of kind "knowledge". ``cited(record of a citation)`` on a click, and on Enter or the arrow keys.

    Raises ValueError, TypeError or KeyError for facts of another shape.
    """

    cited = pyqtSignal(object)

    def __init__(self, facts: Dict[str, Any], parent=None) -> None:
        super().__init__(parent)
        self.picture = None
        self.records: List[Dict[str, Any]] = [dict(row) for row in facts["citations"][:MOST]]
        title = self.tr("From the knowledge base “{name}”").format(name=one_line(str(facts.get("base") or ""), 60))
        self.list = _Rows()
        self.list.setAccessibleName(title)
        for record in self.records:
            self.list.addItem(self._row(record))
        self.list.itemClicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(QuietLabel(title))
        layout.addWidget(self.list)
        note = one_line(str(facts.get("note") or ""), 200)
        if note:
            layout.addWidget(QuietLabel(note))

    @property
    def numbers(self) -> List[int]:
        """The numbers that the answer's words carry."""
        return [int(record["number"]) for record in self.records]

    def show_state(self, number: int, state: str) -> None:
        """Say what has changed since a citation was indexed."""
        for row, record in enumerate(self.records):
            if record["number"] == number and state:
                self.list.item(row).setText(f"{self.list.item(row).text()} ({state})")

    def choose(self, number: int) -> None:
        """As a click on the row of citation ``number``."""
        for row, record in enumerate(self.records):
            if record["number"] == number:
                self.list.setCurrentRow(row)
                self.cited.emit(record)

    def tsv(self) -> str:
        """The citations, tab-separated, for a spreadsheet."""
        lines = ["number\tsource\tlabel\tplace\tquoted"]
        for record in self.records:
            cells = (record["number"], record["source"], record["label"], record["place"], record["text"])
            lines.append("\t".join(one_line(str(cell), 400) for cell in cells))
        return "\n".join(lines)

    def _row(self, record: Dict[str, Any]) -> QListWidgetItem:
        number, label = int(record["number"]), one_line(str(record["label"]), 80)
        source = short_name(str(record["source"]))
        text = f"[{number}] {label}" if label == source else f"[{number}] {label} · {source}"
        if record.get("kind") == "document":
            text = f"[{number}] {label}"
        item = QListWidgetItem(text)
        item.setToolTip(plain_tip(one_line(str(record["text"]), 300)))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, one_line(str(record["text"]), 300))
        return item

    def _chosen(self, item: QListWidgetItem) -> None:
        self.cited.emit(self.records[self.list.row(item)])


class _Rows(QListWidget):
    """As high as its rows: the chat scrolls, not this."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUniformItemSizes(True)

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Fit the height to the rows."""
        super().resizeEvent(event)
        self.setFixedHeight(max(1, self.count()) * max(self.sizeHintForRow(0), self.fontMetrics().height()) + 4)

    def wheelEvent(self, event) -> None:  # noqa: N802 - Qt
        """Scroll the chat."""
        event.ignore()
