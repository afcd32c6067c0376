"""The light of two dates: a known line is found beside change, and change stays."""

import numpy as np
import pytest

from terralogue.models.imagery.radiometry import Levels, fit_levels


def ground(count=12_000, seed=0):
    """(count, 3) values in 0..1 of several kinds of ground."""
    rng = np.random.default_rng(seed)
    kinds = rng.uniform(0.15, 0.7, (8, 3))
    return (kinds[rng.integers(0, 8, count)] + rng.normal(0, 0.03, (count, 3))).clip(0.02, 0.98)


@pytest.mark.parametrize(("slope", "offset"), [
    ((0.7, 0.7, 0.7), (0, 0, 0)), ((0.8, 0.9, 0.6), (0, 0, 0)), ((0.7, 0.7, 0.7), (0.05, 0.05, 0.05)),
])
def test_a_known_line_is_found_beside_a_fifth_that_changed(slope, offset):
    before = ground()
    after = before * slope + offset + np.random.default_rng(2).normal(0, 0.01, before.shape)
    after[:2400] = (0.85, 0.8, 0.75)
    found = fit_levels(before, after)
    assert found.trusted and found.date == 1, "the darker date is made brighter"
    assert found.slope == pytest.approx([1 / s for s in slope], rel=0.04)
    assert found.offset == pytest.approx([-o / s for s, o in zip(slope, offset)], abs=0.02)


def test_what_changed_differs_as_much_after_matching():
    before = ground()
    after = before * 0.7
    after[:2400] = (0.6, 0.56, 0.5)
    found = fit_levels(before, after)
    lifted = found.apply(after.T[:, None].astype(np.float32), np.ones((1, len(after)), bool))[:, 0].T
    assert np.abs(lifted - before)[2400:].mean() < 0.01
    assert np.abs(lifted - before)[:2400].mean() > 0.9 * np.abs((0.6, 0.56, 0.5) / np.float64(0.7) - before[:2400]).mean()


def test_swapped_dates_are_matched_alike():
    before, after = ground(), ground() * (0.7, 0.8, 0.75)
    one, two = fit_levels(before, after), fit_levels(after, before)
    assert (one.date, two.date) == (1, 0)
    assert (one.slope, one.offset) == (two.slope, two.offset)


def test_equal_dates_and_other_ground_are_left_alone():
    before = ground()
    assert not fit_levels(before, before).trusted
    assert not fit_levels(before, before + 0.01).trusted, "nobody would notice"
    rng = np.random.default_rng(1)
    assert not fit_levels(before, 0.6 * before[rng.permutation(len(before))]).trusted


def test_too_few_or_saturated_pixels_tell_nothing():
    assert fit_levels(np.zeros((0, 3)), np.zeros((0, 3))) == Levels()
    assert fit_levels(ground(300), 0.7 * ground(300)) == Levels()
    assert fit_levels(ground(), np.ones((12_000, 3))) == Levels()
    assert fit_levels(np.zeros((5000, 3)), np.zeros((5000, 3))) == Levels()


def test_unknown_pixels_stay_nothing():
    levels = Levels(1, (1.2, 1.2, 1.2), (0.1, 0.1, 0.1), 1.0, True)
    valid = np.array([[True, False]])
    lifted = levels.apply(np.array([[[0.5, 0.0]]] * 3, np.float32), valid)
    assert lifted[:, 0, 0] == pytest.approx(0.7) and not lifted[:, 0, 1].any()
    assert lifted.dtype == np.float32 and levels.apply(np.ones((3, 1, 2), np.float32), valid).max() == 1
