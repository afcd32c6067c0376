"""Intervals: the same for a seed, as wide as theory says, wider for places than for tiles."""

import numpy as np
import pytest

from terralogue.models.metrics.bootstrap import difference_interval, interval, mean_interval

COIN = [0.0, 1.0] * 50


def test_as_wide_as_the_normal_approximation():
    found = mean_interval(COIN, rounds=2000)
    # 1.96 · sqrt(0.25 / 100) = 0.098 to both sides.
    assert found.value == 0.5
    assert found.low == pytest.approx(0.402, abs=0.015) and found.high == pytest.approx(0.598, abs=0.015)


def test_same_seed_same_interval_and_another_seed_another():
    assert mean_interval(COIN, seed=3) == mean_interval(COIN, seed=3)
    assert mean_interval(COIN, seed=3, rounds=50) != mean_interval(COIN, seed=4, rounds=50)


def test_tiles_of_one_place_are_not_independent():
    places = [number // 10 for number in range(100)]
    values = [float(place % 2) for place in places]
    alone, together = mean_interval(values), mean_interval(values, groups=places)
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_any_figure_of_indices():
    values = np.arange(11.0)
    found = interval(lambda chosen: float(np.median(values[chosen])), 11)
    assert found.value == 5.0 and found.low < 5.0 < found.high


def test_a_steady_difference_has_no_width():
    found = difference_interval([0.3, 0.9, 0.6], [0.2, 0.8, 0.5])
    assert found.low == pytest.approx(0.1) and found.high == pytest.approx(0.1)


@pytest.mark.parametrize("call", [
    lambda: mean_interval([]), lambda: mean_interval([1.0], groups=[]), lambda: difference_interval([1.0], []),
])
def test_nothing_to_draw_from_is_an_error(call):
    with pytest.raises(ValueError):
        call()
