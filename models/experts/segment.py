"""Outlines things in one view: by words, by clicks, by boxes. Clicks and boxes without words ask the mask predictor first."""

import re
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..concepts import Concept, lexicon, words_of
from ..conversation import View
from ..errors import QuestionUnclear
from ..facts.components import Components
from ..facts.outlines import features_of
from ..facts.view_facts import component_areas
from ..features import FeatureSet, MaskFeature
from ..language.narrowing import Narrowing, narrowing_of
from ..language.reading import read
from ..language.rules import NOT_ONE
from ..referring.parsing import parse
from ..referring.phrase import Referring
from . import clicks
from .floors import Floors
from .measured import MeasuredView, measure_view


@dataclass(frozen=True)
class SegmentRequest:
    """``words``: what to outline, "" with points or boxes: whatever lies there.

    ``threshold``: score from which a pixel belongs, or a single thing counts; None: the model's own. ``min_area``: m² on
    the ellipsoid of the smallest polygon, 0: by label. ``points``: (x, y, wanted), ``boxes``: (xmin, ymin, xmax, ymax),
    in the view's CRS.
    """

    view: View
    words: str = ""
    threshold: Optional[float] = None
    min_area: float = 0.0
    points: Tuple[Tuple[float, float, bool], ...] = ()
    boxes: Tuple[Tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True)
class SegmentResult:
    """``features``: largest first within each cover. ``facts``: of the whole view, at the same threshold."""

    features: FeatureSet
    facts: Dict[str, Any]


