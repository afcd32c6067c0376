"""Every object of a view, whatever it is: a grid of points is asked about, and what is sure and firm stays (Kirillov et al.
2023, B; the "segment everything" of SAM), over any raster window by window.
"""

from dataclasses import dataclass
from typing import Any, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..errors import NothingToAnalyse
from ..features import FeatureSet, MaskFeature
from ..imagery.grid import Window
from ..imagery.polygons import traced
from ..imagery.regions import region_mask, region_window
from ..imagery.rings import outlines
from ..imagery.stretch import measure_stretch
from ..imagery.tiles import plan_tiles, tile_reader
from ..maps.keys import iso
from ..maps.working_frame import FramedSource, WorkingFrame
from ..pointing import INSIDE, together
from .engine import Embedding, MaskEngine, Prompt
from .instances import Instance, distinct, joined, painted

#: The label of what is found.
LABEL = "object"
#: Share of a window's side by which neighbours overlap: larger objects are seen by both and joined.
_SHARED = 0.25


@dataclass(frozen=True)
class Rules:
    """``points`` a side of a window. A mask stays from ``quality`` on (the engine's own opinion) and ``stability``: IoU of
    it at thresholds ``step`` above and below; with at least ``least`` pixels and at most ``most`` of the window. Of masks
    that agree by ``overlap`` the best stays.
    """

    points: int = 16
    quality: float = 0.7
    stability: float = 0.8
    step: float = 0.1
    least: int = 16
    most: float = 0.6
    overlap: float = 0.6


def objects_of(
    engine: MaskEngine, seen: Embedding, valid: np.ndarray, rules: Rules = Rules(), cancel: Optional[CancelToken] = None
) -> List[Instance]:
    """The objects of one window that an engine has seen, best first; ``valid`` (H, W) bool: pixels that there are.

    Points inside what is found already are not asked about again. Raises Cancelled.
    """
    height, width = seen.shape
    found: List[Instance] = []
    taken = np.zeros(valid.shape, bool)
    for y in (np.arange(rules.points) + 0.5) * height / rules.points:
        for x in (np.arange(rules.points) + 0.5) * width / rules.points:
            if taken[int(y), int(x)] or not valid[int(y), int(x)]:
                continue
            if cancel is not None:
                cancel.raise_if_cancelled()
            place = float(x), float(y)
            for proposal in engine.decode(seen, Prompt(inside=(place,)), cancel):
                mask = together(proposal.scores >= INSIDE, [place]) & valid
                if proposal.quality < rules.quality or mask.sum() < rules.least:
                    continue
                if mask.sum() > rules.most * mask.size:
                    taken |= mask  # ground, not an object: other points on it would find it again
                    break
                if _stability(proposal.scores, place, rules.step) >= rules.stability:
                    found.append(Instance.of(mask, 0, 0, float(proposal.quality)))
                    taken |= mask
                    break
    return distinct(found, rules.overlap)


def everything(
    view: View, masks: MaskEngine, gsd_range: Tuple[float, float], progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, rules: Rules = Rules(), min_area: float = 0.0,
) -> FeatureSet:
    """Every object in ``view`` as polygons of label "object" that do not overlap, the largest first; on top of a large one
    small ones are cut out. ``gsd_range``: metres a pixel at which ``masks`` sees well. ``min_area``: m², 0: all.

    Raises NothingToAnalyse without a valid pixel, RasterUnreadable, Cancelled.
    """
    source = view.source
    frame = WorkingFrame.of(view, masks.side, gsd_range)
    around = region_window(view.region, frame.grid).intersection(frame.grid.window)
    if frame.window.empty or around.empty:
        raise NothingToAnalyse(source.name)
    read = tile_reader(FramedSource(source, frame), measure_stretch(source, cancel))
    side = min(masks.side, max(around.width, around.height))
    plan = [Window(around.col + w.col, around.row + w.row, side, side)
            for w in plan_tiles((around.height, around.width), side, int(side * _SHARED))]
    by_window, known = [], 0
    for number, window in enumerate(plan):
        progress(number / len(plan), "Looking for objects")
        if cancel is not None:
            cancel.raise_if_cancelled()
        tile = read(window)
        inside = tile.valid & region_mask(view.region, frame.grid.part(window, (side, side)))
        known += int(inside.sum())
        if not inside.any():
            continue
        found = objects_of(masks, masks.encode(tile.rgb, frame.gsd, cancel), inside, rules, cancel)
        by_window.append((window, [Instance(one.col + window.col, one.row + window.row, one.mask, one.quality)
                                   for one in found]))
    if known == 0:
        raise NothingToAnalyse(source.name)
    progress(1.0, "Measuring")
    features = _features(joined(by_window, rules.overlap, around), frame.grid, rules.least)
    kept = [one for one in features if min_area <= 0 or (one.area_m2 or 0.0) >= min_area]
    ordered = tuple(sorted(kept, key=lambda one: -one.pixels))
    return FeatureSet("mask", frame.grid.crs_wkt, ordered, masks.name, source.name, iso(source))


def _features(found: List[Instance], grid: Any, least: int) -> List[MaskFeature]:
    traces = traced(outlines(painted(found, grid), grid.width, least), grid)
    return [MaskFeature(one.rings, LABEL, float(one.score), one.pixels, one.area_m2) for one in traces]


def _stability(scores: np.ndarray, place: Tuple[float, float], step: float) -> float:
    """IoU of the mask under ``place`` at two thresholds: of what has firm edges it is 1."""
    high, low = (together(scores >= limit, [place]) for limit in (INSIDE + step, INSIDE - step))
    return float((high & low).sum() / max(1, low.sum()))
