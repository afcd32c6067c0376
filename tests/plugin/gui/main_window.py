"""QGIS's main window for tests and benchmarks that must not start QGIS desktop."""

from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar


class Window:
    """The part of QgisInterface that the plugin uses, over a real main window that can be looked at."""

    def __init__(self, canvas):
        self.window = QMainWindow()
        self.window.resize(1000, 700)
        self.window.setCentralWidget(canvas)
        self.canvas = canvas
        self.toolbar = QToolBar(self.window)
        self.window.addToolBar(self.toolbar)
        self.menu = QMenu("Raster", self.window)
        self.bar = QgsMessageBar(self.window)
        self.shortcuts, self.layer_actions, self.factories, self.designed = [], [], [], []
        self.locators = []
        self.active = None

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar

    def openLayoutDesigner(self, layout):
        self.designed.append(layout)

    def activeLayer(self):
        return self.active

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)

    def addRasterToolBarIcon(self, action):
        self.toolbar.addAction(action)

    def removeRasterToolBarIcon(self, action):
        self.toolbar.removeAction(action)

    def addPluginToRasterMenu(self, _name, action):
        self.menu.addAction(action)

    def removePluginRasterMenu(self, _name, action):
        self.menu.removeAction(action)

    def registerMainWindowAction(self, action, _shortcut):
        self.shortcuts.append(action)
        return True

    def unregisterMainWindowAction(self, action):
        self.shortcuts.remove(action)
        return True

    def addCustomActionForLayerType(self, action, _menu, _kind, _all):
        self.layer_actions.append(action)

    def removeCustomActionForLayerType(self, action):
        self.layer_actions.remove(action)
        return True

    def registerLocatorFilter(self, locator):
        self.locators.append(locator)

    def deregisterLocatorFilter(self, locator):
        self.locators.remove(locator)

    def registerOptionsWidgetFactory(self, factory):
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.factories.remove(factory)
