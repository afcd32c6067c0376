"""Windows: three sizes, two passes, everything covered, nothing outside."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.imagery.grid import Grid
from terralogue.models.retrieval.tiling import SIZES, windows


def grid(width: int, height: int) -> Grid:
    return Grid(width, height, Affine(1, 0, 0, 0, -1, 0), "")


@pytest.mark.parametrize("size", [(1, 1), (64, 64), (300, 100), (256, 256), (1000, 700), (1536, 1536), (1, 5000)])
def test_every_pixel_is_seen_at_every_size_and_none_outside(size):
    width, height = size
    for side in SIZES:
        seen = np.zeros((height, width), bool)
        for window in windows(grid(width, height), None):
            assert 0 <= window.col and window.col + window.width <= width
            assert 0 <= window.row and window.row + window.height <= height
            if (window.width, window.height) == (min(side, width), min(side, height)):
                seen[window.row:window.row + window.height, window.col:window.col + window.width] = True
        assert seen.all()


def test_no_window_comes_twice():
    found = windows(grid(2000, 1500), 0.5)
    assert len(set(found)) == len(found)


def test_a_small_image_is_one_tile():
    assert len(windows(grid(64, 64), 10.0)) == len(windows(grid(256, 256), 0.3)) == 1


def test_the_passes_lie_half_a_window_apart():
    starts = {window.col for window in windows(grid(1024, 1024), None) if window.width == 256}
    assert starts == {0, 128, 256, 384, 512, 640, 768}


def test_finer_imagery_than_the_model_knows_is_seen_in_wider_windows():
    widths = {window.width for window in windows(grid(4000, 4000), 0.05, 0.1)}
    assert widths == {512, 1024, 1536}
