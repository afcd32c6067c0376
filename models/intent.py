"""What is asked for, about which things, narrowed how: what a question comes to once it is understood."""

from dataclasses import dataclass, field
from typing import Any, Dict, FrozenSet, Tuple

from .concepts import Concept
from .language.narrowing import Narrowing
from .referring.phrase import Referring

#: What can be asked of one date.
VIEW_INTENTS = (
    "caption", "scene", "list", "presence", "count", "where", "area", "share", "compare", "distance", "segment", "find",
    "identify", "places", "metadata", "help",
)
#: What can be asked of two dates.
PAIR_INTENTS = ("changed", "describe", "count", "where", "area", "transitions", "segment", "help")


@dataclass(frozen=True)
class Intent:
    """One routed question. ``concepts``: the things asked about; for ``compare`` and ``distance`` the last is the other
    side. ``direction``: "added", "removed" or "" (pairs). ``refers``: taken over from an earlier turn. ``like``: of
    ``places``, the description they should look like, "" for what is asked about itself; of ``classes``, their list.
    ``phrases``: the things looked for, by more than their class (find, segment and where, of one date). ``manner``: how it
    is put (``manner.MANNERS``) and ``unit``, the unit of area asked for, of two dates.
    """

    kind: str
    concepts: Tuple[Concept, ...] = ()
    narrowing: Narrowing = field(default_factory=Narrowing)
    direction: str = ""
    refers: bool = False
    like: str = ""
    phrases: Tuple[Referring, ...] = ()
    manner: FrozenSet[str] = frozenset()
    unit: str = ""

    def focus(self) -> Dict[str, Any]:
        """JSON-able form that the next turn's references are resolved with."""
        cells = sorted(self.narrowing.cells) if self.narrowing.cells is not None else None
        phrase = " and ".join(f"the {phrase.said(*_words(phrase))}" for phrase in self.phrases if phrase.beyond)
        return {
            "intent": self.kind, "things": [concept.words for concept in self.concepts], "direction": self.direction,
            "min_area_m2": self.narrowing.min_area, "max_area_m2": self.narrowing.max_area, "cells": cells,
            "rank": self.narrowing.rank, **({"phrase": phrase} if phrase else {}),
        }


def _words(phrase: Referring) -> Tuple[str, str]:
    """What a phrase's class and its landmark's are called, as the user said it."""
    return phrase.concept.words, phrase.other.concept.words if phrase.other is not None else ""
