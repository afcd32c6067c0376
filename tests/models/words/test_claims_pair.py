"""Claims about two dates: what is true of the facts is let through in any wording, what is wrong is caught."""

import random
from collections import Counter

import change_wordings
import pytest
import wordings_held_out
import wordings_known
import wordings_later
import wordings_more
from random_pairs import RandomPair, answers, kind_of

from terralogue.models.language.claims.judging import judge_changes

PAIRS = 12
REFUSED = {"contradicted", "blocked"}


def facts_of(number):
    ((_, answer),) = answers(RandomPair(1000 + number, kind_of(number)), ["What changed?"])
    return answer.facts


@pytest.fixture(scope="module")
def many_facts():
    """Facts of random pairs, one of them without any change and one known in part."""
    return [facts_of(number) for number in range(PAIRS)]


@pytest.mark.parametrize("bank", [wordings_known, wordings_more, wordings_later], ids=lambda bank: bank.__name__)
def test_wrong_sentences_are_caught_and_true_ones_are_not_refused(bank, many_facts):
    said, failed, examples = Counter(), Counter(), []
    for number, facts in enumerate(many_facts):
        for error, sentence in change_wordings.sentences(facts, random.Random(number), bank):
            verdicts = {judged.verdict for judged in judge_changes(sentence, facts)}
            said[error] += 1
            if bool(verdicts & REFUSED) != bool(error):
                failed[error] += 1
                examples.append((error, sentence, verdicts))
    wrong = sum(said.values()) - said[""]
    assert said[""] > 1000 and wrong > 1000 and len(said) == 10, said
    assert failed[""] <= 0.01 * said[""], examples[:10]
    assert sum(failed.values()) - failed[""] <= 0.01 * wrong, examples[:10]
    assert all(failed[error] <= max(1, 0.02 * said[error]) for error in said), (failed, examples[:10])


def test_words_that_nobody_foresaw_are_refused_rather_than_misread(many_facts):
    said, contradicted, missed = Counter(), [], []
    for number, facts in enumerate(many_facts):
        for error, sentence in change_wordings.sentences(facts, random.Random(number), wordings_held_out):
            verdicts = {judged.verdict for judged in judge_changes(sentence, facts)}
            said[bool(error)] += 1
            if error and not verdicts & REFUSED:
                missed.append((error, sentence))
            if not error and "contradicted" in verdicts:
                contradicted.append(sentence)
    assert min(said.values()) > 1000
    assert len(missed) <= 0.01 * said[True], missed[:10]
    assert len(contradicted) <= 0.01 * said[False], contradicted[:10]


def covers(**moved):
    """Facts of covers; ``moved``: name → (added, removed) as (number, pixels)."""
    def part(number, pixels):
        cells = [{"cell": [1, 2], "where": "north", "pixels": pixels, "share": 1.0}] if number else []
        rows = [{"pixels": pixels, "area_m2": float(pixels), "where": "north"}] if number == 1 else []
        amount = {"pixels": pixels, "area_m2": float(pixels), "share": pixels / 10_000}
        return {**amount, "count": number, "cells": cells, "largest": rows}

    found = {}
    for name in ("building", "tree", "bare", "water"):
        added, removed = moved.get(name, ((0, 0), (0, 0)))
        date = {"pixels": 500, "area_m2": 500.0, "share": 0.05}
        found[name] = {"added": part(*added), "removed": part(*removed), "before": date, "after": date, "countable": True}
    return found


FACTS = {
    "kind": "pair", "frame": "north", "gsd": 1.0, "gsd_range": [0.1, 1.2], "in_range": True, "validation": {"recall": 0.52},
    "valid": {"share": 0.8}, "unknown": {"share": 0.2}, "unreadable": {"share": 0.0},
    "covers": covers(building=((2, 300), (1, 80)), bare=((1, 80), (0, 0)), tree=((0, 0), (2, 300))),
    "transitions": [{"from": "tree", "to": "building", "count": 2, "pixels": 300, "share": 0.03, "area_m2": 300.0},
                    {"from": "building", "to": "bare", "count": 1, "pixels": 80, "share": 0.008, "area_m2": 80.0}],
    "changed": {"count": 3, "pixels": 380, "area_m2": 380.0, "share": 0.038, "any": True,
                "cells": [{"cell": [1, 2], "where": "north", "pixels": 380, "share": 1.0}],
                "largest": [{"pixels": 200, "area_m2": 200.0, "where": "north"}]},
}

