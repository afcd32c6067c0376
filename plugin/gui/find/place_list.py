"""The finds, best first; choosing one shows it on the map."""

from typing import Dict, List

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from ..chat.visible_text import plain_tip
from .place_row import LESS, MORE, PlaceRow


class PlaceList(QListWidget):
    """``chosen(place)`` on a click, Enter and the arrow keys; ``marks_changed()``. ``marks``: tile → MORE or LESS."""

    chosen = pyqtSignal(object)
    marks_changed = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Places found, best first"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(True)
        # Rows give way to the scroll bar: laid out once, their last button lay under it.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.marks: Dict[int, int] = {}
        self.places: List = []
        self.itemClicked.connect(lambda _item: self._announce())
        self.itemActivated.connect(lambda _item: self._announce())
        self.itemSelectionChanged.connect(self._dress)

    def show_places(self, places) -> None:
        """These, in their order; marks of places found before are kept."""
        self.clear()
        self.places = list(places)
        for number, place in enumerate(self.places):
            row = PlaceRow(number + 1, place, self.marks.get(place.tile, 0))
            row.marked.connect(self._marked)
            item = QListWidgetItem()
            item.setSizeHint(row.sizeHint())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.said)
            item.setToolTip(plain_tip(row.said))
            self.addItem(item)
            self.setItemWidget(item, row)

    def show_picture(self, number: int, image: QImage) -> None:
        """Show what find ``number`` (0-based) looks like."""
        item = self.item(number)
        if item is not None:
            self.itemWidget(item).show_picture(image)

    def forget_marks(self) -> None:
        """Start anew."""
        self.marks = {}
        self.marks_changed.emit()

    def liked(self) -> tuple:
        """Tiles of which more are wanted."""
        return tuple(tile for tile, mark in self.marks.items() if mark == MORE)

    def disliked(self) -> tuple:
        """Tiles of which no more are wanted."""
        return tuple(tile for tile, mark in self.marks.items() if mark == LESS)

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """The arrow keys choose as a click does."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._announce()

    def _dress(self) -> None:
        """Text of the chosen row in the colour that belongs on the ground of selections."""
        for number in range(self.count()):
            row = self.itemWidget(self.item(number))
            if row is not None:
                row.show_selected(self.item(number).isSelected())

    def _announce(self) -> None:
        if 0 <= self.currentRow() < len(self.places):
            self.chosen.emit(self.places[self.currentRow()])

    def _marked(self, tile: int, mark: int) -> None:
        if mark:
            self.marks[tile] = mark
        else:
            self.marks.pop(tile, None)
        self.marks_changed.emit()
