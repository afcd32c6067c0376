"""Checks turns by text alone: re-derives every answer from the chip's masks. Shares no code with the builders.

Sentences are read by ``language.claims``, which knows no generator; figures come from ``checker_measures``.
"""

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

from ..language.claims.judging import BLOCKED, CONTRADICTED, SUPPORTED, UNKNOWN, judge
from ..language.claims.types import Subject
from .checker_difference import difference_agrees
from .checker_measures import measured
from .checker_phrases import first_label
from .checker_regions import box_agrees, grounded_agrees, identified_agrees, segments_agree
from .checker_short import asked_truth, short_agrees
from .chip import Chip, Dialogue

AGREE, DISAGREE, UNPARSED = "agree", "disagree", "unparsed"
_BARE = re.compile(r"^[^:]{4,30}: (?=\w)|^tell me, ", re.IGNORECASE)


@dataclass(frozen=True)
class Checked:
    """``verdict``: agree, disagree or unparsed; ``reason``: why not."""

    verdict: str
    reason: str = ""


class Measures:
    """Chips by name, each measured once."""

    def __init__(self, chips: Mapping[str, Chip]) -> None:
        self.chips = chips
        self._known: Dict[str, Dict[str, Any]] = {}

    def of(self, name: str) -> Dict[str, Any]:
        """What the masks of a chip say. KeyError: no such chip."""
        if name not in self._known:
            self._known[name] = measured(self.chips[name])
        return self._known[name]


def check_dialogue(dialogue: Dialogue, measures: Measures) -> List[Checked]:
    """A verdict on every turn of ``dialogue``. KeyError: a chip is missing."""
    last = dialogue.chips[-1]
    first = measures.of(dialogue.chips[0]) if len(dialogue.chips) > 1 else None
    history: Tuple[Tuple[str, str], ...] = ()
    found = []
    for turn in dialogue.turns:
        found.append(check(measures.chips[last], turn.question, turn.answer, history, measures.of(last), first))
        history = (*history, (turn.question, turn.answer))
    return found


def check(
    chip: Chip, question: str, answer: str, history: Tuple[Tuple[str, str], ...] = (),
    facts: Optional[Dict[str, Any]] = None, first: Optional[Dict[str, Any]] = None,
) -> Checked:
    """Whether ``answer`` to ``question`` about ``chip`` agrees with its masks. ``history``: earlier questions and answers.

    ``facts``: its measures where they are at hand; ``first``: those of the image before it, in a dialogue about two.
    """
    facts = measured(chip) if facts is None else facts
    if first is not None:
        return Checked(*difference_agrees(answer, facts, first, chip))
    word = re.match(r"^\[(\w+)\]\s*", question)
    asked = question[word.end():] if word else question
    if "[RET]" in answer or "like this" in asked.lower() and "[RET]" not in answer and "place" in asked.lower():
        return Checked(AGREE) if answer.count("[RET]") == 1 else Checked(DISAGREE, "one [RET] is wanted")
    if word and word.group(1) in _REGIONS:
        return Checked(*_REGIONS[word.group(1)](asked, answer, chip, facts))
    if "[SEG]" in answer or answer.startswith("Nothing here fits"):
        return Checked(*segments_agree(asked, answer, chip, facts))
    asked = _BARE.sub("", asked).lower()
    topic = _topic(asked, history, chip)
    if word and word.group(1) == "vqa":
        return Checked(*short_agrees(asked, answer, topic, chip, facts))
    return _sentences(asked, answer, topic, chip, facts)


_REGIONS: Dict[str, Any] = {
    "refer": box_agrees, "detection": grounded_agrees, "grounding": grounded_agrees, "identify": identified_agrees,
}


def _sentences(asked: str, answer: str, topic: Optional[Subject], chip: Chip, facts: Dict[str, Any]) -> Checked:
    said = re.match(r"^(yes|no),", answer, re.IGNORECASE)
    if said:
        wanted = asked_truth(asked, topic, chip, facts)
        if wanted is None:
            return Checked(UNPARSED, "the question")
        if wanted != (said.group(1).lower() == "yes"):
            return Checked(DISAGREE, f"the answer is {'yes' if wanted else 'no'}")
    for judged in judge(answer, facts, topic):
        if judged.verdict == CONTRADICTED:
            return Checked(DISAGREE, f"{judged.sentence}: {judged.reason}")
        if judged.verdict in (BLOCKED, UNKNOWN) and not (said and judged.verdict == UNKNOWN and not judged.claims):
            return Checked(UNPARSED, f"{judged.sentence}: {judged.reason}")
        if judged.verdict not in (SUPPORTED, UNKNOWN):
            return Checked(UNPARSED, f"{judged.sentence}: {judged.verdict}")
    # An answer that is true of something else is no answer.
    if topic is not None and first_label(asked, chip)[0] and not re.search(r"\b(?:describe|caption|image in)\b", asked):
        spoken = {claim.subject.label for judged in judge(answer, facts, topic) for claim in judged.claims if claim.subject}
        if topic.label not in spoken:
            return Checked(DISAGREE, f"nothing is said of {topic.label}")
    return Checked(AGREE)


def _topic(asked: str, history: Tuple[Tuple[str, str], ...], chip: Chip) -> Optional[Subject]:
    """What a question is about: the label it names, else what the turns before it spoke of."""
    label, start, _ = first_label(asked, chip)
    if label:
        return Subject(label, many=asked[start:].startswith((f"{label}s", f"{label}es", f"{label[:-1]}ies")))
    if not history:
        return None
    before = _topic(_BARE.sub("", history[-1][0]).lower(), history[:-1], chip)
    if before is None:
        return None
    if re.search(r"\b(?:it|its|that)\b", asked):
        return before
    if "second" in asked:
        return Subject(before.label, definite=True, rank=2)
    if "largest" in asked or "biggest" in asked:
        return Subject(before.label, definite=True, rank=1)
    return Subject(before.label, many=True)