#: Sentence, verdict: known by hand.
JUDGED = [
    ("2 buildings were added and one was removed.", "supported"), ("2 buildings were removed and one was added.", "contradicted"),
    ("300 m² of trees became buildings.", "supported"), ("300 m² of buildings became trees.", "contradicted"),
    ("Buildings were added in the north.", "supported"), ("Buildings were added in the south.", "contradicted"),
    ("Buildings were not added.", "contradicted"), ("I see no water added or removed.", "supported"),
    ("I see no buildings added or removed.", "contradicted"),
    ("3.8 % of the region changed (380 m²), in the north.", "supported"),
    ("38 % of the region changed.", "contradicted"), ("Nothing changed.", "contradicted"), ("There are 3 changes.", "supported"),
    ("Trees lost the most: 300 m².", "supported"), ("Bare ground lost the most.", "contradicted"),
    ("60 % of the trees were removed.", "supported"), ("16 % of the buildings were removed.", "supported"),
    ("More buildings were added than removed.", "supported"), ("As many buildings were added as removed.", "contradicted"),
    ("buildings: ['top-center']. trees: ['top-center'].", "supported"), ("buildings: ['top-left'].", "contradicted"),
    ("20 % of the region is not known on both dates and is left out of every figure.", "supported"),
    ("2 % of the region is not known on both dates and is left out of every figure.", "contradicted"),
    ("On places it never saw in training, the model found 52 % of the ground where buildings came or went.", "supported"),
    ("On places it never saw in training, the model found 92 % of the ground where buildings came or went.", "contradicted"),
    ("I see no change in the 80 % of the region that could be compared.", "contradicted"),
    ("Three magnificent buildings were added.", "blocked"), ("The mayor built 2 buildings.", "blocked"),
    ("5 cars were added.", "unknown"), ("Among changes of at least 50 m², 2 buildings were added.", "unknown"),
]


@pytest.mark.parametrize(("sentence", "verdict"), JUDGED)
def test_a_sentence_is_judged_by_the_facts_of_the_pair(sentence, verdict):
    judged = judge_changes(sentence, FACTS)
    assert [one.verdict for one in judged] == [verdict], judged


@pytest.mark.parametrize(("text", "means", "right"), [
    ("Yes: 3.8 % of the region changed.", True, True), ("No: 3.8 % of the region changed.", True, False),
    ("No: 3.8 % of the region changed.", False, True), ("Yes: 3.8 % of the region changed.", None, True),
])
def test_an_opening_yes_is_judged_by_what_it_means_to_the_question(text, means, right):
    assert [one.verdict == "supported" for one in judge_changes(text, FACTS, means)] == [right]


def test_narrowed_facts_do_not_vouch_for_what_they_leave_out():
    focus = {"intent": "count", "things": ["buildings"], "direction": "added", "min_area_m2": None, "max_area_m2": None,
             "cells": [0, 1, 2], "rank": 0}
    narrowed = {**FACTS, "focus": focus, "covers": covers(building=((2, 300), (0, 0)))}
    for sentence, verdict in (("In the north, 2 buildings were added.", "supported"), ("No buildings were removed.", "unknown"),
                              ("No trees were removed.", "unknown"), ("In the south, 2 buildings were added.", "contradicted")):
        assert [one.verdict for one in judge_changes(sentence, narrowed)] == [verdict], sentence


def test_hostile_text_about_two_dates_is_judged_without_an_exception():
    for text in ("", ".", "\x00", "[[[", "roads: []", "1" * 400 + " buildings were added", "than than more", "became became",
                 "no no not added removed", "𝟙 buildings were added", "among among", "from to from to", "at least", "the most",
                 "Yes.", "No,"):
        assert all(one.verdict in ("supported", "contradicted", "unknown", "blocked") for one in judge_changes(text, FACTS))
