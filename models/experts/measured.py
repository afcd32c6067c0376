"""From a view or a pair to measured facts: encode (cached), cut to the region, survey. Shared by all experts."""

import hashlib
from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress
from ..concepts import lexicon
from ..conversation import Region, View
from ..errors import NothingToAnalyse, QuestionUnclear
from ..facts.cells import CellFrame
from ..facts.changes import Changes, find_changes
from ..facts.ground import min_pixels as default_floors
from ..facts.instances import instance_patches
from ..facts.pair_facts import pair_facts
from ..facts.pixel_area import PixelArea
from ..facts.region_rows import RegionRows
from ..facts.survey import Survey, survey
from ..facts.view_facts import Context, cover_facts, view_facts
from ..maps.cover_map import ChangeMap, CoverMap
from ..tuned.tuned_class import TunedClass
from ..vision.legend import THING_SCALES
from .floors import DEFAULT, Floors
from .tuned import origin, smallest_of, tuned_among, validation


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
    floors: Floors = DEFAULT,
    thresholds: Optional[Mapping[str, float]] = None,
    cells: Optional[FrozenSet[int]] = None,
    whole: bool = False,
    things: Sequence[str] = (),
    spotting: bool = False,
) -> MeasuredView:
    """``view`` measured; ``cells`` (0..8, reading order) leaves only that part of its region.

    ``floors``: how small what is kept may be. ``thresholds``: by label, covers and things, instead of the model's own; of
    things none are known below ``thing_map.LOWEST``.

    ``things``: labels of ``legend.THINGS`` to look for besides; ``found.patches`` and ``facts["things"]`` then hold
    them too, and all is measured at a scale at which they can be told apart (QuestionUnclear if there is none).
    ``spotting``: ``facts["spotted"]`` lists single things of every label that are seen on the way.

    ``whole``: everything the model saw around the region too, so that an object under a click is not cut.

    Raises NothingToAnalyse if the region has no valid pixel.
    """
    tuned = tuned_among(things, engine)
    for label in things:
        if label not in tuned and label not in engine.nano.things:
            raise lexicon().unknown(lexicon().mass[label])
    working_gsd = _scale_for(things, view, tuned)
    cover = engine.cover(view, progress, cancel, working_gsd)
    smallest = floors.pixels(cover.labels, things, cover.gsd)
    given = dict(thresholds or {})
    limits = {**getattr(engine.nano, "thresholds", {}), **given}
    limits = {name: value for name, value in limits.items() if name in cover.labels}
    place = "whole" if whole else _mark(view.region)
    asked = *(tuple(sorted(by.items())) for by in (smallest, limits, given)), cells, tuple(things), spotting
    key: Any = ("view", view.source.name, place, *asked, *(one.digest for one in tuned.values()))
    # Of thresholds that are given only the last ones are kept, or a slider would fill memory.
    slot = key if thresholds is None else ("moved view", view.source.name, place)
    known, done = cover.memo.get(slot, (None, None))
    if done is not None and known == key:
        return _with(cover, done)
    inside = RegionRows(View(view.source) if whole else view, cover.grid)[:]
    frame = CellFrame.around(cover.grid, inside)
    if cells is not None:
        inside = frame.only(inside, cells)
    progress(1.0, "Measuring")
    found = survey(cover, inside, limits, smallest, cancel, frame)
    if found.valid_pixels == 0:
        raise NothingToAnalyse(view.source.name)
    area = PixelArea.of(cover.grid, cover.gsd)
    unreadable = int(round(cover.unreadable * found.region_pixels))
    context = _context(cover, engine.nano, unreadable)
    facts = view_facts(found, context, area)
    if spotting:
        facts["spotted"] = _spotted(engine, view, working_gsd, cover, inside, cancel)
    if things:
        facts["things"] = {}
    if tuned:
        facts["tuned"] = {label: origin(one) for label, one in tuned.items()}
    for label in things:
        if label in tuned:
            scored = engine.tuned(view, tuned[label], progress, cancel, working_gsd)
            found.min_pixels[label] = smallest_of(tuned[label], cover.gsd) if floors == DEFAULT else smallest[label]
            found.thresholds[label] = given.get(label, tuned[label].about.threshold)
            here = survey(scored, inside, found.thresholds, found.min_pixels, cancel, frame)
            found.patches[label] = here.patches[label]
            facts["things"][label] = {
                **cover_facts(label, found, context, area), "countable": True, "drawn_only": False,
                "validation": validation(tuned[label])}
            continue
        there = engine.things(view, label, progress, cancel, working_gsd)
        limit = given.get(label, there.threshold)
        found.patches[label] = instance_patches(there, there.detections, limit, inside, smallest[label], cancel)
        found.min_pixels[label], found.thresholds[label] = smallest[label], limit
        facts["things"][label] = {
            **cover_facts(label, found, context, area), "countable": True, "drawn_only": not engine.nano.checked(label)}
    cover.memo[slot] = key, (found, area, facts)
    return _with(cover, (found, area, facts))


