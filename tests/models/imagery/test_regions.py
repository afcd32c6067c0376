"""Regions as masks, against shapely."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.conversation import Region
from terralogue.models.imagery.grid import Grid, Window
from terralogue.models.imagery.regions import region_in, region_mask, region_window

shapely = pytest.importorskip("shapely")

GRID = Grid(60, 50, Affine.translation(100, 200) * Affine.rotation(20) * Affine.scale(2, -3), "")


def centres(grid):
    col, row = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    return shapely.points(*(grid.affine * (col, row)))


@pytest.mark.parametrize("seed", range(5))
def test_a_pixel_belongs_when_its_centre_does(seed):
    rng = np.random.default_rng(seed)
    turns = np.sort(rng.random(12)) * 2 * np.pi
    middle = np.array(GRID.affine * (30, 25))
    shell = middle + (20 + 50 * rng.random((12, 1))) * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    hole = middle + 10 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    shell, hole = (np.concatenate([r, r[:1]]) for r in (shell, hole))
    expected = shapely.contains(shapely.Polygon(shell, [hole]), centres(GRID))
    np.testing.assert_array_equal(region_mask(Region(((shell, hole),)), GRID), expected)
    window = region_window(Region(((shell, hole),)), GRID)
    outside = np.ones(expected.shape, bool)
    outside[window.row : window.row + window.height, window.col : window.col + window.width] = False
    assert not expected[outside].any()


def test_pixels_on_a_shared_edge_belong_to_one_of_two_neighbours():
    grid = Grid(20, 20, Affine.identity(), "")
    left = np.array([[0, 0], [10.5, 0], [10.5, 20], [0, 20], [0, 0.0]])
    right = np.array([[10.5, 0], [20, 0], [20, 20], [10.5, 20], [10.5, 0]])
    one, two = (region_mask(Region(((ring,),)), grid) for ring in (left, right))
    assert (one ^ two).all()


def test_everything_nothing_and_a_click():
    assert region_mask(None, GRID).all() and region_window(None, GRID) == GRID.window
    click = Region((), GRID.affine * (7.3, 9.8))
    assert np.argwhere(region_mask(click, GRID)).tolist() == [[9, 7]]
    assert region_window(click, GRID) == Window(7, 9, 1, 1)
    assert region_window(Region((), (1e6, 1e6)), GRID).empty


def test_overlapping_parts_add_up():
    grid = Grid(10, 10, Affine.identity(), "")
    ring = np.array([[1, 1], [5, 1], [5, 5], [1, 5], [1, 1.0]])
    assert region_mask(Region(((ring,), (ring + 1,))), grid).sum() == 16 + 16 - 9


def test_a_region_goes_to_another_crs(backend):
    from terralogue.models.imagery.gdal_backends import gdal

    ring = np.array([[10, 60], [10.1, 60], [10.1, 60.1], [10, 60.0]])
    there = region_in(Region(((ring,),), (10.0, 60.0)), gdal().wkt("EPSG:4326"), gdal().wkt("EPSG:3857"))
    np.testing.assert_allclose(there.polygons[0][0][0], (1113194.9, 8399737.9), atol=0.1)
    assert there.point == pytest.approx((1113194.9, 8399737.9), abs=0.1)
