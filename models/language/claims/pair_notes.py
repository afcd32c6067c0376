"""Sentences about two dates that speak of the method: what is unknown, how sure the model is, what a scale allows."""

import re
from typing import Any, Dict, Optional, Tuple

from .alignment import ALIGNMENT_NOTES, judge_alignment
from .pair_types import ANY, Event, PairClaim
from .rows import CONTRADICTED, SUPPORTED, Verdict, fact
from .types import Amount

_SHARE = r"(less than 0\.1|more than 99|\d+(?:\.\d+)?) %"
#: What is said, and the figures of the facts that its shares are of, in order; none: it holds of every answer.
_NOTES: Tuple[Tuple[str, Tuple[str, ...]], ...] = (
    (rf"(?:about )?{_SHARE} of .*\b(?:not known|unknown|could not be read|no data|missing)\b.*", ("unknown",)),
    (r"on places it never saw in training,.*", ("validation",)),
    (r"touching buildings that changed together count as one\.?", ()),
    (r"the changes point the other way: take both as rough\.?", ("opposed",)),
    (r"the image has no scale: .*", ("no scale",)),
    (r"a pixel is .* on the ground, (?:coarser|finer) than .*", ("scale",)),
    (r"i see no \w* ?(?:largest|smallest) change.*", ("nothing left",)),
    (r"i see no change in any cell\.?", ("nothing left",)),
    *ALIGNMENT_NOTES,
)


def note(sentence: str, covers: Tuple[str, ...] = ()) -> Optional[PairClaim]:
    """The claim of a sentence about the method; None for any other sentence. ``covers``: of which was spoken before."""
    plain = sentence.strip().lower()
    for pattern, keys in _NOTES:
        if re.fullmatch(pattern, plain):
            return PairClaim("note", Event("changed", covers or (ANY,)), cells=(plain,), basis=keys[0] if keys else "")
    return None


def judge_note(claim: PairClaim, facts: Dict[str, Any]) -> Verdict:
    """Whether the figures of a note are those of the facts."""
    plain = claim.cells[0]
    if claim.basis.startswith("alignment"):
        return judge_alignment(claim.basis, plain, facts)
    if claim.basis == "unknown":
        values = [facts["unreadable"]["share"]] if "could not be read" in plain and "about" in plain else [
            facts["unknown"]["share"]]
        return fact(_shares_are(plain, values), f"{facts['unknown']['share']:.4f} is unknown")
    if claim.basis == "validation":
        figures = facts.get("validation") or {}
        known = [value for value in figures.values() if isinstance(value, (int, float))]
        said = _shares(plain)
        return fact(bool(said) and all(any(low <= value <= high for value in known) for low, high in said), "the card differs")
    if claim.basis == "no scale":
        return fact(facts["gsd"] is None, "there is a scale")
    if claim.basis == "scale":
        if facts["gsd"] is None or facts["in_range"]:
            return CONTRADICTED, "the scale is one that the model knows"
        coarser = facts["gsd"] > facts["gsd_range"][1]
        return fact(("coarser" in plain) == coarser, "the scale lies on the other side")
    if claim.basis == "nothing left":
        return fact(not facts["changed"]["count"], "there is one")
    if claim.basis == "opposed":
        return fact(any(_opposed(facts["covers"].get(name)) for name in claim.event.covers), "they point the same way")
    return SUPPORTED, ""


def _opposed(cover: Optional[Dict[str, Any]]) -> bool:
    """Whether a cover's changes and its two dates point different ways."""
    if cover is None:
        return False
    moved, grown = (cover[b]["pixels"] - cover[a]["pixels"] for a, b in (("removed", "added"), ("before", "after")))
    return moved * grown < 0


def _shares(text: str) -> Tuple[Tuple[float, float], ...]:
    limits = []
    for said in re.findall(_SHARE, text):
        if said in ("less than 0.1", "more than 99"):
            limits.append((0.0, 0.001) if said[0] == "l" else (0.99, 1.0))
            continue
        half = 0.5 * 10.0 ** -(len(said.split(".")[1]) if "." in said else 0)
        limits.append(((float(said) - half) / 100 - 1e-9, (float(said) + half) / 100 + 1e-9))
    return tuple(limits)


def _shares_are(text: str, values: Any) -> bool:
    return all(low <= value <= high for (low, high), value in zip(_shares(text), values))


def within(amount: Amount, value: float, loose: float = 0.0) -> bool:
    """Whether ``value`` is one that the words of ``amount`` allow."""
    return amount.low - loose - 1e-9 <= value <= amount.high + loose + 1e-9
