"""Which polygons of a set get right angles, and which cannot have them."""

from typing import List, Optional, Sequence

import numpy as np

from ..cancel import CancelToken, Progress
from ..features import MaskFeature
from .arcs import Arcs, arcs_of
from .lattice import Corners
from .neighbours import keep_apart
from .options import GROWN, ShapeReport, Shaping
from .outline import Outline
from .right_angles import squared
from .thinning import thinned


def square(
    outlines: List[Outline],
    items: Sequence[MaskFeature],
    arcs: Arcs,
    corners: Corners,
    metric: np.ndarray,
    tolerance: float,
    shaping: Shaping,
    report: ShapeReport,
    progress: Progress,
    cancel: Optional[CancelToken],
) -> None:
    """Give ``square`` to the outlines of what may be built and, if neighbours are kept, has no common edge with another.

    What was refused, and why, is counted in ``report``. Raises Cancelled.
    """
    alone = arcs_of(corners, shared=False)
    kept = thinned(alone, tolerance, metric, False, cancel)
    thin = _numbers_in_ring(alone, kept, corners)
    touching = _with_common_edge(arcs, corners, len(items)) if shaping.keep_neighbours else np.zeros(len(items), bool)
    first = np.searchsorted(corners.owner, np.arange(len(items) + 1))
    for number, item in enumerate(items):
        if cancel is not None and number % 16 == 0:
            cancel.raise_if_cancelled()
            progress(0.5 + 0.4 * number / len(items), "Drawing right angles")
        names = {name for name in (item.label, item.from_label, item.to_label) if name}
        if names and names <= GROWN:
            continue
        if touching[number]:
            report.refused["touching"] = report.refused.get("touching", 0) + 1
            continue
        rings = range(int(first[number]), int(first[number + 1]))
        exact = [corners.pixel[corners.start[k] : corners.start[k + 1]].astype(np.float64) for k in rings]
        found = squared(exact, [thin[k] for k in rings], metric, tolerance)
        if found is None:
            report.refused["shape"] = report.refused.get("shape", 0) + 1
        else:
            outlines[number].square = found
    refused = keep_apart(outlines, shaping.keep_neighbours, cancel)
    if refused:
        report.refused["neighbour"] = refused
    overlaps = [outline.square.overlap for outline in outlines if outline.square is not None]
    report.squared = len(overlaps)
    report.overlap = float(np.mean(overlaps)) if overlaps else 1.0


def _numbers_in_ring(arcs: Arcs, kept: np.ndarray, corners: Corners) -> List[np.ndarray]:
    """Per ring the numbers, within it, of the corners that are ``kept`` when each ring is a line by itself."""
    kept = kept.copy()
    kept[arcs.start[1:] - 1] = False
    spot = np.flatnonzero(kept)
    ring = np.searchsorted(arcs.start, spot, side="right") - 1
    low = corners.pixel.min(axis=0)
    span = corners.pixel.max(axis=0) - low + 1
    size = int(span[0]) * int(span[1])

    def key(of: np.ndarray, places: np.ndarray) -> np.ndarray:
        there: np.ndarray = of * size + (places[:, 0] - low[0]) * int(span[1]) + places[:, 1] - low[1]
        return there

    whose = np.repeat(np.arange(len(corners.owner)), np.diff(corners.start))
    every = key(whose, corners.pixel)
    order = np.argsort(every, kind="stable")
    at = order[np.searchsorted(every[order], key(ring, arcs.place[arcs.path[spot]]))]
    inside = at - corners.start[ring]
    ends = np.searchsorted(ring, np.arange(len(corners.owner) + 1))
    return [np.sort(inside[one:after]) for one, after in zip(ends.tolist(), ends[1:].tolist())]


def _with_common_edge(arcs: Arcs, corners: Corners, count: int) -> np.ndarray:
    """(count,) bool: polygons that have a line in common with another."""
    owner = np.repeat(corners.owner, np.diff(arcs.ring_start))
    twice = np.bincount(arcs.line, minlength=len(arcs.start) - 1)[arcs.line] > 1
    touching = np.zeros(count, bool)
    touching[owner[twice]] = True
    return touching
