"""Opens the panel over the made-up town, takes its picture wide and narrow, then unloads and reloads the plugin."""

import json
import os
import sys

sys.path.insert(0, json.loads(os.environ["TERRALOGUE_JOB"])["tests"])

from driver import OUT, Drive, until  # noqa: E402
from made_scene import write_scene  # noqa: E402
from panel_steps import arrange_window, open_panel  # noqa: E402
from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt.QtCore import Qt  # noqa: E402
from qgis.PyQt.QtWidgets import QDockWidget  # noqa: E402
from qgis.utils import iface, plugins, reloadPlugin  # noqa: E402


def smoke(drive: Drive):
    """Everything that needs no question."""
    before, _after = write_scene(OUT / "scene")
    yield from arrange_window()
    canvas = iface.mapCanvas()
    canvas.setExtent(iface.addRasterLayer(str(before), "town").extent())
    panel = yield from open_panel(drive)
    dock = iface.mainWindow().findChild(QDockWidget, "TerralogueDock")
    yield until(lambda: not canvas.isDrawing(), 60, "the map to be drawn")
    yield 0.5
    drive.picture("window.png")
    panel.grab().save(str(OUT / "panel.png"))
    iface.mainWindow().resizeDocks([dock], [240], Qt.Orientation.Horizontal)
    yield 0.5
    panel.grab().save(str(OUT / "narrow.png"))
    drive.result["narrow_width"] = panel.width()
    provider = QgsApplication.processingRegistry().providerById("terralogue")
    drive.result["algorithms"] = sorted(algorithm.name() for algorithm in provider.algorithms())
    drive.result["raster_menu"] = "Terralogue" in [a.text().replace("&", "") for a in iface.rasterMenu().actions()]

    reloadPlugin("terralogue")
    yield 1.0
    drive.result["docks_after_reload"] = len(
        [d for d in iface.mainWindow().findChildren(QDockWidget) if d.objectName() == "TerralogueDock"]
    )
    drive.result["loaded"] = "terralogue" in plugins


DRIVE = Drive(smoke)
