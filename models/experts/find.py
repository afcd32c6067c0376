"""Finds the single things that phrases name: everything of their classes is proposed, the phrases choose."""

from dataclasses import dataclass, field, replace
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..concepts import lexicon
from ..conversation import View
from ..facts.components import Components
from ..facts.outlines import features_of
from ..facts.relations import nearest
from ..facts.selection import cover_selection
from ..facts.survey import Patches, Survey
from ..facts.view_facts import component_areas
from ..features import FeatureSet, MaskFeature
from ..language import answers
from ..language.composing import find as compose_find
from ..language.marks import mark, rendered_only
from ..language.tuned_notes import tuned_notes
from ..language.units import Units
from ..referring.candidates import Candidate, Landmark, from_parts, ground_of, plane_of
from ..referring.phrase import Referring
from ..referring.selecting import Selection, near_pixels, select
from .boxes_of import boxes_text
from .colours import colours_of
from .floors import DEFAULT, Floors
from .measured import MeasuredView, measure_view
from .segment import covers_of, feature_set


@dataclass(frozen=True)
class Found:
    """``body``: sentences of the answer, ``before`` and ``after`` it what limits it. ``link_words``: words of the answer,
    likeliest first, with indices into ``features``.
    """

    body: Tuple[str, ...]
    facts: Dict[str, Any]
    features: Optional[FeatureSet]
    link_words: Tuple[Tuple[Tuple[str, ...], Tuple[int, ...]], ...]
    before: Tuple[str, ...]
    after: Tuple[str, ...]


@dataclass
class _Search:
    view: View
    measured: MeasuredView
    cancel: Optional[CancelToken]
    #: Candidates by (label, with colours).
    known: Dict[Tuple[str, bool], List[Candidate]] = field(default_factory=dict)


def run(
    view: View, phrases: Sequence[Referring], verb: str, engine: Any, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, units: Optional[Units] = None, floors: Floors = DEFAULT,
    threshold: Optional[float] = None,
) -> Found:
    """What ``phrases`` name in ``view``. ``verb``: "find" or "segment", for the words of the answer. ``threshold``: instead
    of the model's own, of every class that is named.

    Raises UnknownConcept for classes that nothing is measured for, QuestionUnclear for things that the view is too coarse
    to show, and what ``Engine.cover`` raises.
    """
    units = units or Units()
    classes = [phrase.concept for whole in phrases for phrase in _chain(whole)]
    labels = covers_of(classes)
    things = tuple(name for name in labels if name in lexicon().things)
    limits = None if threshold is None else dict.fromkeys(labels, threshold)
    search = _Search(view, measure_view(view, engine, progress, cancel, floors, limits, things=things), cancel)
    facts, measured = dict(search.measured.facts), search.measured
    selections = [(phrase, _select(search, phrase)) for phrase in phrases]
    chosen = _chosen(selections)
    features: List[MaskFeature] = []
    numbers: Dict[Tuple[str, int], int] = {}
    facts["selection"] = {}
    for label in dict.fromkeys(name for phrase in phrases for name in phrase.concept.covers):
        parts = measured.found.patches[label].kept
        wanted = np.isin(np.arange(len(parts)), sorted(chosen.get(label, ())))
        for number, index in enumerate(np.flatnonzero(wanted)):
            numbers[label, int(index)] = len(features) + number
        picked = parts.keep(wanted)
        whole = {key: value for key, value in _amount(facts, label).items() if key != "drawn_only"}
        facts["selection"][label] = cover_selection(whole, picked, measured.found, measured.area)
        features += features_of(picked, measured.found.grid, [label] * len(picked), cancel=cancel)
    facts["referring"] = [_row(search, phrase, selection) for phrase, selection in selections]
    facts["boxes"] = [
        boxes_text(row["phrase"], [features[numbers[c.label, c.index]] for c in selection.chosen], measured.found.frame)
        for row, (_, selection) in zip(facts["referring"], selections)
    ]
    body = [sentence for row in facts["referring"] for sentence in compose_find.sentences(row, verb, facts, units)]
    links = tuple(
        (compose_find.links(row), tuple(sorted(numbers[c.label, c.index] for c in selection.chosen)))
        for row, (_, selection) in zip(facts["referring"], selections) if selection.chosen
    )
    narrow = [concept for concept in classes if concept.narrow]
    marked = rendered_only(labels, facts)
    return Found(
        tuple(dict.fromkeys(body)), facts, feature_set(measured, tuple(features)) if features else None, links,
        tuple(answers.narrow_notes(narrow)),
        (*answers.limits(facts, body, units), *([mark(marked)] if marked else []), *tuned_notes(labels, facts)))


def _chain(phrase: Referring) -> List[Referring]:
    """A phrase, its landmark, the landmark's landmark …"""
    return [phrase] + (_chain(phrase.other) if phrase.other is not None else [])


def _amount(facts: Dict[str, Any], label: str) -> Dict[str, Any]:
    found: Dict[str, Any] = facts["covers"][label] if label in facts["covers"] else facts["things"][label]
    return found


