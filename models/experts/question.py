"""Answers a routed question about one view: sentences, the geometry they point at, and the words that link to it."""

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..concepts import Concept
from ..conversation import View
from ..errors import QuestionUnclear
from ..facts.components import Components
from ..facts.outlines import features_of
from ..facts.relations import nearest, relations
from ..facts.selection import cover_selection
from ..features import FeatureSet, MaskFeature
from ..language import answers, compose_cover, compose_view, marks
from ..language.phrases import validation
from ..language.tuned_notes import tuned_notes
from ..language.units import Units
from ..router import Intent
from ..vision.detections import overlap
from . import find, identify, metadata
from .measured import MeasuredView, measure_view
from .segment import chosen_parts, component_at, covers_of, feature_set

#: Overlap (intersection over union) of a region and a thing's box from which the region is drawn around the thing.
_DRAWN_AROUND = 0.35


@dataclass(frozen=True)
class QuestionRequest:
    """``intent``: as routed. ``detail``: "brief" or "detailed"."""

    view: View
    intent: Intent
    detail: str = "brief"
    units: Units = Units()


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


@dataclass
class _Answering:
    """What the handlers below share."""

    request: QuestionRequest
    measured: MeasuredView
    covers: Tuple[str, ...]
    cancel: Optional[CancelToken]
    engine: Any = None
    #: Words that may stand for polygons, likeliest first, with indices into ``features``.
    links: List[Tuple[Tuple[str, ...], Tuple[int, ...]]] = field(default_factory=list)
    features: List[MaskFeature] = field(default_factory=list)
    #: Covers as the question narrows them; these, not the whole view's, fill the sentences.
    chosen: Dict[str, Dict[str, Any]] = field(default_factory=dict)
    #: Further facts that the sentences rest on.
    also: Dict[str, Any] = field(default_factory=dict)


