"""Pointing where something goes wrong: a plain sentence, nothing lost, nothing half done. Real QGIS, an engine of colours."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core", reason="these tests need QGIS's Python")

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer  # noqa: E402
from qgis.gui import QgsMapCanvas  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QPoint, Qt  # noqa: E402
from qgis.PyQt.QtTest import QTest  # noqa: E402

for folder in ("plugin", "plugin/gui/masks", "models/masks"):
    sys.path.append(str(Path(__file__).parents[1] / folder))

from town import Engines, screen, taken_pixels, town_pixels  # noqa: E402

from terralogue.models.errors import ModelDigestError, RuntimeMissing  # noqa: E402


@pytest.fixture
def desk_of(qgis_app, tmp_path):
    """``desk_of()``: pointing, begun, on a canvas over a town of its own."""
    import importlib.util

    found = importlib.util.spec_from_file_location("plugin_conftest", Path(__file__).parents[1] / "plugin" / "conftest.py")
    helpers = importlib.util.module_from_spec(found)
    found.loader.exec_module(helpers)
    from terralogue.plugin.gui.masks.pointing import Pointing

    QgsProject.instance().clear()
    made = []

    def make(pixels=None, epsg=32633):
        path = helpers.write_raster(
            tmp_path / "town.tif", town_pixels() if pixels is None else pixels, epsg=epsg,
            affine=(500_000, 1, 0, 5_500_000, 0, -1), nodata=0)
        layer = QgsProject.instance().addMapLayer(QgsRasterLayer(str(path), "town"))
        canvas = QgsMapCanvas()
        canvas.setDestinationCrs(layer.crs())
        canvas.setLayers([layer])
        canvas.resize(402, 302)
        canvas.show()
        canvas.setExtent(layer.extent())
        pointing = Pointing(canvas, Engines(), lambda: layer)
        pointing.sentences, pointing.town, pointing.path = [], layer, path
        pointing.said.connect(pointing.sentences.append)
        made.append((pointing, canvas))
        assert pointing.start()
        until(lambda: not pointing.desk.looking)
        return pointing

    yield make
    for pointing, canvas in made:
        pointing.unload()
        pointing.bar.deleteLater()
        canvas.stopRendering()
        canvas.close()
        canvas.deleteLater()
        pointing.town = pointing.source = None
    made.clear()
    QgsProject.instance().clear()


def until(condition, seconds=60.0):
    import time

    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def click(pointing, col=105, row=105, pixels=200):
    QTest.mouseClick(pointing.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                     QPoint(*screen(pointing, pointing.town, col, row)))
    if pixels:
        until(lambda: taken_pixels(pointing) == pixels)


def warned(pointing):
    return pointing.bar.status.text() if not pointing.bar.sign.isHidden() else ""


def test_a_raster_removed_between_clicks_ends_pointing_with_a_sentence_and_keeps_what_was_taken(desk_of):
    pointing = desk_of()
    click(pointing)
    QTest.keyClick(pointing.canvas, Qt.Key.Key_Return)
    taken = pointing.taking.layer
    click(pointing, 235, 185, 100)
    QgsProject.instance().removeMapLayer(pointing.town.id())
    pointing.source = lambda: None
    assert not pointing.active and any("no longer in the project" in text for text in pointing.sentences)
    assert taken.featureCount() == 1 and not taken.isEditable()
    assert pointing.session.empty and pointing.ground is None


def test_a_raster_removed_while_it_is_looked_at_crashes_nothing(desk_of):
    import threading

    pointing = desk_of()
    engine = pointing.engines.engine
    engine.gate, engine.encoding = threading.Event(), False
    click(pointing, 20, 20, 0)
    until(lambda: engine.encoding)
    QgsProject.instance().removeMapLayer(pointing.town.id())
    engine.gate.set()
    until(lambda: not pointing.desk.looking)
    assert not pointing.active


def test_a_file_that_is_gone_is_said_and_the_click_is_taken_back(desk_of):
    pointing = desk_of()
    click(pointing)
    pointing.path.unlink()
    click(pointing, 110, 105, 0)
    until(lambda: warned(pointing))
    assert "Cannot read" in warned(pointing) and len(pointing.session.steps) == 1


def test_a_raster_rewritten_between_clicks_is_looked_at_anew(desk_of, tmp_path):
    pointing = desk_of()
    click(pointing)
    looks = len(pointing.engines.engine.encoded)
    shutil.copy(pointing.path, tmp_path / "copy.tif")
    shutil.copy(tmp_path / "copy.tif", pointing.path)
    click(pointing, 110, 105, 0)
    until(lambda: len(pointing.engines.engine.encoded) > looks)
    until(lambda: pointing.shown is not None and len(pointing.shown.wish.steps) == 2)
    assert taken_pixels(pointing) == 200


def test_a_click_beside_the_raster_and_one_on_nodata_leave_no_mask(desk_of):
    pointing = desk_of()
    click(pointing, 390, 50, 0)
    until(lambda: warned(pointing))
    assert "no data" in warned(pointing) and pointing.session.empty and pointing.shown is None
    pointing.canvas.zoomByFactor(3)
    QTest.mouseClick(pointing.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    until(lambda: "outside" in warned(pointing))
    assert pointing.session.empty
    assert pointing.view.band.band is None or pointing.view.band.band.asGeometry().isEmpty()


def test_ten_thousand_clicks_neither_hang_nor_pile_up(desk_of):
    pointing = desk_of()
    pointing.engines.engine.decoded = 0
    place = pointing.canvas.getCoordinateTransform().toMapCoordinates(*screen(pointing, pointing.town, 105, 105))
    for _ in range(10_000):
        pointing._pointed("inside", [place])
    assert len(pointing.session.steps) == 64 and "64" in warned(pointing)
    until(lambda: pointing.shown is not None and len(pointing.shown.wish.steps) == 64)
    assert taken_pixels(pointing) == 200 and pointing.engines.engine.decoded <= 3


@pytest.mark.parametrize("error", [RuntimeMissing("onnxruntime"), ModelDigestError("sam.onnx", "a", "b"), MemoryError(),
                                   ValueError("shapes")])
def test_an_engine_that_fails_says_so_and_the_next_click_works(desk_of, error):
    pointing = desk_of()
    pointing.engines.engine.decode_error = error
    click(pointing, pixels=0)
    until(lambda: warned(pointing))
    assert pointing.session.empty
    pointing.engines.engine.decode_error = None
    click(pointing)


def test_a_target_that_turned_read_only_loses_nothing_in_hand(desk_of):
    pointing = desk_of()
    target = QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:32633&field=label:string", "mine", "memory"))
    pointing.bar.target.setLayer(target)
    click(pointing)
    real, pointing.taking.take = pointing.taking.take, None

    def readonly(features, layer, provenance):
        target.setReadOnly(True)
        return real(features, target, provenance)

    pointing.taking.take = readonly
    QTest.keyClick(pointing.canvas, Qt.Key.Key_Return)
    assert "read-only" in warned(pointing)
    assert target.featureCount() == 0 and len(pointing.session.steps) == 1 and taken_pixels(pointing) == 200


def test_a_project_closed_while_pointing_leaves_nothing(desk_of):
    pointing = desk_of()
    click(pointing)
    QgsProject.instance().clear()
    pointing.source = lambda: None
    assert not pointing.active and pointing.session.empty and pointing.ground is None


def test_a_target_removed_meanwhile_gives_way_to_a_new_layer(desk_of):
    pointing = desk_of()
    click(pointing)
    QTest.keyClick(pointing.canvas, Qt.Key.Key_Return)
    QgsProject.instance().removeMapLayer(pointing.taking.layer_id)
    assert pointing.bar.target_layer is None
    click(pointing, 235, 185, 100)
    QTest.keyClick(pointing.canvas, Qt.Key.Key_Return)
    assert pointing.taking.layer.featureCount() == 1
    QTest.keyClick(pointing.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pointing.taking.layer.featureCount() == 0


def test_a_raster_without_a_reference_system_is_pointed_at_in_its_own_units(desk_of):
    pointing = desk_of(epsg=None)
    click(pointing, pixels=0)
    until(lambda: taken_pixels(pointing) > 0)
    QTest.keyClick(pointing.canvas, Qt.Key.Key_Return)
    (row,) = pointing.taking.layer.getFeatures()
    # Without metres the pixels follow the screen alone.
    assert row.geometry().area() == row["pixels"] * pointing.desk.frames[-1].factor ** 2 and not row["area_m2"]


def test_a_raster_of_nothing_says_so(desk_of):
    pointing = desk_of(np.zeros((3, 300, 400), np.uint8))
    click(pointing, pixels=0)
    until(lambda: warned(pointing))
    assert "no valid pixels" in warned(pointing)
