"""The dock: an empty shell until it is first shown, so that it costs nothing at start-up."""

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QWidget

NAME = "TerralogueDock"


class Dock(QgsDockWidget):
    """``make_panel()`` builds the content. ``panel`` is None before the first showing."""

    def __init__(self, make_panel, parent=None) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.setWindowTitle("Terralogue")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._make_panel = make_panel
        self.panel = None
        self.setWidget(QWidget())

    def build(self):
        """The panel, built now if it is not there yet."""
        if self.panel is None:
            self.panel = self._make_panel()
            placeholder = self.widget()
            self.setWidget(self.panel)
            placeholder.deleteLater()
        return self.panel

    def showEvent(self, event) -> None:  # noqa: N802 - Qt
        """Build at the first showing."""
        self.build()
        super().showEvent(event)
