"""What the plugin adds to the main window, what that costs, and that nothing of it stays."""

import json
import os
import subprocess
import sys

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget

from terralogue.plugin.main import TerraloguePlugin

sys.path.append(os.path.dirname(__file__))
from main_window import Window  # noqa: E402


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


def test_start_up_loads_nothing_heavy(repository):
    """In a process of its own; how long it takes is measured by tests/benchmarks/bench_gui.py."""
    if not (repository / "build" / "plugins" / "terralogue").exists():
        pytest.skip("build/plugins/terralogue is not there: run make setup")
    run = subprocess.run(
        [sys.executable, str(repository / "tests" / "plugin" / "gui" / "load_plugin.py"), str(repository)],
        capture_output=True,
        text=True,
        timeout=300,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.strip().splitlines()[-1])
    assert found["heavy"] == [] and found["ms"] > 0
