"""The instruction router: what is asked for, about which things, narrowed how; with the turns before in mind.

Knows words only: no pixels, no models.
"""

import re
from dataclasses import replace
from typing import Any, Dict, Optional, Sequence, Tuple

from .concepts import Concept, Lexicon, lexicon, words_of
from .conversation import Turn
from .errors import QuestionUnclear
from .intent import PAIR_INTENTS, VIEW_INTENTS, Intent
from .language.classing import classes_asked
from .language.likeness import likeness
from .language.manner import BECAME_OF, BUILT, CAME_INSTEAD, ON_ONE_DATE, goes_on, manner_of, turned_round, unit_of
from .language.narrowing import Narrowing, narrowing_of
from .language.reading import Reading, read
from .language.rules import (
    ADDED,
    BESIDE,
    ELLIPSIS,
    FIND,
    HELP,
    LOOKING,
    NOT_ONE,
    PAIR_RULES,
    PRONOUN,
    REMOVED,
    SEGMENT,
    TWO_DATES,
    UNMEASURED,
    VIEW_RULES,
    WHERE,
)
from .language.spelling import mended
from .referring.parsing import parse
from .referring.phrase import Referring

_NEEDS = frozenset(("presence", "count", "where", "area", "share", "segment", "find", "compare", "distance"))


def plain_text(text: str, known: Lexicon) -> str:
    """``text`` in lower case on one line, cut, with slips of the fingers mended: what is routed."""
    return mended(" ".join(text.replace("\u2019", "'").lower().split())[:2000], known)


def route(text: str, pair: bool, history: Sequence[Turn] = (), known: Optional[Lexicon] = None) -> Intent:
    """The intent of ``text``; ``pair``: two dates are given.

    Raises :class:`UnknownConcept` for things that no model here knows, :class:`QuestionUnclear` if there is nothing to
    answer. Text is data: whatever it says, the result is one of the intents.
    """
    known = known or lexicon()
    plain = plain_text(text, known)
    classes = classes_asked(plain)
    if classes is not None:
        if pair:
            raise QuestionUnclear("I name tiles on one date. Choose one layer, then ask again.")
        return Intent("classes", like=classes)
    like = likeness(plain)
    if like is not None:
        return _places(like, pair, known)
    reading = read(words_of(plain), known)
    if not reading.words:
        raise QuestionUnclear("Ask about the image, for example “What is here?” or “How many buildings are there?”.")
    before = _focus(history)
    wants_help = re.search(HELP, plain) is not None
    if not wants_help and re.search(UNMEASURED, plain):
        raise QuestionUnclear("I measure how many, how much and where; not heights, colours, ages, names or averages.")
    referring = None if pair or wants_help else _referring(plain, known)
    if referring is not None:
        return referring
    if reading.unknown and not wants_help:
        raise known.unknown(reading.unknown[0])
    if not pair and re.search(TWO_DATES, plain):
        raise QuestionUnclear("That needs two dates. Choose a before and an after layer, then ask again.")
    if not pair and re.search(BESIDE, plain):
        raise QuestionUnclear(
            "I measure how far two things lie apart. Name both, for example “How far are the buildings from the water?”."
        )
    kind = _kind(plain, pair, reading, before)
    concepts = _things(reading)
    single = next((concept for concept in concepts if concept.thing), None)
    if pair and single is not None:
        raise QuestionUnclear(
            f"Between two dates I compare land cover and buildings; I do not follow {known.mass[single.name]}. "
            f"Ask about {known.mass[single.name]} on one layer at a time.")
    if pair:
        return _of_two(plain, kind, concepts, before, reading, known)
    narrowing = narrowing_of(plain)
    refers = False
    back = kind in _NEEDS or re.search(PRONOUN, plain) is not None or re.match(ELLIPSIS, plain) is not None
    again = _again(before, kind, plain, known) if before and not concepts and back else None
    if again is not None:
        return again
    if before and not concepts and back and kind != "help":
        concepts = _meant(before, known)
        refers = bool(concepts)
        if refers:
            narrowing = _merged(narrowing, before, _several(plain))
    if concepts and narrowing.rank and kind in ("presence", "segment") and not re.search(SEGMENT, plain):
        kind = "where"  # "Which is the largest building?" is answered by its size and place
    if not concepts and kind in _NEEDS:
        kind = _without_concept(kind, plain, narrowing)
    if kind == "segment" and concepts and not refers:
        # "the large building north of the road", and nothing else: that one is meant, not all of both.
        named = _referring(plain, known, bare=True)
        if named is not None:
            return named
    phrases = _found(plain, known, concepts, narrowing, refers) if kind == "find" else ()
    return Intent(kind, concepts, narrowing, "", refers, phrases=phrases)


