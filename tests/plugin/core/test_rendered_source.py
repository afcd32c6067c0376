"""The map as a raster: place of every pixel, unknown pixels, web layers that fail, cancel."""

import time

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor

from terralogue.models.errors import CrsMissing
from terralogue.models.imagery.grid import Window
from terralogue.plugin import settings
from terralogue.plugin.core.errors import AreaTooLarge, LayerUnsupported, NoRegion, WebLayerUnreadable
from terralogue.plugin.core.map_region import MapRegion
from terralogue.plugin.core.messages import sentence
from terralogue.plugin.core.snapshots import snapshot_canvas, snapshot_layer
from terralogue.plugin.core.tasks import RunTask

MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")


def shown(layers, extent, size=(300, 200), rotation=0.0):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(*size))
    settings.setExtent(QgsRectangle(*extent))
    settings.setRotation(rotation)
    settings.setBackgroundColor(QColor(Qt.GlobalColor.white))
    return settings


def read(snapshot, window=None, shape=None):
    view = snapshot.open()
    try:
        return view.source.read(window or view.source.grid.window, shape)
    finally:
        view.source.close()


def tiles_region(side=0.0015):
    """About three tiles wide at level 17."""
    return MapRegion.from_extent(QgsRectangle(8, 47, 8 + side, 47 + side), QgsCoordinateReferenceSystem("EPSG:4326"))


@pytest.mark.parametrize("rotation", [0.0, 37.0, -90.0])
def test_the_affine_is_that_of_the_canvas_whatever_its_rotation(raster, noise, rotation):
    canvas = shown([raster(noise)], (499990, 4999990, 500210, 5000110), rotation=rotation)
    grid = snapshot_canvas(canvas).pixels.grid()
    for col, row in ((0, 0), (300, 0), (150, 77), (300, 200)):
        point = canvas.mapToPixel().toMapCoordinates(col, row)
        assert grid.affine * (col, row) == pytest.approx((point.x(), point.y()), abs=1e-6)


def test_pixels_of_the_map_equal_those_of_the_file_where_scales_agree(raster, noise):
    image = read(snapshot_canvas(shown([raster(noise)], (500000, 5000000, 500200, 5000100), (200, 100))))
    assert image.valid.all() and image.unreadable == 0
    assert (image.pixels == noise).all()


@pytest.mark.parametrize("rotation", [0.0, 37.0])
def test_ground_without_a_layer_is_unknown_and_a_window_shows_what_the_whole_shows(raster, rotation):
    flat = np.zeros((3, 100, 200), dtype=np.uint8)
    flat[0, :, 100:] = 200
    snapshot = snapshot_canvas(shown([raster(flat)], (499990, 4999990, 500210, 5000110), rotation=rotation))
    grid = snapshot.pixels.grid()
    rows, cols = np.mgrid[0 : grid.height, 0 : grid.width]
    x, y = grid.affine * (cols + 0.5, rows + 0.5)
    depth = np.minimum(np.minimum(x - 500000, 500200 - x), np.minimum(y - 5000000, 5000100 - y))
    whole = read(snapshot)
    assert whole.valid[depth > 1.5].all() and not whole.valid[depth < -1.5].any()
    east = (x > 500102) & (depth > 1.5)
    assert (whole.pixels[0][east] == 200).all() and (whole.pixels[0][(x < 500098) & (depth > 1.5)] == 0).all()
    window = Window(80, 40, 150, 100)
    part = read(snapshot, window)
    cut = (slice(40, 140), slice(80, 230))
    assert (part.valid != whole.valid[cut]).mean() < 0.02
    both = part.valid & whole.valid[cut] & (abs(x[cut] - 500100) > 2)
    assert (part.pixels[:, both] == whole.pixels[:, cut[0], cut[1]][:, both]).all()


def test_pixels_outside_the_picture_are_invalid(raster, noise):
    snapshot = snapshot_canvas(shown([raster(noise)], (500000, 5000000, 500200, 5000100), (200, 100)))
    image = read(snapshot, Window(-10, -20, 50, 60))
    assert image.valid[20:, 10:].all() and image.valid.sum() == 40 * 40
    assert not read(snapshot, Window(500, 500, 10, 10)).valid.any()


def test_a_coarser_read_averages_known_pixels_and_a_finer_one_repeats(raster):
    pixels = np.zeros((3, 100, 200), dtype=np.uint8)
    pixels[:, ::2] = 100
    snapshot = snapshot_canvas(shown([raster(pixels)], (500000, 5000000, 500200, 5000100), (200, 100)))
    coarse = read(snapshot, None, (50, 100))
    assert (coarse.pixels == 50).all() and coarse.grid.affine.a == pytest.approx(2)
    fine = read(snapshot, Window(0, 0, 20, 10), (20, 40))
    assert (fine.pixels == read(snapshot, Window(0, 0, 20, 10)).pixels.repeat(2, 1).repeat(2, 2)).all()


def test_half_transparent_drawings_lie_on_the_maps_background(raster):
    layer = raster(np.zeros((3, 100, 200), dtype=np.uint8))
    layer.renderer().setOpacity(0.5)
    image = read(snapshot_canvas(shown([layer], (500000, 5000000, 500200, 5000100), (200, 100))))
    assert image.valid.all() and abs(int(image.pixels[0, 50, 50]) - 127) <= 1


