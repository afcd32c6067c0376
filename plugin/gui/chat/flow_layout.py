"""A layout that breaks into lines like text: rows of buttons stay usable in a narrow dock."""

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QLayout


class FlowLayout(QLayout):
    """Items left to right (right to left in such locales), a new line where the width ends."""

    def __init__(self, parent=None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item) -> None:  # noqa: N802 - Qt
        """Take the item."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int):  # noqa: N802 - Qt
        """The item, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int):  # noqa: N802 - Qt
        """Give the item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self):  # noqa: N802 - Qt
        """It never asks for more room."""
        return Qt.Orientation(0) if isinstance(Qt.Orientation.Horizontal, int) else Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt
        """The height depends on the lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt
        """Height of the lines at ``width``."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt
        """The smallest size: one item a line would do."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt
        """The widest item."""
        size = QSize()
        for item in self._items:
            if not self._hidden(item):
                size = size.expandedTo(item.minimumSize())
        return size

    @staticmethod
    def _hidden(item) -> bool:
        return item.widget() is not None and item.widget().isHidden()

    def _arrange(self, rect: QRect, place: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        mirrored = self.parentWidget() is not None and self.parentWidget().layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item in self._items:
            if self._hidden(item):
                continue
            size = item.sizeHint()
            width = min(size.width(), rect.width()) if rect.width() > 0 else size.width()
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if place:
                left = rect.x() + rect.width() - (x - rect.x()) - width if mirrored else x
                item.setGeometry(QRect(QPoint(left, y), QSize(width, size.height())))
            x, line = x + width + self.spacing(), max(line, size.height())
        return y + line - rect.y()
