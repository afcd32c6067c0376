"""Dialogues of several turns with references ("they", "it", "the second one"), about one image or two, and retrieval."""

from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..language.phrases import place
from ..language.units import count, share
from .asking import Asker, a_scene, forms, is_counted
from .chip import Chip, Dialogue, Turn
from .chip_facts import chip_facts
from .naming import counted, is_amount, joined
from .phrases import fillings
from .phrases_of_things import Phrase, unique
from .slots import fill, subjects

#: Shares that differ by less are called the same.
_SAME_SHARE = 0.05


def conversation(chip: Chip, rng: np.random.Generator, part: str = "train") -> Optional[Dialogue]:
    """Three to seven turns about one label of which there are several; None if the chip has none.

    Each later turn names nothing: it refers to what was spoken of. The order is fixed, which turns are left out is not.
    """
    ask = Asker(chip, chip_facts(chip), rng, part)
    several = [label for label, thing in ask.facts["things"].items()
               if thing["complete"] and thing["count"] >= 2 and thing["count"] <= len(thing["largest"]) and not is_amount(label)]
    if not several:
        return None
    label = str(ask.pick(several))
    thing = ask.facts["things"][label]
    names = forms(label, thing)
    turns = [_turn(ask, "count", "count", {**names}, tuple(row["index"] for row in thing["largest"]))]
    later = _together(ask, label, names) + _one_by_one(ask, label, names)
    if len(later) < 2:
        return None
    return Dialogue((chip.name,), (*turns, *later))


def _turn(ask: Asker, task: str, answer: str, names: Dict[str, str], refers: Tuple[int, ...] = ()) -> Turn:
    slots = str(ask.pick(fillings(answer))).format(**names)
    slots = slots[:1].upper() + slots[1:]
    return Turn(ask.question(task, **names), fill(slots, ask.facts), task, refers, slots)


def _together(ask: Asker, label: str, names: Dict[str, str]) -> List[Turn]:
    """Turns about all of them: "where are they?", "how many of those are red?"."""
    thing = ask.facts["things"][label]
    refers = tuple(row["index"] for row in thing["largest"])
    cells, colours = thing["cells"], thing["colours"]
    turns = []
    if len(cells) == 1 or cells[0]["share"] >= cells[1]["share"] + 0.1:
        turns.append(_turn(ask, "where are they", "position", names, refers))
    if ask.rng.random() < 0.5:
        turns.append(_turn(ask, "share of them", "share", names, refers))
    if sum(colours.values()) == thing["count"] and ask.rng.random() < 0.7:
        colour = str(ask.pick(sorted(colours)))
        number = colours[colour]
        more = {"n": count(number), "colour": colour, "be_c": "is" if number == 1 else "are",
                "c_form": names["one"] if number == 1 else names["many"]}
        meant = tuple(row["index"] for row in thing["largest"] if row["colour"] == colour)
        turns.append(_turn(ask, "how many of them", "number of colour", {**names, **more}, meant))
    return turns


def _one_by_one(ask: Asker, label: str, names: Dict[str, str]) -> List[Turn]:
    """Turns about the largest, then "the second one", each perhaps with its colour."""
    turns: List[Turn] = []
    for rank, task in ((1, "the largest of them"), (2, "the second one")):
        phrase = Phrase(label, rank=rank)
        row = unique(phrase, ask.facts)
        if row is None or any(abs(value - third) < 0.02 for value in row["at"] for third in (1 / 3, 2 / 3)):
            break
        the = phrase.said()
        said = {**names, "the": the, "The": the[:1].upper() + the[1:], "where": place(row["where"]), "colour": row["colour"]}
        turns.append(_turn(ask, task, "place of one", said, (row["index"],)))
        if row["colour"] and ask.rng.random() < 0.6:
            turns.append(_turn(ask, "colour of it", "colour", said, (row["index"],)))
    return turns


def retrieval(chip: Chip, rng: np.random.Generator, part: str = "train") -> Turn:
    """"Show me places like …": like this one, or like what the facts say of it."""
    ask = Asker(chip, chip_facts(chip), rng, part)
    known = subjects(ask.facts)
    things = [f"<n:{label}> {counted(label, cover['count'])}" for label, cover in known.items()
              if is_counted(label, cover) and cover["present"]][:2]
    scene = a_scene(ask.facts)
    described = scene if not things else f"{scene or 'a place'} with {joined(things)}"
    this = str(ask.pick(["this", "this one"] + ([fill(described, ask.facts)] if described else [])))
    answer = str(ask.pick(fillings("retrieve")))
    return Turn(ask.question("retrieve", this=this), answer, "retrieve", (), answer)


def difference(first: Chip, second: Chip, rng: np.random.Generator, part: str = "train") -> Dialogue:
    """What differs in ``second`` from ``first``, of all that both know completely."""
    ask = Asker(second, chip_facts(second), rng, part)
    here, there = subjects(ask.facts), subjects(chip_facts(first))
    said: List[str] = []
    for label in sorted(set(here) & set(there)):
        now, was = here[label], there[label]
        if is_counted(label, now) and is_counted(label, was) and now["count"] != was["count"]:
            both = {"n": f"<n:{label}>", "was": count(was["count"]), "was_form": counted(label, was["count"])}
            said.append(_sentence(ask, "difference", {**forms(label, now), **both}))
        elif not is_counted(label, now) and not is_counted(label, was) and abs(now["share"] - was["share"]) >= _SAME_SHARE:
            both = {"n": f"<share:{label}>", "was": share(was["share"])}
            said.append(_sentence(ask, "difference share", {**forms(label, now), **both}))
    slots = " ".join(said) if said else _sentence(ask, "difference none", {})
    turn = Turn(ask.question("difference"), fill(slots, ask.facts), "difference", (), slots)
    return Dialogue((first.name, second.name), (turn,))


def _sentence(ask: Asker, answer: str, names: Dict[str, str]) -> str:
    text = str(ask.pick(fillings(answer))).format(**names)
    return text[:1].upper() + text[1:]


def dialogues(chips: Sequence[Chip], rng: np.random.Generator, part: str = "train") -> List[Dialogue]:
    """A conversation and a retrieval turn of each chip, and a comparison with the chip before it."""
    found: List[Dialogue] = []
    for before, chip in zip([None, *chips[:-1]], chips):
        talk = conversation(chip, rng, part)
        found += [talk] if talk is not None else []
        found.append(Dialogue((chip.name,), (retrieval(chip, rng, part),)))
        if before is not None:
            found.append(difference(before, chip, rng, part))
    return found