def _select(search: _Search, phrase: Referring) -> Selection:
    """What a phrase chooses among the candidates of its class."""
    others: List[Candidate] = []
    ground = None
    if phrase.other is not None:
        others = list(_select(search, phrase.other).chosen if _narrows(phrase.other) else _candidates(search, phrase.other))
        ground = _ground(search, phrase.other, others)
    found = search.measured.found
    plane = plane_of(found.frame, _size(found), search.measured.facts["gsd"])
    return select(phrase, _candidates(search, phrase), others, ground, plane, lambda c, label: _exact(search, c, label))


def _narrows(phrase: Referring) -> bool:
    return phrase.beyond or phrase.cells is not None or phrase.rank != 0


def _candidates(search: _Search, phrase: Referring) -> List[Candidate]:
    """Everything of a phrase's class; indices count through its covers, so that each is one thing."""
    found: List[Candidate] = []
    for label in phrase.concept.covers:
        key = (label, bool(phrase.colour))
        if key not in search.known:
            search.known[key] = _proposed(search, label, bool(phrase.colour))
        found += search.known[key]
    return found


def _proposed(search: _Search, label: str, coloured: bool) -> List[Candidate]:
    measured = search.measured
    parts = measured.found.patches[label].kept
    colours = colours_of(search.view, measured.found.grid, parts, search.cancel) if coloured else []
    return from_parts(label, parts, measured.found.frame, component_areas(parts, measured.area), colours)


def _ground(search: _Search, phrase: Referring, others: Sequence[Candidate]) -> Optional[Landmark]:
    """The ground of a landmark that is a cover without single things: what lies around a river is measured from its bank."""
    if not others or any(name in lexicon().things or name == "building" for name in phrase.concept.covers):
        return None
    wanted: Dict[str, set] = {}
    for other in others:
        wanted.setdefault(other.label, set()).add(other.index)
    grounds = [
        ground_of(_kept(search.measured.found.patches[label].kept, indices)).parts for label, indices in wanted.items()
    ]
    return Landmark(np.concatenate(grounds))


def _kept(parts: Components, indices: set) -> Components:
    return parts.keep(np.isin(np.arange(len(parts)), sorted(indices)))


def _exact(search: _Search, candidate: Candidate, label: str) -> float:
    """Pixels between the grounds of a candidate and of a landmark's class, pixel by pixel."""
    found = search.measured.found
    only = {
        candidate.label: _only(found.patches[candidate.label], {candidate.index}), label: found.patches[label]
    } if candidate.label != label else {}
    near = nearest(replace(found, patches=only), candidate.label, label, search.measured.facts["gsd"]) if only else None
    return float("inf") if near is None else near.metres / search.measured.facts["gsd"]


def _only(patches: Patches, indices: set) -> Patches:
    return replace(patches, kept=_kept(patches.kept, indices))


def _size(found: Survey) -> Tuple[int, int]:
    """(width, height) of the frame, in pixels of the grid."""
    xmin, ymin, xmax, ymax = found.frame.extent
    affine = found.grid.affine
    across, down = np.hypot(affine.a, affine.d), np.hypot(affine.b, affine.e)
    return max(1, round((xmax - xmin) / across)), max(1, round((ymax - ymin) / down))


def _chosen(selections: Sequence[Tuple[Referring, Selection]]) -> Dict[str, set]:
    chosen: Dict[str, set] = {}
    for _, selection in selections:
        for candidate in selection.chosen:
            chosen.setdefault(candidate.label, set()).add(candidate.index)
    return chosen


def _row(search: _Search, phrase: Referring, selection: Selection) -> Dict[str, Any]:
    """JSON-able: one phrase, what it chose, and what that amounts to."""
    found, facts = search.measured.found, search.measured.facts
    areas = [c.area_m2 for c in selection.chosen]
    pixels = sum(c.pixels for c in selection.chosen)
    labels = list(phrase.concept.covers)
    row: Dict[str, Any] = {
        "phrase": compose_find.phrase_words(phrase, len(selection.chosen)), "labels": labels, "count": len(selection.chosen),
        "of": selection.of, "missing": selection.missing, "pixels": pixels, "many": phrase.many, "colour": phrase.colour,
        "share": pixels / found.valid_pixels if found.valid_pixels else 0.0,
        "area_m2": None if any(area is None for area in areas) else float(sum(areas)),
        "where": [found.frame.names[cell] for cell in dict.fromkeys(c.cell for c in selection.chosen)],
        "asked": phrase.where, "relation": phrase.relation, "other": list(phrase.other.concept.covers) if phrase.other else [],
        "metres": None, "countable": all(_amount(facts, name)["countable"] for name in labels),
    }
    gsd = facts["gsd"]
    if phrase.relation == "near" and gsd is not None:
        row["metres"] = round(near_pixels(plane_of(found.frame, _size(found), gsd)) * gsd, 1)
    if phrase.relation == "nearest" and len(selection.chosen) == 1 and phrase.other is not None and gsd is not None:
        measured = min(_exact(search, selection.chosen[0], label) for label in phrase.other.concept.covers
                       if len(found.patches[label].kept)) if row["other"] else float("inf")
        row["metres"] = round(measured * gsd, 3) if np.isfinite(measured) else None
    return row

