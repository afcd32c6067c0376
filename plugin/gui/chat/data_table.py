"""A small read-only table on a card: facts, transitions."""

from typing import Sequence

from qgis.PyQt.QtCore import QSize, Qt
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
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, self._item(str(cell), column))
            if row < len(swatches) and swatches[row] is not None:
                self.item(row, 0).setIcon(swatches[row])
        for column in range(len(headers)):
            self.horizontalHeaderItem(column).setTextAlignment(self._alignment(column))
        self._fit()
        self.setAccessibleName(self.tr("Table of measured values"))

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """The first column takes what is left; where nothing is, it keeps its text and the table scrolls sideways."""
        super().resizeEvent(event)
        needed = sum(self.sizeHintForColumn(column) + 10 for column in range(self.columnCount()))
        tight = needed > self.viewport().width()
        mode = QHeaderView.ResizeMode.ResizeToContents if tight else QHeaderView.ResizeMode.Stretch
        if self.horizontalHeader().sectionResizeMode(0) != mode:
            self.horizontalHeader().setSectionResizeMode(0, mode)
        self._fit()

    def showEvent(self, event) -> None:  # noqa: N802 - Qt
        """Only now does the theme say how high rows are."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = sum(self.rowHeight(row) for row in range(min(self.rowCount(), TALLEST)))
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + extra + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        """It scrolls sideways in a narrow dock."""
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