def run(
    request: QuestionRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> QuestionResult:
    """Raises UnknownConcept, QuestionUnclear, and what ``Engine.cover`` raises."""
    intent = request.intent
    if intent.phrases:
        found = find.run(request.view, intent.phrases, intent.kind, engine, progress, cancel, request.units)
        return QuestionResult(found.body, found.facts, found.features, found.link_words, found.before, found.after)
    if intent.kind == "metadata":
        told = metadata.run(request.view, engine, progress, cancel)
        return QuestionResult(told.sentences, told.facts)
    scenes = [concept for concept in intent.concepts if not concept.covers]
    named = [concept for concept in intent.concepts if concept.scenes and (concept.narrow or not concept.covers)]
    if scenes and intent.kind not in ("presence", "scene", "caption", "list"):
        covers_of(scenes)
    point = request.view.region.point if request.view.region is not None else None
    whole = intent.kind == "identify" and point is not None
    things = tuple(dict.fromkeys(name for c in intent.concepts if c.thing for name in c.covers))
    measured = measure_view(
        request.view, engine, progress, cancel, cells=intent.narrowing.cells, whole=whole, things=things,
        spotting=intent.kind == "identify" or (intent.kind == "caption" and request.detail == "detailed"))
    covers = covers_of([concept for concept in intent.concepts if concept.covers])
    state = _Answering(request, measured, covers, cancel, engine)
    if whole and point is not None:
        sentences = _identify(state, point)
    elif named and intent.kind == "presence":
        sentences = _named(state, named)
    else:
        sentences = _HANDLERS[intent.kind](state)
    measured = state.measured
    cells = [measured.found.frame.names[cell] for cell in sorted(intent.narrowing.cells or ())]
    body = answers.in_part([s for s in sentences if s], cells)
    before: List[str] = []
    if not (named and intent.kind == "presence"):
        before = answers.narrow_notes([concept for concept in intent.concepts if concept.narrow])
    # A caption of a part names its limits in words of its own.
    after = [] if intent.kind == "caption" and cells else answers.limits(measured.facts, before + body, request.units)
    drawn = [name for name in things if measured.facts["things"][name]["drawn_only"]]
    after += [compose_cover.drawn_only(drawn)] if drawn else []
    after += tuned_notes(things, measured.facts)
    facts = {**measured.facts, **state.also}
    if state.chosen:
        facts["selection"] = state.chosen
    features = feature_set(measured, tuple(state.features)) if state.features else None
    return QuestionResult(tuple(body), facts, features, tuple(state.links), tuple(before), tuple(after))


def links_of(
    words: Sequence[Tuple[Tuple[str, ...], Tuple[int, ...]]], spoken: str
) -> Iterator[Tuple[str, Tuple[int, ...]]]:
    """For each group of polygons the first of its ``words`` that was ``spoken``."""
    for forms, indices in words:
        said = next((form for form in forms if form.lower() in spoken.lower()), None)
        if said is not None:
            yield said, indices


def _named(state: _Answering, named: List[Concept]) -> List[str]:
    """Kinds of place that are asked for as things: the scene words answer, with the cover that holds them, if any."""
    said: List[str] = []
    for concept in named:
        for name in concept.covers:
            _take(state, name)
        said += answers.scene_presence(concept, state.measured.facts, state.chosen)
    state.covers = tuple(name for name in state.covers if name not in state.chosen)
    return said + _each(state, _presence)


def _each(state: _Answering, say: Callable[[_Answering, str, Dict[str, Any]], List[str]]) -> List[str]:
    """``say`` for every cover asked about, as narrowed, with its polygons."""
    said: List[str] = []
    for name in state.covers:
        said += say(state, name, _take(state, name))
    return said


def _take(state: _Answering, name: str) -> Dict[str, Any]:
    """The facts of one cover as the question narrows it; its polygons join the answer's."""
    parts = chosen_parts(state.measured, name, state.request.intent.narrowing)
    facts = cover_selection(_amount(state, name), parts, state.measured.found, state.measured.area)
    first = len(state.features)
    state.features += features_of(parts, state.measured.found.grid, [name] * len(parts), cancel=state.cancel)
    if len(parts):
        words = (answers.one(name),) if state.request.intent.narrowing.rank else answers.link_words(name, facts)
        state.links.append((words, tuple(range(first, len(state.features)))))
    state.chosen[name] = facts
    return facts


def _amount(state: _Answering, name: str) -> Dict[str, Any]:
    """The facts of a cover or a thing in the whole view."""
    facts = state.measured.facts
    if name in facts["covers"]:
        return dict(facts["covers"][name])
    return {key: value for key, value in facts["things"][name].items() if key != "drawn_only"}


def _by_size(state: _Answering, name: str, facts: Dict[str, Any]) -> bool:
    """Whether the question picks by size or rank, and members of ``name`` can be told apart at this scale."""
    narrowing = state.request.intent.narrowing
    if narrowing.min_area is None and narrowing.max_area is None:
        return narrowing.rank != 0
    return bool(narrowing.rank or facts["countable"] or (name != "building" and state.measured.facts["in_range"]))


def _selected(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """A question narrowed by size or rank is answered by the selection itself."""
    units, narrowing = state.request.units, state.request.intent.narrowing
    whole = _amount(state, name)
    if narrowing.rank and not whole["present"]:
        return [compose_cover.absent_sentence(name, whole)]
    if narrowing.rank and not facts["present"]:
        return [answers.too_few(name, whole["count"])]
    if narrowing.rank:
        return [compose_cover.largest_sentence(name, {**facts, "count": whole["count"]}, units, narrowing.rank)]
    of = whole["count"] if whole["countable"] else None
    return compose_cover.selection_sentences(name, facts, of, narrowing, units)


def _count(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if _by_size(state, name, facts):
        return _selected(state, name, facts)
    return compose_cover.count_sentences(name, facts, state.measured.facts, state.request.units)


def _presence(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if _by_size(state, name, facts):
        first, *rest = _selected(state, name, facts)
        return [("Yes: " if facts["present"] else "No: ") + answers.inner(first), *rest]
    return [compose_cover.presence_sentence(name, facts, state.request.units)]


def _where(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if _by_size(state, name, facts):
        return _selected(state, name, facts)
    return compose_cover.where_sentences(name, facts, state.request.units)


def _area(state: _Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    if _by_size(state, name, facts):
        return _selected(state, name, facts)
    said = [compose_cover.area_sentence(name, facts, state.request.units)]
    return said + ([validation(name, facts["validation"])] if facts["present"] else [])


def _areas(state: _Answering) -> List[str]:
    if not state.covers:
        return answers.region_area(state.measured.facts, state.request.units)
    said = _each(state, _area)
    if len(state.covers) > 1:
        state.also["together"] = answers.summed(state.chosen)
        said.append(answers.together(state.also["together"], state.request.units))
    return said


def _compare(state: _Answering) -> List[str]:
    pairs = [(name, _take(state, name)) for name in state.covers]
    if len(pairs) < 2:
        raise QuestionUnclear("Compare what with what? Name two things, for example trees and buildings.")
    return compose_cover.compare_sentences(pairs[0], pairs[1], state.request.units)


def _distance(state: _Answering) -> List[str]:
    if len(state.covers) < 2:
        raise QuestionUnclear("From what to what? Name two things, for example the nearest building and the water.")
    subject, target = state.covers[:2]
    facts = state.measured.facts
    for name in (subject, target):
        if not _amount(state, name)["present"]:
            return [compose_cover.absent_sentence(name, _amount(state, name))]
    near = relations(state.measured.found, facts["gsd"], [(subject, target)])
    if not near:
        return []
    found = nearest(state.measured.found, subject, target, facts["gsd"])
    parts = state.measured.found.patches[subject].kept
    only = np.arange(len(parts)) == (found.index if found is not None else -1)
    state.features += features_of(parts.keep(only), state.measured.found.grid, [subject], cancel=state.cancel)
    sentence = compose_cover.nearest_sentence(next(iter(near.values())), facts["gsd"], state.request.units)
    state.links.append(((f"nearest {answers.one(subject)}",), (0,)))
    state.also["relations"] = {**facts["relations"], **near}
    return [sentence]


def _segment(state: _Answering) -> List[str]:
    if not state.covers:
        state.covers = tuple(n for n, c in compose_view.ranked(state.measured.facts) if c["present"])
        if not state.covers:
            return compose_view.list_sentences(state.measured.facts)
    return answers.outlined([(name, _take(state, name)) for name in state.covers], state.request.units)


def _identify(state: _Answering, point: Tuple[float, float]) -> List[str]:
    """The object under a click: a single thing before the cover it stands on."""
    thing = identify.thing_under(state.request.view, state.measured, state.engine, point, no_progress, state.cancel)
    if thing is not None:
        state.measured = thing.measured
        said = _named_part(state, thing.label, thing.part, thing.score)
        return said + ([marks.mark([thing.label])] if thing.drawn_only else [])
    col, row = ~state.measured.found.grid.affine * point
    for name, patches in state.measured.found.patches.items():
        under = component_at(patches.kept, col, row)
        if under is not None:
            part = patches.kept.keep(np.arange(len(patches.kept)) == under)
            return _named_part(state, name, part, float(part.score[0]))
    return ["I cannot tell with confidence what this is."]


def _named_part(state: _Answering, name: str, part: Components, score: float) -> List[str]:
    """One part named with its size and how sure that is; it joins the answer's polygons."""
    facts = cover_selection(_amount(state, name), part, state.measured.found, state.measured.area)
    state.features += features_of(part, state.measured.found.grid, [name], cancel=state.cancel)
    state.chosen[name] = facts
    state.also["identified"] = {"label": name, "probability": round(score, 4)}
    state.links.append(((answers.one(name),), (0,)))
    return [answers.identified(name, facts, state.request.units), answers.sureness(score)]


def _dominant(state: _Answering) -> List[str]:
    """What a drawn region mostly is, and how sure that is."""
    said = answers.dominant(state.measured.facts, state.request.units)
    name, cover = compose_view.ranked(state.measured.facts)[0]
    if said[0].startswith("I cannot") or not cover["present"]:
        return said
    state.also["identified"] = {"label": name, "probability": round(cover["mean_score"], 4)}
    return [*said, answers.sureness(cover["mean_score"])]


def _single(state: _Answering) -> List[str]:
    """The single thing that the region was drawn around, if there is one."""
    spotted, extent = state.measured.facts.get("spotted", ()), np.array(state.measured.facts["extent"])
    for row in spotted:
        x0, y0, x1, y1 = row["box"]
        box = np.array([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])
        if overlap(extent, box[None])[0] >= _DRAWN_AROUND:
            return [answers.single(row["label"], row["score"])] + (
                [compose_cover.drawn_only([row["label"]])] if row["drawn_only"] else [])
    return []


def _describe(state: _Answering) -> List[str]:
    return compose_view.caption(state.measured.facts, state.request.detail, state.request.units)


def _list(state: _Answering) -> List[str]:
    return compose_view.list_sentences(state.measured.facts)


_HANDLERS: Dict[str, Callable[[_Answering], List[str]]] = {
    "caption": _describe,
    "identify": lambda state: _single(state) + _dominant(state),
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
    "find": _segment,
}
