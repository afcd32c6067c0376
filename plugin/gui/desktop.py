"""Everything the plugin adds to QGIS's main window, and its removal."""

from pathlib import Path

from qgis.core import Qgis, QgsMapLayerType
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QIcon, QKeySequence
from qgis.PyQt.QtWidgets import QAction

from .. import settings as user
from .dock import Dock
from .find.find_dock import FindDock
from .find.locator import FindFilter
from .models.opening import close_models
from .options_factory import OptionsFactory

ICON = Path(__file__).resolve().parents[2] / "resources" / "icons" / "terralogue.svg"
SHORTCUT = "Ctrl+Alt+T"


class Desktop(QObject):
    """Adds itself when constructed; :meth:`unload` undoes each line. Main thread only."""

    def __init__(self, iface) -> None:
        super().__init__(iface.mainWindow())
        self.iface = iface
        self.icon = QIcon(str(ICON))
        self.dock = Dock(self._make_panel, iface.mainWindow())
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        iface.addDockWidget(left if user.dock_area.value() == 1 else right, self.dock)
        self.dock.hide()
        self.dock.dockLocationChanged.connect(self._moved)
        self.action = QAction(self.icon, self.tr("Terralogue Panel"), self)
        self.action.setObjectName("terralogue-panel")
        self.action.setToolTip(self.tr("Ask about the imagery in words"))
        self.dock.setToggleVisibilityAction(self.action)
        iface.addRasterToolBarIcon(self.action)
        iface.addPluginToRasterMenu("Terralogue", self.action)
        self.action.setShortcut(QKeySequence(SHORTCUT))
        iface.registerMainWindowAction(self.action, SHORTCUT)
        self.ask_action = QAction(self.icon, self.tr("Ask About This Layer…"), self)
        self.ask_action.triggered.connect(lambda: self._with_layer("ask_about"))
        self.compare_action = QAction(self.tr("Compare With…"), self)
        self.compare_action.triggered.connect(lambda: self._with_layer("compare_with"))
        for action in (self.ask_action, self.compare_action):
            iface.addCustomActionForLayerType(action, "", QgsMapLayerType.RasterLayer, True)
        self.find_dock = FindDock(self._make_find, iface.mainWindow())
        iface.addDockWidget(left if user.dock_area.value() == 1 else right, self.find_dock)
        iface.mainWindow().tabifyDockWidget(self.dock, self.find_dock)
        self.find_dock.hide()
        self.find_action = QAction(self.icon, self.tr("Find Places in Imagery"), self)
        self.find_action.setObjectName("terralogue-find")
        self.find_dock.setToggleVisibilityAction(self.find_action)
        iface.addPluginToRasterMenu("Terralogue", self.find_action)
        self.locator = FindFilter(self._service, self._found, self.icon)
        iface.registerLocatorFilter(self.locator)
        self.options = OptionsFactory(self.icon)
        iface.registerOptionsWidgetFactory(self.options)

    def unload(self) -> None:
        """Undo the constructor, last line first; what Qt has deleted already is left alone."""
        iface = self.iface
        close_models()
        iface.unregisterOptionsWidgetFactory(self.options)
        self.options = None
        iface.deregisterLocatorFilter(self.locator)
        self.locator = None
        iface.removePluginRasterMenu("Terralogue", self.find_action)
        self._remove(self.find_dock)
        self.find_action.deleteLater()
        for action in (self.compare_action, self.ask_action):
            iface.removeCustomActionForLayerType(action)
            action.deleteLater()
        iface.unregisterMainWindowAction(self.action)
        iface.removePluginRasterMenu("Terralogue", self.action)
        iface.removeRasterToolBarIcon(self.action)
        self._remove(self.dock)
        self.action.deleteLater()
        self._stop_service()
        self.deleteLater()

    def _remove(self, dock) -> None:
        if sip.isdeleted(dock):
            return
        if dock.panel is not None:
            dock.panel.unload()
        self.iface.removeDockWidget(dock)
        # Closed by a queued event would be too late: a reload looks for the same object name at once.
        dock.setParent(None)
        dock.deleteLater()

    def show_panel(self):
        """Show the dock and hand out its panel."""
        self.dock.setUserVisible(True)
        return self.dock.build()

    def _make_panel(self):
        from .panel import Panel

        panel = Panel(self.iface.mapCanvas())
        panel.notice.connect(self._notice)
        panel.layout_made.connect(lambda layout: self.iface.openLayoutDesigner(layout))
        panel.menu.settings_wanted.connect(self._open_settings)
        panel.menu.models_wanted.connect(self._open_models)
        return panel

    def show_find(self):
        """Show the Find window and hand out its panel."""
        self.find_dock.setUserVisible(True)
        return self.find_dock.build()

    def _make_find(self):
        from .find.find_panel import FindPanel

        return FindPanel(self.iface.mapCanvas(), self._service(), self._region)

    def _region(self):
        """What is drawn in the panel, None without."""
        panel = None if sip.isdeleted(self.dock) else self.dock.panel
        return None if panel is None else panel.region.region

    def _found(self, words: str, folder: str, place) -> None:
        """A find was chosen in the locator bar."""
        panel = self.show_find()
        panel.indexes.refresh(folder)
        panel.words.setText(words)
        if place is not None:
            panel.show_place(place)

    @staticmethod
    def _service():
        from ..core.service import Service

        return Service.instance()

    def _with_layer(self, doing: str) -> None:
        layer = self.iface.activeLayer()
        if layer is not None:
            getattr(self.show_panel(), doing)(layer)

    def _open_settings(self) -> None:
        self.iface.showOptionsDialog(self.iface.mainWindow(), self.options.title())

    def _open_models(self) -> None:
        from .models.opening import show_models

        show_models(self.iface.mainWindow())

    def _notice(self, text: str) -> None:
        from html import escape

        from qgis.PyQt.QtWidgets import QPushButton

        from .chat.visible_text import one_line

        bar = self.iface.messageBar()
        item = bar.createMessage("Terralogue", escape(one_line(text, 160)))
        button = QPushButton(self.tr("Show"))
        button.clicked.connect(lambda: (self.show_panel(), bar.popWidget(item)))
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Info, 8)

    def _moved(self, area) -> None:
        if area in (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea):
            user.dock_area.setValue(1 if area == Qt.DockWidgetArea.LeftDockWidgetArea else 2)

    @staticmethod
    def _stop_service() -> None:
        import sys

        # Only if a question was ever asked: unloading must not load what start-up left out.
        module = sys.modules.get(__package__.rsplit(".", 1)[0] + ".core.service")
        if module is not None:
            module.Service.replace(None)
