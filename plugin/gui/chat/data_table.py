"""A small read-only table on a card: facts, transitions."""

from typing import Sequence

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QAbstractScrollArea, QHeaderView, QTableWidget, QTableWidgetItem

from .card_rows import CardRows
from .visible_text import one_line


class DataTable(CardRows, QTableWidget):
    """First column text, the others aligned as numbers. ``swatches``: a colour per row, shown before its name."""

    TALLEST = 9

    def __init__(self, headers: Sequence[str], rows: Sequence[Sequence[str]], swatches: Sequence = (), parent=None):
        super().__init__(len(rows), len(headers), parent)
        self.setHorizontalHeaderLabels([one_line(header) for header in headers])
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self._change = any("→" in str(cells[0]) for cells in rows)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, self._item(str(cell), column))
            if row < len(swatches) and swatches[row] is not None:
                self.item(row, 0).setIcon(swatches[row])
        for column in range(len(headers)):
            self.horizontalHeaderItem(column).setTextAlignment(self._alignment(column))
        self.setAccessibleName(self.tr("Table of measured values"))
        self.dress(self._change)

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """In a narrow dock the last column goes before the names are cut to nothing; copies of the table have it."""
        super().resizeEvent(event)
        last = self.columnCount() - 1
        if last > 1:
            numbers = sum(self.sizeHintForColumn(column) + 10 for column in range(1, last + 1))
            names = (22 if self._change else 9) * self.fontMetrics().averageCharWidth()
            self.setColumnHidden(last, numbers + names > self.width())

    def row_total(self) -> int:
        """Rows there are."""
        return self.rowCount()

    def heading(self) -> QHeaderView:
        """The row of column names."""
        return self.horizontalHeader()

    def set_row_height(self, pixels: int) -> None:
        """Of every row."""
        for number in range(self.rowCount()):
            self.setRowHeight(number, pixels)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        """In a narrow dock the first column cuts its text."""
        return QSize(120, self.height())

    def _item(self, text: str, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem(one_line(text))
        item.setToolTip(one_line(text).replace("<", "‹"))
        item.setTextAlignment(self._alignment(column))
        return item

    @staticmethod
    def _alignment(column: int):
        side = Qt.AlignmentFlag.AlignLeading if column == 0 else Qt.AlignmentFlag.AlignTrailing
        return int(side | Qt.AlignmentFlag.AlignVCenter)
