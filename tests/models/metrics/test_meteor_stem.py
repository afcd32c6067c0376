"""METEOR with exact and stem matches, by hand."""

import pytest

from terralogue.models.metrics.meteor_stem import aligned, meteor_stem


def test_stems_match_where_words_do_not():
    # Three matches in one chunk: F = 1, 1 - 0.5 / 27.
    assert meteor_stem("the cats sat".split(), ["The cat sat".split()]) == pytest.approx(1 - 0.5 / 27)


def test_recall_weighs_nine_times_precision():
    # P = 2/4, R = 1: 10 · 0.5 / (1 + 4.5); one chunk of two: 1 - 0.5 / 8.
    assert meteor_stem("a b c d".split(), ["a b".split()]) == pytest.approx(5 / 5.5 * (1 - 0.5 / 8))


def test_wrong_order_costs_half():
    assert meteor_stem(["b", "a"], [["a", "b"]]) == pytest.approx(0.5)


def test_alignment_prefers_long_runs_over_the_first_word_that_fits():
    # "a" could pair with the first "a" of the reference; the run "a b c" keeps it in one chunk.
    assert aligned("a b c".split(), "a x a b c".split()) == [(0, 2), (1, 3), (2, 4)]


def test_each_word_is_used_once():
    assert len(aligned(["a", "a", "a"], ["a"])) == 1


def test_the_best_reference_counts_and_nothing_in_common_is_zero():
    assert meteor_stem(["a"], [["x"], ["a"]]) == pytest.approx(0.5)
    assert meteor_stem(["a"], [["x"]]) == meteor_stem([], [["x"]]) == 0.0
