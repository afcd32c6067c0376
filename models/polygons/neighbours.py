"""Right angles taken back where they would reach into another outline, or into another ring of their own."""

from typing import List, Optional

import numpy as np

from ..cancel import CancelToken
from .crossings import meeting_segments
from .outline import Outline
from .pairs import points_in_boxes


def keep_apart(outlines: List[Outline], others: bool, cancel: Optional[CancelToken] = None) -> int:
    """Take ``square`` from outlines until none meets another (``others``) or itself; how many lost it.

    Outlines without right angles are apart already, so this ends. Raises Cancelled.
    """
    lost = 0
    while True:
        if cancel is not None:
            cancel.raise_if_cancelled()
        bad = _meeting(outlines, others)
        if not bad.any():
            bad = _holding(outlines, others)
        if not bad.any():
            return lost
        for number in np.flatnonzero(bad).tolist():
            outlines[number].square = None
            lost += 1


def _meeting(outlines: List[Outline], others: bool) -> np.ndarray:
    one, two, ends, owner = _segments(outlines)
    square = np.array([outline.square is not None for outline in outlines])
    overlap = np.array([1.0 if o.square is None else o.square.overlap for o in outlines])
    bad = np.zeros(len(outlines), bool)
    for i, j in meeting_segments(one, two, ends):
        i, j = owner[i], owner[j]
        concerned = (square[i] | square[j]) if others else (square[i] & (i == j))
        i, j = i[concerned], j[concerned]
        # Of two with right angles the one that fits its mask less well gives way.
        first = square[i] & (~square[j] | (overlap[i] <= overlap[j]))
        bad[np.where(first, i, j)] = True
    return bad


def _segments(outlines: List[Outline]) -> tuple:
    """Ends, numbers of the ends' places and owner of every edge; places of right angles have numbers of their own."""
    fresh = -1
    ones, twos, ends, owners = [], [], [], []
    for number, outline in enumerate(outlines):
        for place, ring in enumerate(outline.shown):
            if outline.square is None:
                numbers = outline.places[place]
            else:
                numbers = np.arange(fresh, fresh - len(ring), -1)
                fresh -= len(ring)
            ones.append(ring)
            twos.append(np.roll(ring, -1, axis=0))
            ends.append(np.stack([numbers, np.roll(numbers, -1)], axis=1))
            owners.append(np.full(len(ring), number))
    return np.concatenate(ones), np.concatenate(twos), np.concatenate(ends), np.concatenate(owners)


def _holding(outlines: List[Outline], others: bool) -> np.ndarray:
    """Outlines with right angles that now hold a whole other one, or have lost a hole of theirs to the outside."""
    bad = np.zeros(len(outlines), bool)
    which = [number for number, outline in enumerate(outlines) if outline.square is not None]
    if not which:
        return bad
    shells = [outlines[number].shown[0] for number in which]
    low, high = np.array([s.min(axis=0) for s in shells]), np.array([s.max(axis=0) for s in shells])
    spots = np.array([outline.shown[0][0] for outline in outlines], np.float64)
    for box, point in points_in_boxes(low, high, spots) if others else ():
        for place, other in zip(box.tolist(), point.tolist()):
            number = which[place]
            if number != other and not bad[number]:
                bad[number] = _inside(outlines[number].shown, spots[other])
    for number in which:
        shell, *holes = outlines[number].shown
        bad[number] |= any(not _inside([shell], np.asarray(hole[0], np.float64)) for hole in holes)
    return bad


def _inside(rings, point: np.ndarray) -> bool:
    odd = False
    for ring in rings:
        one, two = ring, np.roll(ring, -1, axis=0)
        spans = (one[:, 1] > point[1]) != (two[:, 1] > point[1])
        rise = np.where(two[:, 1] == one[:, 1], 1.0, two[:, 1] - one[:, 1])
        cross = one[:, 0] + (point[1] - one[:, 1]) / rise * (two[:, 0] - one[:, 0])
        odd ^= bool(np.count_nonzero(spans & (cross > point[0])) % 2)
    return odd
