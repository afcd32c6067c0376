"""Masks of words: a slider for each class, whose objects follow without a run of the model, and which rests once kept."""

import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsRasterLayer

sys.path += [str(Path(__file__).resolve().parents[2] / "models" / "words"), str(Path(__file__).parent)]

from test_change_answers import ask, service  # noqa: E402, F401 - a fixture


@pytest.fixture()
def nano():
    """A model that looks around, and is less sure the nearer it comes to an edge."""
    from fakes import NearNano

    class Soft(NearNano):
        def see(self, rgb, gsd, cancel=None):
            seen = super().see(rgb, gsd, cancel)
            seen.cover = seen.cover ** 0.4
            seen.cover = (seen.cover / seen.cover.sum(axis=1, keepdims=True)).astype(np.float32)
            return seen

    return Soft()


@pytest.fixture()
def scene(tmp_path, project, panel, canvas):
    """A town in the project, on the canvas and chosen."""
    from fakes import town
    from osgeo import gdal, osr

    path, pixels = tmp_path / "town.tif", town()
    frame = gdal.GetDriverByName("GTiff").Create(str(path), pixels.shape[2], pixels.shape[1], 3, gdal.GDT_Byte)
    frame.SetGeoTransform((500_000.0, 0.5, 0.0, 5_000_000.0, 0.0, -0.5))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32632)
    frame.SetProjection(reference.ExportToWkt())
    for band in range(3):
        frame.GetRasterBand(band + 1).WriteArray(np.ascontiguousarray(pixels[band]))
        frame.GetRasterBand(band + 1).SetColorInterpretation(
            (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)[band])
    frame = None
    layer = project.addMapLayer(QgsRasterLayer(str(path), "town"))
    canvas.setDestinationCrs(layer.crs())
    canvas.setExtent(layer.extent())
    panel.source_bar.choose(layer)
    return layer


def pixels(asked, label):
    return sum(feature.pixels for feature in asked.features.features if feature.label == label)


def test_every_class_has_a_slider_that_moves_its_objects_alone(panel, scene, hand, nano):
    asked = ask(panel, hand, "Segment the buildings and the water")
    assert asked.movables, (asked.answer, asked.features)
    assert [one.row.name for one in asked.movables] == ["Building", "Water"] and asked.change_tools is None
    buildings, water = asked.movables
    assert "Building" in buildings.row.title.text() and buildings.row.number.text() == "12 objects"
    assert water.row.number.text() == "1 object" and "Building" in buildings.row.slider.accessibleName()
    calls, before, lake = nano.calls, pixels(asked, "building"), pixels(asked, "water")
    buildings.row.slider.setValue(90)
    hand.until(lambda: buildings.mover.idle and buildings.row.count >= 0)
    after = pixels(asked, "building")
    assert 0 < after < before and pixels(asked, "water") == lake
    assert asked.provenance["threshold"] == {"building": 0.9, "water": 0.5}
    assert panel.overlay.features is asked.features and nano.calls == calls
    water.row.slider.setValue(80)
    hand.until(lambda: water.mover.idle and water.row.count >= 0)
    assert asked.provenance["threshold"] == {"building": 0.9, "water": 0.8}
    assert pixels(asked, "building") == after
    hand.click(buildings.row.reset_button)
    hand.until(lambda: buildings.mover.idle and buildings.row.count >= 0)
    assert pixels(asked, "building") == before


def test_sliders_rest_while_the_objects_are_a_layer_and_for_other_answers_there_are_none(panel, scene, hand):
    asked = ask(panel, hand, "Segment the buildings")
    hand.click(asked.card.actions.add_button)
    hand.until(lambda: asked.keeping.layer is not None)
    assert [one.row.isEnabled() for one in asked.movables] == [False]
    assert ask(panel, hand, "How many buildings are there?").movables == []
