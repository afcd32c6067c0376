"""Chooses the candidates that a phrase fits, and says what none of them fits."""

import math
from dataclasses import dataclass
from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np

from .candidates import SIDES, WINDS, Candidate, Landmark, Plane, thing_of
from .phrase import Referring
from .words import COLOURS

#: "Near": boxes at most this share of the view's longer side apart (as the training phrases mean it), and at most so far.
NEAR, NEAR_METRES = 0.1, 100.0
#: "Large" and "small" among several: this many times the middle size, or the middle size divided by it.
MUCH = 1.5
#: Half widths in degrees of a side: strict, then as people also say it where nothing lies there.
_STRICT = {8: 22.5, 4: 45.0}
_WIDE = 67.5
#: (candidate, landmark's label) → pixels between their grounds, where that is known better than from boxes.
Exact = Callable[[Candidate, str], float]


@dataclass(frozen=True)
class Selection:
    """``chosen``: what fits, as the phrase orders it, else largest first. ``of``: how many of the class there are.

    ``missing``: what nothing fits, "" if something does: "class", "landmark", "colour", "size", "cell", "relation",
    "order", "rank" or "area"; ``landmark``: label that is missing.
    """

    chosen: Tuple[Candidate, ...]
    of: int
    missing: str = ""


def select(
    phrase: Referring, candidates: Sequence[Candidate], others: Sequence[Candidate], ground: Optional[Landmark], plane: Plane,
    exact: Optional[Exact] = None,
) -> Selection:
    """The ``candidates`` (of the phrase's class) that it fits.

    ``others``: candidates of its landmark's class; ``ground``: all of that class as one piece of ground where it is a
    cover that has no single things, else None.
    """
    left: List[Candidate] = list(candidates)
    if not left:
        return Selection((), 0, "class")
    for name, narrow in _steps(phrase, others, ground, plane, exact):
        left = narrow(left)
        if not left:
            missing = "landmark" if name == "relation" and not others else name
            return Selection((), len(candidates), missing)
    return Selection(tuple(left), len(candidates))


def _steps(
    phrase: Referring, others: Sequence[Candidate], ground: Optional[Landmark], plane: Plane, exact: Optional[Exact]
) -> List[Tuple[str, Callable[[List[Candidate]], List[Candidate]]]]:
    """What narrows, in the order in which a phrase is meant: orders and ranks are among those that fit the rest."""
    steps: List[Tuple[str, Callable[[List[Candidate]], List[Candidate]]]] = []
    low, high = phrase.limits
    if low is not None or high is not None:
        steps.append(("area", lambda left: [c for c in left if _within(c.area_m2, low, high)]))
    if phrase.colour:
        wanted = COLOURS.get(phrase.colour, (phrase.colour,))
        steps.append(("colour", lambda left: [c for c in left if c.colour in wanted]))
    if phrase.cells is not None:
        steps.append(("cell", lambda left: _in_cells(left, phrase)))
    if phrase.relation and phrase.other is not None:
        steps.append(("relation", lambda left: _related(left, phrase, others, ground, plane, exact)))
    if phrase.order[0]:
        steps.append(("order", lambda left: _ordered(left, phrase.order)))
    if phrase.rank:
        steps.append(("rank", lambda left: _ranked(left, phrase.rank, phrase.number)))
    if phrase.size:
        steps.append(("size", lambda left: _sized(left, phrase)))
    return steps


def _within(area: Optional[float], low: Optional[float], high: Optional[float]) -> bool:
    return area is not None and (low is None or area >= low) and (high is None or area <= high)


def _in_cells(left: List[Candidate], phrase: Referring) -> List[Candidate]:
    """In the cell that has the name; if none is, in the strip that people also mean by it."""
    right_there = [c for c in left if c.cell == phrase.exact]
    if right_there and not phrase.many and not phrase.rank:
        return right_there
    return [c for c in left if phrase.cells is not None and c.cell in phrase.cells]


