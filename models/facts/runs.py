"""Masks as runs of pixels: memory follows the outlines, not the raster, so that whole rasters can be measured."""

from dataclasses import dataclass
from typing import Iterator, List, Optional, Tuple

import numpy as np


@dataclass(frozen=True)
class Runs:
    """Horizontal runs of a mask of ``width`` columns, sorted by row, then column.

    ``row``, ``start``, ``stop``: (n,) int64, ``stop`` exclusive. ``weight``: (n,) float64, a score summed over the run.
    ``value``: (n,) int64, constant within a run; runs of different values may touch in a row.
    """

    width: int
    row: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    weight: np.ndarray
    value: np.ndarray

    def __len__(self) -> int:
        return len(self.row)

    @property
    def length(self) -> np.ndarray:
        """(n,) pixels of each run."""
        return self.stop - self.start

    @property
    def pixels(self) -> int:
        """Pixels of the mask."""
        return int(self.length.sum())

    def order(self) -> np.ndarray:
        """(n,) int64 that sorts them by row, then column."""
        return np.argsort(self.row * (self.width + 1) + self.start, kind="stable")

    def take(self, index: np.ndarray) -> "Runs":
        """The runs that a boolean or integer ``index`` picks; an integer one leaves them sorted."""
        return Runs(
            self.width, self.row[index], self.start[index], self.stop[index], self.weight[index], self.value[index]
        )

    def chunks(self, pixels: int = 1 << 21) -> Iterator[Tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """(cols, rows, run number) of every pixel, in pieces of about ``pixels``."""
        ends = np.cumsum(self.length)
        first = 0
        while first < len(self):
            base = ends[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(ends, base + pixels, side="right")))
            length = self.length[first:last]
            number = np.repeat(np.arange(first, last), length)
            offset = np.arange(len(number)) - np.repeat(ends[first:last] - length - base, length)
            yield self.start[number] + offset, self.row[number], number
            first = last


class RunsBuilder:
    """Collects the runs of one mask from row bands given top down."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._parts: List[Tuple[np.ndarray, ...]] = []

    def add(
        self, mask: np.ndarray, weight: np.ndarray, first_row: int, value: Optional[np.ndarray] = None
    ) -> None:
        """Add the band ``mask`` (h, width) bool whose top is ``first_row``.

        ``weight`` (h, width) is summed per run; a run ends where ``value`` (h, width) int, if given, changes.
        """
        height, width = mask.shape
        if not mask.any():
            return
        padded = np.zeros((height, width + 2), np.int64 if value is not None else np.int8)
        padded[:, 1:-1] = mask if value is None else np.where(mask, value + 1, 0)
        left, right = padded[:, :-1], padded[:, 1:]
        edge = left != right
        row, start = np.nonzero(edge & (right != 0))
        stop = np.nonzero(edge & (left != 0))[1]
        sums = np.zeros((height, width + 1))
        np.cumsum(np.where(mask, weight, 0), axis=1, dtype=np.float64, out=sums[:, 1:])
        values = np.zeros(len(row), np.int64) if value is None else value[row, start].astype(np.int64)
        self._parts.append((row + first_row, start, stop, sums[row, stop] - sums[row, start], values))

    def add_runs(self, runs: Runs) -> None:
        """Add runs; those that are not below all that were added before must be sorted afterwards."""
        if len(runs):
            self._parts.append((runs.row, runs.start, runs.stop, runs.weight, runs.value))

    def runs(self) -> Runs:
        """All runs added so far."""
        if not self._parts:
            empty = np.zeros(0, np.int64)
            return Runs(self._width, empty, empty, empty, np.zeros(0), empty)
        return Runs(self._width, *(np.concatenate(column) for column in zip(*self._parts)))
