"""What changed between two dates: polygons with what each was and became, counts, cells, transitions, words."""

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..errors import QuestionUnclear
from ..facts.outlines import features_of
from ..facts.pair_facts import change_facts
from ..facts.view_facts import component_areas
from ..features import FeatureSet
from ..language.claims.checked_pair import checked
from ..language.composing import pair as compose_pair
from ..language.phrases import counted, mass, noun
from ..language.units import Units
from ..maps.cover_map import ChangeMap
from ..router import Intent, route
from .measured import MeasuredPair, measure_pair
from .segment import covers_of


@dataclass(frozen=True)
class ChangeRequest:
    """``question``: words that narrow it ("new buildings", "trees lost in the north"); "" for every change.

    ``threshold``: score in [0, 1] from which a pixel counts as changed, None for the model's own.
    """

    before: View
    after: View
    question: str = ""
    units: Units = Units()
    threshold: Optional[float] = None


@dataclass(frozen=True)
class ChangeResult:
    """``features``: largest first. ``counts``: {cover: {added, removed}}; ``cells``: [{cell, where, pixels, share}];
    ``transitions``: [{from, to, count, pixels, share, area_m2}]; ``changed``: whether any feature is there. All of
    them are about the narrowed change, and equal what is summed up over ``features``. ``scores``: what it was read from.
    ``voice``: who worded it, and what a check of the words against the facts said.
    """

    features: FeatureSet
    facts: Dict[str, Any]
    caption: str
    counts: Dict[str, Dict[str, int]]
    cells: List[Dict[str, Any]]
    transitions: List[Dict[str, Any]]
    changed: bool
    sentences: Tuple[str, ...] = ()
    scores: Optional[ChangeMap] = None
    voice: str = ""


@dataclass(frozen=True)
class RoutedChange:
    """A change question that was routed already, for instance with the turns before it in mind."""

    before: View
    after: View
    intent: Intent
    detail: str = "brief"
    units: Units = Units()
    threshold: Optional[float] = None


def run(
    request: ChangeRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> ChangeResult:
    """Raises UnknownConcept and QuestionUnclear for the question, and what ``Engine.change`` raises."""
    intent = route(request.question, pair=True) if request.question.strip() else Intent("describe")
    if intent.kind == "help":
        intent = Intent("describe")
    routed = RoutedChange(request.before, request.after, intent, "detailed", request.units, request.threshold)
    return answer(routed, engine, progress, cancel)


def answer(
    request: RoutedChange, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> ChangeResult:
    """As :func:`run`, for a routed question."""
    cells = request.intent.narrowing.cells
    measured = measure_pair(request.before, request.after, engine, progress, cancel, cells, request.threshold)
    return answer_from(request, measured, cancel)


def answer_from(request: RoutedChange, measured: MeasuredPair, cancel: Optional[CancelToken] = None) -> ChangeResult:
    """As :func:`answer`, once the change is measured."""
    intent = request.intent
    covers = covers_of(intent.concepts)
    measured = narrowed(measured, intent)
    facts = {**measured.facts, "focus": intent.focus()}
    sentences, voice = checked(compose_pair.answer(intent, facts, covers, request.detail, request.units), facts, intent)
    features = change_features(measured, cancel)
    counts = {
        name: {key: cover[key]["count"] for key in ("added", "removed")} for name, cover in facts["covers"].items()
    }
    return ChangeResult(
        features, facts, " ".join(sentences), counts, facts["changed"]["cells"], facts["transitions"],
        bool(features.features), tuple(sentences), measured.change, voice,
    )


def links(intent: Intent, facts: Dict[str, Any], found: FeatureSet) -> List[Tuple[str, Tuple[int, ...]]]:
    """Words that an answer may hold, with the polygons they stand for: what came, what went, else every change."""
    named: List[Tuple[str, Tuple[int, ...]]] = []
    for name in covers_of(intent.concepts) or ("building",):
        for way, own, other in (("added", "to_label", "from_label"), ("removed", "from_label", "to_label")):
            number = facts["covers"][name][way]["count"]
            indices = tuple(
                i for i, feature in enumerate(found.features)
                if getattr(feature, own) == name and getattr(feature, other) != name
            )
            if indices:
                forms = counted(name, number), mass(name)
                named += [(f"{form} {were} {way}", indices) for form in forms for were in ("was", "were")]
        if len(found.features) == 1:
            named += [(f"{noun(name, 1)} {way}", (0,)) for way in ("added", "removed")]
    every = tuple(range(len(found.features)))
    # Features are largest first; of a ranking only the one asked for is left.
    named += [(f"{rank} change", (0,)) for rank in ("largest", "smallest")] if every else []
    return [*named, ("region changed", every), ("changes", every), ("one change", every)] if every else []


def wanted(measured: MeasuredPair, intent: Intent) -> np.ndarray:
    """(n,) bool: the changed parts that ``intent`` is about. Raises UnknownConcept for scene words."""
    found = measured.found
    covers = covers_of(intent.concepts)
    was, became = np.array(found.was, object), np.array(found.became, object)
    chosen = np.ones(len(found.parts), bool)
    if covers:
        came, went = np.isin(became, covers), np.isin(was, covers)
        chosen = came & ~went if intent.direction == "added" else went & ~came if intent.direction == "removed" else came | went
    limits = intent.narrowing
    if limits.min_area is not None or limits.max_area is not None:
        chosen &= _sized(measured, limits.min_area, limits.max_area)
    left = np.flatnonzero(chosen)
    if limits.rank and len(left):
        place = limits.rank - 1 if limits.rank > 0 else len(left) + limits.rank
        chosen = np.zeros(len(chosen), bool)
        if 0 <= place < len(left):
            chosen[left[place]] = True
    return chosen


def _sized(measured: MeasuredPair, low: Optional[float], high: Optional[float]) -> np.ndarray:
    areas = component_areas(measured.found.parts, measured.area)
    if areas is None:
        raise QuestionUnclear("The images have no scale, so nothing can be chosen by its area. Set their CRS first.")
    return (areas >= (low or 0.0)) & (areas <= (np.inf if high is None else high))


def narrowed(measured: MeasuredPair, intent: Intent) -> MeasuredPair:
    """Only the changed parts that ``intent`` is about; changes, counts and transitions of the facts are of these."""
    chosen = wanted(measured, intent)
    if chosen.all():
        return measured
    found = measured.found.only(chosen)
    return replace(measured, found=found, facts={
        **measured.facts, **change_facts(found, measured.facts["covers"], measured.area)})


def change_features(measured: MeasuredPair, cancel: Optional[CancelToken]) -> FeatureSet:
    """The changed parts as polygons."""
    found = measured.found
    features = features_of(found.parts, found.grid, found.became, found.was, cancel)
    before, after = measured.change.before, measured.change.after
    times = " / ".join(time for time in (before.time, after.time) if time)
    return FeatureSet(
        "change", found.grid.crs_wkt, features, str(measured.facts["model"]), f"{before.source} → {after.source}", times,
        measured.change.pair_change.store.path,
    )
