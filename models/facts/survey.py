"""Reads blended scores once, band by band, into what facts and polygons are made of."""

from dataclasses import dataclass
from typing import Dict, Mapping, Optional, Protocol, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..imagery.grid import Grid, Window
from .cells import CellFrame
from .components import Components, components
from .runs import RunsBuilder

#: Half width of the thresholds between which a count is expected to lie.
WIDER = 0.1
#: Scores are stored in steps of 1/254: a threshold that equals a step includes it, however floats round.
STEP = 1e-5
_BAND_PIXELS = 1 << 20


class ScoreReader(Protocol):
    """Scores on a grid: :class:`ScoreStore`, or arrays in tests."""

    grid: Grid
    labels: Tuple[str, ...]

    def read(self, window: Window) -> np.ndarray:
        """(K, h, w) float32 scores in 0..1, NaN where unknown."""


@dataclass(frozen=True)
class Patches:
    """One cover: the kept components, what was too small to keep, and how many there are at lower and higher scores."""

    kept: Components
    small_count: int
    small_pixels: int
    count_interval: Tuple[int, int]


@dataclass(frozen=True)
class Survey:
    """A region measured: pixel totals, cells, and the patches of each cover. ``min_pixels`` by cover, as applied."""

    grid: Grid
    frame: CellFrame
    region_pixels: int
    valid_pixels: int
    patches: Dict[str, Patches]
    min_pixels: Dict[str, int]
    thresholds: Dict[str, float]

    @property
    def unknown_pixels(self) -> int:
        """Pixels of the region without a score: nodata, transparent, unreadable or outside the raster."""
        return self.region_pixels - self.valid_pixels

    @property
    def undecided_pixels(self) -> int:
        """Valid pixels that belong to no kept patch of any cover."""
        return self.valid_pixels - sum(p.kept.runs.pixels for p in self.patches.values())


def survey(
    reader: ScoreReader,
    inside: Optional[np.ndarray] = None,
    thresholds: Optional[Mapping[str, float]] = None,
    min_pixels: Optional[Mapping[str, int]] = None,
    cancel: Optional[CancelToken] = None,
    frame: Optional[CellFrame] = None,
) -> Survey:
    """Measure the covers of ``reader`` where ``inside`` ((H, W) bool; None: everywhere).

    A pixel belongs to the cover whose score exceeds its threshold (default .5) by the largest factor; to none if no
    score does. NaN pixels are unknown: they are in no cover and in no background. ``frame``: cells are named in it.
    """
    grid, labels = reader.grid, tuple(reader.labels)
    limits = {name: float((thresholds or {}).get(name, 0.5)) for name in labels}
    floors = {name: int((min_pixels or {}).get(name, 1)) for name in labels}
    builders = {(name, step): RunsBuilder(grid.width) for name in labels for step in (-1, 0, 1)}
    region = valid = 0
    for window in bands(grid):
        if cancel is not None:
            cancel.raise_if_cancelled()
        scores = reader.read(window)
        part = np.ones(scores.shape[1:], bool) if inside is None else inside[window.row:window.row + window.height]
        known = part & ~np.isnan(scores).any(axis=0)
        region, valid = region + int(part.sum()), valid + int(known.sum())
        winner = winning(scores, [limits[name] for name in labels])
        for k, name in enumerate(labels):
            mine = known & (winner == k)
            for step in (-1, 0, 1):
                reached = mine & (scores[k] >= limits[name] + step * WIDER - STEP)
                builders[name, step].add(reached, scores[k], window.row)
    patches = {
        name: _patches(builders[name, 0], builders[name, -1], builders[name, 1], floors[name]) for name in labels
    }
    return Survey(grid, frame or CellFrame.around(grid, inside), region, valid, patches, floors, limits)


def winning(scores: np.ndarray, limits: Sequence[float]) -> np.ndarray:
    """(h, w) index of the score that is largest relative to its limit; 0 where unknown. ``scores`` (K, h, w)."""
    relative = scores / np.asarray(limits, np.float32)[:, None, None]
    return np.where(np.isnan(relative), -1.0, relative).argmax(axis=0)


def belonging(scores: np.ndarray, labels: Sequence[str], thresholds: Mapping[str, float]) -> np.ndarray:
    """(h, w) names of the covers that pixels belong to by the rule of :func:`survey`, "" where none or unknown."""
    limits = [thresholds.get(name, 0.5) for name in labels]
    winner = winning(scores, limits)
    score = np.take_along_axis(scores, winner[None], 0)[0]
    return np.where(score >= np.asarray(limits)[winner] - STEP, np.asarray(labels)[winner], "")


def bands(grid: Grid, pixels: int = _BAND_PIXELS) -> Tuple[Window, ...]:
    """Full-width windows top down that hold about ``pixels`` each."""
    step = max(1, pixels // max(1, grid.width))
    return tuple(
        Window(0, row, grid.width, min(step, grid.height - row)) for row in range(0, grid.height, step)
    )


def _patches(exact: RunsBuilder, lower: RunsBuilder, higher: RunsBuilder, floor: int) -> Patches:
    every = components(exact.runs())
    big = every.pixels >= floor
    counts = (int(big.sum()), len(components(lower.runs(), floor)), len(components(higher.runs(), floor)))
    return Patches(every.keep(big), int((~big).sum()), int(every.pixels[~big].sum()), (min(counts), max(counts)))
