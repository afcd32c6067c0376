"""Questions about two dates: what came and went is what was painted, in words, polygons and figures."""

import json
from pathlib import Path

import numpy as np
import pytest
from answered import Answer, mismatches, unfounded
from fakes import ArraySource, paint, town

from terralogue.models.cancel import no_progress
from terralogue.models.conversation import View
from terralogue.models.errors import CrsMissing, DatesDisjoint, QuestionUnclear, UnknownConcept
from terralogue.models.experts.change import ChangeRequest, run
from terralogue.models.language.composing.pair import balance_sentence
from terralogue.models.language.units import Units


def later():
    """Two houses more in the east, one house of the north-west gone, and half of the wood cleared."""
    pixels = town()
    paint(pixels, "building", (120, 140), (320, 350))
    paint(pixels, "building", (160, 176), (320, 340))
    paint(pixels, "low vegetation", (8, 24), (8, 28))
    return paint(pixels, "bare", (240, 300), (0, 50))


def dates(**options):
    return ArraySource(town(), name="old", iso="2019-05-01"), ArraySource(later(), name="new", iso="2021-06-02", **options)


#: Question, what its answer says, polygons by (from, to).
GREEN, HOUSE = "low vegetation", "building"
ADDED, REMOVED, CLEARED = (GREEN, HOUSE), (HOUSE, GREEN), ("tree", "bare")
ASKED = [
    ("What changed?", "3.5 % of the region changed (1,060 m²)", {ADDED, REMOVED, CLEARED}),
    ("Did anything change?", "Yes: 3.5 % of the region changed", {ADDED, REMOVED, CLEARED}),
    ("How many buildings were added?", "2 buildings were added (230 m²), in the east.", {ADDED}),
    ("How many houses were demolished?", "One building was removed (80 m²), in the north-west.", {REMOVED}),
    ("How many buildings changed?", "2 buildings were added (230 m²), in the east. One building was removed", {ADDED, REMOVED}),
    ("Where were buildings added?", "Buildings were added in the east.", {ADDED}),
    ("Were any trees lost?", "Yes. 751 m² of trees was removed, in the south-west.", {CLEARED}),
    ("Was any water added?", "No. I see no water added.", set()),
    ("What was there before the new buildings?", "230 m² of low vegetation became buildings.", {ADDED}),
    ("How much changed?", "3.5 % of the region changed", {ADDED, REMOVED, CLEARED}),
    ("How many changes are there?", "I see 4 separate changes. 2 buildings were added", {ADDED, REMOVED, CLEARED}),
    ("Where did it change?", "The changes lie mainly in the south-west", {ADDED, REMOVED, CLEARED}),
    ("Segment the new buildings", "2 buildings were added", {ADDED}),
    ("How did the forest change?", "In all, trees covered 1,500 m² before and 751 m² after.", {CLEARED}),
]


@pytest.mark.parametrize(("text", "said", "moves"), ASKED, ids=[row[0] for row in ASKED])
def test_every_kind_of_question_about_two_dates(ask, text, said, moves):
    answer = ask(text, *dates())
    assert said in answer.text
    assert {(f.from_label, f.to_label) for f in answer.features} == moves
    assert unfounded(answer.text, answer.facts) == []
    assert mismatches(answer.facts) == []
    for link in answer.links:
        assert link.words in answer.text and max(link.features) < len(answer.features)
    if answer.found is not None:
        assert (answer.found.source, answer.found.time) == ("old → new", "2019-05-01 / 2021-06-02")


def test_counts_of_changes_carry_the_error_they_were_measured_with(ask, nano, monkeypatch):
    monkeypatch.setattr(nano, "errors", {"change": {"iou": 0.4, "precision": 0.61, "recall": 0.52}}, raising=False)
    answer = ask("How many buildings were added?", *dates())
    assert answer.text.endswith(
        "On places it never saw in training, the model found 52 % of the ground where buildings came or went and "
        "61 % of what it marked was right."
    )
    assert unfounded(answer.text, answer.facts) == [] and mismatches(answer.facts) == []
    assert "never saw" not in ask("Were any trees lost?", *dates()).text


def test_a_link_stands_for_what_its_words_say(ask):
    answer = ask("How many buildings changed?", *dates())
    found = {link.words: {answer.features[i].pixels for i in link.features} for link in answer.links}
    assert found["2 buildings were added"] == {600, 320}
    assert found["One building was removed"] == {320}


def test_the_largest_change_can_be_asked_for(ask):
    assert [f.pixels for f in ask("Segment the largest change", *dates()).features] == [3000]
    assert [f.pixels for f in ask("Show new buildings larger than 100 m²", *dates()).features] == [600]
    north = ask("What changed in the north?", *dates())
    assert {(f.from_label, f.to_label) for f in north.features} == {REMOVED}


def test_a_change_dialogue_keeps_its_thread(ask, nano):
    before, after = dates()
    first = ask("How many buildings were added?", before, after)
    calls = nano.calls
    where = ask("Where?", before, after, history=(first.turn("How many buildings were added?"),))
    assert where.text == "Buildings were added in the east."
    was = ask("What was there before?", before, after, history=(where.turn("Where?"),))
    assert was.text == "230 m² of low vegetation became buildings."
    assert nano.calls == calls


