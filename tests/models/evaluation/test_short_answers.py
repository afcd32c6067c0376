"""Short answers read from the sentences that the product says."""

import pytest

from terralogue.models.evaluation.captioning import object_figures, objects_of
from terralogue.models.evaluation.short_answers import (
    abstains,
    first_named,
    number,
    per_cent,
    square_metres,
    yes_or_no,
)


@pytest.mark.parametrize(("text", "answer"), [
    ("Yes, 12 buildings: they cover 8 % of the region.", "yes"), ("Probably yes: trees cover 3 %.", "yes"),
    ("No, I see no water here.", "no"), ("I see no cars that I am sure of, but there may be some.", "no"),
    ("There are no boats here.", "no"), ("Perhaps: the place may be a harbour.", "yes"),
    ("The place as a whole does not look like a harbour, but I may miss a single one.", "no"),
    ("Trees cover 4 % of the region.", ""),
])
def test_yes_and_no_are_read_from_how_an_answer_opens(text, answer):
    assert yes_or_no(text) == answer


@pytest.mark.parametrize(("question", "answer"), [
    ("Do trees cover more ground than water?", "yes"), ("Does water cover more ground than trees?", "no"),
])
def test_a_comparison_answers_the_question_that_names_the_larger_first(question, answer):
    assert yes_or_no("Trees cover more ground than water: 4 ha (40 %) against 1 ha (10 %).", question) == answer


@pytest.mark.parametrize(("text", "found"), [
    ("I count about 1,204 buildings (1,100 to 1,300, depending on how sure I have to be).", 1204), ("I count one car.", 1),
    ("I see no cars here.", 0), ("There are three boats.", 3), ("Water forms 2 separate surfaces, 0.5 ha in all.", 2),
    ("I cannot count buildings here, but they cover 800 m² (12 % of the region).", None), ("Trees cover 12 %.", None),
    ("They cover 0.5 ha.", None),
])
def test_a_number_is_one_of_things_not_of_metres_or_per_cent(text, found):
    assert number(text) == found


def test_shares_and_areas_are_read_with_their_units():
    assert per_cent("Trees cover 1.2 ha, 12 % of the region.") == 12 and per_cent("I see no trees here.") == 0
    assert square_metres("Trees cover 1.2 ha, 12 % of the region.") == 12_000
    assert square_metres("Trees cover 1,250 m².") == 1250 and square_metres("Trees are there.") is None


def test_of_several_words_the_one_named_first_counts_and_the_longest_of_those():
    cells = ("north", "north-west", "west", "centre")
    assert first_named("Buildings stand mainly in the north-west and north.", cells) == "north-west"
    assert first_named("They lie in the centre.", cells) == "centre" and first_named("All over.", cells) == ""
    assert first_named("Northern parts.", cells) == ""


@pytest.mark.parametrize(("text", "silent"), [
    ("I cannot tell with confidence what covers the ground here.", True), ("I count 3 buildings.", False),
    ("For 80 % of the ground I cannot tell the cover. I see trees (20 %).", True),
    ("For 12 % of the ground I cannot tell the cover. I see trees (88 %).", False),
    ("A pixel is 60 m on the ground, coarser than the 0.1 m to 12 m this model was measured at: I give no counts.", True),
])
def test_abstaining_is_saying_that_most_cannot_be_told(text, silent):
    assert abstains(text) == silent


def test_objects_are_those_that_a_caption_says_are_there():
    assert objects_of("There are two houses beside a road; no trees.") == {"building", "paved"}


def test_an_object_that_nobody_names_in_the_whole_class_is_hallucinated():
    references = [["Houses beside a road.", "Some houses."], ["A road and trees."]]
    figures = object_figures(["Buildings and water.", "Paved ground."], references, ["town", "town"])
    # Said: building, water, paved. Right: building, paved. Nobody ever says water. Agreed on: building; then paved, tree.
    assert figures["precision"] == pytest.approx(2 / 3) and figures["hallucinated"] == pytest.approx(1 / 3)
    assert figures["recall"] == pytest.approx(2 / 3)
