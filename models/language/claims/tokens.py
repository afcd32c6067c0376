"""Text to typed tokens: what claims are read from. Knows labels and scenes from the facts and the shipped lexicon."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Dict, FrozenSet, List, Optional, Sequence, Tuple

from ...concepts import VOCABULARY, lexicon, singulars
from . import words
from .types import Amount

Facts = Dict[str, Any]
_WORD = re.compile(r"[^\W_]+(?:[-–'/][^\W_]+)*²?|[,;:()%.]", re.UNICODE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?![\w–])")
_SPREAD = re.compile(r"(\w+) of (?:the )?(?:9|nine) (?:parts|cells)\b")
#: What follows a fraction in words if it is one of the ground.
_OF_GROUND = re.compile(
    r"(?:of (?:the |this )?(?:ground|image|view|region|land|area|surface|scene|picture|place|it|this)|is|are)\b"
)
_RELATIVE = re.compile(r"(?:to the |on the |just |directly )?([\w-]+?)(?: hand side)? of")
_LONGEST = 6


@dataclass(frozen=True)
class Token:
    """``kind``: one of the names used in ``claims_reading``. ``value``: what it stands for. ``text``: as written."""

    kind: str
    value: Any
    text: str
    plural: bool = False
    definite: bool = False


def tokens(
    sentence: str, facts: Facts, tables: Sequence[Tuple[str, Any]] = (), silent: FrozenSet[str] = frozenset()
) -> List[Token]:
    """Typed tokens of ``sentence``; words of no known meaning have the kind "unknown", silent ones are left out.

    ``tables``: kinds and their words that go before those of one date; ``silent``: words that mean nothing besides.
    """
    text = sentence.replace("’", "'").replace("per cent", "%").replace("percent", "%")
    text = re.sub(r"\[(?:SEG|RET)\]", " ", text).lower()
    text = re.sub(r"(\d)(%|m²|ha\b|km²)", r"\1 \2", text)
    items = [(m.group(0), m.start()) for m in re.finditer(_NUMBER.pattern + "|" + _WORD.pattern + r"|\S", text)]
    nouns, scenes = labels_of(facts), scenes_of(facts)
    found: List[Token] = []
    definite, start = False, 0
    parts = [item for item, _ in items]
    while start < len(parts):
        token, length = _listed(parts, start, nouns, tables)
        if token is None:
            token, length = _at(parts, start, nouns, scenes, found)
            if token is not None and token.kind == "unknown" and parts[start] in silent:
                token = None
        if token is not None:
            if token.kind == "label":
                token = Token("label", token.value, token.text, token.plural, definite)
                definite = False
            elif token.kind not in ("colour", "rank", "ordinal", "number", "about"):
                definite = False
            found.append(token)
        elif parts[start] in ("the", "this", "that", "these", "those"):
            definite = True
        start += length
    return found


def _listed(
    parts: List[str], start: int, nouns: Dict[str, Tuple[str, bool]], tables: Sequence[Tuple[str, Any]]
) -> Tuple[Optional[Token], int]:
    """The longest of the words in ``tables`` at ``start``; none where a noun that begins there is longer."""
    for length in range(min(_LONGEST, len(parts) - start) if tables else 0, 0, -1):
        span = " ".join(parts[start:start + length])
        for kind, table in tables:
            if span in table:
                return Token(kind, table[span] if isinstance(table, dict) else None, span), length
        if span in nouns:
            break
    return None, 1


def _at(
    parts: List[str], start: int, nouns: Dict[str, Tuple[str, bool]], scenes: FrozenSet[str], before: List[Token]
) -> Tuple[Optional[Token], int]:
    """The token at ``start`` (None: a silent word) and how many parts it takes."""
    spread = _SPREAD.match(" ".join(parts[start:start + 5]))
    if spread:
        value = words.NUMBERS.get(spread.group(1), spread.group(1))
        if str(value).isdigit():
            return Token("spread", int(value), spread.group(0)), len(spread.group(0).split())
    amount, length = _amount(parts, start)
    if amount is not None:
        return Token(amount.unit, amount, " ".join(parts[start:start + length])), length
    cued = bool(before) and before[-1].kind == "cue"
    for length in range(min(_LONGEST, len(parts) - start), 0, -1):
        span = " ".join(parts[start:start + length])
        if cued or span not in nouns:
            bare = re.sub(r"^(?:an?|the) ", "", span)
            if (span in scenes or bare in scenes) and (cued or bare not in nouns):
                return Token("scene", bare if bare in scenes else span, span), length
        if span in nouns:
            label, plural = nouns[span]
            return Token("label", label, span, plural), length
        token = _phrase(span, parts, start, length, before)
        if token is not None:
            return token, length
        if length == 1 and (span in words.SILENT or (span == "only" and _bounds_a_number(parts, start))):
            return None, 1
    return Token("unknown", None, parts[start]), 1


def _bounds_a_number(parts: List[str], start: int) -> bool:
    """True in "only two cars" and "the only car", where a count says all; "only cars" says that there is nothing else."""
    after = parts[start + 1] if start + 1 < len(parts) else ""
    return parts[start - 1:start] == ["the"] or after in words.NUMBERS or bool(_NUMBER.fullmatch(after))


def _amount(parts: List[str], start: int) -> Tuple[Optional[Amount], int]:
    """A share, area, length or count that begins at ``start``."""
    for length in (4, 3, 2, 1):
        limits = words.FRACTIONS.get(" ".join(parts[start:start + length]))
        rest = " ".join(parts[start + length:start + length + 3])
        if limits is not None and start + length <= len(parts) and (parts[start + length - 1] == "%" or _OF_GROUND.match(rest)):
            return Amount(*limits, "share"), length
    number = parts[start]
    if number in words.NUMBERS and parts[start + 1:start + 2] == ["%"]:
        return Amount(words.NUMBERS[number] / 100 - 0.005, words.NUMBERS[number] / 100 + 0.005, "share"), 2
    if not _NUMBER.fullmatch(number):
        return None, 0
    value = float(number.replace(",", ""))
    decimals = len(number.split(".")[1]) if "." in number else 0
    half = 0.5 * 10.0 ** -decimals
    after = parts[start + 1:start + 3]
    if after[:1] == ["%"]:
        return Amount((value - half) / 100, (value + half) / 100, "share"), 2
    for length in (2, 1):
        unit = " ".join(after[:length])
        if len(after) >= length and unit in words.AREAS:
            # Three digits at most are ever spoken: 12,345 is said as 12,300.
            slack = max(half, 0.005 * value) if value else 0.0
            return Amount((value - slack) * words.AREAS[unit], (value + slack) * words.AREAS[unit], "m2"), 1 + length
        if len(after) >= length and unit in words.LENGTHS:
            slack = max(half, 0.005 * value)
            return Amount((value - slack) * words.LENGTHS[unit], (value + slack) * words.LENGTHS[unit], "m"), 1 + length
    if after[:1] in (["pixels"], ["pixel"], ["px"]):
        return Amount(value, value, "px"), 2
    return (Amount(value, value, "n"), 1) if decimals == 0 else (Amount(value - half, value + half, "n"), 1)


def _phrase(span: str, parts: List[str], start: int, length: int, before: List[Token]) -> Optional[Token]:
    """A token of the closed lists."""
    following = parts[start + length] if start + length < len(parts) else ""
    if span in ("per hectare", "a hectare", "to the hectare"):
        return Token("density", None, span)
    of_view = following == "of" and _is_view(parts, start + length + 1)
    relative = None if span.endswith("of") and _is_view(parts, start + length) else _RELATIVE.fullmatch(span)
    side = relative.group(1) if relative else span if span in ("above", "below", "beneath") else ""
    if side in words.WINDS:
        return Token("towards", (words.WINDS[side], True), span)
    if side in words.SIDES:
        return Token("towards", (words.SIDES[side], False), span)
    if span in words.AXES:
        return Token("axis", words.AXES[span], span)
    edge = re.fullmatch(r"from (?:the )?(north|south|east|west|left|right|top|bottom)", span)
    if edge and any(t.kind == "ordinal" for t in before):
        return Token("from", edge.group(1), span)
    if span in words.RANKS:
        return Token("rank", words.RANKS[span], span)
    if span in words.ORDINALS and following not in ("image", "picture"):
        return Token("ordinal", words.ORDINALS[span], span)
    cell = words.CELL_FORMS.get(span, span)
    if cell in words.CELLS and (of_view or not (following == "of" and cell in words.WINDS)):
        return Token("cell", cell, span)
    if span in words.COLOURS:
        return Token("colour", "grey" if span == "gray" else span, span)
    if span in words.NUMBERS:
        pronoun = span == "one" and bool(before) and (before[-1].kind in ("rank", "colour", "ordinal"))
        if span == "one" and following in ("can", "could", "may", "sees", "finds"):
            return Token("mainly", None, span)
        value = words.NUMBERS[span]
        return Token("pronoun", None, span) if pronoun else Token("n", Amount(value, value, "n"), span)
    for kind, table in _LISTS:
        if span in table:
            return Token(kind, table[span] if isinstance(table, dict) else None, span)
    return None


def _is_view(parts: List[str], start: int) -> bool:
    """True if the view as a whole is named there: "the north of the image" is a place, "the north of the pond" is not."""
    return " ".join(parts[start:start + 2]).split(" ")[-1] in _VIEW if parts[start:start + 1] in (["the"], ["this"]) else False


_VIEW = frozenset({"image", "view", "scene", "picture", "region", "area", "ground", "place", "photo", "frame"})
_LISTS: Tuple[Tuple[str, Any], ...] = (
    ("bound", words.BOUNDS), ("cue", words.SCENE_CUES),
    ("equal", words.EQUAL), ("more", words.MORE), ("than", ("than", "as")), ("far", words.FAR),
    ("near", words.NEAR), ("touching", words.TOUCHING), ("closest", words.CLOSEST), ("no", words.NO), ("not", words.NOT),
    ("about", words.ABOUT), ("mainly", words.MAINLY), ("covers", words.COVERS), ("exists", words.EXISTS), ("is", words.IS),
    ("pronoun", words.PRONOUNS), ("yes", ("yes",)), ("against", words.AGAINST),
    ("comma", (",", "and", ":", "(", ")", "or", "while", "whereas", "but")), ("stop", (";", ".")),
)


def labels_of(facts: Facts) -> Dict[str, Tuple[str, bool]]:
    """Every noun that may be spoken of → (label, plural). A thing's own name goes before the words for a cover."""
    found = dict(_lexicon_nouns())
    for scene in facts.get("scenes", ()):
        # What the place is goes before the word for a cover: "farmland".
        found.pop(scene["word"].lower(), None)
    names = [*facts.get("covers", {}), *facts.get("things", {})]
    for label in names:
        found[label] = (label, False)
        for form in _plurals(label):
            found[form] = (label, True)
        if label in lexicon().mass:
            found[lexicon().mass[label]] = (label, True)
    return found


