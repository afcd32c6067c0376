"""Finds the things that a question names: known concepts, and nouns that are not known and must be declined."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, FrozenSet, List, Sequence, Tuple

from ..concepts import VOCABULARY, Concept, Lexicon, singulars

#: Words after which a thing is named: an unknown word there is an unknown thing.
_INTRODUCES = frozenset((
    "a", "an", "the", "of", "many", "any", "some", "all", "every", "each", "no", "these", "those", "this", "that", "my",
    "more", "most", "fewer", "less", "new", "for", "with", "without", "near", "nearest", "closest", "to", "much",
    "between", "and", "or", "than", "by", "from", "in", "on", "at", "into", "number", "count", "single", "segment", "find",
    "locate", "extract", "outline", "mask", "detect", "label", "delineate", "highlight", "trace", "select", "show", "list",
    "vectorise", "vectorize", "digitise", "digitize", "mark", "map", "draw", "spot", "see", "identify", "me", "is", "are",
    "was", "were", "contain", "contains", "include", "includes", "there", "have", "has", "about", "only", "which", "what",
    "measure", "compare", "enumerate", "tally", "isolate", "added", "removed", "lost", "how", "where",
))


@dataclass(frozen=True)
class Mention:
    """A known concept at word ``start``, ``length`` words long; ``said``: with the unknown words that qualify it."""

    concept: Concept
    start: int
    length: int


@dataclass(frozen=True)
class Reading:
    """``words`` of a question, the ``mentions`` in order, and the ``unknown`` phrases that stand where things do."""

    words: Tuple[str, ...]
    mentions: Tuple[Mention, ...]
    unknown: Tuple[str, ...]


@lru_cache(maxsize=1)
def grammar() -> Dict[str, FrozenSet[str]]:
    """The shipped word lists by part of speech."""
    data = json.loads((VOCABULARY / "grammar.json").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def read(words: Sequence[str], known: Lexicon) -> Reading:
    """Sort ``words`` (lower case) into concepts, plain grammar and unknown things."""
    lists = grammar()
    plain = lists["function"] | lists["generic"] | lists["verbs"] | lists["modifiers"]
    mentions: List[Mention] = []
    unknown: List[str] = []
    stray: List[str] = []
    index = 0
    while index < len(words):
        concept, length = known.longest_at(words, index)
        if concept is not None and not _is_grammar(words, index, length, plain):
            # "damaged buildings", "fishing lakes": an unknown word before a known one makes it another thing.
            if stray and not stray[-1].endswith("ly"):
                unknown.append(" ".join([*stray, *words[index:index + length]]))
            else:
                mentions.append(Mention(concept, index, length))
            stray = []
            index += length
            after = _unknown_head(words, index, plain, known)
            if after and mentions and mentions[-1].start == index - length:
                # "water towers", "house boats": the known word only qualifies an unknown one.
                mentions.pop()
                unknown.append(" ".join(words[index - length:index + after]))
                index += after
            continue
        word = words[index]
        if any(form in plain for form in singulars(word)) or word.isdigit() or word[0].isdigit():
            if stray:
                _settle(stray, words, index - len(stray), unknown)
            stray = []
        else:
            stray.append(word)
        index += 1
    if stray:
        _settle(stray, words, len(words) - len(stray), unknown)
    return Reading(tuple(words), tuple(mentions), tuple(unknown))


def _settle(stray: List[str], words: Sequence[str], start: int, unknown: List[str]) -> None:
    """Unknown words that end before a grammar word: a thing if something introduces them, else manner of speaking."""
    if all(word.endswith("ly") for word in stray):
        return
    if start == 0 or words[start - 1] in _INTRODUCES or words[start - 1] in grammar()["modifiers"]:
        unknown.append(" ".join(stray))


def _is_grammar(words: Sequence[str], index: int, length: int, plain: FrozenSet[str]) -> bool:
    """True where a concept's word is used as grammar: "I see", "all the same", "square metres"."""
    if length != 1:
        return False
    word = words[index]
    if word == "see":
        return index == 0 or words[index - 1] not in ("der", "ein", "den")
    if word == "seen":
        return True
    if word == "square":
        return index + 1 < len(words) and words[index + 1].startswith(("m", "k", "f"))
    if word in ("structure", "green", "home", "plant", "earth", "route", "sol"):
        return index + 1 < len(words) and words[index + 1] in ("screen",)
    return False


def _unknown_head(words: Sequence[str], index: int, plain: FrozenSet[str], known: Lexicon) -> int:
    """How many words from ``index`` on are an unknown noun that the concept before them only qualifies."""
    count = 0
    while index + count < len(words):
        word = words[index + count]
        if any(form in plain for form in singulars(word)) or word[0].isdigit() or word.endswith("ly"):
            break
        if known.longest_at(words, index + count)[0] is not None:
            return 0
        count += 1
    return count
