"""Outlines of buildings with right angles: one direction for the whole, walls along it and across it, area kept.

The direction is looked for, not guessed: of several, the one is taken whose walls lie best on the mask.
"""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np

#: What a corner more must gain in overlap with the mask to be worth it.
_CORNER = 0.004
#: Less overlap with the mask than this is never taken.
_LEAST_OVERLAP = 0.7


@dataclass(frozen=True)
class Squared:
    """``rings``: open, in pixels of the lattice. ``overlap``: intersection over union with the mask, in [0, 1].

    ``moved``: metres that the outline lies off the mask's on average.
    """

    rings: Tuple[np.ndarray, ...]
    overlap: float
    moved: float


@dataclass
class _Walls:
    """Runs of an outline along (``flat``) or across one direction, in turn. ``level``: where; ``reach``: how far."""

    flat: np.ndarray
    level: np.ndarray
    reach: np.ndarray


def squared(
    exact: Sequence[np.ndarray], thin: Sequence[np.ndarray], metric: np.ndarray, tolerance: float
) -> Optional[Squared]:
    """The polygon with right angles on the ground; None where nothing lies close enough to the mask.

    ``exact``: open rings in pixels, shell first. ``thin``: per ring the numbers of the corners that matter. ``metric``
    (2, 2): metres per pixel step. ``tolerance``: metres that the outline may lie off the mask's on average.
    """
    back = np.linalg.inv(metric)
    metres = [ring @ metric.T for ring in exact]
    mask = _Mask(exact, metric)
    best: Optional[Squared] = None
    cost, chosen, finest_now = np.inf, 0.0, 0.0
    finest: Tuple[float, ...] = (2 * tolerance, 4 * tolerance)
    angles = _angles(metres[0][thin[0]], metric)
    for fine in (0.0, 3.0, 1.0):
        if fine and best is None:
            return None
        for angle in [chosen + fine * sign * np.pi / 180 for sign in (-1, 1)] if fine else angles:
            corners = 0
            for least in finest:
                rings = _at(metres, thin, angle, least)
                if rings is None or sum(map(len, rings)) == corners:
                    continue
                corners = sum(map(len, rings))
                pixels = [ring @ back.T for ring in rings]
                overlap, moved = mask.compare(pixels)
                paid = 1 - overlap + _CORNER * corners
                if paid < cost - 1e-9:
                    cost, chosen, finest_now, best = paid, angle, least, Squared(tuple(pixels), overlap, moved)
        finest = finest if best is None else (finest_now,)
    if best is None or best.overlap < _LEAST_OVERLAP or best.moved > tolerance:
        return None
    return best


class _Mask:
    """The pixels of a polygon, finer where it is small, to hold other outlines against."""

    def __init__(self, exact: Sequence[np.ndarray], metric: np.ndarray) -> None:
        self._low = exact[0].min(axis=0) - 2
        size = exact[0].max(axis=0) + 2 - self._low
        self._parts = 4 if size.max() <= 32 else 2 if size.max() <= 96 else 1
        self._width, self._height = (int(side) * self._parts for side in size)
        self._own = self._fill(exact)
        self._count = int(np.count_nonzero(self._own))
        pixel = abs(float(np.linalg.det(metric)))
        around = sum(float(np.hypot(*((np.roll(ring, -1, axis=0) - ring) @ metric.T).T).sum()) for ring in exact)
        # The way around stairs is longer than along the wall they stand for, by 4 / π on average.
        self._length = around * np.pi / 4
        self._cell = pixel / self._parts**2

    def compare(self, rings: Sequence[np.ndarray]) -> Tuple[float, float]:
        """(intersection over union, area that differs over the length of the outline in metres)."""
        other = self._fill(rings)
        both = int(np.count_nonzero(self._own & other))
        either = self._count + int(np.count_nonzero(other)) - both
        return both / max(1, either), (either - both) * self._cell / self._length

    def _fill(self, rings: Sequence[np.ndarray]) -> np.ndarray:
        """(height, width) bool: cells whose centres lie inside, by the even-odd rule along their rows."""
        flips = np.zeros(self._height * (self._width + 1), bool)
        for ring in rings:
            one = (ring - self._low) * self._parts
            two = np.roll(one, -1, axis=0)
            ends = np.ceil(np.stack([one[:, 1], two[:, 1]]) - 0.5).clip(0, self._height).astype(np.int64)
            first, last = ends.min(axis=0), ends.max(axis=0)
            count = last - first
            of = np.repeat(np.arange(len(one)), count)
            row = first[of] + np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
            rise = two[:, 1] - one[:, 1]
            slope = (two[:, 0] - one[:, 0]) / np.where(rise == 0, 1.0, rise)
            col = np.ceil(one[of, 0] + (row + 0.5 - one[of, 1]) * slope[of] - 0.5).clip(0, self._width).astype(np.int64)
            flips ^= (np.bincount(row * (self._width + 1) + col, minlength=len(flips)) & 1).astype(bool)
        odd = np.cumsum(flips.reshape(self._height, -1)[:, :-1], axis=1, dtype=np.int32) & 1
        filled: np.ndarray = odd.astype(bool)
        return filled


def _angles(corners: np.ndarray, metric: np.ndarray) -> List[float]:
    """Directions worth trying, in [0, π/2): the walls' own, those of the tightest box, the raster's rows."""
    step = np.roll(corners, -1, axis=0) - corners
    length, angle = np.hypot(step[:, 0], step[:, 1]), np.arctan2(step[:, 1], step[:, 0])
    found = [
        float(np.angle((length**2 * np.exp(4j * angle)).sum()) / 4),
        float(angle[np.argmax(length)]),
        _of_tightest_box(corners, angle),
        float(np.arctan2(metric[1, 0], metric[0, 0])),
    ]
    apart: List[float] = []
    for one in found:
        one %= np.pi / 2
        if all(min(abs(one - other), np.pi / 2 - abs(one - other)) > 0.005 for other in apart):
            apart.append(one)
    return apart


