"""Reads phrases from words: the classes are the lexicon's, what stands around them narrows."""

import re
from dataclasses import dataclass, replace
from typing import Any, Dict, FrozenSet, List, Sequence, Tuple

from ..concepts import Concept, Lexicon, singulars
from ..language.narrowing import Narrowing, narrowing_of
from ..language.reading import Mention, read
from .phrase import Referring
from .words import (
    COLOURS,
    COMPASS,
    EDGES,
    EVERY,
    EXTREMES,
    FROM_SIDE,
    NEAREST,
    NUMBERS,
    ORDINALS,
    RANKS,
    RELATIONS,
    SIZES,
)

_ATTRIBUTES = frozenset((*COLOURS, *SIZES, *RANKS, *ORDINALS, *EXTREMES, *COMPASS, *EVERY, *NEAREST, *NUMBERS, "only", "most"))
_ARTICLES = frozenset(("the", "a", "an", "that", "this", "those", "these", "of", "my", "its"))
_STRIPS = {frozenset((0, 1, 2)): 1, frozenset((6, 7, 8)): 7, frozenset((0, 3, 6)): 3, frozenset((2, 5, 8)): 5}
_STRETCH = re.compile(r"\b(?:half|halves|part|parts|side|third|strip|edge|portion)\b")


@dataclass(frozen=True)
class Parsed:
    """``phrases``: in order. ``unknown``: nouns that no model here knows, as ``language.reading`` finds them."""

    phrases: Tuple[Referring, ...]
    unknown: Tuple[str, ...]


def parse(words: Sequence[str], known: Lexicon) -> Parsed:
    """The phrases in ``words`` (lower case, as ``concepts.words_of`` gives them)."""
    words = _with_edges(words, known)
    coloured = [index for index in range(len(words)) if _is_attribute(words, index, known)]
    plain = [index for index in range(len(words)) if index not in set(coloured)]
    reading = read([words[index] for index in plain], known)
    heads: List[Tuple[int, int, Mention]] = []
    measured = any(mention.concept.covers for mention in reading.mentions)
    for mention in reading.mentions:
        lead = {words[plain[index]] for index in range(max(0, mention.start - 2), mention.start)}
        if measured and not mention.concept.covers and lead & {"in", "of", "within", "inside"}:
            continue  # "in this village" only says where
        start, stop = plain[mention.start], plain[mention.start + mention.length - 1] + 1
        heads.append((start, stop, mention))
    return Parsed(tuple(_phrases(words, heads, known)), reading.unknown)


def _phrases(words: Sequence[str], heads: List[Tuple[int, int, Mention]], known: Lexicon) -> List[Referring]:
    found: List[Referring] = []
    end = 0
    for start, stop, mention in heads:
        left = _before(words, end, start)
        phrase = _noun(mention.concept, words[left:start], known)
        if not found:  # what stands before the first class is the instruction
            found.append(phrase)
            end = stop
            continue
        link = " ".join(_without_articles(words[end:left]))
        relation = _relation(link)
        if not relation and found[-1].relation in _WAITING and link in ("", "to", "from"):
            relation = found[-1].relation.strip("?")
        if relation:
            found[-1] = _related(_placed(found[-1], _rest(link)), relation, phrase)
        elif re.search(r"\b(?:with|having)$", link) and phrase.concept.name == found[-1].concept.name:
            found[-1] = replace(found[-1], colour=phrase.colour or found[-1].colour)  # "the building with the red roof"
        else:
            found[-1] = _placed(found[-1], link)
            found.append(phrase)
        end = stop
    if found:
        found[-1] = _placed(found[-1], " ".join(words[end:]))
    limits = narrowing_of(" ".join(words))
    return [_settled(phrase, limits) for phrase in found]


#: Said before the class, completed behind it: "the nearest building to the water".
_WAITING = ("?nearest", "?farthest")


def _related(phrase: Referring, relation: str, other: Referring) -> Referring:
    """``phrase`` with its landmark; a second landmark says where the first one is."""
    other = replace(other, many=False)
    if phrase.other is not None:
        return replace(phrase, other=_related(phrase.other, relation, other))
    return replace(phrase, relation=relation, other=other)


def _before(words: Sequence[str], end: int, start: int) -> int:
    """Where the attributes that stand directly before a class begin; "of the" may stand among them: "all of the red cars"."""
    left = start
    while left > end and (words[left - 1] in _ATTRIBUTES or (
        words[left - 1] in ("of", "the") and left - 2 >= end and words[left - 2] in ("all", "each", "both", "of", *NUMBERS)
    )):
        left -= 1
    return left


