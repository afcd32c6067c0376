"""What a user does with the panel, as steps that a job can ``yield from``. Runs inside QGIS, on its main thread."""

from driver import OUT, Drive, Failed, until
from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget, QPushButton, QToolBar
from qgis.utils import iface

#: Seconds that one answer may take before the job gives up; nothing waits that long on a working machine.
PATIENCE = 900
#: Toolbars that stay: one row, so that the map has the room.
TOOLBARS = ("mFileToolBar", "mMapNavToolBar", "mAttributesToolBar")


def arrange_window():
    """Fill the screen (there may be no window manager to do it) and give the map the room of what is not needed."""
    window = iface.mainWindow()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(window.screen().geometry())
    for name in ("Browser", "Browser2"):
        dock = window.findChild(QDockWidget, name)
        if dock is not None:
            dock.close()
    for bar in window.findChildren(QToolBar):
        if bar.parent() is window and bar.objectName() not in TOOLBARS:
            bar.hide()
    layers = window.findChild(QDockWidget, "Layers")
    if layers is not None:
        window.resizeDocks([layers], [230], Qt.Orientation.Horizontal)
    yield 0.5


def fill_map(extent):
    """Zoom until ``extent`` (in the project's CRS) fills the whole map, its longer side cut off."""
    canvas = iface.mapCanvas()
    size = canvas.viewport().size()
    height = min(extent.height(), extent.width() * size.height() / size.width())
    shown = QgsRectangle.fromCenterAndSize(extent.center(), height * size.width() / size.height(), height)
    canvas.setExtent(shown)
    canvas.refresh()
    yield 0.3
    yield until(lambda: not canvas.isDrawing(), 60, "the map to be drawn")


def fold_rasters() -> None:
    """Fold the legends of the rasters in the layer tree: the results need the room."""
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        node.setExpanded(isinstance(node.layer(), QgsVectorLayer))


def hide_layer(layer) -> None:
    """Untick a layer in the layer tree."""
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is not None:
        node.setItemVisibilityChecked(False)


def open_panel(drive: Drive):
    """Show the dock by its action and install the core packages if it asks for them, as a user would."""
    dock = iface.mainWindow().findChild(QDockWidget, "TerralogueDock")
    if dock is None:
        raise Failed("there is no Terralogue dock")
    drive.plugin().desktop.action.trigger()
    yield until(dock.isVisible, 10, "the dock to be shown")
    iface.mainWindow().resizeDocks([dock], [470], Qt.Orientation.Horizontal)
    panel = dock.panel
    card = panel.conversation.packages.card
    if card is not None:
        yield from install(drive, panel, card)
    yield 0.3
    return panel


def install(drive: Drive, panel, card):
    """Press Install and wait for the packages."""
    drive.say(card.button.text())
    drive.click(card.button)
    yield until(lambda: panel.conversation.packages.card is None or panel.conversation.packages.task is None, 300,
                "the packages to be installed")  # fmt: skip
    if panel.conversation.packages.card is not None:
        raise Failed("the packages could not be installed: " + panel.session.service.ready()[1])


def ask(drive: Drive, panel, question: str):
    """Type the question, send it with Enter, choose *Run* if the estimate asks, wait for the answer."""
    drive.say(question)
    session, count = panel.session, len(panel.session.exchanges)
    edit = panel.composer.edit
    edit.setFocus()
    QTest.keyClicks(edit, question)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    yield until(lambda: len(session.exchanges) > count, 10, f"the question “{question}” to be taken")
    exchange = session.exchanges[-1]

    def over() -> bool:
        for button in exchange.card.findChildren(QPushButton):
            if button.isVisible() and button.text() == "Run":
                drive.click(button)
        return not session.running

    yield until(over, PATIENCE, f"the answer to “{question}”")
    drive.result.setdefault("answers", []).append(
        {"question": question, "answer": exchange.answer, "ok": exchange.done, "facts": exchange.facts,
         "objects": len(exchange.features.features) if exchange.features is not None else 0,
         "provenance": exchange.provenance})  # fmt: skip
    if not exchange.done or not exchange.answer.strip():
        raise Failed(f"no answer to “{question}”: {exchange.answer!r}")


def keep_and_export(drive: Drive, panel, exchange, name: str):
    """*Add as Layer*, then *Export…* to a Shapefile and a GeoPackage, each read back and counted."""
    actions = exchange.card.actions
    panel.chat.ensureWidgetVisible(actions.add_button)
    yield 0.2
    layers = set(QgsProject.instance().mapLayers())
    drive.click(actions.add_button)
    yield until(lambda: exchange.keeping.layer is not None, 180, "the layer to be added")
    added = set(QgsProject.instance().mapLayers()) - layers
    layer = exchange.keeping.layer
    if layer.id() not in added:
        raise Failed("the layer is not in the project")
    found = {"layer": layer.name(), "features": layer.featureCount()}
    for ending in (".shp", ".gpkg"):
        path = OUT / (name + ending)
        panel.chat.ensureWidgetVisible(actions.export_button)
        yield 0.2
        drive.export_dialog(path)
        drive.click(actions.export_button)
        yield until(path.exists, 180, f"the file {path.name}")
        yield 0.5
        read = QgsVectorLayer(str(path), name, "ogr")
        if not read.isValid() or read.featureCount() != layer.featureCount():
            raise Failed(f"{path.name} holds {read.featureCount()} of {layer.featureCount()} objects")
        found[ending] = read.featureCount()
        del read
    drive.result.setdefault("exports", {})[name] = found