def _of_tightest_box(corners: np.ndarray, angles: np.ndarray) -> float:
    """The direction, of those of the edges, in which the box around the corners is smallest."""
    c, s = np.cos(angles), np.sin(angles)
    along = np.outer(c, corners[:, 0]) + np.outer(s, corners[:, 1])
    across = np.outer(c, corners[:, 1]) - np.outer(s, corners[:, 0])
    areas = np.ptp(along, axis=1) * np.ptp(across, axis=1)
    return float(angles[np.argmin(areas)])


def _at(
    metres: Sequence[np.ndarray], thin: Sequence[np.ndarray], angle: float, least: float
) -> Optional[List[np.ndarray]]:
    """All rings with walls along ``angle``; a hole too small for that stays as it is. None if the shell is."""
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, s], [-s, c]])
    done = []
    for number, (ring, corners) in enumerate(zip(metres, thin)):
        walls = _walls(ring @ turn.T, corners)
        found = None if walls is None else _drawn(_without_short(walls, least), _area(ring))
        if found is None and number == 0:
            return None
        done.append(ring[corners] if found is None else found @ turn)
    return done


def _area(ring: np.ndarray) -> float:
    local = ring - ring[0]
    after = np.roll(local, -1, axis=0)
    return float((local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]).sum() / 2)


def _walls(ring: np.ndarray, corners: np.ndarray) -> Optional[_Walls]:
    """Stretches between corners, each along or across; a wall's level keeps the area under its stretch."""
    first = np.sort(corners)
    ring = np.roll(ring, -int(first[0]), axis=0)
    first = first - first[0]
    after = np.roll(ring, -1, axis=0)
    step, middle = after - ring, (after + ring) / 2
    reach = np.add.reduceat(step, first, axis=0)
    flat = np.abs(reach[:, 0]) >= np.abs(reach[:, 1])
    if flat.all() or not flat.any():
        return None
    begins = np.flatnonzero(flat != np.roll(flat, 1))
    # The stretches turned round so that a wall begins at the first.
    order = np.roll(np.arange(len(first)), -int(begins[0]))
    begins = begins - begins[0]
    under = np.add.reduceat(middle[:, ::-1] * step, first, axis=0)
    side = flat[order][begins]
    reach = np.add.reduceat(reach[order], begins, axis=0)
    under = np.add.reduceat(under[order], begins, axis=0)
    far = np.where(side, reach[:, 0], reach[:, 1])
    area = np.where(side, under[:, 0], under[:, 1])
    if (np.abs(far) < 1e-12).any():
        return None
    return _Walls(side, area / far, far)


def _without_short(walls: _Walls, least: float) -> _Walls:
    """Walls shorter than ``least`` left out, the shortest first, and what they parted made one; four are left."""
    flat, level, reach = walls.flat.tolist(), walls.level.tolist(), walls.reach.tolist()
    while len(flat) > 4:
        place = int(np.argmin(np.abs(reach)))
        if abs(reach[place]) >= least:
            break
        flat, level, reach = (row[place:] + row[:place] for row in (flat, level, reach))
        weight = abs(reach[1]) + abs(reach[-1])
        joined = (level[1] * abs(reach[1]) + level[-1] * abs(reach[-1])) / weight if weight else level[1]
        flat, level, reach = (
            flat[1:-1], [joined] + level[2:-1], [reach[1] + reach[-1]] + reach[2:-1]
        )
    return _Walls(np.array(flat), np.array(level), np.array(reach))


def _drawn(walls: _Walls, area: float) -> Optional[np.ndarray]:
    """The ring where the walls meet, all of them moved out or in alike until its area is ``area``; None if it crosses."""
    level = walls.level
    if len(level) < 4 or (walls.flat == np.roll(walls.flat, 1)).any():
        return None
    ring = _corners(walls.flat, level)
    found = _area(ring)
    if found * area <= 0:
        return None
    step = np.roll(ring, -1, axis=0) - ring
    length = float(np.abs(step).sum())
    # Moving every wall of a ring with right angles by d adds length × d and four times d².
    inside = length**2 + 16 * (abs(area) - abs(found))
    if inside < 0:
        return None
    move = (np.sqrt(inside) - length) / 8 * np.sign(area)
    # The wall that begins at corner k runs along step k.
    out = np.where(walls.flat, -np.sign(step[:, 0]), np.sign(step[:, 1]))
    ring = _corners(walls.flat, level + out * move)
    if abs(_area(ring) - area) > 1e-6 * abs(area) or _crosses(ring):
        return None
    return ring


def _corners(flat: np.ndarray, level: np.ndarray) -> np.ndarray:
    """(N, 2): corner k lies where wall k begins."""
    before = np.roll(level, 1)
    return np.stack([np.where(flat, before, level), np.where(flat, level, before)], axis=1)


def _crosses(ring: np.ndarray) -> bool:
    """Whether two walls that do not follow each other meet. Walls are upright or level, so boxes decide."""
    after = np.roll(ring, -1, axis=0)
    low, high = np.minimum(ring, after), np.maximum(ring, after)
    meet = ((low[:, None] <= high[None]) & (low[None] <= high[:, None])).all(axis=2)
    number = np.arange(len(ring))
    apart = np.abs(number[:, None] - number[None])
    beside = (apart <= 1) | (apart == len(ring) - 1)
    # Neighbours have one corner in common; a wall of no length would have more.
    short = np.abs(after - ring).max(axis=1) < 1e-9
    return bool((meet & ~beside).any() or short.any())
