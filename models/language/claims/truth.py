"""Whether a claim agrees with facts: supported, contradicted or unknown, with the reason."""

import math
from typing import Any, Dict

from ...concepts import lexicon
from .places import distance, near, touching, towards
from .rows import (
    CONTRADICTED,
    LOOSE,
    SUPPORTED,
    UNKNOWN,
    Facts,
    Verdict,
    about,
    each,
    fact,
    members,
    of_rows,
    within,
)
from .types import Claim, Subject


def truth(claim: Claim, facts: Facts) -> Verdict:
    """The verdict on ``claim`` and why; ``facts``: of a view, with "things" by label where they are known."""
    verdict, why = _JUDGES[claim.predicate](claim, facts)
    if not claim.polarity and claim.predicate != "present":
        verdict = {SUPPORTED: CONTRADICTED, CONTRADICTED: SUPPORTED}.get(verdict, verdict)
    return verdict, why


def _present(claim: Claim, facts: Facts) -> Verdict:
    subject = claim.named
    known = about(subject.label, facts)
    if known is None:
        return UNKNOWN, f"{subject.label} is not among the facts"
    here = bool(known["present"])
    if here and subject.cells and not subject.narrowed:
        here = any(cell["where"] in subject.cells for cell in known["cells"])
    elif here and subject.narrowed:
        rows = members(subject, facts)
        if rows is None or subject.nearest:
            return (UNKNOWN, "members not known") if not subject.nearest else fact(claim.polarity, "is there")
        here = bool(rows)
    if not here and not known.get("complete", True):
        return UNKNOWN, f"not all {subject.label} are known"
    if not here and not claim.polarity and known["count_interval"][1] > 0 and not known["present"]:
        return UNKNOWN, "lower scores show some"
    return fact(here == claim.polarity, f"{subject.label} {'is' if here else 'is not'} there")


def _count(claim: Claim, facts: Facts) -> Verdict:
    known = about(claim.named.label, facts)
    if known is None or not known.get("complete", True):
        return UNKNOWN, "its number is not known"
    number = known["count"]
    if claim.named.narrowed or claim.named.cells:
        rows = members(claim.named, facts)
        if rows is None:
            return UNKNOWN, "members not known"
        number = len(rows)
    elif not known["countable"] and known["present"] and claim.named.label in ("building", "tree"):
        return UNKNOWN, "cannot be told apart"
    low, high = number, number
    if claim.about:
        low, high = min(known["count_interval"][0], math.floor(number * (1 - LOOSE))), max(
            known["count_interval"][1], math.ceil(number * (1 + LOOSE)))
    return fact(claim.amount.low <= high and low <= claim.amount.high, f"there are {number}")


def _share(claim: Claim, facts: Facts) -> Verdict:
    known = about(claim.named.label, facts)
    if known is None or not known.get("complete", True) or claim.named.narrowed:
        return UNKNOWN, "its share is not known"
    return fact(within(claim, known["share"]), f"its share is {known['share']:.4f}")


def _area(claim: Claim, facts: Facts) -> Verdict:
    subject = claim.named
    key = "pixels" if claim.amount.unit == "px" else "area_m2"
    known = about(subject.label, facts)
    if known is None:
        return UNKNOWN, "its area is not known"
    values = [known[key]]
    if subject.narrowed or (subject.definite and known["count"] == 1):
        rows = members(subject, facts)
        if rows is None:
            return UNKNOWN, "members not known"
        values = [row[key] for row in rows]
    elif not known.get("complete", True):
        return UNKNOWN, "not all are known"
    if any(value is None for value in values):
        return UNKNOWN, "without a scale"
    return each([within(claim, value) for value in values], f"measures {values}")


