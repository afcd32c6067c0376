"""A phrase that the word rules do not know, as the concept that the text tower is sure it means.

The rules stay the gate: what they know keeps its meaning, and the tower is asked only about the rest.
"""

from dataclasses import replace
from typing import Optional

from ..concepts import Concept, Lexicon, words_of
from .text_tower import TextTower

#: Concepts of the tower that the rules call otherwise. Compositions and amounts are questions, not things: they map to none.
_RULE_WORDS = {
    "sea or lake": "sea", "paved": "paved ground", "bare": "bare ground", "large buildings": "building",
    "medium residential area": "residential area", "sparse residential area": "residential area", "airfield": "airport",
    "annual crops": "annual crop", "permanent crops": "permanent crop", "chaparral": "chaparral",
}


def concept_of(phrase: str, tower: TextTower, known: Lexicon) -> Optional[Concept]:
    """The rules' concept that ``phrase`` means, in the user's own words; None if the tower declines it."""
    meaning = tower.meaning(phrase)
    if not meaning.concept:
        return None
    concept = known.get(words_of(_RULE_WORDS.get(meaning.concept, meaning.concept)))
    # "Sparse houses" are fewer than all buildings: what the tower maps may mean less than what is measured.
    return None if concept is None else replace(concept, words=" ".join(words_of(phrase))[:60], narrow=True)
