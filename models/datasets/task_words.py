"""Turns with SkyEyeGPT's task words (arXiv 2401.09712): [refer], [detection], [grounding], [identify]; boxes in text."""

from typing import List, Sequence

import numpy as np

from ..language.boxes import DELIMITER, hundredths, written
from .asking import Asker
from .chip import Chip, Turn
from .chip_facts import chip_facts
from .naming import article, counted, many, one
from .phrases_of_things import Phrase
from .referring import NOTHING, Referral, referrals

#: A label with more things than this is not asked to be listed.
_LISTED = 12


def task_turns(chip: Chip, rng: np.random.Generator, part: str = "train") -> List[Turn]:
    """Boxes from phrases, all boxes of a label, phrases from boxes, and a caption with boxes."""
    ask = Asker(chip, chip_facts(chip), rng, part)
    found = [_refer(ask, referral) for referral in referrals(chip, ask.facts, rng) if referral.kind != "pair"]
    return found + _detection(ask) + _identify(ask) + _grounding(ask)


def boxes_text(chip: Chip, things: Sequence[int]) -> str:
    """The boxes of ``things`` (indices into the chip's) in text, in that order."""
    return DELIMITER.join(written(hundredths(chip.things[i].box, chip.shape)) for i in things)


def _refer(ask: Asker, referral: Referral) -> Turn:
    answer = boxes_text(ask.chip, referral.things) or NOTHING
    return Turn(f"[refer] {ask.question('refer', phrase=referral.said)}", answer, "refer", referral.things, answer)


def _detection(ask: Asker) -> List[Turn]:
    turns = []
    for label, thing in ask.facts["things"].items():
        if not thing["complete"] or not 0 < thing["count"] <= _LISTED:
            continue
        things = tuple(sorted(row["index"] for row in thing["largest"]))
        said = f"<p><n:{label}> {counted(label, thing['count'])}</p> {boxes_text(ask.chip, things)}"
        question = f"[detection] {ask.question('find all', many=many(label), one=one(label))}"
        turns.append(Turn(question, said.replace(f"<n:{label}>", str(thing["count"])), "detection", things, said))
    return turns


def _identify(ask: Asker) -> List[Turn]:
    """What is in a box: its class, with its colour where that is known."""
    if not ask.chip.things:
        return []
    index = int(ask.rng.integers(len(ask.chip.things)))
    thing = ask.chip.things[index]
    answer = article(" ".join(word for word in (thing.colour, one(thing.label)) if word))
    question = f"[identify] {ask.question('identify', box=boxes_text(ask.chip, [index]))}"
    return [Turn(question, answer, "identify", (index,), answer)]


def _grounding(ask: Asker) -> List[Turn]:
    """A sentence that names up to three single things or groups of a label, each with its boxes."""
    groups: List[str] = []
    things: List[int] = []
    for label, thing in ask.facts["things"].items():
        if thing["complete"] and 0 < thing["count"] <= 5 and len(groups) < 3:
            indices = sorted(row["index"] for row in thing["largest"])
            groups.append(f"<p><n:{label}> {counted(label, thing['count'])}</p> {boxes_text(ask.chip, indices)}")
            things += indices
    found = ask.one_thing()
    said = f"I see {' and '.join(groups)}." if groups else ""
    if found is not None and found[0] != Phrase(found[0].label):
        the = found[0].said()
        said = f"{said} Here is <p>{the}</p> {boxes_text(ask.chip, [found[1]['index']])}.".strip()
        things.append(found[1]["index"])
    if not said:
        return []
    answer = said
    for label, thing in ask.facts["things"].items():
        answer = answer.replace(f"<n:{label}>", str(thing["count"]))
    return [Turn(f"[grounding] {ask.question('detailed caption')}", answer, "grounding", tuple(things), said)]
