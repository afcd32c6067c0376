"""Counts, by hand, and the best answer without looking."""

import pytest

from terralogue.models.metrics.baselines import best_constant_count
from terralogue.models.metrics.counting import count_figures


def test_errors_by_hand():
    # Errors 0, 2, 1 (no number counts as 0), 0; relative 0, 2/3, 1 over the three with something to count.
    assert count_figures([2, 5, None, 0], [2, 3, 1, 0]) == pytest.approx({
        "mae": 3 / 4, "rmse": (5 / 4) ** 0.5, "bias": 1 / 4, "exact": 1 / 2, "within1": 1 / 2,
        "relative": 5 / 9, "relative_median": 2 / 3, "answered": 3 / 4,
    })


def test_no_number_is_never_right_even_where_there_is_nothing():
    figures = count_figures([None], [0])
    assert figures["exact"] == figures["within1"] == 0.0 and figures["mae"] == 0.0


def test_relative_error_leaves_zeros_out():
    assert count_figures([9, 1], [0, 2])["relative"] == pytest.approx(0.5)
    assert count_figures([9], [0])["relative"] == 0.0


def test_best_constants_of_each_figure():
    # Median 5: errors 5 5 0 1 2. Three of five lie within one of 6, which is also a truth; 0 has two.
    assert best_constant_count([0, 0, 5, 6, 7]) == pytest.approx({"mae": 13 / 5, "within1": 3 / 5, "within1_answer": 6})


def test_the_best_constant_need_not_be_a_truth_itself():
    assert best_constant_count([1, 3])["within1_answer"] == 2


def test_uniform_numbers_leave_a_constant_three_of_eleven():
    assert best_constant_count(list(range(11)))["within1"] == pytest.approx(3 / 11)


def test_nothing_to_score_is_an_error():
    with pytest.raises(ValueError):
        count_figures([], [])