def _of_two(
    plain: str, kind: str, concepts: Tuple[Concept, ...], before: Optional[Dict[str, Any]], reading: Reading, known: Lexicon
) -> Intent:
    """The intent of a question about two dates, with the turn ``before`` it in mind. Raises QuestionUnclear."""
    manner, narrowing, direction = manner_of(plain), narrowing_of(plain), _direction(plain)
    if concepts and not direction and re.search(ON_ONE_DATE, plain):
        raise QuestionUnclear(
            f"Between two dates I count what came and what went. For the number of {concepts[0].words} on one date, ask "
            "about that layer alone.")
    if not concepts and re.search(BUILT, plain):
        building = known.get(("building",))
        concepts = (building,) if building is not None else ()
    refers = False
    if before and kind != "help":
        elliptic = re.match(ELLIPSIS, plain) is not None
        if not concepts and goes_on(plain, kind, len(reading.words)):
            concepts, refers = _meant(before, known), True
        if refers or (concepts and elliptic):
            # Of other things: as before, but not "the largest" of them.
            if "altogether" not in manner:
                narrowing = turned_round(plain, _merged(narrowing, before, _several(plain) or not refers))
            direction = direction or before["direction"]
    if kind == "transitions" and concepts and not direction:
        direction = "removed" if re.search(BECAME_OF, plain) else "added" if re.search(CAME_INSTEAD, plain) else ""
    if re.match(r"(?:everything|all|all changes)[.!?]*$", plain):
        kind = "describe"
    if manner & {"more", "less", "still"} and kind == "changed":
        direction = ""  # both ways are weighed
    return Intent(kind, concepts, narrowing, direction, refers, manner=manner, unit=unit_of(plain))


def _meant(before: Dict[str, Any], known: Lexicon) -> Tuple[Concept, ...]:
    """The things that the turn before was about."""
    return tuple(filter(None, (_recalled(known, words) for words in before["things"])))


def _several(plain: str) -> bool:
    """Whether several things are pointed back at, no longer just the one that was named."""
    return re.search(r"\b(?:them|they|those|these|their|all)\b", plain) is not None


def _again(before: Dict[str, Any], kind: str, plain: str, known: Lexicon) -> Optional[Intent]:
    """The single things that an earlier turn named by more than their class: "it" means these, not all of their class."""
    phrase = before.get("phrase")
    if kind not in ("find", "segment", "where", "area") or not isinstance(phrase, str) or narrowing_of(plain).rank:
        return None
    phrases = parse(words_of(phrase[:300].lower()), known).phrases
    if not any(one.beyond for one in phrases):
        return None
    concepts = tuple(one.concept for one in phrases)
    return Intent("segment" if kind == "segment" else "find", concepts, refers=True, phrases=phrases)


def in_detail(intent: Intent, detail: str) -> Intent:
    """``intent`` where the user chose how captions are made: with "metadata" a plain caption becomes one with it."""
    return replace(intent, kind="metadata") if detail == "metadata" and intent.kind == "caption" else intent


def _referring(plain: str, known: Lexicon, bare: bool = False) -> Optional[Intent]:
    """The intent of an instruction that names things by colour, order, relation or the like; None for any other.

    ``bare``: even without a word that says what to do with them.
    """
    if not (bare or re.search(LOOKING, plain) or re.search(SEGMENT, plain)) or re.search(NOT_ONE, plain):
        return None
    parsed = parse(words_of(plain), known)
    if parsed.unknown or not any(phrase.beyond for phrase in parsed.phrases):
        return None
    kind = "find" if re.search(FIND, plain) or re.search(WHERE, plain) else "segment"
    return Intent(kind, tuple(phrase.concept for phrase in parsed.phrases), narrowing_of(plain), phrases=parsed.phrases)


def _found(
    plain: str, known: Lexicon, concepts: Tuple[Concept, ...], narrowing: Narrowing, refers: bool
) -> Tuple[Referring, ...]:
    """What a plain *find* looks for; things of an earlier turn with what this turn narrows."""
    if not refers:
        return parse(words_of(plain), known).phrases
    limits = narrowing.min_area, narrowing.max_area
    return tuple(Referring(concept, rank=narrowing.rank, cells=narrowing.cells, many=not narrowing.rank, limits=limits)
                 for concept in concepts)


def _places(like: str, pair: bool, known: Lexicon) -> Intent:
    """Places that look like a description, of which every thing must be known, or like the view itself."""
    if pair:
        raise QuestionUnclear("I look for places like that on one date. Choose one layer, then ask again.")
    unknown = read(words_of(like), known).unknown
    if unknown:
        raise known.unknown(unknown[0])
    return Intent("places", like=like)


