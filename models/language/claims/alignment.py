"""Sentences about how two dates were laid on each other, read back and judged by their facts."""

import re
from typing import Any, Dict, Tuple

from .rows import Verdict, fact

#: What is said (lower case), and what it is judged by.
ALIGNMENT_NOTES: Tuple[Tuple[str, Tuple[str, ...]], ...] = (
    (r"the “(?:before|after)” image lay \d.* beside the other and was moved onto it.*", ("alignment shift",)),
    (r"the light of the two images was matched\.?", ("alignment light",)),
    (r"the “(?:before|after)” image was averaged from .* a pixel, since .*", ("alignment scale",)),
    (r"one image has no colour, so both were compared in grey\.?", ("alignment grey",)),
    (r"the images share .* of “before” and .* of “after”\.?", ("alignment overlap",)),
)


def judge_alignment(basis: str, plain: str, facts: Dict[str, Any]) -> Verdict:
    """Whether a sentence of :data:`ALIGNMENT_NOTES` says what the facts do. ``plain``: in lower case."""
    found = facts.get("alignment")
    if found is None:
        return fact(False, "nothing is known of how the dates were laid on each other")
    named = re.findall(r"“(\w+)”", plain)
    if basis == "alignment light":
        return fact(found["light"]["applied"], "the light was left as it is")
    if basis == "alignment grey":
        return fact(found["grey"], "both have colour, or neither")
    if basis == "alignment overlap":
        return fact(all(_near(said, found["overlap"][date] * 100) for said, date in zip(_numbers(plain), named)), "it differs")
    if basis == "alignment scale":
        sizes = found["native_gsd"]
        known = None not in sizes.values()
        return fact(known and sizes[named[0]] < sizes[named[1]], "the other image is the finer")
    shift = found["shift"]
    right = shift["applied"] and shift["date"] == named[0] and _near(_numbers(plain)[0], shift["pixels"])
    return fact(right and ("light" not in plain or found["light"]["applied"]), "the shift is another")


def _numbers(text: str) -> Tuple[float, ...]:
    return tuple(float(number) for number in re.findall(r"\d+(?:\.\d+)?", text))


def _near(said: float, true: float) -> bool:
    return abs(said - true) <= max(0.051, 0.5 if said >= 10 else 0.0)
