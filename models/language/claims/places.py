"""Claims of how things lie to each other: direction, nearness, touching, distance."""

import math
from typing import Any, Optional

from .rows import CONTRADICTED, UNKNOWN, Facts, Verdict, about, fact, members, of_rows, within
from .types import Claim, Subject

#: Degrees to either side that a compass word and a plain side allow.
WIND_WIDTH, SIDE_WIDTH = 35.0, 60.0
#: Boxes at most this part of the view's longer side apart are near each other.
NEAR = 0.1


def _pairs(claim: Claim, other: Subject, facts: Facts, fits: Any) -> Verdict:
    """``fits(a, b)`` over the rows that subject and object name; None where one of them is not known one by one."""
    theirs = members(other, facts)
    known = about(other.label, facts)
    if theirs is None or known is None:
        return UNKNOWN, f"{other.label} is not known one by one"
    if not theirs:
        return (CONTRADICTED if known.get("complete", True) else UNKNOWN), f"there is no {other.label}"
    loose = other.many or not (other.definite or other.narrowed)

    def fit(row: Facts) -> Optional[bool]:
        results = [fits(row, their) for their in theirs if their is not row]
        if any(result is None for result in results) or not results:
            return None
        return any(results) if loose or all(results) == any(results) else None

    return of_rows(claim.named, facts, fit)


def towards(claim: Claim, facts: Facts) -> Verdict:
    """Where the subject lies as seen from the object."""
    (centre, compass), other = claim.object
    if compass and facts.get("frame") != "north":
        return UNKNOWN, "it is not known where north is"
    near = _nearest(claim.named, other, facts)
    if near is not None:
        wind = {"north": 0, "north-east": 45, "east": 90, "south-east": 135, "south": 180, "south-west": 225, "west": 270,
                "north-west": 315}.get(near["direction"])
        return (UNKNOWN, "no direction") if wind is None else fact(wind == centre, f"it lies {near['direction']}")
    width = WIND_WIDTH if compass else SIDE_WIDTH

    def fits(a: Facts, b: Facts) -> Optional[bool]:
        if "at" not in a or "at" not in b:
            return None
        extent = facts["extent"]
        across = (a["at"][0] - b["at"][0]) * (extent[2] - extent[0])
        up = (b["at"][1] - a["at"][1]) * (extent[3] - extent[1])
        return abs((math.degrees(math.atan2(across, up)) - centre + 180) % 360 - 180) <= width

    return _pairs(claim, other, facts, fits)


def _gap(a: Facts, b: Facts) -> Optional[float]:
    if "box" not in a or "box" not in b:
        return None
    (x0, y0, x1, y1), (u0, v0, u1, v1) = a["box"], b["box"]
    return math.hypot(max(0, x0 - u1, u0 - x1), max(0, y0 - v1, v0 - y1))


def near(claim: Claim, facts: Facts) -> Verdict:
    """Whether their boxes are close."""
    def fits(a: Facts, b: Facts) -> Optional[bool]:
        apart = _gap(a, b)
        return None if apart is None or "size" not in facts else apart <= NEAR * max(facts["size"])

    return _pairs(claim, claim.object, facts, fits)


def touching(claim: Claim, facts: Facts) -> Verdict:
    """Whether they share an edge; of boxes that meet it is not known."""
    near = _nearest(claim.named, claim.object, facts)
    if near is not None:
        return fact(near["touching"], f"{near['metres']} m apart")

    def fits(a: Facts, b: Facts) -> Optional[bool]:
        apart = _gap(a, b)
        return None if apart is None else False if apart > 0 else None

    return _pairs(claim, claim.object, facts, fits)


def distance(claim: Claim, facts: Facts) -> Verdict:
    """How far the nearest parts are."""
    near = _nearest(claim.named, claim.object, facts)
    return (UNKNOWN, "distance not known") if near is None else fact(within(claim, near["metres"]), f"{near['metres']} m")


def _nearest(subject: Subject, other: Subject, facts: Facts) -> Optional[Facts]:
    """The measured relation of the subject's member that is nearest to the other, if that is what is spoken of."""
    if subject.nearest != other.label:
        return None
    return facts.get("relations", {}).get(f"{subject.label} to {other.label}")
