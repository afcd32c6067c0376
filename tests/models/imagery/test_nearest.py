"""Codes of a classified raster on another grid: each pixel's value is one that the raster has, at its centre."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.imagery.geo_image import GeoImage
from terralogue.models.imagery.geodesy import transform_points
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.nearest import Nearest


class Codes:
    """An array as a source."""

    def __init__(self, values, affine, crs="EPSG:32632", holes=None):
        self.values, self.holes = values[None], np.ones(values.shape, bool) if holes is None else ~holes
        self.grid = Grid(values.shape[1], values.shape[0], affine, crs)
        self.name, self.bands, self.time, self.gsd = "codes", (), None, 1.0

    def read(self, window, out_shape=None):
        rows, cols = slice(window.row, window.row + window.height), slice(window.col, window.col + window.width)
        assert out_shape is None and 0 <= window.col and 0 <= window.row
        return GeoImage(self.values[:, rows, cols], self.holes[rows, cols], self.grid.part(window, (window.height, window.width)))


AFFINE = Affine(10, 0, 500_000, 0, -10, 5_000_000)


@pytest.mark.parametrize("size, shift, turn", [(10, 0, 0), (10, 3, 0), (2.5, 0, 0), (20, 0, 0), (7, 1, 30)])
def test_each_pixel_has_the_code_at_its_centre(size, shift, turn):
    values = np.random.default_rng(0).choice([0, 3, 200], (60, 70)).astype(np.uint8)
    source = Codes(values, AFFINE)
    affine = Affine(1, 0, 500_100 + shift, 0, 1, 4_999_900 - shift) * Affine.rotation(turn) * Affine.scale(size, -size)
    grid = Grid(40, 50, affine, "EPSG:32632")
    found = Nearest(source, grid).read(grid.window)
    for row in range(50):
        for col in range(40):
            x, y = grid.affine * (col + 0.5, row + 0.5)
            c, r = int((x - 500_000) / 10 + 1e-6), int((5_000_000 - y) / 10 + 1e-6)
            inside = 0 <= c < 70 and 0 <= r < 60 and y <= 5_000_000
            assert found.valid[row, col] == inside and (not inside or found.pixels[0, row, col] == values[r, c])


def test_another_reference_system_and_pixels_without_a_code():
    values = np.arange(60 * 70, dtype=np.int32).reshape(60, 70)
    holes = values % 7 == 0
    source = Codes(values, AFFINE, holes=holes)
    west, south = transform_points(np.array([[500_050.0, 4_999_500.0]]), "EPSG:32632", "EPSG:4326")[0]
    grid = Grid(30, 30, Affine(8e-5, 0, west, 0, -8e-5, south + 0.003), "EPSG:4326")
    found = Nearest(source, grid).read(grid.window)
    cols, rows = np.meshgrid(np.arange(30) + 0.5, np.arange(30) + 0.5)
    points = np.stack(grid.affine * (cols.ravel(), rows.ravel()), axis=1)
    x, y = transform_points(points, "EPSG:4326", "EPSG:32632").T
    c, r = np.floor((x - 500_000) / 10).astype(int), np.floor((5_000_000 - y) / 10).astype(int)
    inside = (c >= 0) & (c < 70) & (r >= 0) & (r < 60)
    assert inside.sum() > 400
    wanted = inside.copy()
    wanted[inside] = ~holes[r[inside], c[inside]]
    assert (found.valid.ravel() == wanted).all()
    assert (found.pixels[0].ravel()[wanted] == values[r[wanted], c[wanted]]).all()
