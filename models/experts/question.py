"""Answers a routed question about one view: sentences, the geometry they point at, and the words that link to it."""

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..errors import QuestionUnclear
from ..facts.outlines import features_of
from ..facts.relations import nearest, relations
from ..facts.selection import cover_selection
from ..features import FeatureSet, MaskFeature
from ..language import answers, compose_view
from ..language.units import Units
from ..router import Intent
from .measured import MeasuredView, measure_view
from .segment import chosen_parts, component_at, covers_of, feature_set


@dataclass(frozen=True)
class QuestionRequest:
    """``intent``: as routed. ``detail``: "brief" or "detailed"."""

    view: View
    intent: Intent
    detail: str = "brief"
    units: Units = Units()


@dataclass(frozen=True)
class QuestionResult:
    """``features``: None if the answer points at nothing. ``links``: words of the answer with indices into them."""

    sentences: Tuple[str, ...]
    facts: Dict[str, Any]
    features: Optional[FeatureSet] = None
    links: Tuple[Tuple[str, Tuple[int, ...]], ...] = ()


@dataclass
class _Answering:
    """What the handlers below share."""

    request: QuestionRequest
    measured: MeasuredView
    covers: Tuple[str, ...]
    cancel: Optional[CancelToken]
    links: List[Tuple[str, Tuple[int, ...]]] = field(default_factory=list)
    features: List[MaskFeature] = field(default_factory=list)
    #: Covers as the question narrows them; these, not the whole view's, fill the sentences.
    chosen: Dict[str, Dict[str, Any]] = field(default_factory=dict)


