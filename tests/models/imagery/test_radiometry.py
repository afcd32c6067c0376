"""The light of two dates: a known factor is found beside change, and change stays."""

import numpy as np
import pytest

from terralogue.models.imagery.radiometry import Light, fit_light


def ground(count=12_000, seed=0):
    """(count, 3) values in 0..1 of several kinds of ground."""
    rng = np.random.default_rng(seed)
    kinds = rng.uniform(0.15, 0.7, (8, 3))
    return (kinds[rng.integers(0, 8, count)] + rng.normal(0, 0.03, (count, 3))).clip(0.02, 0.98)


@pytest.mark.parametrize("exposure", [0.6, 0.7, 0.85])
def test_a_known_exposure_is_found_beside_a_fifth_that_changed(exposure):
    before = ground()
    after = before * exposure + np.random.default_rng(2).normal(0, 0.01, before.shape)
    after[:2400] = (0.85, 0.8, 0.75)
    found = fit_light(before, after)
    assert found.trusted and found.date == 1, "the darker date is made brighter"
    assert found.gain == pytest.approx(1 / exposure, rel=0.01)
    assert found.stable == pytest.approx(0.8, abs=0.12)


def test_what_changed_differs_as_much_after_matching():
    before = ground()
    after = before * 0.7
    after[:2400] = (0.6, 0.56, 0.5)
    lit = fit_light(before, after).apply(after.T[:, None].astype(np.float32))[:, 0].T
    assert np.abs(lit - before)[2400:].mean() < 0.01
    assert np.abs(lit - before)[:2400].mean() > 0.9 * np.abs((0.6, 0.56, 0.5) / np.float64(0.7) - before[:2400]).mean()


def test_a_season_that_turns_one_colour_is_not_taken_for_light():
    before = ground()
    found = fit_light(before, before * (1, 0.75, 1))
    assert not found.trusted or found.gain < 1.1


def test_swapped_dates_are_matched_alike():
    before, after = ground(), ground() * 0.7
    one, two = fit_light(before, after), fit_light(after, before)
    assert (one.date, two.date) == (1, 0) and one.gain == two.gain


def test_equal_dates_and_other_ground_are_left_alone():
    before = ground()
    assert not fit_light(before, before).trusted
    assert not fit_light(before, before * 0.97).trusted, "nobody would notice"
    assert not fit_light(before, before * 0.3).trusted, "more than light can do"
    rng = np.random.default_rng(1)
    assert not fit_light(before, 0.6 * before[rng.permutation(len(before))]).trusted


def test_too_few_or_saturated_pixels_tell_nothing():
    assert fit_light(np.zeros((0, 3)), np.zeros((0, 3))) == Light()
    assert fit_light(ground(300), 0.7 * ground(300)) == Light()
    assert fit_light(ground(), np.ones((12_000, 3))) == Light()
    assert fit_light(np.zeros((5000, 3)), np.zeros((5000, 3))) == Light()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("count", [600, 997, 12_000])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_flat_dates_agree_in_nothing(kind, count):
    """One colour all over: its channels differ, its pixels do not, but for how they are rounded."""
    for colour in np.random.default_rng(4).uniform(0.05, 0.45, (20, 3)):
        flat = np.zeros((count, 3), kind) + colour.astype(kind)
        assert not fit_light(flat, flat * kind(1.5)).trusted
        assert not fit_light(flat, ground(count).astype(kind)).trusted


def test_unknown_pixels_stay_nothing_and_bright_ones_end_at_white():
    lit = Light(1, 1.5, 1.0, True).apply(np.array([[[0.5, 0.0, 0.9]]] * 3, np.float32))
    assert lit[:, 0].T.tolist() == [[0.75] * 3, [0.0] * 3, [1.0] * 3] and lit.dtype == np.float32
