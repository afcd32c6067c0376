"""Cells, by hand, with both readings of two empty sets."""

import pytest

from terralogue.models.metrics.localisation import cell_figures

TOP, BOTTOM = "top-left", "bottom-right"


def test_figures_by_hand():
    # Two unchanged pairs, one exact pair of cells, one wrong cell: 2 shared of 3 said and 3 true.
    figures = cell_figures([set(), set(), {TOP, BOTTOM}, {TOP}], [set(), set(), {TOP, BOTTOM}, {BOTTOM}])
    assert figures == pytest.approx({
        "precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "subset": 3 / 4, "hamming": 2 / 36,
        "jaccard": 1 / 4, "jaccard_empty_right": 3 / 4, "jaccard_changed": 1 / 2,
    })


def test_published_jaccard_of_a_perfect_answer_is_the_share_of_changed_pairs():
    truth = [set()] * 9 + [{TOP}]
    figures = cell_figures(truth, truth)
    assert figures["jaccard"] == pytest.approx(0.1)
    assert figures["jaccard_empty_right"] == figures["jaccard_changed"] == figures["f1"] == figures["subset"] == 1.0


def test_a_cell_where_nothing_changed_costs_every_figure():
    good, bad = cell_figures([set(), {TOP}], [set(), {TOP}]), cell_figures([{TOP}, {TOP}], [set(), {TOP}])
    assert all(bad[name] < good[name] for name in ("precision", "f1", "subset", "jaccard_empty_right"))
    assert bad["jaccard"] == good["jaccard"]  # the published form does not see it


def test_no_cell_anywhere_divides_by_nothing():
    figures = cell_figures([set()], [set()])
    assert figures["f1"] == figures["jaccard"] == 0.0 and figures["subset"] == 1.0


def test_nothing_to_score_is_an_error():
    with pytest.raises(ValueError):
        cell_figures([], [])