def run(
    request: QuestionRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> QuestionResult:
    """Raises UnknownConcept, QuestionUnclear, and what ``Engine.cover`` raises."""
    intent = request.intent
    scenes = [concept for concept in intent.concepts if not concept.covers]
    named = [concept for concept in intent.concepts if concept.scenes and (concept.narrow or not concept.covers)]
    if scenes and intent.kind not in ("presence", "scene", "caption", "list"):
        covers_of(scenes)
    point = request.view.region.point if request.view.region is not None else None
    whole = intent.kind == "identify" and point is not None
    measured = measure_view(request.view, engine, progress, cancel, cells=intent.narrowing.cells, whole=whole)
    covers = covers_of([concept for concept in intent.concepts if concept.covers])
    state = _Answering(request, measured, covers, cancel)
    if whole:
        sentences = _identify(state, point)
    elif named and intent.kind == "presence":
        sentences = [s for concept in named for s in answers.scene_presence(concept.words, concept.scenes, measured.facts)]
        sentences += _each(state, _presence) if covers else []
    else:
        sentences = _HANDLERS[intent.kind](state)
    notes = answers.narrow_notes([concept for concept in intent.concepts if concept.narrow])
    spoken = notes + answers.in_part(sentences, intent.narrowing.cells is not None)
    if intent.kind not in ("caption",):
        spoken += answers.limits(measured.facts, request.units)
    facts = dict(measured.facts)
    if state.chosen:
        facts["selection"] = state.chosen
    features = feature_set(measured, tuple(state.features)) if state.features else None
    return QuestionResult(tuple(s for s in spoken if s), facts, features, tuple(state.links))


def _each(state: _Answering, say: Callable[[_Answering, str, Dict[str, Any]], List[str]]) -> List[str]:
    """``say`` for every cover asked about, as narrowed, with its polygons."""
    said: List[str] = []
    for name in state.covers:
        said += say(state, name, _take(state, name))
    return said


def _take(state: _Answering, name: str) -> Dict[str, Any]:
    """The facts of one cover as the question narrows it; its polygons join the answer's."""
    parts = chosen_parts(state.measured, name, state.request.intent.narrowing)
    facts = cover_selection(state.measured.facts["covers"][name], parts, state.measured.found, state.measured.area)
    first = len(state.features)
    state.features += features_of(parts, state.measured.found.grid, [name] * len(parts), cancel=state.cancel)
    if len(parts):
        state.links.append((answers.link_words(name, facts), tuple(range(first, len(state.features)))))
    state.chosen[name] = facts
    return facts


def _narrowed(state: _Answering) -> bool:
    narrowing = state.request.intent.narrowing
    return narrowing.min_area is not None or narrowing.max_area is not None


def _selected(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """A question narrowed by size or rank is answered by the selection itself."""
    units, rank = state.request.units, state.request.intent.narrowing.rank
    if rank and facts["present"]:
        return [compose_view.largest_sentence(name, {**facts, "count": 2}, units, rank)]
    whole = state.measured.facts["covers"][name]
    return [compose_view.selection_sentence(name, facts, whole["count"] if whole["countable"] else None, units)]


def _count(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if (_narrowed(state) and facts["countable"]) or state.request.intent.narrowing.rank:
        return _selected(state, name, facts)
    return compose_view.count_sentences(name, facts, state.measured.facts, state.request.units)


def _presence(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if _narrowed(state):
        return [("Yes: " if facts["present"] else "No. ") + _selected(state, name, facts)[0]]
    return [compose_view.presence_sentence(name, facts, state.request.units)]


def _where(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if state.request.intent.narrowing.rank or _narrowed(state):
        return _selected(state, name, facts)
    return compose_view.where_sentences(name, facts, state.request.units)


def _area(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if state.request.intent.narrowing.rank or _narrowed(state):
        return _selected(state, name, facts)
    return [compose_view.area_sentence(name, facts, state.request.units)]


def _areas(state: _Answering) -> List[str]:
    if not state.covers:
        return answers.region_area(state.measured.facts, state.request.units)
    said = _each(state, _area)
    if len(state.covers) > 1:
        said.append(answers.together(state.chosen, state.request.units))
    return said


def _compare(state: _Answering) -> List[str]:
    pairs = [(name, _take(state, name)) for name in state.covers]
    if len(pairs) < 2:
        raise QuestionUnclear("Compare what with what? Name two things, for example trees and buildings.")
    return compose_view.compare_sentences(pairs[0], pairs[1], state.request.units)


def _distance(state: _Answering) -> List[str]:
    if len(state.covers) < 2:
        raise QuestionUnclear("From what to what? Name two things, for example the nearest building and the water.")
    subject, target = state.covers[:2]
    facts = state.measured.facts
    for name in (subject, target):
        if not facts["covers"][name]["present"]:
            return [compose_view.absent_sentence(name, facts["covers"][name])]
    near = relations(state.measured.found, facts["gsd"], [(subject, target)])
    if not near:
        return []
    found = nearest(state.measured.found, subject, target, facts["gsd"])
    parts = state.measured.found.patches[subject].kept
    only = np.arange(len(parts)) == (found.index if found is not None else -1)
    state.features += features_of(parts.keep(only), state.measured.found.grid, [subject], cancel=state.cancel)
    sentence = compose_view.nearest_sentence(next(iter(near.values())), state.request.units)
    state.links.append((f"nearest {answers.one(subject)}", (0,)))
    facts["relations"] = {**facts["relations"], **near}
    return [sentence]


def _segment(state: _Answering) -> List[str]:
    if not state.covers:
        state.covers = tuple(n for n, c in compose_view.ranked(state.measured.facts) if c["present"])
        if not state.covers:
            return compose_view.list_sentences(state.measured.facts, state.request.units)

    def say(inner: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
        return [answers.outlined(name, facts, inner.measured.facts, inner.request.units)]

    return _each(state, say)


def _identify(state: _Answering, point: Tuple[float, float]) -> List[str]:
    """The object under a click."""
    col, row = ~state.measured.found.grid.affine * point
    for name, patches in state.measured.found.patches.items():
        under = component_at(patches.kept, col, row)
        if under is None:
            continue
        only = np.arange(len(patches.kept)) == under
        part = patches.kept.keep(only)
        facts = cover_selection(state.measured.facts["covers"][name], part, state.measured.found, state.measured.area)
        state.features += features_of(part, state.measured.found.grid, [name], cancel=state.cancel)
        state.chosen[name] = facts
        state.links.append((answers.one(name), (0,)))
        return [answers.identified(name, facts, state.request.units)]
    return ["I cannot tell with confidence what this is."]


def _describe(state: _Answering) -> List[str]:
    return compose_view.caption(state.measured.facts, state.request.detail, state.request.units)


def _list(state: _Answering) -> List[str]:
    return compose_view.list_sentences(state.measured.facts, state.request.units)


_HANDLERS: Dict[str, Callable[[_Answering], List[str]]] = {
    "caption": _describe,
    "identify": lambda state: answers.dominant(state.measured.facts, state.request.units),
    "scene": lambda state: compose_view.scene_sentences(state.measured.facts),
    "list": _list,
    "presence": lambda state: _each(state, _presence) if state.covers else _list(state),
    "count": lambda state: _each(state, _count),
    "where": lambda state: _each(state, _where),
    "area": _areas,
    "share": _areas,
    "compare": _compare,
    "distance": _distance,
    "segment": _segment,
}
