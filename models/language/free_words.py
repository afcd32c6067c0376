"""Phrases that the word rules do not know, as the concepts that the text tower is sure they mean.

The rules stay the gate: what they know keeps its meaning, and the tower is asked only about the rest. What a phrase was
taken for is said, so that a reader can object.
"""

import re
import threading
from pathlib import Path
from typing import NamedTuple, Optional

import numpy as np

from ..cancel import CancelToken
from ..catalog.late_part import LatePart
from ..concepts import Concept, Lexicon, lexicon, words_of
from .text_tower import FILES, TextTower

#: Concepts of the tower that the rules call otherwise. Compositions and amounts are questions, not things: they map to none.
_RULE_WORDS = {
    "sea or lake": "sea", "paved": "paved ground", "bare": "bare ground", "large buildings": "building",
    "medium residential area": "residential area", "sparse residential area": "residential area", "airfield": "airport",
    "annual crops": "annual crop", "permanent crops": "permanent crop", "chaparral": "chaparral",
}


class Taken(NamedTuple):
    """A question in the rules' words. ``phrase``: what it said, ``meant``: what that was taken for."""

    text: str
    phrase: str
    meant: str


class TowerMatcher:
    """A tower as what ``places_like`` compares with."""

    def __init__(self, tower: TextTower) -> None:
        self._tower = tower

    def retrieval(self, text: str, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(d,) unit vector of a described place: the mean over the wordings that a description is carried by."""
        return self._tower.class_vectors([[text]])[0]

    def picture(self, tokens: np.ndarray) -> np.ndarray:
        """(d,) unit vector of a view's image tokens (T, 544)."""
        return self._tower.picture(tokens)


class FreeWords:
    """The tower of a model's folder, loaded when a phrase is first unknown. Any thread."""

    def __init__(self, folder: Path) -> None:
        self._part = LatePart(folder, FILES, "text tower", lambda _: TextTower.load(Path(folder)))
        self._lock = threading.Lock()

    @property
    def tower(self) -> Optional[TextTower]:
        """The tower; None if it cannot be loaded, with ``reason`` saying why."""
        return self._part.value

    @property
    def reason(self) -> str:
        """Why there is no tower, "" if there is one or none was needed yet."""
        return self._part.reason

    def taken(self, text: str, phrase: str) -> Optional[Taken]:
        """``text`` with the unknown ``phrase`` in it replaced by what it surely means; None if it means nothing known."""
        tower = self.tower
        there = re.search(r"\W+".join(map(re.escape, words_of(phrase))), text, re.IGNORECASE) if words_of(phrase) else None
        if tower is None or there is None:
            return None
        with self._lock:
            concept = concept_of(phrase, tower, lexicon())
        if concept is None:
            return None
        meant = lexicon().spoken.get(concept.name, ("", concept.words))[1]
        return Taken(f"{text[:there.start()]}{meant}{text[there.end():]}", there.group(), meant)


def concept_of(phrase: str, tower: TextTower, known: Lexicon) -> Optional[Concept]:
    """The rules' concept that ``phrase`` means, in the rules' words; None if the tower declines it."""
    meaning = tower.meaning(phrase)
    if not meaning.concept:
        return None
    return known.get(words_of(_RULE_WORDS.get(meaning.concept, meaning.concept)))
