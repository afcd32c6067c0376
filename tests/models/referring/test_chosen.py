"""Validation wordings of the data engine's phrases, over drawn scenes: the thing meant is chosen from among its like.

The generator writes the questions and knows the answers; the router, the parser and the choosing know nothing of it.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parents[1] / "datasets"))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.concepts import lexicon, words_of  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.phrases import wordings  # noqa: E402
from terralogue.models.datasets.referring import referrals  # noqa: E402
from terralogue.models.errors import TerralogueError  # noqa: E402
from terralogue.models.facts.things import plain_frame  # noqa: E402
from terralogue.models.referring.candidates import from_rows, plane_of  # noqa: E402
from terralogue.models.referring.parsing import parse  # noqa: E402
from terralogue.models.referring.selecting import select  # noqa: E402
from terralogue.models.router import route  # noqa: E402

CHIPS, SEED = 170, 20


def asked():
    """(question, chip, facts, referral) for every phrase, in validation wordings of "refer" and "segment"."""
    rng = np.random.default_rng(SEED)
    for chip in drawn_chips(SEED, CHIPS):
        facts = chip_facts(chip)
        for referral in referrals(chip, facts, rng):
            bank = wordings(str(rng.choice(["refer", "segment"])), "validation")
            yield str(rng.choice(bank)).format(phrase=referral.said), chip, facts, referral


def label_of(concept, facts):
    """The chip's label that a concept of the lexicon names: "ship" is a boat there, "pond" water."""
    for label in facts["things"]:
        entry = lexicon().get(label.split())
        if entry is not None and entry.name == concept.name:
            return label
    return None


def found(phrase, facts, plane):
    label = label_of(phrase.concept, facts)
    rows = facts["things"][label]["largest"] if label else []
    others = () if phrase.other is None else found(phrase.other, facts, plane)
    return select(phrase, from_rows(label, rows, facts["size"]), others, None, plane).chosen


def chosen(question, chip, facts):
    plane = plane_of(plain_frame(chip.shape, chip.north_up), tuple(facts["size"]))
    intent = route(question, False)
    # A class with at most a rank or a part of the view takes the older way through the router, with the same words.
    phrases = intent.phrases or parse(words_of(question), lexicon()).phrases
    return tuple(sorted(c.index for phrase in phrases for c in found(phrase, facts, plane)))


@pytest.fixture(scope="module")
def results():
    """By kind of phrase: (is it right, is the class alone right)."""
    rows = []
    for question, chip, facts, referral in asked():
        try:
            got = chosen(question, chip, facts)
        except TerralogueError as error:
            got = (type(error).__name__,)
        # The class alone, its largest thing: what is chosen without reading more.
        largest = tuple(sorted({facts["things"][p.label]["largest"][0]["index"] for p in referral.phrases
                                if facts["things"][p.label]["largest"]}))
        right = tuple(sorted(set(referral.things)))
        rows.append((referral, question, tuple(sorted(set(got))) == right, largest == right, got))
    return rows


def rate(rows, column=2):
    return float(np.mean([row[column] for row in rows]))


def test_the_thing_meant_is_chosen(results, record_property):
    names = ("one", "pair", "class absent", "attribute absent")
    kinds = {name: [row for row in results if row[0].kind == name] for name in names}
    hard = [row for row in kinds["one"] if row[0].distractors >= 2]
    for name, rows in {**kinds, "one of three or more": hard, "all": results}.items():
        print(f"{name}: {rate(rows):.3f} of {len(rows)}; class only {rate(rows, 3):.3f}")
        record_property(name, f"{rate(rows):.3f} of {len(rows)}, class only {rate(rows, 3):.3f}")
    for referral, question, right, _, got in results:
        if not right:
            print("  wrong:", question, got, referral.things, referral.kind)
    assert len(results) >= 300 and len(hard) >= 150
    assert rate(kinds["one"]) >= 0.95 and rate(hard) >= 0.95 and rate(kinds["pair"]) >= 0.9
    assert rate(kinds["class absent"]) >= 0.9 and rate(kinds["attribute absent"]) >= 0.8
    assert rate(hard) - rate(hard, 3) >= 0.25