def _things(reading: Reading) -> Tuple[Concept, ...]:
    """The concepts asked about; "in this village" only says where, beside a thing that can be measured."""
    measured = any(mention.concept.covers for mention in reading.mentions)
    things = []
    for mention in reading.mentions:
        lead = reading.words[max(0, mention.start - 2):mention.start]
        if measured and not mention.concept.covers and set(lead) & {"in", "of", "within", "inside"}:
            continue
        things.append(mention.concept)
    return tuple({(thing.name, thing.narrow): thing for thing in reversed(things)}.values())[::-1]


def _kind(plain: str, pair: bool, reading: Reading, before: Optional[Dict[str, Any]]) -> str:
    concepts = reading.mentions
    elliptic = before is not None and (re.match(ELLIPSIS, plain) or len(reading.words) <= 3)
    for kind, pattern in PAIR_RULES if pair else VIEW_RULES:
        if re.search(pattern, plain) is None:
            continue
        if not pair and kind in ("compare", "distance") and len(concepts) < 2 and not (
            kind == "distance" and before and before["things"] and concepts
        ):
            continue
        if not pair and kind == "where" and re.search(r"\bwhere (?:am i|is this|was this|are we)\b", plain):
            return "scene"
        if elliptic and kind in ("presence", "describe", "changed", "caption") and re.match(ELLIPSIS, plain):
            break
        if kind == "caption" and concepts and not pair and re.search(r"\bdescribe the\b|\btell me about the\b", plain):
            return "where" if len(concepts) == 1 else "caption"
        if pair and kind == "describe" and re.search(r"\bwhat (?:area|share|percent|part)", plain):
            return "area"
        return kind
    if before is not None and before["intent"] in (PAIR_INTENTS if pair else VIEW_INTENTS):
        return str(before["intent"])
    if concepts:
        asks = plain.endswith("?") or re.search(r"\b(?:if|whether)\b", plain) is not None
        return "describe" if pair else "presence" if asks else "segment"
    if pair and re.search(r"\bchang|\bdiffer", plain):
        return "describe"
    if len(reading.words) <= 6 and re.search(r"\b(?:image|picture|here|scene|view|area|region|place|this)\b", plain):
        return "describe" if pair else "caption"
    raise QuestionUnclear(
        "I can say what covers the ground here, how many, how much, where, and what changed between two dates. "
        "Ask for example “How many buildings are there?”."
    )


def _without_concept(kind: str, plain: str, narrowing: Narrowing) -> str:
    """A question about things that names none: about everything, or unclear."""
    if kind == "presence" and re.search(r"\b(?:anything|something|objects?|things?)\b", plain):
        return "list"
    if kind in ("area", "share") and re.search(r"\b(?:area|region|image|view|scene|this|picture|polygon|extent)\b", plain):
        return kind
    every = r"\b(?:everything|all|land[ -]?cover|covers|classes|objects|this|that|it|here|image)\b"
    if kind in ("segment", "find") and re.search(every, plain):
        return "segment"
    if kind == "where" and re.search(r"\bwhere (?:is|are|was)(?: this| that| it| we| i)?\b", plain):
        raise QuestionUnclear("Where is what? Name a thing, for example “Where is the water?”.")
    if kind == "presence":
        return "caption"
    raise QuestionUnclear("Of what? Name a thing, for example buildings, trees, water or paved ground.")


def _focus(history: Sequence[Turn]) -> Optional[Dict[str, Any]]:
    """The focus of the latest turn that has one; malformed ones (a shared project's) are passed over."""
    for turn in reversed(history):
        focus = turn.facts.get("focus") if isinstance(turn.facts, dict) else None
        if isinstance(focus, dict) and isinstance(focus.get("things"), list) and isinstance(focus.get("intent"), str):
            things = [str(word)[:60] for word in focus["things"][:6]]
            return {**focus, "things": things, "direction": str(focus.get("direction", ""))}
    return None


def _recalled(known: Lexicon, words: str) -> Optional[Concept]:
    parts = words_of(words)
    return known.get(parts) if parts else None


def _merged(new: Narrowing, before: Dict[str, Any], several: bool) -> Narrowing:
    """What this turn narrows, on top of what the turn before it did; ``several``: no longer just the one it named."""

    def number(key: str) -> Optional[float]:
        value = before.get(key)
        return float(value) if isinstance(value, (int, float)) else None

    cells = before.get("cells")
    old = frozenset(c for c in cells if isinstance(c, int) and 0 <= c < 9) if isinstance(cells, list) else None
    rank = before.get("rank", 0)
    return Narrowing(
        new.min_area if new.min_area is not None else number("min_area_m2"),
        new.max_area if new.max_area is not None else number("max_area_m2"),
        new.cells if new.cells is not None else old,
        new.rank or (int(rank) if isinstance(rank, int) and not several else 0),
    )


def _direction(plain: str) -> str:
    added, removed = re.search(ADDED, plain), re.search(REMOVED, plain)
    if bool(added) == bool(removed):
        return ""
    return "added" if added else "removed"
