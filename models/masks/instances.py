"""Masks of single objects, cropped to themselves; those of neighbouring windows that are one object become one."""

from dataclasses import dataclass
from typing import Dict, Iterator, List, Sequence, Tuple

import numpy as np

from ..imagery.grid import Grid, Window

#: Rows that are painted at a time.
_BAND = 512


@dataclass(frozen=True)
class Instance:
    """``mask`` (h, w) bool at (``col``, ``row``) of a grid, its outermost rows and columns not empty. ``quality`` 0..1."""

    col: int
    row: int
    mask: np.ndarray
    quality: float

    @classmethod
    def of(cls, mask: np.ndarray, col: int, row: int, quality: float) -> "Instance":
        """``mask`` (H, W) bool, not empty, whose first pixel lies at (``col``, ``row``)."""
        rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        part = mask[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1].copy()
        return cls(col + int(cols[0]), row + int(rows[0]), part, quality)

    @property
    def window(self) -> Window:
        """Its box."""
        return Window(self.col, self.row, self.mask.shape[1], self.mask.shape[0])

    @property
    def pixels(self) -> int:
        """How many it has."""
        return int(self.mask.sum())

    def within(self, window: Window) -> np.ndarray:
        """(h, w) bool of ``window``."""
        out = np.zeros((window.height, window.width), bool)
        both = self.window.intersection(window)
        if not both.empty:
            out[both.row - window.row:, both.col - window.col:][:both.height, :both.width] = self.mask[
                both.row - self.row:both.row - self.row + both.height, both.col - self.col:both.col - self.col + both.width]
        return out


def agreement(one: Instance, two: Instance, zone: Window) -> float:
    """IoU of both inside ``zone``; 0 where neither reaches into it."""
    near = zone.intersection(_around((one, two)))
    if near.empty or one.window.intersection(two.window).empty:
        return 0.0
    a, b = one.within(near), two.within(near)
    return float((a & b).sum() / max(1, (a | b).sum()))


def distinct(found: Sequence[Instance], overlap: float) -> List[Instance]:
    """Best first, each without those that agree with a better one by ``overlap`` or more (non-maximum suppression)."""
    kept: List[Instance] = []
    for one in sorted(found, key=lambda each: -each.quality):
        if all(agreement(one, other, _around((one, other))) < overlap for other in kept):
            kept.append(one)
    return kept


def joined(by_window: Sequence[Tuple[Window, Sequence[Instance]]], overlap: float, whole: Window) -> List[Instance]:
    """Objects of a ``whole`` grid from those of its windows: what agrees where two windows both look is one object.

    What ends at the edge of its window, and lies all in what a neighbour sees too, is left to the neighbour: else its cut
    edge would show.
    """
    every = [(window, one) for window, found in by_window for one in found]
    owner = list(range(len(every)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for first, second in _neighbours(every):
        (here, one), (there, two) = every[first], every[second]
        if agreement(one, two, here.intersection(there)) >= overlap:
            owner[max(root(first), root(second))] = min(root(first), root(second))
    groups: Dict[int, List[Instance]] = {}
    for index, (_, one) in enumerate(every):
        groups.setdefault(root(index), []).append(one)
    windows = [window for window, _ in by_window]
    left = {index for index, group in groups.items() if len(group) == 1 and _cut(*every[index], windows, whole)}
    return [_union(group) for index, group in groups.items() if index not in left]


def painted(found: Sequence[Instance], grid: Grid) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Bands of rows of (number + 1 int32, 0 none; quality float32), small objects on top of large ones."""
    order = sorted(range(len(found)), key=lambda index: -found[index].pixels)
    for top in range(0, grid.height, _BAND):
        band = Window(0, top, grid.width, min(_BAND, grid.height - top))
        labels = np.zeros((band.height, band.width), np.int32)
        values = np.zeros((band.height, band.width), np.float32)
        for index in order:
            both = found[index].window.intersection(band)
            if both.empty:
                continue
            mask = found[index].within(both)
            part = np.s_[both.row - top:both.row - top + both.height, both.col:both.col + both.width]
            labels[part][mask], values[part][mask] = index + 1, found[index].quality
        yield labels, values


def _neighbours(every: Sequence[Tuple[Window, Instance]]) -> Iterator[Tuple[int, int]]:
    """Pairs of instances of different windows whose boxes meet, by a sweep over rows."""
    order = sorted(range(len(every)), key=lambda index: every[index][1].row)
    open_now: List[int] = []
    for index in order:
        window, one = every[index]
        open_now = [other for other in open_now if every[other][1].row + every[other][1].mask.shape[0] > one.row]
        for other in open_now:
            there, two = every[other]
            if there != window and not one.window.intersection(two.window).empty:
                yield other, index
        open_now.append(index)


def _cut(window: Window, one: Instance, windows: Sequence[Window], whole: Window) -> bool:
    """Whether an instance ends at an edge of its window within ``whole``, and another window sees all of it."""
    right, bottom = one.col + one.mask.shape[1], one.row + one.mask.shape[0]
    ends = (
        one.col == window.col > whole.col or one.row == window.row > whole.row
        or right == window.col + window.width < whole.col + whole.width
        or bottom == window.row + window.height < whole.row + whole.height)
    return ends and any(other != window and other.intersection(one.window) == one.window for other in windows)


def _around(found: Sequence[Instance]) -> Window:
    left, top = min(one.col for one in found), min(one.row for one in found)
    right = max(one.col + one.mask.shape[1] for one in found)
    bottom = max(one.row + one.mask.shape[0] for one in found)
    return Window(left, top, right - left, bottom - top)


def _union(group: Sequence[Instance]) -> Instance:
    if len(group) == 1:
        return group[0]
    around = _around(group)
    mask = np.zeros((around.height, around.width), bool)
    for one in group:
        mask |= one.within(around)
    return Instance(around.col, around.row, mask, max(one.quality for one in group))
