"""What tables and lists on cards share: no frame, rows as high as the theme's font, scrolling only where there is more."""

from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtWidgets import QFrame


class CardRows:
    """Mixed in before a Qt item view, which calls :meth:`dress` once it has its rows.

    It sets ``TALLEST`` (rows shown before it scrolls), ``row_total()``, ``heading()`` and ``set_row_height(pixels)``.
    """

    TALLEST = 7

    def dress(self, changes: bool) -> None:
        """``changes``: names are "from → to", so that a narrow one loses its middle."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QAbstractItemView { border: none; padding: 0px; margin: 0px; }")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle if changes else Qt.TextElideMode.ElideRight)
        self.ensurePolished()
        self._fit()

    def changeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Rows follow the font of the theme; afterwards, because a layout forgets what changes while it works."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self._fit)

    def wheelEvent(self, event) -> None:  # noqa: N802 - Qt
        """Scroll only if there are more rows than are shown; else the chat."""
        if self.row_total() > self.TALLEST:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _fit(self) -> None:
        row = self.fontMetrics().height() + 6
        self.set_row_height(row)
        shown = min(max(self.row_total(), 1), self.TALLEST)
        self.setFixedHeight(self.heading().sizeHint().height() + row * shown + 2)
