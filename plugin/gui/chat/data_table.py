"""A small read-only table on a card: facts, transitions."""

from typing import Sequence

from qgis.PyQt.QtCore import QEvent, QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from .visible_text import one_line

#: Rows shown before the table scrolls.
TALLEST = 9


class DataTable(QTableWidget):
    """First column text, the others aligned as numbers. ``swatches``: a colour per row, shown before its name."""

    def __init__(self, headers: Sequence[str], rows: Sequence[Sequence[str]], swatches: Sequence = (), parent=None):
        super().__init__(len(rows), len(headers), parent)
        self.setHorizontalHeaderLabels([one_line(header) for header in headers])
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableWidget { border: none; padding: 0px; margin: 0px; }")
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self._change = any("→" in str(cells[0]) for cells in rows)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle if self._change else Qt.TextElideMode.ElideRight)
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
        self.ensurePolished()
        self._fit()

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """In a narrow dock the last column goes before the names are cut to nothing; copies of the table have it."""
        super().resizeEvent(event)
        last = self.columnCount() - 1
        if last > 1:
            numbers = sum(self.sizeHintForColumn(column) + 10 for column in range(1, last + 1))
            names = (16 if self._change else 9) * self.fontMetrics().averageCharWidth()
            self.setColumnHidden(last, numbers + names > self.width())

    def changeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Rows follow the font of the theme; afterwards, because a layout forgets what changes while it works."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self._fit)

    def _fit(self) -> None:
        row = self.fontMetrics().height() + 6
        for number in range(self.rowCount()):
            self.setRowHeight(number, row)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + row * min(self.rowCount(), TALLEST) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        """In a narrow dock the first column cuts its text."""
        return QSize(120, self.height())

    def wheelEvent(self, event) -> None:  # noqa: N802 - Qt
        """Scroll the table only if it has more rows than it shows; else the chat."""
        if self.rowCount() > TALLEST:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _item(self, text: str, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem(one_line(text))
        item.setToolTip(one_line(text).replace("<", "‹"))
        item.setTextAlignment(self._alignment(column))
        return item

    @staticmethod
    def _alignment(column: int):
        side = Qt.AlignmentFlag.AlignLeading if column == 0 else Qt.AlignmentFlag.AlignTrailing
        return int(side | Qt.AlignmentFlag.AlignVCenter)