def _cell(claim: Claim, facts: Facts) -> Verdict:
    subject = claim.named
    known = about(subject.label, facts)
    if known is None:
        return UNKNOWN, f"{subject.label} is not among the facts"
    if not known["present"]:
        return CONTRADICTED, "there is none"
    if subject.narrowed or (not subject.many and known["count"] > 0 and subject.label in facts.get("things", {})):
        # Of a single thing, its middle and most of its pixels may lie in two cells.
        most = {known["cells"][0]["where"]} if known["count"] == 1 and not subject.narrowed else set()
        return of_rows(subject, facts, lambda row: bool({row["where"], *most} & set(claim.object)))
    held = {cell["where"]: cell["share"] for cell in known["cells"]}
    fullest = max(held.values())
    named = [held.get(cell, 0.0) for cell in claim.object]
    # Two cells may hold the same; a further one named must hold enough to be worth it.
    return fact(max(named) >= fullest - 1e-9 and min(named) >= 0.05, f"most lies in {known['cells'][0]['where']}")


def _colour(claim: Claim, facts: Facts) -> Verdict:
    return of_rows(claim.named, facts, lambda row: row["colour"] == claim.object if row.get("colour") else None)


def _rank(claim: Claim, facts: Facts) -> Verdict:
    subject = claim.named
    ranked = members(Subject(subject.label, rank=claim.object), facts)
    return of_rows(subject, facts, lambda row: None if ranked is None else row in ranked)


def _axis(claim: Claim, facts: Facts) -> Verdict:
    return of_rows(claim.named, facts, lambda row: row["axis"] == claim.object if "axis" in row else None)


def _more(claim: Claim, facts: Facts) -> Verdict:
    sign, basis, other = claim.object
    first, second = about(claim.named.label, facts), about(other.label, facts)
    if first is None or second is None or not (first.get("complete", True) and second.get("complete", True)):
        return UNKNOWN, "one of them is not known"
    values = []
    for subject, known in ((claim.named, first), (other, second)):
        if not (subject.narrowed or (subject.definite and basis == "area")):
            values.append(known["count"] if basis == "n" else known["pixels"])
            continue
        rows = members(subject, facts)
        if rows is None or (basis == "area" and len(rows) != 1):
            return UNKNOWN, "members not known"
        values.append(len(rows) if basis == "n" else rows[0]["pixels"])
    difference = values[0] - values[1]
    return fact((difference > 0) - (difference < 0) == sign, f"{values[0]} against {values[1]}")


def _scene(claim: Claim, facts: Facts) -> Verdict:
    scenes = [s for s in facts.get("scenes", ()) if s["probability"] >= 0.2]
    if not scenes:
        return UNKNOWN, "the kind of place is not known"
    return fact(any(_same_scene(claim.object, s["word"]) for s in scenes), f"it looks like {scenes[0]['word']}")


def _same_scene(said: str, word: str) -> bool:
    forms = {word.lower(), lexicon().scene_said.get(word, word).lower()}
    forms |= {form.split(" ", 1)[1] for form in forms if form.startswith(("a ", "an "))}
    concept = lexicon().get(said.split())
    return said in forms or (concept is not None and word in concept.scenes)


def _spread(claim: Claim, facts: Facts) -> Verdict:
    known = about(claim.named.label, facts)
    if known is None or not known.get("complete", True):
        return UNKNOWN, "not all are known"
    return fact(len(known["cells"]) == claim.object, f"{len(known['cells'])} cells hold some")


def _density(claim: Claim, facts: Facts) -> Verdict:
    known, area = about(claim.named.label, facts), facts["region"]["area_m2"]
    if known is None or not known.get("complete", True) or not area:
        return UNKNOWN, "without a scale"
    value = known["count"] / area * 1e4
    said = (claim.amount.low + claim.amount.high) / 2
    return fact(abs(value - said) <= 0.006 * value + (claim.amount.high - claim.amount.low) / 2, f"{value} per hectare")


_JUDGES: Dict[str, Any] = {
    "present": _present, "count": _count, "share": _share, "area": _area, "cell": _cell, "colour": _colour, "rank": _rank,
    "axis": _axis, "towards": towards, "near": near, "touching": touching, "distance": distance, "more": _more,
    "scene": _scene, "spread": _spread, "density": _density,
}
