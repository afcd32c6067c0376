"""Semantic localisation figures by hand from the published constants."""

import math

import numpy as np
import pytest

from terralogue.models.metrics.selo import (
    attention_centres,
    attention_scatter,
    attention_shift,
    probability_map,
    region_mask,
    salient_area,
    selo_figures,
)

#: Centre (10, 10), corners √200 away: radius int(1.5 · 14.14) = 21.
SQUARE = np.array([[0, 0], [20, 0], [20, 20], [0, 20]])


def test_a_flat_map_is_half_salient_whatever_the_region():
    for share in (5, 50):
        mask = np.zeros((10, 10), bool)
        mask.flat[:share] = True
        assert salient_area(np.full((10, 10), 0.4), mask) == pytest.approx(1 - math.exp(-0.707))


def test_salient_area_by_hand():
    # 0.8 on one of four pixels, 0.1 elsewhere: 0.8 / 0.3 · 3 = 8.
    probability, mask = np.array([[.8, .1], [.1, .1]]), np.array([[True, False], [False, False]])
    assert salient_area(probability, mask) == pytest.approx(1 - math.exp(-0.707 * 8), abs=1e-6)


def test_the_shift_grows_with_the_distance_of_the_centre():
    assert attention_shift([(10, 10)], [SQUARE]) == 0.0
    # 7 of 21 pixels: (e - 1) / (e³ - 1).
    assert attention_shift([(10, 17)], [SQUARE]) == pytest.approx((math.e - 1) / (math.e ** 3 - 1))
    assert attention_shift([], [SQUARE]) == attention_shift([(200, 200)], [SQUARE]) == pytest.approx(1.0)


def test_offsets_are_averaged_before_the_exponential():
    far = SQUARE + 300
    # 0 for the first region, the whole radius for the second: o = 1/2.
    expected = (math.exp(1.5) - 1) / (math.exp(3) - 1)
    assert attention_shift([(10, 10)], [SQUARE, far]) == pytest.approx(expected)


def test_one_centre_per_region_is_best_and_more_fall_far_below():
    assert attention_scatter([], [SQUARE]) == 0.0
    assert attention_scatter([(10, 12)], [SQUARE]) == 1.0
    # Two centres 4 from their mean: 0.5 (1 - 4 / 21) + exp(-2).
    assert attention_scatter([(10, 6), (10, 14)], [SQUARE]) == pytest.approx(0.5 * 17 / 21 + math.exp(-2))


def test_the_mask_holds_its_outline_and_overlaps_cancel():
    assert region_mask([np.array([[1, 1], [4, 1], [4, 3], [1, 3]])], (6, 6)).sum() == 4 * 3
    twice = region_mask([np.array([[0, 0], [8, 0], [8, 8], [0, 8]]), np.array([[2, 2], [6, 2], [6, 6], [2, 6]])], (9, 9))
    assert twice.sum() == 81 - 9 and not twice[4, 4]


def test_a_triangle_is_filled_to_its_edges():
    mask = region_mask([np.array([[0, 0], [4, 0], [0, 4]])], (5, 5))
    assert mask.tolist() == [[x + y <= 4 for x in range(5)] for y in range(5)]


def test_the_hot_block_is_found_and_the_wrong_region_is_not():
    heat = np.zeros((400, 500))
    heat[60:340, 40:320] = 0.2
    on = np.array([[40, 60], [319, 60], [319, 339], [40, 339]])
    found = selo_figures(heat, [on])
    assert found.rda == 1.0 and found.ras < 0.02 and found.rsu > 0.9
    assert found.rmi == pytest.approx(0.4 * found.rsu + 0.35 * (1 - found.ras) + 0.25 * found.rda)
    missed = selo_figures(heat, [np.array([[440, 0], [499, 0], [499, 59], [440, 59]])])
    assert missed.rsu < 0.01 and missed.ras == pytest.approx(1.0) and missed.rda == 0.0 and missed.rmi < 0.01


def test_the_map_is_stretched_so_scale_and_offset_of_the_scores_do_not_matter():
    heat = np.zeros((300, 300))
    heat[:, :200] = 1
    assert (probability_map(heat) == probability_map(5 + 0.01 * heat)).all()


def test_a_flat_heat_map_has_no_centre():
    assert attention_centres(probability_map(np.full((60, 60), 0.3))) == []


@pytest.mark.parametrize("heat, regions", [
    (np.eye(20), []), (np.eye(20), [SQUARE + 500]), (np.full((20, 20), np.nan), [SQUARE]),
])
def test_what_cannot_be_scored_is_an_error(heat, regions):
    with pytest.raises(ValueError):
        selo_figures(heat, regions)
