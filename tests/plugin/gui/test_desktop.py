"""What the plugin adds to the main window, what that costs, and that nothing of it stays."""

import json
import os
import subprocess
import sys
import textwrap

import pytest
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMainWindow, QMenu, QToolBar

from terralogue.plugin.main import TerraloguePlugin


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
        self.shortcuts, self.layer_actions, self.factories = [], [], []
        self.active = None

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar

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

    def registerOptionsWidgetFactory(self, factory):
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.factories.remove(factory)


@pytest.fixture()
def iface(canvas, service):
    from terralogue.plugin.core.service import Service

    service.close = lambda: None
    Service.replace(service)
    iface = Window(canvas)
    iface.window.show()
    yield iface
    Service.replace(None)
    canvas.setParent(None)
    iface.window.close()
    iface.window.deleteLater()


@pytest.fixture()
def plugin(iface):
    plugin = TerraloguePlugin(iface)
    plugin.initGui()
    yield plugin
    if plugin.desktop is not None:
        plugin.unload()


def leftovers(iface):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    return {
        "docks": [dock.objectName() for dock in iface.window.findChildren(QDockWidget)],
        "actions": [action.text() for action in iface.window.findChildren(QAction) if "Terralogue" in action.text()],
        "toolbar": len(iface.toolbar.actions()),
        "menu": len(iface.menu.actions()),
        "registered": len(iface.shortcuts) + len(iface.layer_actions) + len(iface.factories),
        "canvas": len(iface.canvas.scene().items()),
    }


def test_unload_undoes_every_line_even_after_use(iface, hand):
    before = leftovers(iface)
    for _ in range(3):
        plugin = TerraloguePlugin(iface)
        plugin.initGui()
        panel = plugin.desktop.show_panel()
        panel.tools.start("rectangle")
        hand.drag(iface.canvas, (50, 50), (200, 200))
        assert panel.region.region is not None
        plugin.unload()
        assert leftovers(iface) == before


def test_unload_during_a_run_stops_it(iface, plugin, service, gate, hand):
    service.script.gate = gate
    panel = plugin.desktop.show_panel()
    panel.conversation.ask("How many?")
    hand.until(lambda: service.script.asked != [])
    task = panel.session.task
    plugin.unload()
    hand.until(lambda: task.outcome is not None, seconds=1)
    assert task.outcome.cancelled


def test_the_panel_is_built_at_its_first_showing(iface, plugin):
    assert plugin.desktop.dock.panel is None
    plugin.desktop.action.trigger()
    assert plugin.desktop.dock.isVisible()
    assert plugin.desktop.dock.panel is not None
    plugin.desktop.action.trigger()
    assert not plugin.desktop.dock.isVisible()


def test_the_dock_remembers_its_side(iface, plugin):
    from terralogue.plugin import settings

    plugin.desktop.dock.show()
    iface.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, plugin.desktop.dock)
    assert settings.dock_area.value() == 1
    plugin.unload()
    again = TerraloguePlugin(iface)
    again.initGui()
    assert iface.window.dockWidgetArea(again.desktop.dock) == Qt.DockWidgetArea.LeftDockWidgetArea
    again.unload()
    settings.dock_area.remove()


def test_the_layer_menu_makes_its_layer_the_source(iface, plugin, layer):
    iface.active = layer
    plugin.desktop.ask_action.trigger()
    panel = plugin.desktop.dock.panel
    assert plugin.desktop.dock.isVisible()
    assert panel.source_bar.layers() == (layer,)
    plugin.desktop.compare_action.trigger()
    assert panel.source_bar.two_dates and panel.source_bar.layers()[1] is layer


def test_an_answer_behind_a_closed_dock_is_announced(iface, plugin, hand):
    panel = plugin.desktop.show_panel()
    panel.conversation.ask("How many?")
    plugin.desktop.dock.hide()
    hand.until(lambda: iface.bar.currentItem() is not None)
    assert "two buildings" in iface.bar.currentItem().text()


def test_the_options_page_writes_what_it_shows(iface, plugin):
    from terralogue.plugin import settings

    page = iface.factories[0].createWidget(iface.window)
    page.long_run.setValue(25)
    page.detail.setCurrentIndex(1)
    page.apply()
    assert settings.long_run_seconds.value() == 25
    assert settings.answer_detail.value() == "detailed"
    for entry in settings.ENTRIES:
        entry.remove()


def test_start_up_is_quick_and_loads_nothing_heavy(repository):
    """A process of its own: import, initGui and the modules that came with them."""
    code = """
        import json, sys, time
        from qgis.core import QgsApplication
        from qgis.gui import QgsMapCanvas
        app = QgsApplication([], True); app.initQgis()
        sys.path.append(QgsApplication.pkgDataPath() + "/python/plugins")
        import processing
        sys.path.insert(0, ROOT + "/build/plugins")
        known = set(sys.modules)
        start = time.perf_counter()
        import terralogue
        plugin_module = terralogue.classFactory(None)
        imported = time.perf_counter()
        WINDOW
        plugin = terralogue.classFactory(Window(QgsMapCanvas()))
        begin = time.perf_counter()
        plugin.initGui()
        done = time.perf_counter()
        heavy = [m for m in ("onnxruntime", "torch", "rasterio", "shapely", "affine", "transformers") if m in sys.modules]
        print(json.dumps({"ms": 1000 * (imported - start + done - begin), "heavy": heavy,
                          "modules": len(set(sys.modules) - known)}))
        plugin.unload()
        sys.stdout.flush()
        import os; os._exit(0)
    """
    source = (repository / "tests/plugin/gui/test_desktop.py").read_text(encoding="utf-8")
    window = source[source.index("class Window:") : source.index("@pytest.fixture")]
    names = "from qgis.gui import QgsMessageBar\nfrom qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar\n"
    code = textwrap.dedent(code).replace("WINDOW", names + window).replace("ROOT", repr(str(repository)))
    if not (repository / "build" / "plugins" / "terralogue").exists():
        pytest.skip("build/plugins/terralogue is not there: run make setup")
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    found = []
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, env=environment, check=False
        )
        assert run.returncode == 0, run.stderr
        found.append(json.loads(run.stdout.strip().splitlines()[-1]))
    best = min(found, key=lambda figures: figures["ms"])
    print(f"import + initGui: {best['ms']:.0f} ms, {best['modules']} modules")
    assert best["heavy"] == []
    assert best["ms"] < 600
