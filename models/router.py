"""The instruction router: what is asked for, about which things, narrowed how; with the turns before in mind.

Knows words only: no pixels, no models. Rules, in order; the first that holds decides.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Dict, Optional, Sequence, Tuple

from .concepts import Concept, Lexicon, lexicon, words_of
from .conversation import Turn
from .errors import QuestionUnclear
from .language.narrowing import Narrowing, narrowing_of
from .language.reading import Reading, read

#: What can be asked of one date.
VIEW_INTENTS = (
    "caption", "scene", "list", "presence", "count", "where", "area", "share", "compare", "distance", "segment", "identify",
    "help",
)
#: What can be asked of two dates.
PAIR_INTENTS = ("changed", "describe", "count", "where", "area", "transitions", "segment", "help")

_RULES = (
    ("help", r"^(help|what can (you|i) (do|ask)( here)?|how do(es)? (you|this|it) work|who are you|what are you)\b.{0,12}$"),
    ("identify", r"\bwhat(?:'s| is| am i| are)(?: looking at| this| that| it| these| those)(?: (?:here|thing|object|place|spot|patch|one))?[?.!]*$"
                 r"|\bidentify (this|that|it)\b|what did i click|what is (?:at|under) (?:the|my|this) (?:point|click|cursor|spot|position)"
                 r"|what am i (?:looking|pointing) at"),
    ("share", r"\bpercent|percentage|\bshare\b|\bproportion|\bfraction|what part of|how much of|\bratio of|%|how (?:densely|heavily|green|built-up)\b"),
    ("compare", r"\b(?:more|fewer|less|larger|bigger|greater) (?!than \d)(?:[\w-]+ ){0,3}?than (?!\d)|\bcompare\b|\bwhich (?:is|are|covers?|takes?|occupies|has|one|one is) (?:more|larger|bigger|greater|the (?:larger|bigger|greater|most|largest|biggest))\b"
                r"|\bcompared (?:to|with)\b|\bdo(?:es)? .* outnumber\b|\bversus\b|\bvs\b"),
    ("distance", r"\bhow (?:far|close)\b|\bdistance\b|\bnearest\b|\bclosest\b|\b(?:is|are) .* (?:near|close to|next to|beside|adjacent to|touching)\b"),
    ("count", r"\bhow many\b|\bnumber of\b|\bcount\b|\btally\b|\benumerate\b|\bquantity of\b|\bhow numerous\b|\btotal (?:number )?of\b"),
    ("segment", r"^(?:(?:can|could|would|will) you |please |kindly |i (?:want|need|would like|'d like)(?: you)? (?:to )?|let's |now |and |then |go )*"
                r"(?:segment|extract|outline|mask|draw|delineate|highlight|trace|vectori[sz]e|digiti[sz]e|polygoni[sz]e|mark|select|detect|label|map|isolate|find(?! out)|show|get|give|separate|make)\b"
                r"(?! (?:me )?(?:where|how|what|which|if|whether))|\b(?:a |the )?(?:mask|masks|outlines?|polygons?|footprints?|segmentation) (?:of|for)\b"),
    ("where", r"\bwhere\b|\bwhereabouts\b|\blocat(?:e|ion|ions)\b|\bposition(?:s|ed)?\b|\bin (?:which|what) (?:part|corner|cell|cells|direction|area|half|side)|\bwhich (?:part|corner|side|cells?|half|areas?|places?)\b|\bpoint (?:me )?(?:to|at|out)\b|\bconcentrated\b|\bdistributed\b|\bsituated\b"),
    ("area", r"\bhow (?:big|large|much|extensive|wide|long|small)\b|\barea (?:of|is|are|covered|taken|occupied|does|do|in)\b|\b(?:total|overall|surface|ground|covered) area\b|\bsizes?\b|\bextent of\b|\bhectares?\b|\bsquare (?:met|kilomet|feet)|\bacres?\b|\bkm2\b|\bm2\b|\bwhat area\b|\bmeasure\b|\bcalculate\b"),
    ("scene", r"\bwhat (?:kind|type|sort) of (?:place|area|scene|landscape|region|environment|site|location|terrain|image|land)\b|\burban or\b|\brural or\b|\b(?:is|was) (?:this|it|that) (?:an? |the )?(?:mostly |mainly )?(?:urban|rural|natural)\b|\bclassify (?:this|the) (?:scene|image|place|view)|\bscene (?:class|type|category)\b|\b(?:urban|rural)\b"),
    ("list", r"\bwhat (?:objects?|things?|covers?|classes|kinds|types|features|land[ -]?covers?|else)\b|\bwhich (?:objects?|things?|covers?|classes|features|kinds|types|land[ -]?covers?)\b|\blist\b|\benumerate everything\b|\bname (?:all|the) (?:objects|things|covers|classes)"),
    ("caption", r"\bdescri(?:be|ption)\b|\bcaption\b|\bsummar|\btell me (?:about|what)\b|\boverview\b|\bwhat (?:does|do) .*\bshow|\bwhat(?:'s| is| can| do| could)(?: be| you| i| we)? ?(?:shown|in|here|there|going on|see|seen|visible|happening|on|recogni[sz]e)\b|\bexplain\b|\breport\b|\bwhat (?:am|are) (?:i|we) (?:seeing|looking)"),
    ("presence", r"^(?:(?:so|and|but|ok|please|now|tell me|say|can you (?:tell me|say|check)|check|i wonder|do you know),? )*(?:if |whether )?(?:is|are|was|were|do|does|did|can|could|has|have|any|there)\b|\bcontains?\b|\bpresen(?:t|ce)\b|\bexists?\b|\bvisible\b|\bany\b|\bshows?\b"),
)
_PAIR_RULES = (
    ("help", _RULES[0][1]),
    ("transitions", r"\btransitions?\b|\bwhat (?:was|were) (?:there|here|it|they|that|in|at|on|the|under|those|these|\w+)?.*\b(?:before|previously|earlier|originally|formerly|replaced)\b|\breplac|\bturn(?:ed|s)? into\b|\bbec[ao]me\b|\bconver(?:ted|sion)\b|\bfrom what\b|\bwhat did .* (?:become|replace|turn)|\bfrom[ -](?:and[ -])?to\b|\bused to be\b|\bwhat happened to\b|\bwhat was (?:it|there|here)\b|\binstead\b"),
    ("count", r"\bhow many\b|\bnumber of\b|\bcount\b|\btally\b|\benumerate\b|\bquantity of\b"),
    ("segment", _RULES[6][1]),
    ("where", _RULES[7][1]),
    ("area", r"\bhow (?:big|large|much|extensive)\b|\barea (?:of|is|are|covered|has|that)\b|\bsizes?\b|\bhectares?\b|\bsquare (?:met|kilomet|feet)|\bacres?\b|\bpercent|\bshare\b|\bproportion|\bfraction|\bkm2\b|\bm2\b|\bwhat area\b|\b(?:total|changed|overall) area\b"),
    ("describe", r"\bwhat\b|\bdescri|\bcaption\b|\bsummar|\btell me\b|\boverview\b|\bexplain\b|\breport\b|\bhow (?:did|has|have|do|does)\b|\blist\b|\bcompare\b|\bdifferences? between\b|\bwhich\b"),
    ("changed", r"^.*\b(?:any|did|has|have|is|are|was|were|do|does|changed?|changes|differ|different|same|identical|unchanged)\b"),
)
_ADDED = r"\bnew\b|\bnewly\b|\badded\b|\badditional\b|\bappeared\b|\bbuilt\b|\bconstructed\b|\berected\b|\bgained?\b|\bgrown?\b|\bgrew\b|\bincreased?\b|\bmore\b|\bgrowth\b|\bsprung\b|\bemerged\b|\bplanted\b|\bconstruction\b"
_REMOVED = r"\bremoved\b|\blost\b|\bloss\b|\bdemolished\b|\bgone\b|\bdisappeared\b|\bvanished\b|\bcleared\b|\bcut\b|\bdestroyed\b|\bdecreased?\b|\bfewer\b|\bless\b|\bshr[aiu]nk\b|\bmissing\b|\btorn down\b|\bfelled\b|\bdeforest"
_PRONOUN = r"\b(?:it|its|them|they|those|these|their|ones?|that|this one|the (?:largest|biggest|smallest|second|third)(?! (?:area|change))|same)\b"
_ELLIPSIS = r"^(?:and|or|but|also|what about|how about|now|only|just|then|ok|so)\b"
_NEEDS = frozenset(("presence", "count", "where", "area", "share", "segment", "compare", "distance"))


@dataclass(frozen=True)
class Intent:
    """One routed question. ``concepts``: the things asked about; for ``compare`` and ``distance`` the last is the other
    side. ``direction``: "added", "removed" or "" (pairs). ``refers``: taken over from an earlier turn.
    """

    kind: str
    concepts: Tuple[Concept, ...] = ()
    narrowing: Narrowing = field(default_factory=Narrowing)
    direction: str = ""
    refers: bool = False

    def focus(self) -> Dict[str, Any]:
        """JSON-able form that the next turn's references are resolved with."""
        cells = sorted(self.narrowing.cells) if self.narrowing.cells is not None else None
        return {
            "intent": self.kind, "things": [concept.words for concept in self.concepts], "direction": self.direction,
            "min_area_m2": self.narrowing.min_area, "max_area_m2": self.narrowing.max_area, "cells": cells,
            "rank": self.narrowing.rank,
        }


