"""From a view or a pair to measured facts: encode (cached), cut to the region, survey. Shared by all experts."""

import hashlib
from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, Mapping, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress
from ..conversation import Region, View
from ..cover_map import ChangeMap, CoverMap
from ..errors import NothingToAnalyse
from ..facts.cells import CellFrame
from ..facts.changes import Changes, find_changes
from ..facts.ground import min_pixels as default_floors
from ..facts.pair_facts import pair_facts
from ..facts.pixel_area import PixelArea
from ..facts.survey import Survey, survey
from ..facts.view_facts import Context, view_facts
from ..imagery.grid import Grid
from ..imagery.regions import region_mask


@dataclass(frozen=True)
class MeasuredView:
    """One date, measured. ``facts``: JSON-able; ``area``: m² of its pixels, None without a scale."""

    cover: CoverMap
    found: Survey
    area: Optional[PixelArea]
    facts: Dict[str, Any]


@dataclass(frozen=True)
class MeasuredPair:
    """Two dates, measured."""

    change: ChangeMap
    found: Changes
    area: Optional[PixelArea]
    facts: Dict[str, Any]


def measure_view(
    view: View,
    engine: Any,
    progress: Progress,
    cancel: Optional[CancelToken],
    floors: Optional[Mapping[str, int]] = None,
    thresholds: Optional[Mapping[str, float]] = None,
    cells: Optional[FrozenSet[int]] = None,
    whole: bool = False,
) -> MeasuredView:
    """``view`` measured; ``cells`` (0..8, reading order) leaves only that part of its region.

    ``whole``: everything the model saw around the region too, so that an object under a click is not cut.

    Raises NothingToAnalyse if the region has no valid pixel.
    """
    cover = engine.cover(view, progress, cancel)
    floors = dict(floors or default_floors(cover.labels, cover.gsd))
    limits = {**getattr(engine.nano, "thresholds", {}), **(thresholds or {})}
    limits = {name: value for name, value in limits.items() if name in cover.labels}
    place = "whole" if whole else _mark(view.region)
    key = ("view", view.source.name, place, tuple(sorted(floors.items())), tuple(sorted(limits.items())), cells)
    done = cover.memo.get(key)
    if done is not None:
        return _with(cover, done)
    inside = _inside(View(view.source) if whole else view, cover.grid)
    frame = CellFrame.around(cover.grid, inside)
    if cells is not None:
        inside = _cut(inside, frame, cells, cover.grid)
    progress(1.0, "Measuring")
    found = survey(cover, inside, limits, floors, cancel, frame)
    if found.valid_pixels == 0:
        raise NothingToAnalyse(view.source.name)
    area = PixelArea.of(cover.grid, cover.gsd)
    unreadable = int(round(cover.unreadable * found.region_pixels))
    facts = view_facts(found, _context(cover, engine.nano, unreadable), area)
    cover.memo[key] = (found, area, facts)
    return _with(cover, (found, area, facts))


def measure_pair(
    before: View, after: View, engine: Any, progress: Progress, cancel: Optional[CancelToken],
    cells: Optional[FrozenSet[int]] = None,
) -> MeasuredPair:
    """The change between two views within the region of ``before``. Raises NothingToAnalyse as :func:`measure_view`."""
    change = engine.change(before, after, progress, cancel)
    key = ("pair", _mark(before.region), cells)
    done = change.memo.get(key)
    if done is None:
        inside = _inside(before, change.grid)
        frame = CellFrame.around(change.grid, inside)
        if cells is not None:
            inside = _cut(inside, frame, cells, change.grid)
        progress(1.0, "Measuring")
        limits = getattr(engine.nano, "thresholds", {})
        found = find_changes(
            change.pair_change, change.before, change.after, inside, limits.get("change", 0.5),
            default_floors(change.before.labels, change.before.gsd), limits, cancel, frame,
        )
        if found.valid_pixels == 0:
            raise NothingToAnalyse(before.source.name)
        area = PixelArea.of(change.grid, change.before.gsd)
        contexts = [
            _context(cover, engine.nano, int(round(cover.unreadable * found.region_pixels)))
            for cover in (change.before, change.after)
        ]
        done = change.memo[key] = (found, area, pair_facts(found, contexts[0], contexts[1], area))
    found, area, facts = done
    return MeasuredPair(change, found, area, dict(facts))


def _with(cover: CoverMap, done: Tuple[Survey, Optional[PixelArea], Dict[str, Any]]) -> MeasuredView:
    found, area, facts = done
    return MeasuredView(cover, found, area, dict(facts))


def _context(cover: CoverMap, nano: Any, unreadable: int) -> Context:
    return Context(
        source=cover.source, time=cover.time, gsd=cover.gsd, native_gsd=cover.native_gsd,
        gsd_range=tuple(nano.gsd_range), unreadable=unreadable, errors=dict(nano.errors), scenes=cover.scenes,
        model=nano.name, key=cover.key,
    )


def _inside(view: View, grid: Grid) -> np.ndarray:
    """(H, W) bool: working pixels whose centre lies in the region, or on the raster if there is no region."""
    if view.region is not None:
        return region_mask(view.region, grid)
    source = view.source.grid
    to_source = ~source.affine * grid.affine
    cols, rows = np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5
    # Working and native pixels run alike: columns depend on columns only.
    across = to_source.a * cols + to_source.c
    down = to_source.e * rows + to_source.f
    return ((down > 0) & (down < source.height))[:, None] & ((across > 0) & (across < source.width))[None]


def _cut(inside: np.ndarray, frame: CellFrame, cells: FrozenSet[int], grid: Grid) -> np.ndarray:
    out = inside.copy()
    cols = np.arange(grid.width)
    for row in range(grid.height):
        out[row] &= np.isin(frame.index(cols, np.full(grid.width, row)), list(cells))
    return out


def _mark(region: Optional[Region]) -> str:
    if region is None:
        return ""
    mark = hashlib.sha256(repr(region.point).encode())
    for rings in region.polygons:
        for ring in rings:
            mark.update(np.ascontiguousarray(ring, np.float64).tobytes() + b"|")
        mark.update(b"/")
    return mark.hexdigest()
