"""Places that look like a description on a card: small pictures with their likeness; choosing one shows it on the map."""

import math
from typing import Any, Dict, List, Tuple

from qgis.PyQt.QtCore import QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QFrame, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ..region_area import area_text
from .quiet_label import QuietLabel
from .theme import base_colour, mixed, text_colour
from .visible_text import one_line

#: Side of a picture in pixels, and more places than an answer ever names.
SIDE, MOST = 72, 50

Extent = Tuple[float, float, float, float]


class PlacesSection(QWidget):
    """``facts``: of kind "places". ``chosen(tuple of indices)`` on a click, and on Enter or the arrow keys.

    ``extents``: xmin, ymin, xmax, ymax of each in the CRS of its layer. Raises ValueError, TypeError or KeyError for facts
    of another shape.
    """

    chosen = pyqtSignal(tuple)

    def __init__(self, facts: Dict[str, Any], parent=None) -> None:
        super().__init__(parent)
        self.picture = None
        self.rows: List[Dict[str, Any]] = list(facts["places"][:MOST])
        self.extents = [extent_of(row["extent"]) for row in self.rows]
        like = one_line(str(facts.get("like") or ""), 60)
        title = self.tr("Likeness to “{words}”, best first").format(words=like) if like else self.tr(
            "Likeness to the place asked about, best first")
        self.list = _Chips()
        self.list.setAccessibleName(title)
        for number, row in enumerate(self.rows):
            self.list.addItem(self._chip(number, row))
        self.list.itemSelectionChanged.connect(self._announce)
        self.list.itemActivated.connect(lambda _item: self._announce())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(QuietLabel(title))
        layout.addWidget(self.list)

    def set_picture(self, number: int, image: QImage) -> None:
        """Show what place ``number`` looks like."""
        item = self.list.item(number)
        if item is not None and not image.isNull():
            item.setIcon(QIcon(_framed(image)))

    def choose(self, indices) -> None:
        """Select these places, as a click on a link in the answer does."""
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            self.list.item(row).setSelected(row in set(indices))
        self.list.blockSignals(False)

    def tsv(self) -> str:
        """The values as numbers, tab-separated, for a spreadsheet: likeness is a cosine, areas in m²."""
        lines = ["place\tlikeness\txmin\tymin\txmax\tymax\tarea_m2"]
        for number, (row, extent) in enumerate(zip(self.rows, self.extents)):
            area = row.get("area_m2")
            values = (number + 1, float(row["likeness"]), *extent, "" if area is None else float(area))
            lines.append("\t".join(str(value) for value in values))
        return "\n".join(lines)

    def _announce(self) -> None:
        indices = tuple(sorted(self.list.row(item) for item in self.list.selectedItems()))
        if indices:
            self.chosen.emit(indices)

    def _chip(self, number: int, row: Dict[str, Any]) -> QListWidgetItem:
        likeness = QLocale().toString(float(row["likeness"]), "f", 2)
        item = QListWidgetItem(QIcon(_framed(QImage())), f"{number + 1} · {likeness}")
        item.setTextAlignment(int(Qt.AlignmentFlag.AlignHCenter))
        said = [self.tr("Place {number}, likeness {value}").format(number=number + 1, value=likeness)]
        if row.get("area_m2") is not None:
            said.append(area_text(float(row["area_m2"])))
        item.setToolTip(", ".join(said))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(said))
        return item


class _Chips(QListWidget):
    """As many in a row as fit, and as high as its rows: the chat scrolls, not this."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Fit the height to the width."""
        super().resizeEvent(event)
        cell = QSize(SIDE + 12, SIDE + self.fontMetrics().height() + 14)
        self.setGridSize(cell)
        across = max(1, self.viewport().width() // cell.width())
        self.setFixedHeight(max(1, math.ceil(self.count() / across)) * cell.height() + 2)

    def wheelEvent(self, event) -> None:  # noqa: N802 - Qt
        """Scroll the chat."""
        event.ignore()


def extent_of(values: Any) -> Extent:
    """Four finite numbers that enclose an area. Raises ValueError or TypeError."""
    x0, y0, x1, y1 = (float(value) for value in values)
    if not all(map(math.isfinite, (x0, y0, x1, y1))) or x1 <= x0 or y1 <= y0:
        raise ValueError("no extent")
    return x0, y0, x1, y1


def _framed(image: QImage) -> QPixmap:
    """The picture in the middle of a square; a grey square while there is none."""
    square = QPixmap(SIDE, SIDE)
    square.fill(mixed(base_colour(), text_colour(), 0.12) if image.isNull() else QColor(0, 0, 0, 0))
    if not image.isNull():
        small = image.scaled(
            SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        painter = QPainter(square)
        painter.drawImage((SIDE - small.width()) // 2, (SIDE - small.height()) // 2, small)
        painter.end()
    return square
