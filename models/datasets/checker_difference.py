"""What an answer says of two images: every stated pair of figures is right, and no difference is left out."""

import re
from typing import Any, Dict, List, Tuple

from ..language.claims.tokens import tokens
from .checker_phrases import first_label
from .chip import Chip

_COUNTS = (
    re.compile(r"^there (?:is|are) (?P<now>\d[\d,]*) (?P<what>.+?) instead of (?P<was>\d[\d,]*)$"),
    re.compile(r"^the first image has (?P<was>\d[\d,]*) (?P<what>.+?), this one (?P<now>\d[\d,]*)$"),
)
_SHARES = (
    re.compile(r"^(?P<what>.+?) covers? (?P<now>.+? %|.+ %) of the ground instead of (?P<was>.+ %)$"),
    re.compile(r"^in the first image (?P<what>.+?) covers? (?P<was>.+? %) of the ground, here (?P<now>.+ %)$"),
)
_SAME_SHARE = 0.05


def difference_agrees(answer: str, now: Dict[str, Any], was: Dict[str, Any], chip: Chip) -> Tuple[str, str]:
    """(verdict, reason). Counted: labels of which both images know all. Shares: covers that both know, 5 points apart."""
    told = set()
    none = answer.startswith("Nothing that I can count differs")
    for sentence in [] if none else re.split(r"(?<=[.])\s+(?=[A-Z])", answer.strip()):
        text = sentence.rstrip(".").lower()
        verdict, label = _one(text, now, was, chip)
        if verdict != "agree":
            return verdict, sentence
        told.add(label)
    missing = [label for label in _differing(now, was) if label not in told]
    return ("disagree", f"{', '.join(missing)} left out") if missing else ("agree", "")


def _one(text: str, now: Dict[str, Any], was: Dict[str, Any], chip: Chip) -> Tuple[str, str]:
    for pattern in _COUNTS:
        found = pattern.match(text)
        if found:
            label = first_label(found["what"], chip)[0]
            if not label or label not in was["things"] or label not in now["things"]:
                return "unparsed", ""
            said = [int(found[name].replace(",", "")) for name in ("now", "was")]
            return ("agree" if said == [facts["things"][label]["count"] for facts in (now, was)] else "disagree"), label
    for pattern in _SHARES:
        found = pattern.match(text)
        if found:
            label = first_label(found["what"], chip)[0]
            if not label:
                return "unparsed", ""
            fits = [_share_fits(found["now"], now, label), _share_fits(found["was"], was, label)]
            return ("agree" if all(fits) else "disagree"), label
    return "unparsed", ""


def _share_fits(text: str, facts: Dict[str, Any], label: str) -> bool:
    read = tokens(text, facts)
    value = _known(facts).get(label, {}).get("share")
    return value is not None and len(read) == 1 and read[0].kind == "share" and (
        read[0].value.low - 1e-9 <= value <= read[0].value.high + 1e-9
    )


def _known(facts: Dict[str, Any]) -> Dict[str, Any]:
    return {**facts["covers"], **{label: thing for label, thing in facts["things"].items() if thing["complete"]}}


def _differing(now: Dict[str, Any], was: Dict[str, Any]) -> List[str]:
    here, there = _known(now), _known(was)
    found = []
    for label in set(here) & set(there):
        counted = [facts[label]["countable"] for facts in (here, there)]
        if all(counted):
            if here[label]["count"] != there[label]["count"]:
                found.append(label)
        elif not any(counted) and abs(here[label]["share"] - there[label]["share"]) >= _SAME_SHARE:
            found.append(label)
    return sorted(found)
