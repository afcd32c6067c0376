"""Which rows of the facts a claim's subject names, and what holds of all, of some or of none of them."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .types import Claim, Subject

Facts = Dict[str, Any]
SUPPORTED, CONTRADICTED, UNKNOWN = "supported", "contradicted", "unknown"
#: "about" allows this much more or less.
LOOSE = 0.15

Verdict = Tuple[str, str]


def fact(value: bool, why: str) -> Verdict:
    """Supported or contradicted."""
    return (SUPPORTED if value else CONTRADICTED), why


def within(claim: Claim, value: float) -> bool:
    """Whether a measured ``value`` is one that the claim's words allow."""
    loose = LOOSE * value if claim.about else 0.0
    return claim.amount.low - loose - 1e-9 <= value <= claim.amount.high + loose + 1e-9


def about(label: str, facts: Facts) -> Optional[Facts]:
    """Facts of a label: things before covers; None if it is not known whether there are any."""
    things = facts.get("things", {}).get(label)
    cover = facts.get("covers", {}).get(label)
    if things is not None and (things.get("complete", True) or cover is None):
        return things
    return cover


def members(subject: Subject, facts: Facts) -> Optional[List[Facts]]:
    """Rows that a subject names; None where they are not known one by one."""
    known = about(subject.label, facts)
    if known is None or (len(known["largest"]) < known["count"] and (subject.narrowed or subject.cells)):
        return None
    rows = list(known["largest"])
    if subject.colour:
        if any(not row.get("colour") for row in rows):
            return None
        rows = [row for row in rows if row["colour"] == subject.colour]
    if subject.cells:
        rows = [row for row in rows if row["where"] in subject.cells]
    if subject.rank:
        sizes = sorted({row["pixels"] for row in rows}, reverse=subject.rank > 0)
        ordered = sorted((row["pixels"] for row in rows), reverse=subject.rank > 0)
        wanted = ordered[abs(subject.rank) - 1:abs(subject.rank)]
        rows = [row for row in rows if sizes and wanted and row["pixels"] == wanted[0]]
    if subject.order[0]:
        rows = _ordered(rows, *subject.order)
    return rows


def _ordered(rows: List[Facts], number: int, side: str) -> List[Facts]:
    across = side in ("left", "right", "west", "east")
    backwards = side in ("right", "east", "bottom", "south")
    ordered = sorted((row for row in rows if "at" in row), key=lambda r: r["at"][0 if across else 1], reverse=backwards)
    return ordered[number - 1:number]


def each(fits: Sequence[bool], why: str) -> Verdict:
    """Of things that a definite phrase may mean: all fit, none fits, or it cannot be told which is meant."""
    if not fits:
        return CONTRADICTED, "there is none"
    if all(fits):
        return SUPPORTED, why
    return (UNKNOWN, "more than one may be meant") if any(fits) else (CONTRADICTED, why)


def of_rows(subject: Subject, facts: Facts, fits: Any) -> Verdict:
    """``fits(row)`` → True, False or None (not known) over the rows that ``subject`` names."""
    known, rows = about(subject.label, facts), members(subject, facts)
    if known is None or rows is None:
        return UNKNOWN, f"{subject.label} is not known one by one"
    if not rows and not known.get("complete", True):
        return UNKNOWN, f"not all {subject.label} are known"
    results = [fits(row) for row in rows]
    if any(result is None for result in results):
        return UNKNOWN, "not known of each"
    if results and not subject.definite and not subject.narrowed and not subject.many:
        return fact(any(results), "none does")
    return each(results, "as measured")
