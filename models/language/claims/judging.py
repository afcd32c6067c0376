"""Checks what a language model says: sentences to typed claims, claims against facts. Knows no generator of sentences."""

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from .pair_cutting import PairReading
from .pair_reading import read_pair_sentence
from .pair_truth import pair_truth
from .pair_types import PairClaim
from .reading import Reading, read_sentence
from .truth import CONTRADICTED, SUPPORTED, UNKNOWN, truth
from .types import Claim, Subject

BLOCKED = "blocked"
#: Names of the parts of a detailed caption, which stand before its lines.
_HEAD = re.compile(r"^(?:theme|objects|relations):\s*", re.IGNORECASE)
#: Between sentences about two dates, of which many begin with a number.
_NEXT = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d“])|\n+")
_END = re.compile(r"(?<=[.!?])\s+(?=[^\d\s])|\n+")


@dataclass(frozen=True)
class Judged:
    """One sentence. ``verdict``: supported, contradicted, unknown (the facts are silent) or blocked (not understood)."""

    sentence: str
    verdict: str
    reason: str
    claims: Tuple[Claim, ...] = ()


def claims_of(text: str, facts: Dict[str, Any]) -> List[Claim]:
    """All claims of ``text``; what it could not read is left out (see :func:`judge`)."""
    return [claim for judged in judge(text, facts) for claim in judged.claims]


def judge(text: str, facts: Dict[str, Any], subject: Optional[Subject] = None) -> List[Judged]:
    """A verdict on each sentence of ``text`` against ``facts`` (of a view; "things" by label where they are known).

    One contradicted claim makes a sentence contradicted, else one unknown makes it unknown. A sentence with a word that
    is neither understood nor known to be silent is blocked. ``subject``: what a first "it" means.
    """
    judged = []
    for sentence in sentences(text):
        reading = read_sentence(sentence, facts, subject)
        subject = reading.subject
        judged.append(_verdict(sentence, reading, facts))
    return judged


def sentences(text: str) -> List[str]:
    """The sentences of ``text``, without empty ones and the names of a caption's parts."""
    parts = (_HEAD.sub("", part.strip()) for part in _END.split(text))
    return [part for part in parts if part.strip(" .")]


@dataclass(frozen=True)
class JudgedChange:
    """As :class:`Judged`, for a sentence about two dates."""

    sentence: str
    verdict: str
    reason: str
    claims: Tuple[PairClaim, ...] = ()


def judge_changes(text: str, facts: Dict[str, Any], yes_is_change: Optional[bool] = None) -> List[JudgedChange]:
    """A verdict on each sentence of ``text`` against ``facts`` of a pair, as :func:`judge` has them.

    ``yes_is_change``: what an opening yes means to the question: that something changed, that nothing did, None: not known.
    """
    judged: List[JudgedChange] = []
    before: Optional[PairReading] = None
    for sentence in (part for part in _NEXT.split(text) if part.strip(" .")):
        before = reading = read_pair_sentence(sentence, facts, before)
        claims = tuple(reading.claims)
        if reading.unread:
            judged.append(JudgedChange(sentence, BLOCKED, f"cannot read {', '.join(reading.unread)}", claims))
            continue
        verdicts = [pair_truth(claim, facts, yes_is_change) for claim in claims]
        worst = next((one for wanted in (CONTRADICTED, UNKNOWN) for one in verdicts if one[0] == wanted), (SUPPORTED, ""))
        judged.append(JudgedChange(sentence, *worst, claims))
    return judged


def _verdict(sentence: str, reading: Reading, facts: Dict[str, Any]) -> Judged:
    claims = tuple(reading.claims)
    if reading.unread:
        return Judged(sentence, BLOCKED, f"cannot read {', '.join(reading.unread)}", claims)
    first = claims[0] if claims else None
    if reading.said is not None and first is not None and first.predicate in ("present", "count"):
        there = first.polarity and (first.quantity is None or first.quantity.low > 0)
        # "No, 3 cars and 5 ships" may answer which are more; of one label it contradicts itself.
        labels = {claim.subject.label if claim.subject else "" for claim in claims}
        if there != reading.said and len(labels) == 1 and all(c.predicate in ("present", "count", "cell") for c in claims):
            return Judged(sentence, CONTRADICTED, "it says yes and no", claims)
    verdicts = [truth(claim, facts) for claim in claims]
    for wanted in (CONTRADICTED, UNKNOWN):
        for verdict, why in verdicts:
            if verdict == wanted:
                return Judged(sentence, wanted, why, claims)
    if not claims:
        return Judged(sentence, UNKNOWN, "it claims nothing by itself", claims)
    return Judged(sentence, SUPPORTED, "", claims)
