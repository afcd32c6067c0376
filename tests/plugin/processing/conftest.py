"""Processing as QGIS runs it, with the real engine and a model that sees colours: every figure is known beforehand."""

import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer

sys.path.append(str(Path(__file__).resolve().parents[2] / "models" / "words"))

AFFINE = (500000, 0.5, 0, 5_000_000, 0, -0.5)


@pytest.fixture
def nano():
    """The model."""
    from fakes import ColourNano

    return ColourNano()


@pytest.fixture
def service(nano, tmp_path):
    """The process's service, over ``nano``."""
    from terralogue.plugin.core.service import Service

    made = Service(cache=tmp_path / "cache", nano=nano)
    Service.replace(made)
    yield made
    Service.replace(None)


@pytest.fixture
def provider(qgis_processing, service):
    """Terralogue's algorithms in the registry."""
    from terralogue.plugin.processing.provider import TerralogueProvider

    registry = QgsApplication.processingRegistry()
    made = TerralogueProvider()
    assert registry.addProvider(made)
    yield made
    registry.removeProvider("terralogue")


@pytest.fixture
def run(provider):
    """``run("segment", feedback=None, INPUT=…)``: the outputs of ``processing.run``."""
    import processing

    def call(name, feedback=None, **parameters):
        return processing.run("terralogue:" + name, parameters, feedback=feedback)

    return call


@pytest.fixture
def place(raster):
    """``place(pixels, name)``: (3, H, W) uint8 as a raster layer of the project, 0.5 m pixels in UTM 32N."""

    def make(pixels, name="town.tif", **options):
        layer = raster(np.ascontiguousarray(pixels), name, **{"affine": AFFINE, **options})
        return QgsProject.instance().addMapLayer(layer.clone())

    return make


@pytest.fixture
def town(place):
    """Twelve houses of 320 pixels, a lake of 9,600 and a wood of 6,000 on a meadow of 400 × 300 pixels."""
    from fakes import town

    return place(town())


@pytest.fixture
def shapes():
    """``shapes(kind, wkts, fields, values)``: a memory layer in UTM 32N, one row per WKT."""

    def make(kind, wkts, fields="", values=()):
        from qgis.core import QgsFeature, QgsGeometry

        layer = QgsVectorLayer(f"{kind}?crs=EPSG:32632" + (f"&{fields}" if fields else ""), "shapes", "memory")
        for number, wkt in enumerate(wkts):
            row = QgsFeature(layer.fields())
            row.setGeometry(QgsGeometry.fromWkt(wkt))
            row.setAttributes(list(values[number]) if number < len(values) else [])
            layer.dataProvider().addFeature(row)
        return layer

    return make
