"""How many, how much, where, whether, and how far apart: a view's covers and things, in numbers."""

from typing import Any, Dict, List

import numpy as np

from ..concepts import Concept
from ..errors import QuestionUnclear
from ..facts.outlines import features_of
from ..facts.relations import nearest, relations
from ..language import answers
from ..language.composing import cover as compose_cover
from ..language.phrases import validation
from .answering import Answering, amount_of, each, take


def named_places(state: Answering, named: List[Concept]) -> List[str]:
    """Kinds of place that are asked for as things: the scene words answer, with the cover that holds them, if any."""
    said: List[str] = []
    for concept in named:
        for name in concept.covers:
            take(state, name)
        said += answers.scene_presence(concept, state.measured.facts, state.chosen)
    state.covers = tuple(name for name in state.covers if name not in state.chosen)
    return said + each(state, presence)


def _by_size(state: Answering, name: str, facts: Dict[str, Any]) -> bool:
    """Whether the question picks by size or rank, and members of ``name`` can be told apart at this scale."""
    narrowing = state.request.intent.narrowing
    if narrowing.min_area is None and narrowing.max_area is None:
        return narrowing.rank != 0
    return bool(narrowing.rank or facts["countable"] or (name != "building" and state.measured.facts["in_range"]))


def _selected(state: Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """A question narrowed by size or rank is answered by the selection itself."""
    units, narrowing = state.request.units, state.request.intent.narrowing
    whole = amount_of(state, name)
    if narrowing.rank and not whole["present"]:
        return [compose_cover.absent_sentence(name, whole)]
    if narrowing.rank and not facts["present"]:
        return [answers.too_few(name, whole["count"])]
    if narrowing.rank:
        return [compose_cover.largest_sentence(name, {**facts, "count": whole["count"]}, units, narrowing.rank)]
    of = whole["count"] if whole["countable"] else None
    return compose_cover.selection_sentences(name, facts, of, narrowing, units)


def count(state: Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """How many there are."""
    if _by_size(state, name, facts):
        return _selected(state, name, facts)
    return compose_cover.count_sentences(name, facts, state.measured.facts, state.request.units)


def presence(state: Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """Whether there is any."""
    if _by_size(state, name, facts):
        first, *rest = _selected(state, name, facts)
        return [("Yes: " if facts["present"] else "No: ") + answers.inner(first), *rest]
    return [compose_cover.presence_sentence(name, facts, state.request.units)]


def where(state: Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """Where in the view it lies."""
    if _by_size(state, name, facts):
        return _selected(state, name, facts)
    return compose_cover.where_sentences(name, facts, state.request.units)


def area(state: Answering, name: str, facts: Dict[str, Any]) -> List[str]:
    """How much ground it covers."""
    if _by_size(state, name, facts):
        return _selected(state, name, facts)
    said = [compose_cover.area_sentence(name, facts, state.request.units)]
    return said + ([validation(name, facts["validation"])] if facts["present"] else [])


def areas(state: Answering) -> List[str]:
    """How much ground all of them cover, each and together; of none, how large the region is."""
    if not state.covers:
        return answers.region_area(state.measured.facts, state.request.units)
    said = each(state, area)
    if len(state.covers) > 1:
        state.also["together"] = answers.summed(state.chosen)
        said.append(answers.together(state.also["together"], state.request.units))
    return said


def compare(state: Answering) -> List[str]:
    """Which of two is more. Raises QuestionUnclear."""
    pairs = [(name, take(state, name)) for name in state.covers]
    if len(pairs) < 2:
        raise QuestionUnclear("Compare what with what? Name two things, for example trees and buildings.")
    return compose_cover.compare_sentences(pairs[0], pairs[1], state.request.units)


def distance(state: Answering) -> List[str]:
    """How far the nearest of the first lies from the second. Raises QuestionUnclear."""
    if len(state.covers) < 2:
        raise QuestionUnclear("From what to what? Name two things, for example the nearest building and the water.")
    subject, target = state.covers[:2]
    facts = state.measured.facts
    for name in (subject, target):
        if not amount_of(state, name)["present"]:
            return [compose_cover.absent_sentence(name, amount_of(state, name))]
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
