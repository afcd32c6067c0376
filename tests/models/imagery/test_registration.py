"""The shift between two dates: known shifts are found to a tenth of a pixel, and nothing is found where nothing is."""

import numpy as np
import pytest

from terralogue.models.imagery.registration import FARTHEST, TILE, Shift, find_shift, tile_corners

MARGIN = 12


def landscape(height, width, seed=0):
    """(height, width) grey values in 0..1 with detail of several pixels, as imagery has."""
    spectrum = np.fft.fft2(np.random.default_rng(seed).normal(size=(height, width)))
    rate = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None])
    grey = np.fft.ifft2(spectrum * np.exp(-(rate / 0.15) ** 2)).real
    return 0.5 + 0.12 * grey / grey.std()


def seen_from(grey, right, down):
    """The landscape with its content moved, exactly: a phase ramp in its spectrum."""
    height, width = grey.shape
    ramp = np.exp(-2j * np.pi * (down * np.fft.fftfreq(height)[:, None] + right * np.fft.fftfreq(width)[None]))
    return np.fft.ifft2(np.fft.fft2(grey) * ramp).real


def tiles(one, two, valid=None):
    one, two = (image[MARGIN:-MARGIN, MARGIN:-MARGIN] for image in (one, two))
    valid = np.ones(one.shape, bool) if valid is None else valid[MARGIN:-MARGIN, MARGIN:-MARGIN]
    return [tuple(image[row:row + TILE, col:col + TILE] for image in (one, two, valid))
            for row, col in tile_corners(*one.shape)]


@pytest.mark.parametrize(("right", "down"), [(1, 0), (0, -2), (3, 3), (0.5, 0.5), (-1.3, 2.4), (2.5, -0.7)])
def test_a_known_shift_is_found(right, down):
    ground = landscape(280, 300)
    found = find_shift(tiles(ground, seen_from(ground, right, down)))
    assert found.trusted and found.support == 1
    assert (found.right, found.down) == pytest.approx((-right, -down), abs=0.1)


def test_whole_pixels_are_found_whole_so_that_nothing_is_resampled():
    ground = landscape(280, 300)
    found = find_shift(tiles(ground, seen_from(ground, 2, -3)))
    assert (found.right, found.down) == (-2.0, 3.0)


def test_light_noise_and_rebuilt_ground_do_not_hide_it():
    ground, rng = landscape(280, 300), np.random.default_rng(3)
    later = 0.2 + 0.6 * seen_from(ground, 1.6, -2.2) ** 1.4 + rng.normal(0, 0.02, ground.shape)
    later[40:150, 60:190] = landscape(110, 130, 9)
    found = find_shift(tiles(ground, later))
    assert found.trusted and (found.right, found.down) == pytest.approx((-1.6, 2.2), abs=0.15)


def test_the_other_way_round_the_shift_is_the_opposite():
    ground = landscape(280, 300)
    moved = seen_from(ground, 1.6, -2.2)
    one, two = find_shift(tiles(ground, moved)), find_shift(tiles(moved, ground))
    assert (one.right, one.down) == pytest.approx((-two.right, -two.down), abs=0.02)


def test_the_same_image_twice_is_not_moved():
    ground = landscape(280, 300)
    found = find_shift(tiles(ground, ground))
    assert (found.right, found.down, found.trusted) == (0.0, 0.0, False)
    assert find_shift(tiles(ground, 0.3 + 0.5 * ground)).trusted is False


def test_different_ground_has_no_shift_to_trust():
    for seed in range(1, 6):
        assert not find_shift(tiles(landscape(280, 300), landscape(280, 300, seed))).trusted


def test_more_than_a_few_pixels_are_never_believed():
    ground = landscape(280, 300)
    found = find_shift(tiles(ground, seen_from(ground, FARTHEST + 1.5, 0)))
    assert found.pixels == pytest.approx(FARTHEST + 1.5, abs=0.2) and not found.trusted
    assert not find_shift(tiles(ground, seen_from(ground, 30, 0))).trusted


def test_a_third_without_data_is_no_edge_to_hold_on_to():
    ground = landscape(280, 300)
    valid = np.ones(ground.shape, bool)
    valid[:, :110] = False
    later = np.where(valid, seen_from(ground, 1.5, 2.5), 0)
    found = find_shift(tiles(np.where(valid, ground, 0), later, valid))
    assert found.trusted and (found.right, found.down) == pytest.approx((-1.5, -2.5), abs=0.15)


@pytest.mark.parametrize("grey", [np.zeros((280, 300)), np.full((280, 300), 0.5)])
def test_flat_ground_tells_nothing(grey):
    assert find_shift(tiles(grey, grey)) == Shift()


def test_little_ground_tells_nothing():
    assert tile_corners(1, 1) == [] and tile_corners(63, 500) == []
    assert find_shift([]) == Shift()