def route(text: str, pair: bool, history: Sequence[Turn] = (), known: Optional[Lexicon] = None) -> Intent:
    """The intent of ``text``; ``pair``: two dates are given.

    Raises :class:`UnknownConcept` for things that no model here knows, :class:`QuestionUnclear` if there is nothing to
    answer. Text is data: whatever it says, the result is one of the intents.
    """
    known = known or lexicon()
    plain = " ".join(text.replace("\u2019", "'").lower().split())[:2000]
    reading = read(words_of(plain), known)
    if not reading.words:
        raise QuestionUnclear("Ask about the image, for example “What is here?” or “How many buildings are there?”.")
    before = _focus(history)
    kind = _kind(plain, pair, reading, before)
    concepts = tuple(mention.concept for mention in reading.mentions)
    if reading.unknown and kind != "help":
        raise known.unknown(reading.unknown[0])
    narrowing = narrowing_of(plain)
    direction = _direction(plain) if pair else ""
    refers = False
    # Comparisons of one thing with itself on the other date are not comparisons of two things.
    if before and not concepts and (kind in _NEEDS or re.search(_PRONOUN, plain) or re.match(_ELLIPSIS, plain)):
        concepts = tuple(filter(None, (_recalled(known, words) for words in before["things"])))
        refers = bool(concepts)
        narrowing = _merged(narrowing, before) if refers else narrowing
        direction = direction or (before["direction"] if refers and pair else "")
    if not concepts and kind in _NEEDS and not pair:
        kind = _without_concept(kind, plain, narrowing)
    return Intent(kind, concepts, narrowing, direction, refers)


