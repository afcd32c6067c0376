"""Answers a routed question about one view: sentences, the geometry they point at, and the words that link to it."""

from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..features import FeatureSet
from ..language import answers
from ..language.composing import cover as compose_cover
from ..language.composing import view as compose_view
from ..language.tuned_notes import tuned_notes
from ..router import Intent
from . import find, metadata
from .amounts import areas, compare, count, distance, named_places, presence, where
from .answering import Answering, QuestionRequest, each, take
from .measured import MeasuredView, measure_view
from .pointed import dominant, identify_at, single
from .segment import covers_of, feature_set

__all__ = ["QuestionRequest", "QuestionResult", "links_of", "run"]


@dataclass(frozen=True)
class QuestionResult:
    """``sentences``: ``before``, ``body`` and ``after``; whoever puts the body into other words keeps the other two, which
    say what limits it. ``features``: None if the answer points at nothing. ``link_words``: words of an answer, likeliest
    first, with indices into them.
    """

    body: Tuple[str, ...]
    facts: Dict[str, Any]
    features: Optional[FeatureSet] = None
    link_words: Tuple[Tuple[Tuple[str, ...], Tuple[int, ...]], ...] = ()
    before: Tuple[str, ...] = ()
    after: Tuple[str, ...] = ()

    @property
    def sentences(self) -> Tuple[str, ...]:
        """The whole answer. A caption says by itself what limits it."""
        return self.before + self.body + tuple(sentence for sentence in self.after if sentence not in self.body)

    @property
    def links(self) -> Tuple[Tuple[str, Tuple[int, ...]], ...]:
        """Words of :attr:`sentences` with indices into the features."""
        return tuple(links_of(self.link_words, " ".join(self.sentences)))


def run(
    request: QuestionRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> QuestionResult:
    """Raises UnknownConcept, QuestionUnclear, and what ``Engine.cover`` raises."""
    intent = request.intent
    if intent.phrases:
        named_ones = find.run(request.view, intent.phrases, intent.kind, engine, progress, cancel, request.units)
        return QuestionResult(named_ones.body, named_ones.facts, named_ones.features, named_ones.link_words,
                              named_ones.before, named_ones.after)
    if intent.kind == "metadata":
        told = metadata.run(request.view, engine, progress, cancel)
        return QuestionResult(told.sentences, told.facts)
    scenes = [concept for concept in intent.concepts if not concept.covers]
    named = [concept for concept in intent.concepts if concept.scenes and (concept.narrow or not concept.covers)]
    if scenes and intent.kind not in ("presence", "scene", "caption", "list"):
        covers_of(scenes)
    point = request.view.region.point if request.view.region is not None else None
    whole = _around_a_click(request)
    found = measured(request, engine, progress, cancel)
    things = _things(intent)
    covers = covers_of([concept for concept in intent.concepts if concept.covers])
    state = Answering(request, found, covers, cancel, engine)
    if whole and point is not None:
        sentences = identify_at(state, point)
    elif named and intent.kind == "presence":
        sentences = named_places(state, named)
    else:
        sentences = _HANDLERS[intent.kind](state)
    found = state.measured
    cells = [found.found.frame.names[cell] for cell in sorted(intent.narrowing.cells or ())]
    body = answers.in_part([s for s in sentences if s], cells)
    before: List[str] = []
    if not (named and intent.kind == "presence"):
        before = answers.narrow_notes([concept for concept in intent.concepts if concept.narrow])
    # A caption of a part names its limits in words of its own.
    after = [] if intent.kind == "caption" and cells else answers.limits(found.facts, before + body, request.units)
    drawn = [name for name in things if found.facts["things"][name]["drawn_only"]]
    after += [compose_cover.drawn_only(drawn)] if drawn else []
    after += tuned_notes(things, found.facts)
    facts = {**found.facts, **state.also}
    if state.chosen:
        facts["selection"] = state.chosen
    features = feature_set(found, tuple(state.features)) if state.features else None
    return QuestionResult(tuple(body), facts, features, tuple(state.links), tuple(before), tuple(after))


def measured(
    request: QuestionRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> MeasuredView:
    """What an answer rests on, at ``request.thresholds``. Raises as :func:`run`."""
    intent = request.intent
    return measure_view(
        request.view, engine, progress, cancel, thresholds=request.thresholds, cells=intent.narrowing.cells,
        whole=_around_a_click(request), things=_things(intent),
        spotting=intent.kind == "identify" or (intent.kind == "caption" and request.detail == "detailed"))


def _around_a_click(request: QuestionRequest) -> bool:
    region = request.view.region
    return request.intent.kind == "identify" and region is not None and region.point is not None


def _things(intent: Intent) -> Tuple[str, ...]:
    return tuple(dict.fromkeys(name for c in intent.concepts if c.thing for name in c.covers))


def links_of(
    words: Sequence[Tuple[Tuple[str, ...], Tuple[int, ...]]], spoken: str
) -> Iterator[Tuple[str, Tuple[int, ...]]]:
    """For each group of polygons the first of its ``words`` that was ``spoken``."""
    for forms, indices in words:
        said = next((form for form in forms if form.lower() in spoken.lower()), None)
        if said is not None:
            yield said, indices


def _segment(state: Answering) -> List[str]:
    if not state.covers:
        state.covers = tuple(n for n, c in compose_view.ranked(state.measured.facts) if c["present"])
        if not state.covers:
            return compose_view.list_sentences(state.measured.facts)
    return answers.outlined([(name, take(state, name)) for name in state.covers], state.request.units)


def _describe(state: Answering) -> List[str]:
    return compose_view.caption(state.measured.facts, state.request.detail, state.request.units)


def _list(state: Answering) -> List[str]:
    return compose_view.list_sentences(state.measured.facts)


_HANDLERS: Dict[str, Callable[[Answering], List[str]]] = {
    "caption": _describe,
    "identify": lambda state: single(state) + dominant(state),
    "scene": lambda state: compose_view.scene_sentences(state.measured.facts),
    "list": _list,
    "presence": lambda state: each(state, presence) if state.covers else _list(state),
    "count": lambda state: each(state, count),
    "where": lambda state: each(state, where),
    "area": areas,
    "share": areas,
    "compare": compare,
    "distance": distance,
    "segment": _segment,
    "find": _segment,
}
