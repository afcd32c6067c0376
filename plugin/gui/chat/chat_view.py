"""The conversation: a scroll area that new messages push upwards unless the reader has scrolled away."""

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class ChatView(QScrollArea):
    """Holds message widgets from top to bottom. Main thread only."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.messages = QWidget()
        self.messages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.messages.setBackgroundRole(QPalette.ColorRole.Window)
        self.column = QVBoxLayout(self.messages)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(10)
        self.column.addStretch(1)
        self.setWidget(self.messages)
        self._follow = True
        self._lead = None
        self._moving = False
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._grown)

    def add(self, widget: QWidget, lead: bool = False) -> None:
        """Add a message and show it. ``lead``: what follows may scroll up to it, not beyond: it stays in sight."""
        self._follow = True
        if lead:
            self._lead = widget
        self.column.insertWidget(self.column.count() - 1, widget)

    def remove(self, widget: QWidget) -> None:
        """Take one message away."""
        if widget is self._lead:
            self._lead = None
        self.column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def widgets(self) -> list:
        """The messages, first to last."""
        items = (self.column.itemAt(index).widget() for index in range(self.column.count()))
        return [widget for widget in items if widget is not None]

    def clear(self) -> None:
        """Take all messages away."""
        for widget in self.widgets():
            self.remove(widget)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt
        """Usable from 240 pixels on."""
        return QSize(240, 120)

    def _scrolled(self, value: int) -> None:
        if not self._moving:
            self._follow = value >= self.verticalScrollBar().maximum() - 8

    def _grown(self, _low: int, high: int) -> None:
        if self._follow:
            self._moving = True
            self.verticalScrollBar().setValue(min(high, self._lead.y() - 8) if self._lead is not None else high)
            self._moving = False
