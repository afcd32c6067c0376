"""A line that opens to show more."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class Fold(QWidget):
    """``content`` hidden behind a button with ``title``, closed at first."""

    def __init__(self, title: str, content: QWidget, parent=None) -> None:
        super().__init__(parent)
        self.content = content
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda: self._toggle(self.content.isHidden()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        layout.addWidget(content)
        self._toggle(False)

    def open(self) -> None:
        """Show the content."""
        self._toggle(True)

    def _toggle(self, opened: bool) -> None:
        closed = Qt.ArrowType.LeftArrow if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else Qt.ArrowType.RightArrow
        self.button.setArrowType(Qt.ArrowType.DownArrow if opened else closed)
        self.content.setVisible(opened)