def _kind(plain: str, pair: bool, reading: Reading, before: Optional[Dict[str, Any]]) -> str:
    concepts = reading.mentions
    elliptic = before is not None and (re.match(_ELLIPSIS, plain) or len(reading.words) <= 3)
    for kind, pattern in _PAIR_RULES if pair else _RULES:
        if re.search(pattern, plain) is None:
            continue
        if not pair and kind in ("compare", "distance") and len(concepts) < 2 and not (
            kind == "distance" and before and before["things"] and concepts
        ):
            continue
        if not pair and kind == "where" and re.search(r"\bwhere (?:am i|is this|was this|are we)\b", plain):
            return "scene"
        if elliptic and kind in ("presence", "describe", "changed", "caption") and re.match(_ELLIPSIS, plain):
            break
        if kind == "caption" and concepts and not pair and re.search(r"\bdescribe the\b|\btell me about the\b", plain):
            return "where" if len(concepts) == 1 else "caption"
        if pair and kind == "describe" and re.search(r"\bwhat (?:area|share|percent|part)", plain):
            return "area"
        return kind
    if before is not None and before["intent"] in (PAIR_INTENTS if pair else VIEW_INTENTS):
        return str(before["intent"])
    if concepts:
        return "describe" if pair else "presence" if plain.endswith("?") else "segment"
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
    if kind == "segment" and re.search(r"\b(?:everything|all|land[ -]?cover|covers|classes|objects|this|that|it|here|image)\b", plain):
        return kind
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


def _merged(new: Narrowing, before: Dict[str, Any]) -> Narrowing:
    """What this turn narrows, on top of what the turn before it did."""
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
        new.rank or (int(rank) if isinstance(rank, int) else 0),
    )


def _direction(plain: str) -> str:
    added, removed = re.search(_ADDED, plain), re.search(_REMOVED, plain)
    if bool(added) == bool(removed):
        return ""
    return "added" if added else "removed"
