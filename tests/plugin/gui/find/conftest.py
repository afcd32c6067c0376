"""The panel's own fixtures for the Find window, over the model that is shipped."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

_spec = importlib.util.spec_from_file_location("terralogue_gui_fixtures", Path(__file__).resolve().parents[1] / "conftest.py")
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)

hand = _module.hand
project = _module.project
no_lost_exceptions = _module.no_lost_exceptions


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service over the shipped model, kept for all tests of a file."""
    from terralogue.plugin.core.service import Service

    made = Service(cache=tmp_path_factory.mktemp("cache"))
    if not made.ready()[0]:
        pytest.skip("the core packages are not installed")
    Service.replace(made)
    yield made
    Service.replace(None)


@pytest.fixture(autouse=True)
def _no_list(qgis_app):
    """The list of indexes is empty before and after."""
    from terralogue.plugin.core import index_list

    for folder in index_list._listed():
        index_list.remove(folder)
    yield
    for folder in index_list._listed():
        index_list.remove(folder)


@pytest.fixture
def lake(tmp_path, project):
    """440 × 440 pixels of green with a dark blue lake in the south east, in the project."""
    from osgeo import gdal, osr
    from qgis.core import QgsRasterLayer

    rng = np.random.default_rng(3)
    pixels = np.stack([np.full((440, 440), value) for value in (70, 110, 50)]) + rng.normal(0, 12, (3, 440, 440))
    pixels[:, 220:, 220:] = np.array((15, 40, 70))[:, None, None] + rng.normal(0, 2, (3, 220, 220))
    path = tmp_path / "lake_20210601.tif"
    frame = gdal.GetDriverByName("GTiff").Create(str(path), 440, 440, 3, gdal.GDT_Byte)
    frame.SetGeoTransform((500_000.0, 0.5, 0.0, 5_500_000.0, 0.0, -0.5))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    frame.SetProjection(reference.ExportToWkt())
    for band in range(3):
        frame.GetRasterBand(band + 1).WriteArray(np.clip(pixels[band], 0, 255).astype(np.uint8))
        frame.GetRasterBand(band + 1).SetColorInterpretation((gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)[band])
    frame = None
    return project.addMapLayer(QgsRasterLayer(str(path), "lake <b>2021</b>"))


@pytest.fixture
def canvas(qgis_app, lake):
    """A shown canvas over the lake."""
    from qgis.gui import QgsMapCanvas

    made = QgsMapCanvas()
    made.setDestinationCrs(lake.crs())
    made.setLayers([lake])
    made.resize(400, 400)
    made.show()
    made.setExtent(lake.extent())
    yield made
    made.stopRendering()
    made.close()
    made.deleteLater()


@pytest.fixture
def panel(canvas, service):
    """The Find window."""
    from terralogue.plugin.gui.find.find_panel import FindPanel

    made = FindPanel(canvas, service)
    made.resize(320, 720)
    made.show()
    yield made
    made.unload()
    made.deleteLater()


@pytest.fixture
def indexed(panel, lake, hand, tmp_path, service):
    """The Find window with an index of the lake."""
    panel.work.index(lake, tmp_path / "lake index")
    hand.until(lambda: panel.work.task is None and panel.indexes.folder is not None)
    return panel
