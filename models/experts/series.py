"""What changed when: several dates, every period measured as a pair, polygons with their history, words."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..errors import NothingToAnalyse, QuestionUnclear
from ..facts.histories import Histories, histories
from ..facts.outlines import features_of
from ..facts.region_rows import RegionRows
from ..facts.series_facts import date_facts, known_pixels, series_facts
from ..features import FeatureSet
from ..language.composing import series as compose_series
from ..language.units import Units
from ..maps.series_map import SeriesMap
from ..router import Intent, route
from ..series_features import SeriesFeature
from .change import narrowed
from .measured import MeasuredPair, measure_changes
from .segment import covers_of

#: So many dates are compared at once: each takes its share of memory and of the disk.
MOST_DATES = 24


@dataclass(frozen=True)
class SeriesRequest:
    """``views``: with their dates, in any order. ``question``: words that narrow it; "" for every change."""

    views: Tuple[View, ...]
    question: str = ""
    detail: str = "detailed"
    units: Units = Units()


@dataclass(frozen=True)
class SeriesResult:
    """``features``: of :class:`SeriesFeature`, by period, largest first. ``table``: one row a period and transition, and one
    without covers for a period without change: period, start, end, from, to, count, pixels, area_m2, known (share of the
    region known on both dates). All of it is summed up over ``features``.
    """

    features: FeatureSet
    facts: Dict[str, Any]
    table: Tuple[Dict[str, Any], ...]
    sentences: Tuple[str, ...]

    @property
    def caption(self) -> str:
        """The words in one."""
        return " ".join(self.sentences)


def run(
    request: SeriesRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> SeriesResult:
    """Raises UnknownConcept and QuestionUnclear (also for dates that are missing or equal), and what ``Engine.series`` does."""
    intent = route(request.question, pair=True) if request.question.strip() else Intent("describe")
    return answer(request, intent, engine, progress, cancel)


def answer(
    request: SeriesRequest, intent: Intent, engine: Any, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
) -> SeriesResult:
    """As :func:`run`, for a question that was routed already."""
    views = in_order(request.views)
    series: SeriesMap = engine.series(views, progress, cancel)
    progress(1.0, "Measuring")
    measured = _measured(series, views[0], engine.nano, intent, cancel)
    periods = [None if one is None else narrowed(one, intent) for one in measured]
    features = _features(series, views, periods, cancel)
    inside = RegionRows(views[0], series.grid).only(intent.narrowing.cells)
    laid = [None, *(one.facts() for one in series.alignments)]
    dates = [
        date_facts(view.source.name, _time(view), *known_pixels(cover, inside, cancel), how)
        for view, cover, how in zip(views, series.covers, laid)
    ]
    facts = series_facts(dates, [None if one is None else one.facts for one in periods], features, series.key)
    said = compose_series.answer(
        facts, covers_of(intent.concepts), intent.direction, request.detail, request.units, not intent.narrowing.empty)
    return SeriesResult(features, facts, tuple(table_of(facts)), tuple(said))


def in_order(views: Sequence[View]) -> Tuple[View, ...]:
    """``views`` by date. Raises QuestionUnclear if there are too few or too many, or a date is missing or there twice."""
    if not 2 <= len(views) <= MOST_DATES:
        raise QuestionUnclear(f"Choose 2 to {MOST_DATES} layers with different dates.")
    undated = [view.source.name for view in views if not _time(view)]
    if undated:
        raise QuestionUnclear(f"{undated[0]} has no date. Set it in the layer's temporal properties, or write it in its name.")
    ordered = sorted(views, key=_time)
    for one, other in zip(ordered, ordered[1:]):
        if _time(one) == _time(other):
            names = f"{one.source.name} and {other.source.name}"
            raise QuestionUnclear(f"{names} have the same date, {_time(one)}. Give one of them another date, or leave it out.")
    return tuple(ordered)


def table_of(facts: Dict[str, Any]) -> List[Dict[str, Any]]:
    """The table of :class:`SeriesResult`."""
    rows = []
    for number, period in enumerate(facts["periods"], 1):
        head = {"period": number, "start": period["start"], "end": period["end"]}
        known = {"known": period["known"]["share"]}
        for row in period["transitions"]:
            rows.append({**head, **{key: row[key] for key in ("from", "to", "count", "pixels", "area_m2")}, **known})
        if not period["transitions"]:
            # Nothing of what could be compared, or nothing could be.
            none = None if period["changed"] is None else 0
            rows.append({**head, "from": "", "to": "", "count": none, "pixels": none, "area_m2": none, **known})
    return rows


def _measured(
    series: SeriesMap, first: View, nano: Any, intent: Intent, cancel: Optional[CancelToken]
) -> List[Optional[MeasuredPair]]:
    """Every period; None where no pixel is known on both dates. Raises NothingToAnalyse if that holds for all."""
    found: List[Optional[MeasuredPair]] = []
    for number in range(len(series.changes)):
        try:
            found.append(measure_changes(series.period(number), first, nano, cancel, intent.narrowing.cells))
        except NothingToAnalyse:
            found.append(None)
    if all(one is None for one in found):
        raise NothingToAnalyse(first.source.name)
    return found


def _features(
    series: SeriesMap, views: Sequence[View], periods: Sequence[Optional[MeasuredPair]], cancel: Optional[CancelToken]
) -> FeatureSet:
    founds = [None if one is None else one.found for one in periods]
    past: Histories = histories(founds, cancel)
    features: List[SeriesFeature] = []
    model = ""
    for k, one in enumerate(periods):
        if one is None:
            continue
        model = str(one.facts["model"])
        for part, polygon in enumerate(features_of(one.found.parts, one.found.grid, one.found.became, one.found.was, cancel)):
            features.append(SeriesFeature(
                **vars(polygon), period=k + 1, start=_time(views[k]), end=_time(views[k + 1]),
                first_change=_time(views[int(past.first[k][part]) + 1]), flicker=bool(past.back[k][part]),
            ))
    names = " → ".join(view.source.name for view in views)
    times = " / ".join(_time(view) for view in views)
    return FeatureSet("series", series.grid.crs_wkt, tuple(features), model, names, times)


def _time(view: View) -> str:
    return view.source.time.iso if view.source.time is not None else ""
