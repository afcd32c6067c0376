"""One stretch per layer: what must not be flattened, leaked or changed from tile to tile."""

import numpy as np
import pytest

from terralogue.models.errors import NothingToAnalyse
from terralogue.models.imagery.grid import Window
from terralogue.models.imagery.opening import open_raster
from terralogue.models.imagery.stretch import Stretch, measure_stretch


def scene(background, bright, side=100, size=1024, dtype="uint16"):
    pixels = np.full((3, size, size), background, dtype)
    pixels[:, 200 : 200 + side, 300 : 300 + side] = bright
    return pixels


@pytest.mark.parametrize("side", [100, 40, 8])
@pytest.mark.parametrize("dtype", ["uint16", "int16", "float32", "uint32"])
def test_a_small_bright_square_on_flat_ground_stands_out(backend, write, side, dtype):
    source = open_raster(write("a.tif", scene(300, 2000, side, dtype=dtype)))
    rgb = measure_stretch(source).apply(source.read(source.grid.window))
    assert rgb.dtype == np.float32
    assert rgb[:, 250, 350].min() > 0.9 if side == 100 else rgb[:, 202, 302].min() > 0.9
    assert rgb[:, 0, 0].max() < 0.1


def test_a_small_bright_square_on_noisy_ground_stands_out(backend, write):
    pixels = scene(0, 2000, 50)
    pixels[pixels == 0] = np.random.default_rng(0).normal(300, 10, (pixels == 0).sum())
    source = open_raster(write("a.tif", pixels))
    rgb = measure_stretch(source).apply(source.read(source.grid.window))
    bright = np.zeros(rgb.shape[1:], bool)
    bright[200:250, 300:350] = True
    np.testing.assert_array_equal(rgb.mean(axis=0) > 0.5, bright)


def test_a_lone_square_that_the_overview_misses_is_found(backend, write):
    pixels = np.full((1, 3000, 3000), 300, np.uint16)
    pixels[0, 1500, 1500] = 2000
    path = write("a.tif", pixels, overviews=[2], compress="deflate", tiled=True)
    flat = write("flat.tif", np.full((1, 1500, 1500), 300, np.uint16))
    rasterio = pytest.importorskip("rasterio")
    with rasterio.open(path, "r+", overview_level=0) as overview, rasterio.open(flat) as picked:
        overview.write(picked.read())  # as if made by picking pixels
    stretch = measure_stretch(open_raster(path))
    assert (stretch.low[0], stretch.high[0]) == (300, 2000)


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
def test_the_mask_is_the_same_in_every_dtype(backend, write, dtype):
    content = scene(30, 200, dtype="uint8").astype(float)
    nodata = {"uint8": 0, "uint16": 65535, "int16": -9999, "float32": float("nan")}[dtype]
    pixels = (content * (1 if dtype == "uint8" else 10)).astype(dtype)
    pixels[:, 900:] = nodata
    source = open_raster(write("a.tif", pixels, nodata=nodata))
    image = source.read(source.grid.window)
    mask = (measure_stretch(source).apply(image).mean(axis=0) > 0.5) & image.valid
    np.testing.assert_array_equal(mask, (content[0] == 200) & (np.arange(1024) < 900)[:, None])


def test_display_ready_bytes_stay_as_they_are(backend, write, noise):
    source = open_raster(write("a.tif", noise(3, 50, 50)))
    stretch = measure_stretch(source)
    assert stretch.low == (0, 0, 0) and stretch.high == (255, 255, 255)
    image = source.read(source.grid.window)
    np.testing.assert_allclose(stretch.apply(image), image.pixels / 255, atol=1e-6)


def test_dark_bytes_are_stretched(backend, write, noise):
    source = open_raster(write("a.tif", noise(3, 50, 50) // 8))
    assert max(measure_stretch(source).high) < 40


def test_nodata_has_no_say(backend, write, noise):
    pixels = noise(3, 100, 100, "uint16") % 1000 + 500
    source = open_raster(write("a.tif", pixels))
    pixels = pixels.copy()
    holes = np.random.default_rng(1).random((100, 100)) < 0.5
    pixels[:, holes] = 65535
    with_holes = open_raster(write("b.tif", pixels, nodata=65535))
    np.testing.assert_allclose(measure_stretch(with_holes).high, measure_stretch(source).high, rtol=0.01)
    applied = measure_stretch(with_holes).apply(with_holes.read(with_holes.grid.window))
    assert not applied[:, holes].any()


def test_every_tile_is_stretched_alike(backend, write, noise):
    source = open_raster(write("a.tif", noise(3, 200, 200, "uint16")))
    stretch = measure_stretch(source)
    whole = stretch.apply(source.read(source.grid.window))
    part = stretch.apply(source.read(Window(50, 60, 70, 80)))
    np.testing.assert_array_equal(part, whole[:, 60:140, 50:120])


def test_a_drawn_map_is_asked_for_once(write, noise):
    class Drawn:
        """A source that cannot say what reading costs, as the map that QGIS draws."""

        def __init__(self, file):
            self.grid, self.bands, self.file, self.asked = file.grid, file.bands, file, []

        def read(self, window, out_shape=None):
            self.asked.append(window)
            return self.file.read(window, out_shape)

    drawn = Drawn(open_raster(write("a.tif", noise(3, 2100, 2100))))
    measure_stretch(drawn)
    assert len(drawn.asked) == 1


def test_one_band_is_shown_three_times(backend, write, noise):
    source = open_raster(write("a.tif", noise(1, 20, 20, "float32")))
    rgb = measure_stretch(source).apply(source.read(source.grid.window))
    np.testing.assert_array_equal(rgb[0], rgb[2])
    assert rgb.min() == 0 and rgb.max() == 1


def test_signed_values_below_zero_are_low(backend, write):
    pixels = np.linspace(-3000, 3000, 10000).reshape(1, 100, 100).astype(np.int16)
    source = open_raster(write("a.tif", pixels))
    rgb = measure_stretch(source).apply(source.read(source.grid.window))[0].ravel()
    assert (np.diff(rgb) >= 0).all() and rgb[0] == 0 and rgb[-1] == 1


def test_a_constant_raster_is_no_division_by_zero(backend, write):
    source = open_raster(write("a.tif", np.full((1, 9, 9), 7, np.uint16)))
    assert np.isfinite(measure_stretch(source).apply(source.read(source.grid.window))).all()


def test_all_nodata_is_nothing_to_analyse(backend, write):
    with pytest.raises(NothingToAnalyse):
        measure_stretch(open_raster(write("a.tif", np.zeros((3, 30, 30), np.uint8), nodata=0)))


def test_a_stretch_survives_json():
    stretch = Stretch((1.5, 2.0, 3.0), (10.0, 20.0, 30.0), (2, 1, 0))
    assert Stretch.from_json(stretch.to_json()) == stretch
