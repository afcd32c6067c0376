"""The row with the region tools, the other ways to a region, and how large it is."""

from qgis.core import QgsApplication, QgsMapLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from . import region_choices
from .chat.quiet_label import QuietLabel
from .chat.visible_text import one_line
from .region_area import region_text
from .tools.region_tools import RegionTools

TOOLS = ("rectangle", "polygon", "lasso", "click")


class RegionBar(QWidget):
    """``picked(MapRegion)`` from the menu, ``cleared()``, ``refused(sentence)``. ``source``: () → layers asked about."""

    picked = pyqtSignal(object)
    cleared = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, tools: RegionTools, source, parent=None) -> None:
        super().__init__(parent)
        self.canvas, self.source = canvas, source
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        self.buttons = {}
        for kind in (*TOOLS, "edit"):
            button = QToolButton()
            button.setAutoRaise(True)
            button.setDefaultAction(tools.actions[kind])
            button.setAccessibleName(tools.actions[kind].text())
            self.buttons[kind] = button
        for kind in TOOLS:
            layout.addWidget(self.buttons[kind])
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.more = self._button("/mActionAdd.svg", self.tr("Other regions"))
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout.addWidget(self.more)
        self.label = QuietLabel("")
        self.label.setWordWrap(False)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setMinimumWidth(30)
        layout.addSpacing(4)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.buttons["edit"])
        self.clear_button = self._button("/mIconClearText.svg", self.tr("Clear the region"))
        self.clear_button.clicked.connect(lambda: self.cleared.emit())
        layout.addWidget(self.clear_button)
        self.show_region(None)

    def add_tool(self, action) -> None:
        """A tool at the end of the row that is no region."""
        button = QToolButton()
        button.setAutoRaise(True)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        button.setIconSize(QSize(16, 16))
        self.layout().addWidget(button)

    def show_region(self, region) -> None:
        """Say how large it is."""
        self.label.setText(region_text(region) if region is not None else self.tr("Whole source"))
        self.label.setToolTip(self.label.text())
        self.clear_button.setVisible(region is not None)
        self.buttons["edit"].setVisible(region is not None and region.point is None)

    def fill_menu(self) -> None:
        """The regions there are right now."""
        self.menu.clear()
        self._entry(self.menu, self.tr("Current View"), "/mActionZoomFullExtent.svg", self._view)
        for layer in self.source():
            if layer is not None:
                text = self.tr("Extent of {layer}").format(layer=self._menu_text(layer.name()))
                self._entry(self.menu, text, "/mActionZoomToLayer.svg", lambda layer=layer: self._layer(layer))
        selections = region_choices.layers_with_selection()
        for layer in selections:
            text = self.tr("Selected features of {layer} ({count})").format(
                layer=self._menu_text(layer.name()), count=layer.selectedFeatureCount()
            )
            self._entry(self.menu, text, "/mActionZoomToSelected.svg", lambda layer=layer: self._selection(layer))
        if not selections:
            entry = self.menu.addAction(self.tr("Selected Features"))
            entry.setEnabled(False)
            entry.setToolTip(self.tr("Select features of a polygon layer first."))
        marks = self.menu.addMenu(QgsApplication.getThemeIcon("/mActionShowBookmarks.svg"), self.tr("Bookmark"))
        found = region_choices.bookmarks()
        marks.setEnabled(bool(found))
        for bookmark in found[:40]:
            text = self._menu_text(bookmark.name())
            self._entry(marks, text, "/mItemBookmark.svg", lambda mark=bookmark: self._bookmark(mark))

    def _view(self) -> None:
        self.picked.emit(region_choices.of_view(self.canvas))

    def _layer(self, layer: QgsMapLayer) -> None:
        self.picked.emit(region_choices.of_layer(layer))

    def _bookmark(self, bookmark) -> None:
        region = region_choices.of_bookmark(bookmark)
        region_choices.zoom_to(self.canvas, region)
        self.picked.emit(region)

    def _selection(self, layer) -> None:
        region = region_choices.of_selection(layer)
        if region is None:
            self.refused.emit(self.tr("Select up to {most} polygons first.").format(most=region_choices.MOST_FEATURES))
        else:
            self.picked.emit(region)

    @staticmethod
    def _menu_text(name: str) -> str:
        # A single & in a menu would be swallowed as a keyboard mark.
        return one_line(name, 40).replace("&", "&&")

    @staticmethod
    def _entry(menu: QMenu, text: str, icon: str, slot) -> None:
        action = menu.addAction(QgsApplication.getThemeIcon(icon), text)
        action.triggered.connect(lambda _checked=False: slot())

    @staticmethod
    def _button(icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setIconSize(QSize(16, 16))
        return button
