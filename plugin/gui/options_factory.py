"""Registers the settings page with QGIS's options dialog; the page is built when that opens."""

from qgis.gui import QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon


class OptionsFactory(QgsOptionsWidgetFactory):
    """The factory must outlive its registration: the desktop holds it."""

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self._icon = icon

    def title(self) -> str:
        """Title of the page, also its key."""
        return "Terralogue"

    def icon(self) -> QIcon:
        """Icon in the list of pages."""
        return self._icon

    def createWidget(self, parent):  # noqa: N802 - QGIS
        """The page."""
        from .options_page import OptionsPage

        return OptionsPage(parent)
