"""What is asked, as the voice needs it: whether it may answer, with which expert, and when it has answered."""

import re
from dataclasses import dataclass
from typing import Any, Dict, Optional, Sequence, Tuple

from ..language.claims.types import Claim, Subject
from ..language.decoder import NO_EXPERT
from ..language.prompting import EXPERTS
from ..router import Intent

Facts = Dict[str, Any]
#: Kinds of question that need no thing named. A list is none of them: only rules name all there is.
OPEN = ("caption", "scene")
#: What a claim must say of a thing asked about.
_NEEDED = {
    "presence": ("present", "count", "cell", "share", "area", "spread"), "count": ("count",), "area": ("area",),
    "share": ("share",), "where": ("cell", "spread", "towards", "near"), "compare": ("count", "share", "area"),
    "distance": ("distance", "near", "touching", "towards"),
}
_THEME, _OBJECTS, _RELATIONS = range(len(EXPERTS))
_EXPERTS = {"scene": _THEME, "presence": _OBJECTS, "count": _OBJECTS, "where": _OBJECTS, "compare": _RELATIONS,
            "distance": _RELATIONS}
_RELATIVE = re.compile(r"\b(?:relative|relation|respect|compared|seen from|side of|way from|direction from)\b")
_MEASURED = re.compile(r"\bhow (?:far|close)\b|\bdistance\b", re.IGNORECASE)
_BY_GROUND = re.compile(r"\b(?:ground|area|cover|covers|covered|larger|bigger|smaller|space|room)\b", re.IGNORECASE)
_BY_NUMBER = re.compile(r"\b(?:many|number|numerous|fewer|count|outnumber)\b", re.IGNORECASE)
_BUILT_UP = re.compile(r"\b(?:urban|rural|natural|built)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:no|not|none|never|without|neither)\b|n't\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """``kind``: as routed; ``labels``: what is asked about; ``text``: the question as it was put."""

    kind: str
    labels: Tuple[str, ...]
    text: str

    @classmethod
    def of(cls, intent: Intent, text: str) -> "Asked":
        """What ``intent`` asks for."""
        labels = tuple(dict.fromkeys(label for concept in intent.concepts for label in concept.covers))
        return cls(intent.kind, () if intent.kind in OPEN else labels, text)

    @property
    def expert(self) -> int:
        """The adapter that answers such questions, ``NO_EXPERT`` for none of them."""
        if self.kind == "where" and (len(self.labels) > 1 or _RELATIVE.search(self.text.lower())):
            return _RELATIONS
        return _EXPERTS.get(self.kind, NO_EXPERT)

    @property
    def negated(self) -> bool:
        """True if the question itself says no, so that a bare yes could mean either."""
        return _NEGATED.search(self.text) is not None


def left_to_composing(intent: Intent, text: str, facts: Facts) -> str:
    """Why the voice does not answer such a question, "" if it does.

    Whole-view facts are what sentences are checked against; what narrows them is answered by the selection itself.
    """
    narrowing = intent.narrowing
    if facts.get("tuned"):
        return "it is about a class that was tuned on a layer"
    if intent.kind not in OPEN and intent.kind not in _NEEDED:
        return f"questions of the kind “{intent.kind}” are answered by what was measured"
    if narrowing.cells is not None or narrowing.rank or narrowing.min_area is not None or narrowing.max_area is not None:
        return "the question asks about a part, by size, rank or place"
    if intent.kind not in OPEN and any(concept.narrow or not concept.covers for concept in intent.concepts):
        return "the words mean less, or something else, than what is measured"
    if intent.kind not in OPEN and not intent.concepts:
        return "the question is about the region itself"
    if intent.kind == "scene" and _BUILT_UP.search(text):
        return "how built-up a place is, is measured"
    if intent.kind in OPEN and facts["undecided"]["share"] >= 0.5:
        return "for most of the ground the cover cannot be told"
    return ""


def answered(asked: Asked, claims: Sequence[Claim]) -> bool:
    """Whether supported ``claims`` answer: of each thing asked about something of the kind that was asked for."""
    if asked.kind in OPEN:
        return any(asked.kind != "scene" or claim.predicate == "scene" for claim in claims)
    if asked.kind == "compare" and any(_compares(asked, claim) for claim in claims):
        return True
    if asked.kind == "compare":
        bases = ("area", "share") if _BY_GROUND.search(asked.text) else _NEEDED["compare"]
        return any(all(_tells(claims, label, (basis,)) for label in asked.labels) for basis in bases)
    needed = ("distance",) if asked.kind == "distance" and _MEASURED.search(asked.text) else _NEEDED[asked.kind]
    return bool(asked.labels) and all(_tells(claims, label, needed) for label in asked.labels)


def said_rightly(asked: Asked, yes: bool, facts: Facts) -> Optional[bool]:
    """Whether a leading yes or no fits the facts; None where it cannot be told what it would mean."""
    if asked.kind != "presence" or len(asked.labels) != 1 or asked.negated:
        return None
    label = asked.labels[0]
    known = facts.get("things", {}).get(label) or facts["covers"].get(label)
    return None if known is None else bool(known["present"]) == yes


def _tells(claims: Sequence[Claim], label: str, predicates: Sequence[str]) -> bool:
    return any(_about(claim, label) and (_denies(claim) or _says(claim, predicates)) for claim in claims)


def _about(claim: Claim, label: str) -> bool:
    other = claim.object[2] if claim.predicate == "more" else claim.object
    if isinstance(other, tuple) and other and isinstance(other[-1], Subject):
        other = other[-1]
    named = [side for side in (claim.subject, other) if isinstance(side, Subject)]
    return any(side.label == label for side in named)


def _denies(claim: Claim) -> bool:
    """There is none at all."""
    return claim.predicate == "present" and not claim.polarity and not (claim.named.narrowed or claim.named.cells)


def _says(claim: Claim, predicates: Sequence[str]) -> bool:
    subject = claim.subject
    if subject is None:
        return False
    if "cell" in predicates and claim.predicate in ("present", "count") and subject.cells and claim.polarity:
        return not subject.narrowed
    if claim.predicate in ("count", "area", "share", "present") and (subject.narrowed or subject.cells):
        return claim.predicate == "present" and "present" in predicates and claim.polarity
    return claim.predicate in predicates


def _compares(asked: Asked, claim: Claim) -> bool:
    if claim.predicate != "more" or not all(_about(claim, label) for label in asked.labels):
        return False
    basis = claim.object[1]
    if _BY_GROUND.search(asked.text):
        return bool(basis == "area")
    return bool(basis == "n") if _BY_NUMBER.search(asked.text) else True