#: Dialogues: each question and its whole answer.
DIALOGUES = json.loads((Path(__file__).parent / "change_talks.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_dialogue_about_two_dates_goes_on_from_what_was_said(ask, name):
    history = ()
    for question, said in DIALOGUES[name]:
        answer = ask(question, *dates(), history=history)
        assert answer.text == said, question
        assert "agrees with the facts" in answer.provenance["voice"]
        history = (*history, answer.turn(question))


def test_the_number_on_one_date_is_not_taken_for_what_came(ask):
    for question in ("How many buildings were there before?", "How many houses are there now?"):
        answer = ask(question, *dates())
        assert answer.facts["kind"] == "declined" and "ask about that layer alone" in answer.text


def test_a_sentence_that_the_facts_contradict_is_not_said(engine, monkeypatch):
    from terralogue.models.experts import change

    composed = ["2 buildings were removed (230 m²), in the east.", "2 buildings were added (230 m²), in the east."]
    monkeypatch.setattr(change.compose_pair, "answer", lambda *_: composed)
    result = run(ChangeRequest(*(View(source) for source in dates())), engine)
    assert result.sentences == (composed[1],) and result.voice == "composed sentences (1 of 2 agree with the facts)"


def test_swapping_the_dates_swaps_what_came_and_went(engine):
    old, new = dates()
    one = run(ChangeRequest(View(old), View(new)), engine, no_progress, None)
    two = run(ChangeRequest(View(new), View(old)), engine, no_progress, None)
    assert one.counts["building"] == {"added": 2, "removed": 1}
    assert two.counts["building"] == {"added": 1, "removed": 2}
    assert one.changed and {(t["from"], t["to"], t["pixels"]) for t in one.transitions} == {
        (t["to"], t["from"], t["pixels"]) for t in two.transitions}
    assert sum(f.pixels for f in one.features.features) == sum(c["pixels"] for c in one.cells)


def test_the_question_of_the_expert_narrows_every_figure(engine):
    old, new = dates()
    result = run(ChangeRequest(View(old), View(new), "new buildings"), engine, no_progress, None)
    assert result.counts["building"] == {"added": 2, "removed": 0}
    assert [(t["from"], t["to"], t["count"]) for t in result.transitions] == [(GREEN, HOUSE, 2)]
    assert sum(f.pixels for f in result.features.features) == 920


def test_the_same_layer_twice_has_changed_nowhere_and_says_so(ask):
    source = ArraySource(town(), name="same")
    answer = ask("What changed?", source, source)
    assert answer.text == "I see no change between the two dates."
    assert answer.features == () and answer.facts["changed"]["pixels"] == 0 and not answer.links
    assert ask("Did anything change?", source, source).text.startswith("No, I see no change")


@pytest.mark.parametrize("added, removed, rough", [(900, 100, True), (100, 900, False), (510, 500, False)])
def test_changes_and_dates_that_point_different_ways_are_said_to_be_rough(added, removed, rough):
    ways = {way: {"pixels": pixels} for way, pixels in (("added", added), ("removed", removed))}
    dates = {date: {"pixels": pixels, "area_m2": float(pixels)} for date, pixels in (("before", 5000), ("after", 4500))}
    said = balance_sentence("water", {"covers": {"water": {**ways, **dates}}}, Units())
    assert said.startswith("In all, water covered 5,000 m² before and 4,500 m² after.")
    assert said.endswith("take both as rough.") == rough


def test_pixels_missing_on_one_date_are_never_called_unchanged(ask):
    valid = np.ones((300, 400), bool)
    valid[:, :200] = False
    answer = ask("Did anything change?", ArraySource(town(), name="old"), ArraySource(town(), name="new", valid=valid))
    assert answer.text.startswith("No, I see no change in the 50 % of the region that could be compared.")
    assert "50 % of the region is not known on both dates" in answer.text


def test_what_two_dates_cannot_answer_is_said(ask, engine):
    old, new = dates()
    with pytest.raises(CrsMissing):
        ask("What changed?", old, ArraySource(town(), epsg=None))
    from affine import Affine

    far = ArraySource(town(), affine=Affine(0.5, 0, 700000, 0, -0.5, 5_000_000))
    with pytest.raises(DatesDisjoint) as raised:
        ask("What changed?", old, far)
    assert raised.value.before[0] == 500000 and raised.value.after[0] == 700000
    with pytest.raises(UnknownConcept):
        run(ChangeRequest(View(old), View(new), "how many cows were added?"), engine)
    plain = ArraySource(town(), epsg=None, name="old"), ArraySource(later(), epsg=None, name="new")
    with pytest.raises(QuestionUnclear, match="scale"):
        run(ChangeRequest(*(View(source) for source in plain), "new buildings larger than 100 m²"), engine)
    assert isinstance(ask("How many buildings were added?", *plain), Answer)
