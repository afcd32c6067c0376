"""The words that phrases of known concepts are made of: a phrase with any other content word names something unknown."""

import difflib
from typing import Dict, FrozenSet, Mapping, Sequence, Set

from ..concepts import singulars, words_of
from .reading import grammar

#: From so many letters on a word may be misspelt, and how alike it must be to a known one then.
MISSPELT_FROM, ALIKE = 6, 0.85


class KnownWords:
    """``phrases``: of each concept what it is called, in lower case; ``carriers``: what nouns are carried by. Any thread."""

    def __init__(self, phrases: Mapping[str, Sequence[str]], carriers: Sequence[str]) -> None:
        self._exact: Dict[str, str] = {}
        words: Set[str] = set()
        for concept, texts in phrases.items():
            for text in texts:
                self._exact.setdefault(text, concept)
                words |= {form for word in words_of(text) for form in singulars(word)}
        for text in carriers:
            words |= set(words_of(text.replace("{x}", "")))
        lists = grammar()
        self._words: FrozenSet[str] = frozenset(words)
        self._plain: FrozenSet[str] = lists["function"] | lists["generic"]

    def exact(self, plain: str) -> str:
        """The concept that ``plain`` (lower case) is a known wording of; "" if it is none."""
        return self._exact.get(plain, "")

    def strange(self, plain: str) -> str:
        """The first word of ``plain`` that is in no known wording, nor a misspelling of one that is; "" if there is none."""
        for word in words_of(plain):
            forms = singulars(word)
            if word.isdigit() or any(form in self._words or form in self._plain for form in forms):
                continue
            if len(word) >= MISSPELT_FROM and difflib.get_close_matches(word, self._words, 1, ALIKE):
                continue
            return word
        return ""