@lru_cache(maxsize=1)
def _lexicon_nouns() -> Tuple[Tuple[str, Tuple[str, bool]], ...]:
    known = lexicon()
    found: Dict[str, Tuple[str, bool]] = {}
    vocabulary = _vocabulary()
    named = {label: cover["words"] for label, cover in vocabulary["covers"].items()}
    for label, said in {**named, **vocabulary.get("things", {})}.items():
        for word in said:
            # The lexicon knows other languages too: "see" is German for a lake.
            if word not in words.SILENT and word not in words.EXISTS:
                found[word] = (label, False)
                found.update((form, (label, True)) for form in _plurals(word) if form not in words.EXISTS)
    for label, (single, several) in known.spoken.items():
        found[single], found[several] = (label, False), (label, True)
        found[known.mass[label]] = (label, True)
    return tuple(found.items())


def _plurals(noun: str) -> List[str]:
    """Forms of which ``noun`` is a singular."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    forms = [f"{noun}s", f"{noun}es", f"{noun[:-1]}ies", f"{noun[:-1]}ves", f"{noun[:-2]}ves"]
    head = noun.rsplit(" ", 1)[-1]
    return [form for form in forms if head in singulars(form.rsplit(" ", 1)[-1]) and form != noun]


def scenes_of(facts: Facts) -> FrozenSet[str]:
    """Every kind of place that may be named."""
    return _lexicon_scenes() | {scene["word"].lower() for scene in facts.get("scenes", ())}


@lru_cache(maxsize=1)
def _lexicon_scenes() -> FrozenSet[str]:
    scenes = _vocabulary()["scenes"].values()
    said = {re.sub(r"^an? ", "", scene["said"]) for scene in scenes} | {scene["said"] for scene in scenes}
    return frozenset(said | {word for scene in scenes for word in scene["words"]} | _MORE_SCENES)


@lru_cache(maxsize=1)
def _vocabulary() -> Facts:
    return json.loads((VOCABULARY / "concepts.json").read_text(encoding="utf-8"))


_IRREGULAR = {"person": ["people"], "man": ["men"]}
_MORE_SCENES = {
    "port", "park", "farmland", "residential area", "industrial area", "commercial area", "city", "town", "village", "suburb",
    "countryside", "airfield", "car park", "stadium", "railway station", "school", "campus", "desert", "mountain", "meadow",
}
