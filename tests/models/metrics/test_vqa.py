"""Short answers by type, yes/no figures and what a constant answer gets."""

import pytest

from terralogue.models.metrics.baselines import best_constant, chance_accuracy, constant_by_type
from terralogue.models.metrics.decisions import balanced, binary_figures, by_class, top1
from terralogue.models.metrics.vqa import RSVQA_EXCLUDED, Answered, balanced_presence, plain, vqa_figures

QUESTIONS = [
    Answered("presence", "yes", "yes"), Answered("presence", "Yes.", "yes"), Answered("presence", "yes", "yes"),
    Answered("presence", "yes", "no"), Answered("comparison", "no", "no"), Answered("count", "3", "4"),
]


def test_average_over_types_and_over_questions_differ():
    figures = vqa_figures(QUESTIONS, RSVQA_EXCLUDED)
    assert figures["overall"] == pytest.approx(4 / 5)
    assert figures["average"] == pytest.approx((3 / 4 + 1) / 2)
    assert figures["by_type"] == {"comparison": 1.0, "presence": 0.75}
    assert figures["n"] == {"comparison": 1, "presence": 4}


def test_counts_are_in_unless_left_out():
    assert vqa_figures(QUESTIONS)["average"] == pytest.approx((3 / 4 + 1 + 0) / 3)


def test_a_constant_answer_is_half_right_when_balanced():
    assert balanced_presence(QUESTIONS) == 0.5


def test_neither_yes_nor_no_is_wrong():
    assert balanced_presence([Answered("presence", "perhaps", "yes"), Answered("presence", "no", "no")]) == 0.5


def test_case_and_the_closing_full_stop_are_forgiven_and_nothing_else():
    assert plain(" Yes. ") == "yes" and plain("yes, it is") != "yes"


def test_the_constant_answer_is_the_commonest_of_its_type():
    constant = constant_by_type(QUESTIONS)
    assert [each.found for each in constant] == ["yes"] * 4 + ["no", "4"]
    assert vqa_figures(constant)["by_type"]["presence"] == 0.75


def test_best_constant_and_chance():
    assert best_constant(["a", "b", "b", "c"]) == ("b", 0.5)
    assert chance_accuracy(["a", "b", "b", "c"]) == pytest.approx(1 / 16 + 4 / 16 + 1 / 16)


def test_labels_over_items_and_over_classes():
    found, truth = ["a", "a", "a", "b"], ["a", "a", "a", "c"]
    assert top1(found, truth) == 0.75 and balanced(found, truth) == 0.5
    assert by_class(found, truth) == {"a": 1.0, "c": 0.0}


def test_yes_no_figures_by_hand():
    # Said yes 4 times, 3 right; 5 are yes. P = 3/4, R = 3/5; F0.5 = 1.25 · 0.45 / (0.25 · 0.75 + 0.6).
    found = [True] * 4 + [False] * 6
    truth = [True] * 3 + [False] + [True] * 2 + [False] * 4
    assert binary_figures(found, truth) == pytest.approx({
        "accuracy": 0.7, "precision": 0.75, "recall": 0.6, "f1": 2 * 0.45 / 1.35, "f05": 0.5625 / 0.7875,
    })
    assert binary_figures([False], [False]) == {"accuracy": 1.0, "precision": 0.0, "recall": 0.0, "f1": 0.0, "f05": 0.0}


@pytest.mark.parametrize("call", [
    lambda: vqa_figures(QUESTIONS, ("presence", "comparison", "count")), lambda: balanced_presence([]),
    lambda: top1([], []), lambda: top1(["a"], []), lambda: best_constant([]),
])
def test_nothing_to_score_is_an_error(call):
    with pytest.raises(ValueError):
        call()
