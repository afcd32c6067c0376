"""The region as a small picture under a 3×3 grid, each cell with its share: where in the view something lies."""

from typing import List, Optional, Sequence

from qgis.PyQt.QtCore import QLocale, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from .theme import base_colour, mixed, text_colour

SIDE = 168


def cell_shares(cells) -> List[float]:
    """Nine shares in reading order from the ``cells`` of the facts, which list only those that hold something."""
    shares = [0.0] * 9
    for cell in cells:
        row, col = cell["cell"]
        shares[(row - 1) * 3 + col - 1] = float(cell["share"])
    return shares


class CellPicture(QWidget):
    """``shares``: nine values in [0, 1] or None (unknown), row by row from the north-west; ``colour``: of the cover."""

    def __init__(self, title: str, shares: Sequence[Optional[float]], colour: QColor, parent=None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.show_shares(title, shares, colour)

    def show_shares(self, title: str, shares: Sequence[Optional[float]], colour: QColor) -> None:
        """Show other shares on the same picture."""
        self.title, self.shares, self.colour = title, list(shares)[:9], colour
        self.setToolTip("")
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(self.text(index) for index in range(len(self.shares))))
        self.update()

    def set_picture(self, image: QImage) -> None:
        """Show ``image`` under the grid."""
        self.image = image
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt
        """A square, or the picture's proportions."""
        if self.image.isNull():
            return QSize(SIDE, SIDE * 2 // 3)
        return self.image.size().scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(90, 60))

    def text(self, index: int) -> str:
        """The share of one cell as text."""
        share = self.shares[index]
        return "?" if share is None else QLocale().toString(100 * share, "f", 0) + self.tr(" %")

    def paintEvent(self, _event) -> None:  # noqa: N802 - Qt
        """Picture, shares as transparent fill, lines, numbers."""
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.image.isNull():
            painter.fillRect(area, mixed(base_colour(), text_colour(), 0.12))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self.image)
        for index, share in enumerate(self.shares):
            cell = self._cell(area, index)
            fill = QColor(self.colour)
            fill.setAlphaF(0.0 if share is None else 0.05 + 0.6 * min(max(share, 0.0), 1.0))
            painter.fillRect(cell, fill)
            painter.setPen(QPen(QColor(255, 255, 255, 150), 1))
            painter.drawRect(cell)
            if share is None or share > 0:
                self._number(painter, cell, self.text(index))
        painter.end()

    def mouseMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Say which cell this is."""
        for index in range(len(self.shares)):
            if self._cell(QRectF(self.rect()), index).contains(event.pos()):
                QToolTip.showText(self.mapToGlobal(event.pos()), f"{self.title}: {self.text(index)}", self)

    @staticmethod
    def _cell(area: QRectF, index: int) -> QRectF:
        width, height = area.width() / 3, area.height() / 3
        return QRectF(area.left() + width * (index % 3), area.top() + height * (index // 3), width, height)

    @staticmethod
    def _number(painter: QPainter, cell: QRectF, text: str) -> None:
        # White on a dark plate: readable on any imagery, in any theme.
        plate = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-3, -1, 3, 1)
        plate.moveCenter(cell.center())
        painter.fillRect(plate, QColor(0, 0, 0, 140))
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), text)
