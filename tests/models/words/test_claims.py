"""What a language model says is read and judged: errors are caught, true paraphrases pass."""

import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "datasets")]
from drawn_chips import drawn_chips  # noqa: E402
from paraphrases import pairs  # noqa: E402

from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.language.claims.judging import claims_of, judge  # noqa: E402

KINDS = {
    "count",
    "label",
    "denied",
    "invented",
    "share",
    "area",
    "unit",
    "colour",
    "cell",
    "direction",
    "comparison",
    "scene",
}


@lru_cache(maxsize=1)
def sentences():
    """1,000 (facts, kind of error, true sentence, false sentence): of the twelve kinds as evenly as they come."""
    rng = np.random.default_rng(17)
    by_kind = {kind: [] for kind in KINDS}
    for chip in drawn_chips(17, 80):
        facts = chip_facts(chip)
        for kind, true, false in pairs(facts, rng):
            by_kind[kind].append((facts, kind, true, false))
    found = []
    while len(found) < 1000:
        found += [items.pop(int(rng.integers(len(items)))) for items in by_kind.values() if items]
    return found[:1000]


def verdict(sentence, facts):
    """The worst of its sentences' verdicts."""
    verdicts = [judged.verdict for judged in judge(sentence, facts)]
    return next((v for v in ("blocked", "contradicted", "unknown") if v in verdicts), "supported")


def test_true_paraphrases_are_not_refused():
    refused = [
        (true, judge(true, facts)[0]) for facts, _, true, _ in sentences() if verdict(true, facts) != "supported"
    ]
    print(f"refused {len(refused)} of 1000", [(t, j.verdict, j.reason) for t, j in refused[:20]])
    assert len(refused) <= 10


def test_one_injected_error_of_twelve_kinds_is_caught():
    verdicts = [(kind, verdict(false, facts), false) for facts, kind, _, false in sentences()]
    missed = [item for item in verdicts if item[1] == "supported"]
    print(f"missed {len(missed)} of 1000", missed[:20], Counter(v for _, v, _ in verdicts))
    assert {kind for kind, _, _ in verdicts} == KINDS and min(Counter(k for k, _, _ in verdicts).values()) >= 40
    assert len(missed) <= 10
    assert sum(v == "contradicted" for _, v, _ in verdicts) >= 970


def test_an_error_in_one_half_of_a_sentence_is_caught():
    items = [item for item in sentences() if item[1] in ("count", "denied", "invented", "share", "colour")]
    wrong = 0
    for (facts, _, true, _), (other, _, _, false) in zip(items, items[1:]):
        if facts is other:
            both = f"{true[:-1]}, and {false[0].lower()}{false[1:]}"
            wrong += verdict(both, facts) == "supported"
    assert wrong == 0


FACTS = {
    "frame": "north",
    "extent": [0, 0, 100, 100],
    "size": [100, 100],
    "region": {"pixels": 10000, "area_m2": 10000.0},
    "scenes": [{"word": "harbor", "probability": 0.8}],
    "things": {},
    "relations": {
        "building to water": {
            "subject": "building",
            "object": "water",
            "index": 0,
            "metres": 41.5,
            "direction": "north",
            "touching": False,
        }
    },
    "covers": {
        "building": {
            "present": True,
            "count": 12,
            "count_interval": [10, 14],
            "countable": True,
            "share": 0.2,
            "pixels": 2000,
            "area_m2": 2000.0,
            "largest": [{"pixels": 500, "area_m2": 500.0, "where": "north", "score": 0.9}],
            "cells": [{"where": "north", "share": 0.7}, {"where": "west", "share": 0.3}],
        },
        "water": {
            "present": True,
            "count": 1,
            "count_interval": [1, 1],
            "countable": False,
            "share": 0.1,
            "pixels": 1000,
            "area_m2": 1000.0,
            "largest": [{"pixels": 1000, "area_m2": 1000.0, "where": "south", "score": 0.9}],
            "cells": [{"where": "south", "share": 1.0}],
        },
        "tree": {
            "present": False,
            "count": 0,
            "count_interval": [0, 0],
            "countable": False,
            "share": 0.0,
            "pixels": 0,
            "area_m2": 0.0,
            "largest": [],
            "cells": [],
        },
    },
}


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Yes, 12 buildings: they cover 20 % of the region, mainly in the north and west.", "supported"),
        ("About 13 buildings stand mainly in the north.", "supported"),
        ("About 30 buildings stand mainly in the north.", "contradicted"),
        ("12 houses stand here; no trees grow.", "blocked"),
        ("Buildings cover 20 % of the ground, water 10 %.", "supported"),
        ("Buildings cover 20 % of the ground, water 30 %.", "contradicted"),
        ("A fifth of the ground is buildings.", "supported"),
        ("The building closest to water lies 40 m north of it.", "contradicted"),
        ("The building closest to water lies 42 m north of it.", "supported"),
        ("The building closest to water lies 42 m south of it.", "contradicted"),
        ("I see no trees here.", "supported"),
        ("I see neither trees nor water.", "contradicted"),
        ("This looks like a harbour.", "supported"),
        ("This looks like a golf course.", "contradicted"),
        ("No, there are 12 buildings.", "contradicted"),
        ("Only buildings are visible.", "blocked"),
        ("Only 12 buildings are visible.", "supported"),
        ("Every house is blue.", "blocked"),
        ("There aren't any trees.", "supported"),
        ("Ten per cent of the ground is water.", "supported"),
        ("There are 12 magnificent buildings.", "blocked"),
        ("There are 3 elephants.", "blocked"),
        ("Low vegetation covers 3 % of the ground.", "unknown"),
        ("Water covers 0.1 ha.", "supported"),
        ("Water covers 0.1 km².", "contradicted"),
        ("Buildings cover more ground than water: 20 % against 10 %.", "supported"),
        ("Buildings cover less ground than water.", "contradicted"),
    ],
)
def test_a_sentence_is_judged_by_what_the_facts_hold(sentence, expected):
    assert verdict(sentence, FACTS) == expected, judge(sentence, FACTS)


def test_claims_are_typed():
    count, cell = claims_of("Exactly 12 buildings lie in the north.", FACTS)
    assert (count.predicate, count.subject.label, count.quantity.low, count.polarity) == ("count", "building", 12, True)
    assert (cell.predicate, cell.object) == ("cell", ("north",))
    (none,) = claims_of("There are no trees.", FACTS)
    assert (none.predicate, none.subject.label, none.polarity) == ("present", "tree", False)


def test_hostile_text_is_judged_without_an_exception():
    for text in (
        "",
        " ",
        ".",
        "\x00",
        "1" * 400 + " cars",
        "the the the",
        "𝟙 buildings",
        "<n:car> buildings",
        "[SEG]",
        "-3 buildings",
        "no no no not not",
        "than than more",
        "; ; ;",
        "יש 3 buildings",
        "it it they them",
        "50 % % %",
    ):
        assert all(
            judged.verdict in ("supported", "contradicted", "unknown", "blocked") for judged in judge(text, FACTS)
        )


def test_a_slot_left_unfilled_is_blocked():
    assert verdict("There are <n:building> buildings.", FACTS) == "blocked"
