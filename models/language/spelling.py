"""Mends slips of the fingers in the words that steer a question, never in what names a thing.

A misspelt thing is declined with what was perhaps meant: a wrong guess there would answer another question.
"""

import re
from functools import lru_cache
from typing import Dict, FrozenSet, List, Optional, Tuple

from ..concepts import Lexicon, lexicon, singulars
from ..referring.words import EDGES
from .reading import grammar

#: What steers a question: only these are written right.
_STEERING = (
    "how", "far", "many", "much", "where", "what", "which", "there", "their", "here", "this", "large", "largest", "small",
    "smallest",
    "find", "detect", "locate", "search", "segment", "outline", "extract", "delineate", "trace", "highlight", "vectorise",
    "vectorize", "digitise", "digitize", "polygons", "describe", "description", "overview", "summarise", "summarize", "summary",
    "caption", "captions", "identify", "classify", "compare", "count", "number", "percentage", "percent", "share", "fraction",
    "distance", "place", "places", "kind", "area", "hectares", "cover", "covers", "covered", "changed", "change", "changes",
    "changing", "difference", "differences", "different", "anything", "something", "everything", "between", "before", "after",
    "added", "removed", "demolished", "disappeared", "replaced", "became", "nearest", "closest", "image", "picture", "scene",
    "view", "please", "metadata", "similar", "list", "show", "have", "does", "were", "from",
)
#: Short forms.
_SHORT = {"pls": "please", "plz": "please", "u": "you", "whats": "what's", "wheres": "where's", "pic": "picture", "img": "image",
          "hows": "how", "thats": "that", "w/o": "without", "approx": "approximately", "pct": "percent"}

#: "Were is the pond?"
_WERE = re.compile(r"^((?:tell me |so |and )?)(?:were|wher|ware|whare|wear)(?= (?:is|are|was|do|does|can) )")


def mended(text: str, known: Lexicon) -> str:
    """``text`` (lower case, single spaces) with steering words written right; everything else stays as it is."""
    text = _WERE.sub(r"\1where", text)
    return " ".join(_mended(word, known) for word in text.split(" "))


def _mended(word: str, known: Lexicon) -> str:
    bare = word.strip(".,;:!?\"'()")
    if not bare or not bare.isalpha() and bare not in _SHORT:
        return word
    if bare in _SHORT:
        return word.replace(bare, _SHORT[bare])
    if len(bare) < 2 or len(bare) > 14 or _is_word(bare, known):
        return word
    meant = _near().get(bare)
    if meant is None and len(bare) >= 6:
        meant = _turned(bare, known)
    return word if meant is None else word.replace(bare, meant)


def _is_word(word: str, known: Lexicon) -> bool:
    lists = grammar()
    plain: FrozenSet[str] = lists["function"] | lists["generic"] | lists["verbs"] | lists["modifiers"]
    return word in EDGES or any(form in plain for form in singulars(word)) or known.get([word]) is not None


def _turned(word: str, known: Lexicon) -> Optional[str]:
    """The one known thing that ``word`` is with two neighbouring letters inside it turned round: "bulidings"."""
    found = [swapped for swapped in _swaps(word)[1:-1] if known.get([swapped]) is not None]
    return found[0] if len(found) == 1 else None


def _swaps(word: str) -> List[str]:
    return [word[:i] + word[i + 1] + word[i] + word[i + 2:] for i in range(len(word) - 1)]


@lru_cache(maxsize=1)
def _near() -> Dict[str, str]:
    """Every slip by one letter (left out, doubled, turned round with its neighbour, hit beside) that means one word only.

    The first letter is kept, but for turning round; only in longer words a letter is added (5) or hit beside (6).
    """
    found: Dict[str, List[str]] = {}
    for word in _STEERING:
        for slip in _slips(word):
            found.setdefault(slip, []).append(word)
    return {slip: words[0] for slip, words in found.items() if len(set(words)) == 1 and lexicon().get([slip]) is None}


def _slips(word: str) -> Tuple[str, ...]:
    slips = set(_swaps(word)) | {word[:i] + word[i] + word[i:] for i in range(len(word))}
    slips |= {word[:i] + word[i + 1:] for i in range(1, len(word))}
    letters = "abcdefghijklmnopqrstuvwxyz"
    if len(word) == 4:
        slips |= {word + c for c in letters}
    if len(word) >= 5:
        slips |= {word[:i] + c + word[i:] for i in range(1, len(word) + 1) for c in letters}
    if len(word) >= 6:
        slips |= {word[:i] + c + word[i + 1:] for i in range(1, len(word)) for c in letters}
    return tuple(slip for slip in slips if len(slip) >= 2 and slip != word)