def _ordered(left: List[Candidate], order: Tuple[int, str]) -> List[Candidate]:
    number, side = order
    axis = 0 if side in ("left", "right", "west", "east") else 1
    sign = -1 if side in ("right", "east", "bottom", "south") else 1
    return sorted(left, key=lambda c: sign * c.at[axis])[number - 1:number]


def _ranked(left: List[Candidate], rank: int, number: int) -> List[Candidate]:
    sign = -1 if rank > 0 else 1
    sized = sorted(left, key=lambda c: (sign * c.pixels, c.index))
    return sized[:number] if number > 1 else sized[abs(rank) - 1:abs(rank)]


def _sized(left: List[Candidate], phrase: Referring) -> List[Candidate]:
    """"The large one" is the largest of those that fit the rest; "large ones" are much larger than the middle one."""
    sign = -1 if phrase.size == "large" else 1
    if not phrase.many:
        return sorted(left, key=lambda c: (sign * c.pixels, c.index))[:1]
    middle = float(np.median([c.pixels for c in left]))
    if phrase.size == "large":
        return [c for c in left if c.pixels >= MUCH * middle]
    return [c for c in left if c.pixels <= middle / MUCH]


def _related(
    left: List[Candidate], phrase: Referring, others: Sequence[Candidate], ground: Optional[Landmark], plane: Plane,
    exact: Optional[Exact],
) -> List[Candidate]:
    if not others:
        return []
    places = {c.index: _landmark(c, others, ground) for c in left}
    if phrase.relation in ("nearest", "farthest"):
        return _by_distance(left, phrase, others[0].label, places, exact)
    if phrase.relation in ("near", "on"):
        most = 1.0 if phrase.relation == "on" else near_pixels(plane)
        return [c for c in left if places[c.index].gap(c.box) <= most]
    return _towards(left, phrase.relation, places, plane)


def _landmark(candidate: Candidate, others: Sequence[Candidate], ground: Optional[Landmark]) -> Landmark:
    """The ground of a cover as a whole; of things the one that is nearest to the candidate."""
    if ground is not None:
        return ground
    return min((thing_of(other) for other in others), key=lambda place: place.gap(candidate.box))


def near_pixels(plane: Plane) -> float:
    """How many pixels apart is still near."""
    most = NEAR * max(plane.size)
    return min(most, NEAR_METRES / plane.gsd) if plane.gsd else most


def _towards(left: List[Candidate], relation: str, places: Dict[int, Landmark], plane: Plane) -> List[Candidate]:
    """Those that lie in that direction as seen from the landmark."""
    centre = WINDS.get(relation, SIDES.get(relation, 0.0))
    strict = _STRICT[8] if relation in WINDS and plane.north else _STRICT[4]
    off: Dict[int, float] = {}
    for c in left:
        angle = plane.heading(places[c.index].nearest(c.centre), c.centre)
        off[c.index] = 180.0 if math.isnan(angle) else abs((angle - centre + 180) % 360 - 180)
    fits = [c for c in left if off[c.index] <= strict]
    return fits or [c for c in left if off[c.index] <= _WIDE]


def _by_distance(
    left: List[Candidate], phrase: Referring, label: str, places: Dict[int, Landmark], exact: Optional[Exact]
) -> List[Candidate]:
    """The nearest (farthest) one. Boxes are never farther than what they hold: the best few by box are measured exactly."""
    sign = 1 if phrase.relation == "nearest" else -1
    boxes = sorted(left, key=lambda c: (sign * places[c.index].gap(c.box), sign * math.dist(
        places[c.index].nearest(c.centre), c.centre)))
    if phrase.many and not phrase.order[0]:
        return boxes[:max(1, phrase.number)]
    if exact is None or sign < 0:
        return boxes[:1]
    best, least = boxes[0], math.inf
    for c in boxes:
        if places[c.index].gap(c.box) >= least:
            break
        measured = exact(c, label)
        if measured < least:
            best, least = c, measured
    return [best]

