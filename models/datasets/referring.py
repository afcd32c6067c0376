"""Referring phrases that are unique in their chip, phrases that fit nothing, and pairs "A and B"."""

from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Sequence, Tuple

import numpy as np

from ..facts.things import cell_names
from .chip import Chip, Turn
from .naming import one
from .phrases import wordings
from .phrases_of_things import SIDES, WINDS, Phrase, fitting, unique

Facts = Dict[str, Any]
NOTHING = "Nothing here fits that."


@dataclass(frozen=True)
class Referral:
    """``things``: indices into the chip's things that ``said`` names, none where it fits nothing.

    ``kind``: "one", "pair", "class absent" or "attribute absent". ``distractors``: other things of the same class.
    """

    said: str
    things: Tuple[int, ...]
    kind: str
    phrases: Tuple[Phrase, ...]
    distractors: int


def referrals(chip: Chip, facts: Facts, rng: np.random.Generator, most: int = 4) -> List[Referral]:
    """Up to ``most`` phrases for things of ``chip``, then at most one pair and one of each absent kind.

    Labels of which not all things are known are left alone: a phrase could fit one nobody drew. At least seven of ten
    single phrases have two or more distractors of their class, where the chip has three things of a class.
    """
    found = list(_single(facts, rng, most))
    if len(found) >= 2 and not set(found[0].things) & set(found[1].things):
        a, b = found[0], found[1]
        pair = Referral(f"{a.said} and {b.said}", a.things + b.things, "pair", a.phrases + b.phrases,
                        min(a.distractors, b.distractors))
        return [*found, pair, *_absent(facts, rng)]
    return [*found, *_absent(facts, rng)]


def referring_turns(referral: Referral, rng: np.random.Generator, part: str) -> Turn:
    """The referral as a request for masks: one ``[SEG]`` for each thing."""
    question = str(rng.choice(wordings("segment", part))).format(phrase=referral.said)
    marks = " and ".join(["[SEG]"] * len(referral.things))
    answer = f"Sure, it is {marks}." if len(referral.things) == 1 else f"Sure, they are {marks}." if marks else NOTHING
    return Turn(question, answer, "segment", referral.things, answer)


def _single(facts: Facts, rng: np.random.Generator, most: int) -> Iterator[Referral]:
    known = {label: thing for label, thing in facts["things"].items() if thing["complete"] and thing["present"]}
    rows = [(label, row) for label, thing in known.items() for row in thing["largest"] if thing["count"] <= len(thing["largest"])]
    crowded = [(label, row) for label, row in rows if known[label]["count"] >= 3]
    sparse = [(label, row) for label, row in rows if known[label]["count"] < 3]
    easy = hard = 0
    used = set()
    for label, row in [*_shuffled(crowded, rng), *_shuffled(sparse, rng)]:
        if easy + hard >= most:
            return
        few = known[label]["count"] < 3
        # Without a crowded class there is no choice; with one, phrases that need no narrowing stay the smaller part.
        if few and crowded and easy + 1 > 0.25 * (easy + hard + 1):
            continue
        options = [p for p in candidates(label, row, facts) if (found := unique(p, facts)) and found["index"] == row["index"]]
        options = [p for p in options if p not in used]
        if not options:
            continue
        phrase = _least_used(options, rng)
        used.add(phrase)
        easy, hard = easy + few, hard + (not few)
        yield Referral(phrase.said(), (row["index"],), "one", (phrase,), known[label]["count"] - 1)


def candidates(label: str, row: Dict[str, Any], facts: Facts) -> Iterator[Phrase]:
    """Phrases that may name ``row``: each way of narrowing by itself, then with the colour or the cell."""
    colours = ["", row["colour"]] if row["colour"] else [""]
    north = facts["frame"] == "north"
    sides = ("west", "east", "north", "south") if north else ("left", "right", "top", "bottom")
    relations = ([f"{wind} of" for wind in WINDS] if north else list(SIDES)) + ["near"]
    others = [name for name, thing in facts["things"].items()
              if name != label and thing["complete"] and thing["count"] == 1]
    for colour in colours:
        yield Phrase(label, colour)
        yield Phrase(label, colour, row["where"])
        for rank in (1, 2, -1, 3):
            yield Phrase(label, colour, rank=rank)
        for side in sides:
            for number in (1, 2, 3):
                yield Phrase(label, colour, order=(number, side))
        for other in others:
            for relation in relations:
                yield Phrase(label, colour, relation=relation, other=other)
    yield Phrase(label, "", row["where"], 1)


def _least_used(options: Sequence[Phrase], rng: np.random.Generator) -> Phrase:
    """Ways of narrowing are drawn first, so that the many orders do not crowd out colours."""
    kinds = sorted({option.kinds for option in options})
    kind = kinds[int(rng.integers(len(kinds)))]
    alike = [option for option in options if option.kinds == kind]
    return alike[int(rng.integers(len(alike)))]


def _absent(facts: Facts, rng: np.random.Generator) -> Iterator[Referral]:
    missing = sorted(label for label, thing in facts["things"].items() if thing["complete"] and not thing["present"])
    if missing:
        label = missing[int(rng.integers(len(missing)))]
        yield Referral(f"the {one(label)}", (), "class absent", (Phrase(label),), 0)
    colours = sorted({colour for thing in facts["things"].values() for colour in thing["colours"]} | set(_USUAL))
    options = []
    for label, thing in facts["things"].items():
        if not thing["complete"] or not thing["present"] or thing["count"] > len(thing["largest"]):
            continue
        if sum(thing["colours"].values()) == thing["count"]:
            options += [Phrase(label, colour) for colour in colours if colour not in thing["colours"]]
        options += [Phrase(label, "", cell) for cell in cell_names(facts["frame"] == "north")]
    options = [option for option in options if not fitting(option, facts, 0.05)]
    if options:
        phrase = options[int(rng.integers(len(options)))]
        yield Referral(phrase.said(), (), "attribute absent", (phrase,), facts["things"][phrase.label]["count"])


_USUAL = ("red", "blue", "white", "green", "yellow", "black", "brown", "grey")


def _shuffled(items: List[Any], rng: np.random.Generator) -> List[Any]:
    return [items[int(i)] for i in rng.permutation(len(items))]
