"""Boxes and masks in answers: read from text, compared with what the phrase beside them fits."""

import re
from typing import Any, Dict, List, Optional, Tuple

from ..language.claims.judging import BLOCKED, CONTRADICTED, UNKNOWN, judge
from .checker_phrases import first_label, named
from .chip import Chip

Answer = Tuple[str, str]
Rows = List[Dict[str, Any]]
_BOX = re.compile(r"\{<(\d{1,3})><(\d{1,3})><(\d{1,3})><(\d{1,3})>\}")
_ASKED = re.compile(r"the (?:location|position|box|bounding|outline|mask|segmentation)\b")
_GROUP = re.compile(r"<p>(.*?)</p>\s*((?:\{[<>\d]+\}(?:<delim>)?)+)")


def box_agrees(asked: str, answer: str, chip: Chip, facts: Dict[str, Any]) -> Answer:
    """[refer]: the boxes are those of the things that the phrase fits, and none where it fits none."""
    found = _asked_for(asked, chip, facts)
    return _same_boxes(answer, found, facts)


def segments_agree(asked: str, answer: str, chip: Chip, facts: Dict[str, Any]) -> Answer:
    """As many ``[SEG]`` as things that the phrases name, each naming one; none where they fit nothing."""
    phrases = re.split(r" and (?=the )", asked[_start(asked):] if _start(asked) >= 0 else "")
    number = 0
    for phrase in phrases:
        found = named(_cleaned(phrase), chip, facts)
        if found is None or len(found) > 1:
            return "unparsed", phrase
        number += len(found)
    return ("agree", "") if answer.count("[SEG]") == number else ("disagree", f"{number} masks")


def grounded_agrees(asked: str, answer: str, chip: Chip, facts: Dict[str, Any]) -> Answer:
    """[detection] and [grounding]: each phrase has exactly the boxes of what it names, and its number is right."""
    groups = _GROUP.findall(answer)
    if not groups:
        return "unparsed", "no phrase with boxes"
    if "caption" not in asked and first_label(asked.lower(), chip)[0] not in ("", first_label(groups[0][0].lower(), chip)[0]):
        return "disagree", "boxes of another label"
    for phrase, boxes in groups:
        verdict = _same_boxes(boxes, named(phrase, chip, facts), facts)
        if verdict[0] != "agree":
            return verdict
        number = re.match(r"(\d+) ", phrase)
        if number and int(number.group(1)) != len(_BOX.findall(boxes)):
            return "disagree", "number and boxes differ"
    plain = "There are " + re.sub(r"\s+", " ", " and ".join(phrase for phrase, _ in groups if phrase[0].isdigit())) + "."
    for judged in judge(plain, facts) if plain != "There are ." else ():
        if judged.verdict in (CONTRADICTED, BLOCKED, UNKNOWN):
            return ("disagree" if judged.verdict == CONTRADICTED else "unparsed"), judged.reason
    return "agree", ""


def identified_agrees(asked: str, answer: str, chip: Chip, facts: Dict[str, Any]) -> Answer:
    """[identify]: one thing has just this box, and it is what the answer calls it."""
    wanted = [tuple(map(int, box)) for box in _BOX.findall(asked)]
    rows = [(label, row) for label, thing in facts["things"].items() for row in thing["largest"]]
    meant = [(label, row) for label, row in rows if wanted and _fits(wanted[0], row, facts)]
    if not meant:
        return "unparsed", "nothing has this box"
    label, start, _ = first_label(answer.lower(), chip)
    words = re.sub(r"^an?\b", "", answer.lower()[:max(start, 0)]).split()
    for name, row in meant:
        if name == label and words == [word for word in [row["colour"]] if word]:
            return "agree", ""
    return "disagree", f"it is a {meant[0][1]['colour']} {meant[0][0]}"


def _same_boxes(text: str, found: Optional[Rows], facts: Dict[str, Any]) -> Answer:
    boxes = [tuple(map(int, box)) for box in _BOX.findall(text)]
    if found is None:
        return "unparsed", "the phrase"
    left = list(found)
    for box in boxes:
        match = next((row for row in left if _fits(box, row, facts)), None)
        if match is None:
            return "disagree", f"{box} is none of them"
        left.remove(match)
    return ("disagree", f"{len(left)} without a box") if left else ("agree", "")


def _fits(box: Tuple[int, ...], row: Dict[str, Any], facts: Dict[str, Any]) -> bool:
    """Rounded to the nearest hundredth of the view, either way where it lies between two."""
    width, height = facts["size"]
    exact = [100 * value / side for value, side in zip(row["box"], (width, height, width, height))]
    return all(abs(value - written) <= 0.5 + 1e-6 for value, written in zip(exact, box))


def _asked_for(asked: str, chip: Chip, facts: Dict[str, Any]) -> Optional[Rows]:
    start = _start(asked)
    return named(_cleaned(asked[start:]), chip, facts) if start >= 0 else None


def _start(asked: str) -> int:
    """Where the phrase begins: at the last "the" that no other word of the question follows but the phrase's own."""
    lower = asked.lower()
    marks = [m.end() for m in re.finditer(r"\b(?:of|is|around|locate|find|to|mark|me|segment|outline|mask|delineate|trace|out) "
                                          r"(?=the )", lower)]
    marks = [mark for mark in marks if not _ASKED.match(lower[mark:])]
    return marks[0] if marks else -1


def _cleaned(phrase: str) -> str:
    text = phrase.strip().rstrip(".?!")
    return re.sub(r" with (?:a mask|an outline)$", "", text)
