"""An answer in the making: the covers asked about, narrowed as the question narrows them, with their polygons."""

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from ..cancel import CancelToken
from ..conversation import View
from ..facts.outlines import features_of
from ..facts.selection import cover_selection
from ..features import MaskFeature
from ..language import answers
from ..language.units import Units
from ..router import Intent
from .measured import MeasuredView
from .segment import chosen_parts


@dataclass(frozen=True)
class QuestionRequest:
    """``intent``: as routed. ``detail``: "brief" or "detailed". ``thresholds``: by label, instead of the model's own."""

    view: View
    intent: Intent
    detail: str = "brief"
    units: Units = Units()
    thresholds: Optional[Mapping[str, float]] = None


@dataclass
class Answering:
    """What an answer is made of, and what it has so far: the handlers of all kinds of questions share it. One thread."""

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


def each(state: Answering, say: Callable[[Answering, str, Dict[str, Any]], List[str]]) -> List[str]:
    """``say`` for every cover asked about, as narrowed, with its polygons."""
    said: List[str] = []
    for name in state.covers:
        said += say(state, name, take(state, name))
    return said


def take(state: Answering, name: str) -> Dict[str, Any]:
    """The facts of one cover as the question narrows it; its polygons join the answer's."""
    parts = chosen_parts(state.measured, name, state.request.intent.narrowing)
    facts = cover_selection(amount_of(state, name), parts, state.measured.found, state.measured.area)
    first = len(state.features)
    state.features += features_of(parts, state.measured.found.grid, [name] * len(parts), cancel=state.cancel)
    if len(parts):
        words = (answers.one(name),) if state.request.intent.narrowing.rank else answers.link_words(name, facts)
        state.links.append((words, tuple(range(first, len(state.features)))))
    state.chosen[name] = facts
    return facts


def amount_of(state: Answering, name: str) -> Dict[str, Any]:
    """The facts of a cover or a thing in the whole view."""
    facts = state.measured.facts
    if name in facts["covers"]:
        return dict(facts["covers"][name])
    return {key: value for key, value in facts["things"][name].items() if key != "drawn_only"}