def _noun(concept: Concept, attributes: Sequence[str], known: Lexicon) -> Referring:
    """A class with what stands before it."""
    given: Dict[str, Any] = {"many": _plural(concept.words, known) or bool(set(attributes) & EVERY)}
    ordinal = number = 0
    compass = []
    for word in attributes:
        if word in COLOURS:
            given["colour"] = word
        elif word in SIZES:
            given["size"] = SIZES[word]
        elif word in RANKS:
            given["rank"] = RANKS[word] * max(ordinal, 1)
            ordinal = 0
        elif word in ORDINALS:
            ordinal = ORDINALS[word]
        elif word in EXTREMES:
            given["order"] = (max(ordinal, 1), EXTREMES[word])
            ordinal = 0
        elif word in NEAREST:
            given["relation"] = f"?{NEAREST[word]}"
        elif word in NUMBERS:
            number = NUMBERS[word]
        elif word in COMPASS:
            compass.append(word)
    if ordinal:
        given["order"] = (ordinal, "")
    if number and "rank" in given:
        given["number"] = number
    phrase = Referring(concept, **given)
    if compass:
        said = " ".join(word.replace("-hand", "") for word in compass)
        phrase = _placed(phrase, f"in the {said} part" if len(compass) == 1 else f"at the {said}")
    return phrase


def _placed(phrase: Referring, text: str) -> Referring:
    """``phrase`` with the side or cell that ``text`` behind it names."""
    side = FROM_SIDE.search(text)
    if side is not None and phrase.order[0]:
        phrase = replace(phrase, order=(phrase.order[0], side.group(1)))
        text = f"{text[:side.start()]} {text[side.end():]}"
    outermost = re.search(r"\b(?:farthest|furthest|most)(?: to(?:wards)? the)? (left|right|north|south|east|west)$", text)
    if outermost is not None:
        return replace(phrase, order=(1, outermost.group(1)))
    cells = narrowing_of(text.strip()).cells
    if cells is None:
        return phrase
    exact = -1 if _STRETCH.search(text) else _exact(cells)
    return replace(phrase, cells=cells, exact=exact, where=_where(text))


def _exact(cells: FrozenSet[int]) -> int:
    """The one cell that a word such as "north" is the name of."""
    return next(iter(cells)) if len(cells) == 1 else _STRIPS.get(cells, -1)


def _where(text: str) -> str:
    """The words of place themselves: "in the north-west", "at the top left"."""
    found = re.search(
        r"\b((?:in|at|on|to|near|of) (?:the )?(?:very )?(?:north|south|east|west|top|bottom|left|right|upper|lower|cent|middle)"
        r"[\w -]*)", text)
    return found.group(1).strip() if found is not None else ""


def _relation(link: str) -> str:
    """The relation that ``link``, the words between two classes without articles, ends in; "" if none."""
    for name, pattern in RELATIONS:
        found = pattern.search(link)
        if found is None:
            continue
        if name == "wind":
            wind = "-".join(part for part in (found["ns"], found["ew"]) if part)
            if wind:
                return wind
            continue
        return found.group(1) if name == "side" else name
    return ""


def _rest(link: str) -> str:
    """``link`` without its relation: it may still say where the first class lies."""
    for _, pattern in RELATIONS:
        found = pattern.search(link)
        if found is not None and found.group().strip():
            return re.sub(r"\b(?:to|on|at)$", "", link[:found.start()].strip()).strip()
    return link


def _without_articles(words: Sequence[str]) -> List[str]:
    """``words`` without the articles at their end: "north of the" binds as "north of" does."""
    kept = list(words)
    while kept and kept[-1] in _ARTICLES - {"of"}:
        kept.pop()
    return kept


def _settled(phrase: Referring, limits: Narrowing) -> Referring:
    """Orders without a side and comparisons without a second class fall away; areas are those of the whole text."""
    order = phrase.order if phrase.order[1] else (0, "")
    relation = phrase.relation.strip("?") if phrase.other is not None else ""
    return replace(phrase, order=order, relation=relation, limits=(limits.min_area, limits.max_area))


def _with_edges(words: Sequence[str], known: Lexicon) -> List[str]:
    """"near the shore": edges of a class become the class, once another class stands before them."""
    out, seen = [], False
    for index, word in enumerate(words):
        out.append(EDGES[word] if seen and word in EDGES else word)
        seen = seen or known.longest_at(list(words), index)[0] is not None
    return out


def _is_attribute(words: Sequence[str], index: int, known: Lexicon) -> bool:
    """Whether the word is a colour or an extreme that stands before a class: the lexicon knows neither."""
    word = words[index]
    if word not in COLOURS and word not in EXTREMES:
        return False
    if known.longest_at(list(words), index)[1] > 1:  # "green space"
        return False
    after = index + 1
    while after < len(words) and words[after] in _ATTRIBUTES:
        after += 1
    return after < len(words) and known.longest_at(list(words), after)[0] is not None


def _plural(words: str, known: Lexicon) -> bool:
    """Whether the class was named in the plural."""
    *head, last = words.split()
    return any(known.get([*head, form]) is not None for form in singulars(last)[1:])


def landmarks(phrases: Sequence[Referring]) -> Tuple[Concept, ...]:
    """The classes that phrases relate things to."""
    return tuple(phrase.other.concept for phrase in phrases if phrase.other is not None)

