"""ROUGE-L in both published forms, by hand."""

import pytest

from terralogue.models.metrics.rouge import lcs_length, rouge_l, rouge_l_f1


def test_coco_form_weighs_recall_by_beta_1_2():
    # Common a c d: P = 3/4, R = 3/5; 2.44 · 0.45 / (0.6 + 1.44 · 0.75) = 1.098 / 1.68.
    assert rouge_l("a b c d".split(), ["a c d e f".split()]) == pytest.approx(1.098 / 1.68)
    assert rouge_l_f1("a b c d".split(), ["a c d e f".split()]) == pytest.approx(2 * 3 / (4 + 5))


def test_coco_form_takes_precision_and_recall_from_different_references():
    # "a b" is all of the answer found in a long reference (P = 1) and a reference of one word found whole (R = 1).
    answer, references = ["a", "b"], [["a"], "a b c d".split()]
    assert rouge_l(answer, references) == pytest.approx(1.0)
    assert max(rouge_l(answer, [each]) for each in references) < 1.0
    assert rouge_l_f1(answer, references) == pytest.approx(2 * 2 / 6)


def test_order_matters_and_gaps_do_not():
    assert lcs_length("a b c".split(), "c b a".split()) == 1
    assert lcs_length("a b c".split(), "a x b x c".split()) == 3


def test_identical_is_one_and_disjoint_or_empty_is_zero():
    assert rouge_l(["a", "b"], [["a", "b"]]) == rouge_l_f1(["a", "b"], [["a", "b"]]) == 1.0
    assert rouge_l(["a"], [["b"]]) == rouge_l([], [["b"]]) == rouge_l_f1([], [[]]) == 0.0