def _scale_for(things: Sequence[str], view: View, tuned: Mapping[str, TunedClass]) -> Optional[float]:
    """The ground sample distance, in metres, to look for ``things`` at; None: the model's own for the view."""
    scales = {label: tuned[label].about.scales if label in tuned else THING_SCALES[label] for label in things}
    if not things or view.source.gsd is None:
        return None
    finest = max(scales[label][0] for label in things)
    blurred = [label for label in things if view.source.gsd > scales[label][1] * 1.01]
    if blurred:
        raise QuestionUnclear(
            f"A pixel of this layer is {view.source.gsd:.3g} m wide; {lexicon().mass[blurred[0]]} can be told apart up to "
            f"{scales[blurred[0]][1]:.3g} m. Choose a finer layer, or ask about land cover.")
    return finest if view.source.gsd < finest else None


def _spotted(
    engine: Any, view: View, working_gsd: Optional[float], cover: CoverMap, inside: Optional[np.ndarray],
    cancel: Optional[CancelToken],
) -> List[Dict[str, Any]]:
    """Single things whose box centre lies in the region, at scales at which they can be told apart, best first:
    label, score and box in the map's units. Empty too where the view is too large to have been remembered.
    """
    known = lexicon().things
    rows = []
    for one in engine.spot(view, cancel, working_gsd) or ():
        x, y = (int(value) for value in one.centre)
        height, width = (cover.grid.height, cover.grid.width)
        if one.label not in known or not (0 <= x < width and 0 <= y < height) or (inside is not None and not inside[y, x]):
            continue
        finest, coarsest = THING_SCALES[one.label]
        if cover.gsd is None or not finest * 0.5 <= cover.gsd <= coarsest * 1.01:
            continue
        corners = [cover.grid.affine * corner for corner in ((one.box[0], one.box[1]), (one.box[2], one.box[3]))]
        rows.append({"label": one.label, "score": round(one.score, 3), "drawn_only": not engine.nano.checked(one.label),
                     "box": [float(value) for corner in corners for value in corner]})
    return sorted(rows, key=lambda row: -row["score"])


def measure_pair(
    before: View, after: View, engine: Any, progress: Progress, cancel: Optional[CancelToken],
    cells: Optional[FrozenSet[int]] = None, threshold: Optional[float] = None,
) -> MeasuredPair:
    """The change between two views within the region of ``before``; ``threshold`` instead of the model's own.

    Raises NothingToAnalyse as :func:`measure_view`.
    """
    change = engine.change(before, after, progress, cancel)
    progress(1.0, "Measuring")
    return measure_changes(change, before, engine.nano, cancel, cells, threshold)


def measure_changes(
    change: ChangeMap, before: View, nano: Any, cancel: Optional[CancelToken],
    cells: Optional[FrozenSet[int]] = None, threshold: Optional[float] = None,
) -> MeasuredPair:
    """:func:`measure_pair` on scores that are there: no pixel is read and no model run."""
    limits = dict(getattr(nano, "thresholds", {}))
    limit = change_threshold(nano) if threshold is None else threshold
    # The model's own threshold is asked about again and again; of others only the last, or a slider would fill memory.
    key = ("pair" if limit == change_threshold(nano) else "moved", _mark(before.region), cells)
    known, done = change.memo.get(key, (None, None))
    if known != limit:
        inside = RegionRows(before, change.grid).only(cells)
        found = find_changes(
            change.pair_change, change.before, change.after, inside, limit,
            default_floors(change.before.labels, change.before.gsd), limits, cancel, inside.frame(),
        )
        if found.valid_pixels == 0:
            raise NothingToAnalyse(change.before.source)
        area = PixelArea.of(change.grid, change.before.gsd)
        contexts = [
            _context(cover, nano, int(round(cover.unreadable * found.region_pixels)))
            for cover in (change.before, change.after)
        ]
        facts = {**pair_facts(found, contexts[0], contexts[1], area), "threshold": float(limit)}
        alignment = getattr(change, "alignment", None)
        if alignment is not None:
            facts["alignment"] = alignment.facts()
        done = (found, area, facts)
        change.memo[key] = (limit, done)
    found, area, facts = done
    return MeasuredPair(change, found, area, dict(facts))


def change_threshold(nano: Any) -> float:
    """The score in [0, 1] from which a pixel counts as changed, as the model was tuned."""
    return float(getattr(nano, "thresholds", {}).get("change", 0.5))


def _with(cover: CoverMap, done: Tuple[Survey, Optional[PixelArea], Dict[str, Any]]) -> MeasuredView:
    found, area, facts = done
    return MeasuredView(cover, found, area, dict(facts))


def _context(cover: CoverMap, nano: Any, unreadable: int) -> Context:
    return Context(
        source=cover.source, time=cover.time, gsd=cover.gsd, native_gsd=cover.native_gsd,
        gsd_range=tuple(nano.gsd_range), unreadable=unreadable, errors=dict(nano.errors), scenes=cover.scenes,
        model=nano.name, key=cover.key,
    )


def _mark(region: Optional[Region]) -> str:
    if region is None:
        return ""
    mark = hashlib.sha256(repr(region.point).encode())
    for rings in region.polygons:
        for ring in rings:
            mark.update(np.ascontiguousarray(ring, np.float64).tobytes() + b"|")
        mark.update(b"/")
    return mark.hexdigest()
