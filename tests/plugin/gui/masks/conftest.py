"""A canvas over a plain town and pointing with an engine whose answers anybody can check."""

import sys
from pathlib import Path

import pytest
from qgis.core import QgsRasterLayer
from qgis.gui import QgsMapCanvas, QgsMapToolPan

HERE = Path(__file__).parent
for folder in (HERE, HERE.parents[2] / "models" / "masks"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))

from town import Engines, town_pixels  # noqa: E402


@pytest.fixture()
def make_town(tmp_path, project):
    """``make_town(epsg, affine)``: the town as a layer of the project."""
    import importlib.util

    found = importlib.util.spec_from_file_location("plugin_conftest", HERE.parents[1] / "conftest.py")
    helpers = importlib.util.module_from_spec(found)
    found.loader.exec_module(helpers)

    def make(epsg=32633, affine=(500_000, 1, 0, 5_500_000, 0, -1), name="town.tif"):
        path = helpers.write_raster(tmp_path / name, town_pixels(), epsg=epsg, affine=affine, nodata=0)
        layer = QgsRasterLayer(str(path), "town")
        assert layer.isValid()
        return project.addMapLayer(layer)

    return make


@pytest.fixture()
def make_canvas(qgis_app, project):
    """``make_canvas(layer)``: a shown canvas of 400 × 300 pixels with it."""
    made = []

    def make(layer):
        canvas = QgsMapCanvas()
        canvas.setDestinationCrs(layer.crs())
        canvas.setLayers([layer])
        canvas.resize(402, 302)
        canvas.show()
        canvas.setExtent(layer.extent())
        canvas.pan = QgsMapToolPan(canvas)
        canvas.setMapTool(canvas.pan)
        made.append(canvas)
        return canvas

    yield make
    for canvas in made:
        canvas.stopRendering()
        canvas.close()
        canvas.deleteLater()
    made.clear()  # pytest lets go of the last test's fixtures only after QGIS has been shut down


@pytest.fixture()
def make_pointing(make_canvas):
    """``make_pointing(layer)``: pointing on a canvas of it, not yet begun; with ``hand`` helpers of its own."""
    from terralogue.plugin.gui.masks.pointing import Pointing

    made = []

    def make(layer, canvas=None):
        canvas = canvas or make_canvas(layer)
        pointing = Pointing(canvas, Engines(), lambda: layer)
        pointing.sentences, pointing.refusals = [], []
        pointing.said.connect(pointing.sentences.append)
        pointing.refused.connect(lambda: pointing.refusals.append(1))
        made.append(pointing)
        return pointing

    yield make
    for pointing in made:
        pointing.unload()
        pointing.bar.deleteLater()
        pointing.source = None
    made.clear()


@pytest.fixture()
def town(make_town):
    return make_town()


@pytest.fixture()
def pointing(make_pointing, town):
    """Pointing at the town, begun."""
    pointing = make_pointing(town)
    assert pointing.start()
    return pointing
