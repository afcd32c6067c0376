"""Asks the assistant and gathers its events: what a script wants instead of a stream."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple

from ...models.cancel import CancelToken
from .. import settings as user
from ..core.service import Service

if TYPE_CHECKING:
    from ...models.conversation import View
    from ...models.features import FeatureSet


@dataclass(frozen=True)
class Answer:
    """``features``: the last geometry the answer pointed at, None if it pointed at nothing."""

    text: str
    facts: Dict[str, Any] = field(default_factory=dict)
    features: "Optional[FeatureSet]" = None
    provenance: Dict[str, Any] = field(default_factory=dict)


def ask(
    service: Service,
    views: "Tuple[View, ...]",
    text: str,
    detail: str,
    units: str,
    progress: Callable[[float, str], None],
    cancel: CancelToken,
) -> Answer:
    """The whole answer to one question. Worker; raises ``TerralogueError``."""
    assistant = service.assistant(units, batch=True)
    from ...models.conversation import Done, Facts, Mask, Question, Running, Text

    words: List[str] = []
    facts: Dict[str, Any] = {}
    provenance: Dict[str, Any] = {}
    features = None
    question = Question(text, tuple(views), (), detail, user.requests())
    for event in assistant.ask(question, cancel):
        cancel.raise_if_cancelled()
        if isinstance(event, Text):
            words.append(event.text)
        elif isinstance(event, Facts):
            facts = event.facts
        elif isinstance(event, Mask):
            features = event.features
        elif isinstance(event, Running):
            progress(event.fraction, event.message)
        elif isinstance(event, Done):
            provenance = dict(event.provenance)
    return Answer("".join(words).strip(), facts, features, provenance)
