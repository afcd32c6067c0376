"""A source moved a little beside its place, in its own CRS and in another; what two rasters share."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.imagery.displaced import displaced
from terralogue.models.imagery.geodesy import transform_points
from terralogue.models.imagery.grid import Window
from terralogue.models.imagery.opening import open_raster
from terralogue.models.imagery.pairs import overlap
from terralogue.models.imagery.regrid import regridded

UTM = Affine(1, 0, 500000, 0, -1, 5000000)


def test_whole_pixels_are_the_same_values_elsewhere_and_the_rim_is_unknown(write, noise):
    truth = noise(3, 40, 50)
    source = open_raster(write("a.tif", truth, affine=UTM))
    moved = regridded(displaced(source, source.grid, 3, -2), source.grid).read(source.grid.window)
    np.testing.assert_array_equal(moved.pixels[:, :38, 3:], truth[:, 2:, :-3])
    assert moved.valid[:38, 3:].all() and not moved.valid[38:].any() and not moved.valid[:, :3].any()


def test_rotated_and_coarser_frames_move_along_their_own_rows(write, noise):
    source = open_raster(write("a.tif", noise(1, 40, 50), affine=UTM))
    frame = open_raster(write("b.tif", noise(1, 10, 10), affine=UTM * Affine.rotation(90) * Affine.scale(4))).grid
    moved = displaced(source, frame, 2, 0)
    step = np.subtract(moved.grid.corners()[0], source.grid.corners()[0])
    np.testing.assert_allclose(step, np.subtract(frame.affine * (2, 0), frame.affine * (0, 0)), atol=1e-9)


def test_in_another_crs_it_moves_as_far_on_the_ground(write, noise):
    frame = open_raster(write("a.tif", noise(1, 60, 60), affine=UTM)).grid
    corners = np.array([(500000.0, 5000000.0), (500060.0, 4999940.0)])
    (west, north), (east, south) = transform_points(corners, frame.crs_wkt, "EPSG:4326")
    affine = Affine((east - west) / 60, 0, west, 0, (south - north) / 60, north)
    source = open_raster(write("b.tif", noise(1, 60, 60), affine=affine, crs="EPSG:4326"))
    moved = displaced(source, frame, 1.5, -2.5)
    places = np.array([source.grid.affine * (30, 30), moved.grid.affine * (30, 30)])
    here, there = transform_points(places, source.grid.crs_wkt, frame.crs_wkt)
    np.testing.assert_allclose(there - here, (1.5, 2.5), atol=1e-3)


def test_it_is_another_source_to_every_cache_but_reads_the_same(write, noise):
    source = open_raster(write("a.tif", noise(1, 40, 50), affine=UTM))
    moved = displaced(source, source.grid, 1, 1)
    assert moved.fingerprint() != source.fingerprint() and (moved.name, moved.gsd) == (source.name, source.gsd)
    np.testing.assert_array_equal(moved.read(Window(3, 4, 9, 8)).pixels, source.read(Window(3, 4, 9, 8)).pixels)
    assert moved.native_pixels(source.grid.window, (40, 50)) == source.native_pixels(source.grid.window, (40, 50))


@pytest.mark.parametrize(("affine", "shares"), [
    (UTM, (1, 1)),
    (UTM * Affine.translation(25, 0), (0.5, 0.5)),
    (UTM * Affine.scale(2), (1, 0.25)),
    (UTM * Affine.translation(49, 39), (1 / 2000, 1 / 2000)),
    (UTM * Affine.translation(500, 0), (0, 0)),
])
def test_what_is_shared_is_a_share_of_each(write, noise, affine, shares):
    one = open_raster(write("a.tif", noise(1, 40, 50), affine=UTM)).grid
    two = open_raster(write("b.tif", noise(1, 40, 50), affine=affine)).grid
    assert overlap(one, two) == pytest.approx(shares, abs=1e-6)
    assert overlap(two, one) == pytest.approx(shares[::-1], abs=1e-6)
