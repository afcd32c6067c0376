"""Short answers ("yes", "3", "north-west"): a claim made of the question and the answer, then judged."""

import re
from typing import Any, Dict, List, Optional, Tuple

from ..language.claims.judging import CONTRADICTED, SUPPORTED
from ..language.claims.tokens import tokens
from ..language.claims.truth import truth
from ..language.claims.types import Amount, Claim, Subject
from .checker_phrases import first_label, lies
from .chip import Chip

Answer = Tuple[str, str]
_RANKS = {"largest": 1, "second largest": 2, "third largest": 3, "smallest": -1, "second smallest": -2}
_COLOURS = ("red", "blue", "white", "green", "yellow", "black", "brown", "grey", "orange", "pink", "purple")
_BEFORE = re.compile(r"(the )?((?:second |third )?(?:largest|smallest) )?((?:" + "|".join(_COLOURS) + r") )?$")
_GROUND = re.compile(r"\b(?:ground|area|space|room)\b")


def subjects_of(asked: str, chip: Chip) -> List[Subject]:
    """The things a question names, in order, each with its size rank and colour."""
    found: List[Subject] = []
    rest = asked
    while True:
        label, start, end = first_label(rest, chip)
        if not label:
            return found
        before = _BEFORE.search(rest[:start])
        the, size, colour = before.groups("") if before else ("", "", "")
        rank = _RANKS.get(size.strip(), 0)
        single = rest[start:end] == label or label in chip.cover_names and rest[start:end] == label
        found.append(Subject(label, not single, bool(the) and single, colour.strip(), rank))
        rest = rest[end:]


def asked_truth(asked: str, topic: Optional[Subject], chip: Chip, facts: Dict[str, Any]) -> Optional[bool]:
    """Whether yes is right; None if it cannot be told what is asked."""
    subjects = subjects_of(asked, chip)
    if len(subjects) == 2 and re.search(r"\b(?:near|close to|vicinity)\b", asked):
        pair = [_rows(subject, facts) for subject in subjects]
        return lies(pair[0][0], pair[1][0], "near", facts) if all(len(rows) == 1 for rows in pair) else None
    if len(subjects) == 2:
        basis = "area" if _GROUND.search(asked) else "n"
        return _decided(Claim("more", subjects[0], (1, basis, subjects[1])), facts)
    return _decided(Claim("present", subjects[0]), facts) if len(subjects) == 1 else None


def _rows(subject: Subject, facts: Dict[str, Any]) -> List[Dict[str, Any]]:
    rows = [row for row in facts["things"][subject.label]["largest"] if not subject.colour or row["colour"] == subject.colour]
    ordered = sorted(rows, key=lambda row: row["pixels"], reverse=subject.rank > 0)
    return ordered[abs(subject.rank) - 1:abs(subject.rank)] if subject.rank else rows


def _decided(claim: Claim, facts: Dict[str, Any]) -> Optional[bool]:
    return {SUPPORTED: True, CONTRADICTED: False}.get(truth(claim, facts)[0])


def short_agrees(asked: str, answer: str, topic: Optional[Subject], chip: Chip, facts: Dict[str, Any]) -> Answer:
    """(verdict, reason) of a short ``answer``."""
    said = answer.strip().lower()
    if said in ("yes", "no"):
        wanted = asked_truth(asked, topic, chip, facts)
        return _verdict(None if wanted is None else wanted == (said == "yes"), "yes or no")
    if topic is None:
        return _verdict(bool(facts["scenes"]) and said == facts["scenes"][0]["word"].lower(), "the kind of place")
    subjects = subjects_of(asked, chip)
    colours = [colour for colour in _COLOURS if re.search(rf"\b{colour}\b", asked)]
    direction = re.match(r"^(above|below|to the (?:left|right) of|[a-z-]+ of)$", said)
    if direction and len(subjects) == 2:
        one, two = (_rows(subject, facts) for subject in _turned(asked, subjects))
        return _verdict(lies(one[0], two[0], said, facts) if len(one) == len(two) == 1 else None, "the direction")
    subject = subjects[0]
    if said.replace(",", "").isdigit():
        amount = Amount(float(said.replace(",", "")), float(said.replace(",", "")), "n")
        counted = Subject(subject.label, True, colour=colours[0] if colours else "")
        return _verdict(_decided(Claim("count", counted, quantity=amount), facts), "the number")
    if said in _COLOURS:
        return _verdict(_decided(Claim("colour", subject, said), facts), "the colour")
    read = tokens(said, facts)
    if len(read) == 1 and read[0].kind in _PREDICATES:
        predicate, token = _PREDICATES[read[0].kind], read[0]
        if predicate in ("share", "area"):
            return _verdict(_decided(Claim(predicate, subject, quantity=token.value), facts), f"the {predicate}")
        value = (token.value,) if predicate == "cell" else token.value
        return _verdict(_decided(Claim(predicate, subject, value), facts), f"the {predicate}")
    if len(read) == 2 and read[1].kind == "density":
        return _verdict(_decided(Claim("density", subject, quantity=read[0].value), facts), "the density")
    return "unparsed", f"{answer}: no short answer that is known"


_PREDICATES = {"share": "share", "m2": "area", "px": "area", "cell": "cell", "axis": "axis", "spread": "spread"}


def _turned(asked: str, subjects: List[Subject]) -> List[Subject]:
    """Subject first: "in which direction from the pond is the car" names the other one before it."""
    return subjects[::-1] if re.search(r"\b(?:direction|way|side) (?:from|of) the\b", asked) else subjects


def _verdict(value: Optional[bool], what: str) -> Answer:
    return ("unparsed", what) if value is None else ("agree", "") if value else ("disagree", what)