def run(
    request: SegmentRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> SegmentResult:
    """Raises UnknownConcept for words that no cover answers to, QuestionUnclear for none at all or a ``min_area`` where the
    image has no scale, and as the engine.
    """
    phrases = () if request.points or request.boxes else referring(request.words)
    if phrases:
        return _named(request, phrases, engine, progress, cancel)
    covers, narrowing = _wanted(request)
    things = tuple(name for name in covers if name in lexicon().things)
    floors = Floors(request.min_area, clicked=bool(request.points or request.boxes))
    limits = dict.fromkeys(covers, request.threshold) if request.threshold is not None else None
    measured = measure_view(request.view, engine, progress, cancel, floors, limits, narrowing.cells, things=things)
    features: List[MaskFeature] = []
    sure: List[clicks.Clicked] = []
    if not request.words.strip():
        # Nothing is named: the mask predictor says what is meant where it is sure.
        inside, outside = (tuple((x, y) for x, y, wanted in request.points if wanted is sign) for sign in (True, False))
        sure, places, boxes = clicks.predicted(request.view, measured, engine, inside, outside, request.boxes, cancel)
        request = replace(request, points=tuple((*place, True) for place in places) + tuple((*p, False) for p in outside),
                          boxes=tuple(boxes))
    for one in sure:
        features += features_of(one.part, measured.found.grid, [one.label], cancel=cancel)
    for name in covers if not sure or _wants(request) else ():
        parts = chosen_parts(measured, name, narrowing)
        parts = _pointed(parts, measured, request)
        features += features_of(parts, measured.found.grid, [name] * len(parts), cancel=cancel)
    features = [one for one in features if request.min_area <= 0 or (one.area_m2 or 0.0) >= request.min_area]
    facts = {**measured.facts, "pointed": clicks.told(sure, len(features) - len(sure))} if sure else measured.facts
    return SegmentResult(feature_set(measured, tuple(features)), facts)


def _named(
    request: SegmentRequest, phrases: Sequence[Referring], engine: Any, progress: Progress, cancel: Optional[CancelToken]
) -> SegmentResult:
    """What words name by more than its class: "the large building north of the road"."""
    from . import find

    found = find.run(request.view, phrases, "segment", engine, progress, cancel, floors=Floors(request.min_area),
                     threshold=request.threshold)
    source = request.view.source
    every = found.features or FeatureSet("mask", source.grid.crs_wkt, (), str(found.facts["model"]), source.name)
    kept = tuple(one for one in every.features if request.min_area <= 0 or (one.area_m2 or 0.0) >= request.min_area)
    return SegmentResult(replace(every, features=kept), found.facts)


def referring(words: str) -> Tuple[Referring, ...]:
    """The phrases of ``words`` where one of them names things by size, place, colour or relation; () for plain classes."""
    plain = " ".join(words.lower().split())
    if re.search(NOT_ONE, plain):
        return ()
    parsed = parse(words_of(plain), lexicon())
    return () if parsed.unknown or not any(phrase.beyond for phrase in parsed.phrases) else parsed.phrases


def _wants(request: SegmentRequest) -> bool:
    """Whether any click inside or box is left for the covers to answer."""
    return bool(request.boxes) or any(wanted for _, _, wanted in request.points)


def chosen_parts(measured: MeasuredView, cover: str, narrowing: Narrowing) -> Components:
    """The components of ``cover`` that a narrowed question means. Raises QuestionUnclear for sizes without a scale."""
    kept = measured.found.patches[cover].kept
    chosen = np.ones(len(kept), bool)
    if narrowing.min_area is not None or narrowing.max_area is not None:
        areas = component_areas(kept, measured.area)
        if areas is None:
            raise QuestionUnclear("The image has no scale, so nothing can be chosen by its area. Set its CRS first.")
        if narrowing.min_area is not None:
            chosen &= areas >= narrowing.min_area
        if narrowing.max_area is not None:
            chosen &= areas <= narrowing.max_area
    left = np.flatnonzero(chosen)
    if narrowing.rank and len(left):
        place = narrowing.rank - 1 if narrowing.rank > 0 else len(left) + narrowing.rank
        chosen = np.zeros(len(kept), bool)
        if 0 <= place < len(left):
            chosen[left[place]] = True
    return kept.keep(chosen)


def feature_set(measured: MeasuredView, features: Tuple[MaskFeature, ...]) -> FeatureSet:
    """``features`` with where they come from."""
    cover = measured.cover
    return FeatureSet(
        "mask", cover.grid.crs_wkt, features, str(measured.facts["model"]), cover.source, cover.time, cover.store.path
    )


def covers_of(concepts: Sequence[Concept]) -> Tuple[str, ...]:
    """The covers that ``concepts`` name, once each. Raises UnknownConcept for words that name only a kind of scene."""
    names: List[str] = []
    for concept in concepts:
        if not concept.covers:
            raise lexicon().unknown(concept.words)
        names += concept.covers
    return tuple(dict.fromkeys(names))


def _wanted(request: SegmentRequest) -> Tuple[Tuple[str, ...], Narrowing]:
    words = words_of(request.words)
    if not words:
        if not request.points and not request.boxes:
            raise QuestionUnclear("Say what to outline, for example “buildings” or “trees and water”.")
        return lexicon().covers, Narrowing()
    reading = read(words, lexicon())
    if reading.unknown:
        raise lexicon().unknown(reading.unknown[0])
    if not reading.mentions:
        if set(words) & {"everything", "all", "cover", "landcover", "covers"}:
            return lexicon().covers, narrowing_of(request.words.lower())
        raise lexicon().unknown(request.words)
    return covers_of([m.concept for m in reading.mentions]), narrowing_of(request.words.lower())


def _pointed(parts: Components, measured: MeasuredView, request: SegmentRequest) -> Components:
    """Components under wanted points or inside boxes, without those under unwanted points."""
    if not len(parts) or not (request.points or request.boxes):
        return parts
    inverse = ~measured.found.grid.affine
    chosen = np.zeros(len(parts), bool)
    wanted = [point for point in request.points if point[2]]
    if not wanted and not request.boxes:
        chosen[:] = True
    for x, y, _ in wanted:
        under = component_at(parts, *(inverse * (x, y)))
        if under is not None:
            chosen[under] = True
    for xmin, ymin, xmax, ymax in request.boxes:
        xs, ys = _centres(parts, measured)
        chosen |= (xs >= xmin) & (xs <= xmax) & (ys >= ymin) & (ys <= ymax)
    for x, y, positive in request.points:
        under = None if positive else component_at(parts, *(inverse * (x, y)))
        if under is not None:
            chosen[under] = False
    return parts.keep(chosen)


def component_at(parts: Components, col: float, row: float) -> Optional[int]:
    """The component that holds the pixel at (col, row) in pixel corners' coordinates; None if there is none."""
    runs = parts.runs
    hit = (runs.row == int(np.floor(row))) & (runs.start <= col) & (col < runs.stop)
    found = np.flatnonzero(hit)
    return int(parts.label[found[0]]) if len(found) else None


def _centres(parts: Components, measured: MeasuredView) -> Tuple[np.ndarray, np.ndarray]:
    affine = measured.found.grid.affine
    return (
        affine.a * parts.col + affine.b * parts.row + affine.c, affine.d * parts.col + affine.e * parts.row + affine.f
    )
