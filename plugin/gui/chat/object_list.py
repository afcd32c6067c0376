"""The objects an answer points at, as a list: choosing one flashes it on the map and zooms there."""

from typing import Sequence

from qgis.PyQt.QtCore import QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QAction, QHeaderView, QTreeWidget, QTreeWidgetItem

from .card_rows import CardRows
from .visible_text import one_line

#: More rows than anybody reads in a dock; the layer's attribute table has them all.
MOST = 200


#: Width and height of a swatch, pixels.
_SIDE = 12


def swatch(*colours: QColor) -> QIcon:
    """A square of one colour, or of several side by side: what was there first, what is there now last."""
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    for place, colour in enumerate(colours):
        left = _SIDE * place // len(colours)
        painter.fillRect(left, 0, _SIDE - left, _SIDE, QColor(colour.red(), colour.green(), colour.blue()))
    painter.end()
    return QIcon(picture)


class ObjectList(CardRows, QTreeWidget):
    """``rows``: (label, area text, score in [0, 1] or None, colours), in the order of the features.

    ``chosen(tuple of indices)`` on a click, and on Enter or the arrow keys; ``refine(index)`` from the context menu.
    """

    chosen = pyqtSignal(tuple)
    refine = pyqtSignal(int)

    def __init__(self, rows: Sequence[tuple], parent=None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([self.tr("Object"), self.tr("Area"), self.tr("Score")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(self.tr("Objects found"))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)
        for number, (label, area, score, colours) in enumerate(rows[:MOST]):
            share = "" if score is None else QLocale().toString(float(score), "f", 2)
            item = QTreeWidgetItem([one_line(f"{number + 1}  {label}"), area, share])
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setIcon(0, swatch(*colours))
            for column in (1, 2):
                item.setTextAlignment(column, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter))
            self.addTopLevelItem(item)
        for column in (1, 2):
            self.headerItem().setTextAlignment(column, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter))
        self.dress(any("→" in row[0] for row in rows))
        refining = QAction(self.tr("Refine on the Map"), self)
        refining.triggered.connect(lambda _checked=False: self._refine())
        self.addAction(refining)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.itemSelectionChanged.connect(self._announce)
        self.itemActivated.connect(lambda _item, _column: self._announce())

    def _refine(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.refine.emit(item.data(0, Qt.ItemDataRole.UserRole))

    def _announce(self) -> None:
        indices = tuple(item.data(0, Qt.ItemDataRole.UserRole) for item in self.selectedItems())
        if indices:
            self.chosen.emit(indices)

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """In a narrow dock the names matter more than the scores."""
        super().resizeEvent(event)
        self.setColumnHidden(2, self.width() < 36 * self.fontMetrics().averageCharWidth())

    def row_total(self) -> int:
        """Objects listed."""
        return self.topLevelItemCount()

    def heading(self) -> QHeaderView:
        """The row of column names."""
        return self.header()

    def set_row_height(self, pixels: int) -> None:
        """Rows are of one height: the first item tells it."""
        if self.topLevelItemCount():
            self.topLevelItem(0).setSizeHint(0, QSize(0, pixels))

    def choose(self, indices) -> None:
        """Select these objects, as a click on a link in the answer does."""
        wanted = set(indices)
        self.blockSignals(True)
        self.clearSelection()
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item.data(0, Qt.ItemDataRole.UserRole) in wanted:
                item.setSelected(True)
                self.scrollToItem(item)
        self.blockSignals(False)