def test_a_vector_layer_is_drawn_off_the_main_thread(finish):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32632", "blocks", "memory")
    row = QgsFeature()
    row.setGeometry(QgsGeometry.fromRect(QgsRectangle(500000, 5000000, 500100, 5000100)))
    layer.dataProvider().addFeatures([row])
    layer.updateExtents()
    layer.renderer().symbol().setColor(QColor(10, 200, 30))
    QgsProject.instance().addMapLayer(layer)
    snapshot = snapshot_layer(layer)
    outcome = finish(RunTask("draw", lambda progress, cancel: read(snapshot)))
    assert outcome.ok, outcome.details
    image = outcome.result
    assert image.pixels.shape[1] == 2048
    assert image.pixels[:, 1000, 1000].tolist() == [10, 200, 30]


def test_nothing_visible_or_no_crs_is_refused(raster, noise):
    with pytest.raises(LayerUnsupported):
        snapshot_canvas(QgsMapSettings())
    layer = QgsVectorLayer("Polygon", "nowhere", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(CrsMissing):
        snapshot_layer(layer)


def test_the_fingerprint_changes_with_style_and_view(raster, noise):
    layer = raster(noise)

    def key(extent=(500000, 5000000, 500200, 5000100)):
        return snapshot_canvas(shown([layer], extent)).open().source.fingerprint()

    first = key()
    assert key() == first
    assert key((500000, 5000000, 500100, 5000050)) != first
    layer.renderer().setOpacity(0.4)
    assert key() != first


def test_tiles_of_a_living_server_arrive(tile_server, finish):
    snapshot = snapshot_layer(tile_server.layer(), tiles_region())
    outcome = finish(RunTask("draw", lambda progress, cancel: read(snapshot)))
    assert outcome.ok, outcome.details
    image = outcome.result
    assert image.valid.all() and image.unreadable == 0
    assert image.pixels[:, 5, 5].tolist() == [192, 0, 0]


def test_a_dead_xyz_server_is_never_an_empty_picture(finish):
    layer = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=19", "dead", "wms")
    assert layer.isValid()
    snapshot = snapshot_layer(layer, tiles_region())
    outcome = finish(RunTask("draw", lambda progress, cancel: read(snapshot)))
    assert not outcome.ok and "WebLayerUnreadable" in outcome.details and "dead" in outcome.message
    with pytest.raises(WebLayerUnreadable):
        read(snapshot)


def test_tiles_that_fail_are_counted_as_unreadable(tile_server, finish):
    seen = []

    def answer(path):
        seen.append(path)
        column = int(path.split("/")[2])
        return (404, b"", 0) if column % 2 else (200, tile_server.red, 0)

    tile_server.answer = answer
    snapshot = snapshot_layer(tile_server.layer(), tiles_region(0.004))
    outcome = finish(RunTask("draw", lambda progress, cancel: read(snapshot)))
    assert outcome.ok, outcome.details
    image = outcome.result
    assert 0.2 < image.valid.mean() < 0.8
    assert image.unreadable == (~image.valid).sum()
    half = read(snapshot, None, (image.grid.height // 2, image.grid.width // 2))
    assert half.unreadable == pytest.approx(image.unreadable / 4, rel=0.05)


def test_blank_tiles_of_a_server_that_answers_are_unknown_but_not_failed(tile_server, finish):
    tile_server.answer = lambda path: (200, b"", 0)
    snapshot = snapshot_layer(tile_server.layer(), tiles_region())
    image = finish(RunTask("draw", lambda progress, cancel: read(snapshot))).result
    assert image is None or not image.valid.any()


def test_web_layers_are_capped_and_need_a_region(tile_server):
    layer = tile_server.layer()
    with pytest.raises(NoRegion):
        snapshot_layer(layer)
    with pytest.raises(AreaTooLarge) as error:
        snapshot_layer(layer, tiles_region(1.0))
    assert error.value.pixels > settings.web_pixel_limit.value()
    assert "tiles" in sentence(error.value)
    assert tile_server.paths == []


def test_the_pixel_size_of_a_web_layer_is_the_level_next_to_the_wanted_one(tile_server):
    grid = snapshot_layer(tile_server.layer(), tiles_region()).pixels.grid()
    # 47° N: level 17 is 1.194 m in Mercator and 0.81 m on the ground, level 18 is 0.41 m; 0.6 m is nearer to the first.
    assert grid.affine.a == pytest.approx(156543.03392804097 / 2**17, rel=1e-4)


def test_a_slow_server_does_not_hold_up_a_cancel(tile_server, finish, spin_until):
    tile_server.answer = lambda path: (200, tile_server.red, 20)
    snapshot = snapshot_layer(tile_server.layer(), tiles_region())

    def work(progress, cancel):
        view = snapshot.open(cancel)
        try:
            return view.source.read(view.source.grid.window)
        finally:
            view.source.close()

    from terralogue.plugin.core import tasks

    outcomes = []
    task = RunTask("draw", work)
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    spin_until(lambda: tile_server.paths, 10)
    start = time.monotonic()
    task.cancel()
    spin_until(lambda: outcomes, 5)
    assert time.monotonic() - start < 0.5
    assert outcomes[0].cancelled
