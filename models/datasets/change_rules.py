"""ChangeChat's ground truth of one tile: what came and went of each class, how many, in which cells (SYSTEMS-B 1.5).

Counts are 8-connected components, or things where a vector layer says which pixels are one thing. What is smaller than
the floor is no change at all: flag, counts, cells and shares of a tile always tell of the same pixels.
"""

import math
from dataclasses import dataclass
from typing import FrozenSet, List, Optional, Sequence, Tuple

import numpy as np

from ..facts.components import Components, components
from ..facts.runs import RunsBuilder
from .chip import Thing

#: Components of at most this many pixels are left out unless an area is given: LEVIR-MCI's rule.
SPECK = 5


@dataclass(frozen=True)
class CellRule:
    """A cell is listed from ``pixels`` changed pixels on that are ``share`` (0..1) of it at least; both must hold."""

    pixels: int = 1
    share: float = 0.0


@dataclass(frozen=True)
class KindChange:
    """One class on one tile. ``came``, ``went``: (H, W) bool, of changes large enough; ``new``, ``removed``: their numbers.

    ``cells``: 0..8 in reading order from the tile's top left. ``small``: changes left out as too small.
    """

    came: np.ndarray
    went: np.ndarray
    new: int
    removed: int
    cells: FrozenSet[int]
    small: int = 0

    @property
    def pixels(self) -> int:
        """How many pixels changed."""
        return int((self.came | self.went).sum())


def floor_pixels(smallest: Optional[float], gsd: Optional[float]) -> int:
    """The fewest pixels of a change of ``smallest`` m²; None: more than :data:`SPECK`. Raises ValueError without a GSD."""
    if smallest is None:
        return SPECK + 1
    if not gsd:
        raise ValueError("an area in m² means nothing without a pixel size")
    return max(1, math.ceil(smallest / gsd**2 - 1e-9))


def by_components(came: np.ndarray, went: np.ndarray, floor: int, rule: CellRule) -> KindChange:
    """Of two (H, W) bool masks, their 8-connected components of at least ``floor`` pixels."""
    new, came, few = _large(came, floor)
    removed, went, fewer = _large(went, floor)
    return KindChange(came, went, new, removed, cells_of(came | went, rule), few + fewer)


def by_things(
    before: Sequence[Thing], after: Sequence[Thing], shape: Tuple[int, int], floor: int, share: float, rule: CellRule
) -> KindChange:
    """Of the things of one class on each date, those of which ``share`` (0..1) at least is not there on the other.

    The changed pixels of a thing are those that no thing of the class covers on the other date; a thing is new or removed
    with ``floor`` of them at least.
    """
    was, now = _together(before, shape), _together(after, shape)
    came, new, few = _changed(after, was, floor, share)
    went, removed, fewer = _changed(before, now, floor, share)
    return KindChange(came, went, new, removed, cells_of(came | went, rule), few + fewer)


def by_outlines(
    gone: Sequence[Thing], new: Sequence[Thing], shape: Tuple[int, int], floor: int, rule: CellRule
) -> KindChange:
    """Of outlines that say themselves what went and what came: each of ``floor`` pixels at least is a change."""
    nothing = np.zeros(shape, bool)
    came, number, few = _changed(new, nothing, floor, 0.0)
    went, others, fewer = _changed(gone, nothing, floor, 0.0)
    return KindChange(came, went, number, others, cells_of(came | went, rule), few + fewer)


def cells_of(mask: np.ndarray, rule: CellRule = CellRule()) -> FrozenSet[int]:
    """The 3 × 3 cells of a (H, W) bool mask that hold enough of it; a pixel belongs to the cell of its centre."""
    height, width = mask.shape
    rows, cols = thirds(height), thirds(width)
    cell = rows[:, None] * 3 + cols[None, :]
    held = np.bincount(cell[mask], minlength=9)
    whole = np.bincount(cell.ravel(), minlength=9)
    enough = (held >= max(1, rule.pixels)) & (held >= rule.share * whole - 1e-9)
    return frozenset(int(i) for i in np.flatnonzero(enough))


def thirds(length: int) -> np.ndarray:
    """(length,) 0, 1 or 2: the third of a side in which each pixel's centre lies."""
    return (3 * (2 * np.arange(length) + 1)) // (2 * length)


def parts_of(mask: np.ndarray, floor: int = 1) -> Components:
    """The 8-connected components of a (H, W) bool mask with at least ``floor`` pixels, largest first."""
    builder = RunsBuilder(mask.shape[1])
    builder.add(mask, mask, 0)
    return components(builder.runs(), floor, corners=True)


def _large(mask: np.ndarray, floor: int) -> Tuple[int, np.ndarray, int]:
    """Number of large components, the mask of them, number of small ones."""
    every = parts_of(mask)
    large = every.keep(every.pixels >= floor)
    kept = np.zeros(mask.shape, bool)
    for cols, rows, _ in large.runs.chunks():
        kept[rows, cols] = True
    return len(large), kept, len(every) - len(large)


def _together(things: Sequence[Thing], shape: Tuple[int, int]) -> np.ndarray:
    mask = np.zeros(shape, bool)
    for thing in things:
        x0, y0, x1, y1 = thing.box
        mask[y0:y1, x0:x1] |= thing.mask
    return mask


def _changed(things: Sequence[Thing], other: np.ndarray, floor: int, share: float) -> Tuple[np.ndarray, int, int]:
    """Changed pixels, number of changed things, number of things that differ in less than they must."""
    mask = np.zeros(other.shape, bool)
    found: List[int] = []
    for thing in things:
        x0, y0, x1, y1 = thing.box
        alone = thing.mask & ~other[y0:y1, x0:x1]
        pixels = int(alone.sum())
        enough = pixels >= floor and pixels >= share * thing.pixels - 1e-9
        found += [int(enough)] if pixels else []
        if enough:
            mask[y0:y1, x0:x1] |= alone
    return mask, sum(found), len(found) - sum(found)
