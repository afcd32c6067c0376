"""What a question asks of a base: read against its own columns and values, so that nothing is guessed.

A word that neither the base nor the grammar of questions explains is strange; ``Asked.understood`` says how much is not.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Dict, FrozenSet, List, Optional, Sequence, Set, Tuple

from .base import Base, KnownField
from .question_words import (
    ABOUT,
    ALIASES,
    COMMON,
    COMPARING,
    COMPARISONS,
    COUNT,
    DOCUMENTS,
    EXTREMES,
    FUNCTION,
    GENERIC,
    HERE,
    MEAN,
    NO,
    NOT,
    POINTED,
    SHARE,
    TOTAL,
    TURNED_BY_AGE,
    VALUES,
    WHICH,
    YES,
    YES_NO,
)
from .wording import LONGEST_VALUE, stems_of, words_of

#: Letters of a question that are read.
MOST_LETTERS = 1000


@dataclass(frozen=True)
class Condition:
    """What features must fulfil: in one of ``fields``, ``key`` is their value ("is", "not"), they have any ("some", "none"),
    or their number compares to ``number`` ("more", "less", "least", "most", "equal")."""

    fields: Tuple[int, ...]
    how: str
    key: str = ""
    words: str = ""
    number: float = 0.0


@dataclass(frozen=True)
class Asked:
    """``kind``: "value", "which", "count", "share", "mean", "total", "extreme", "common", "values", "yesno", "about" or "text".

    ``fields``: what is asked for, best guess first, all equally good. ``here``: the feature at the place asked about is
    meant. ``sign``: 1 for the most, -1 for the least. ``strange``: words that nothing explains; ``understood``: 0..1.
    """

    kind: str
    fields: Tuple[int, ...] = ()
    conditions: Tuple[Condition, ...] = ()
    here: bool = False
    sign: int = 1
    strange: Tuple[str, ...] = ()
    understood: float = 1.0
    content: Tuple[str, ...] = ()


@dataclass
class _Reading:
    """A question's words with what explains each."""

    words: List[str]
    stems: List[str]
    plain: str
    used: Set[int] = field(default_factory=set)

    def free(self, start: int, end: int) -> bool:
        return not self.used & set(range(start, end))


def read(question: str, base: Base) -> Asked:
    """The question as this base can answer it. Never raises for a question, whatever is in it."""
    words = words_of(_in_words(question[:MOST_LETTERS], base))[:80]
    stems = [stems_of(word)[0] if stems_of(word) else word for word in words]
    reading = _Reading(words, stems, " ".join(words))
    nouns = _nouns(base)
    kind = _kind(reading.plain)
    conditions = _compared(reading, base) + _valued(reading, base, nouns, 2, ())
    extreme = next((word for word in words if word in EXTREMES), "")
    fields = _fields(reading, base, nouns)
    named = tuple(stem for id_ in fields for stem in base.fields[id_].stems)
    conditions = _narrowed(conditions + _valued(reading, base, nouns, 1, named), reading, base, nouns)
    conditions = tuple(one for one in conditions if not _topic(one, conditions, base))
    if kind == "which" and fields and conditions and all(_names(one, base) for one in conditions):
        kind = "value"  # "What kind of building is Krishna Sadan?"
    fields = _unsaid(fields, conditions, reading, base, nouns) if kind in _COUNTING else fields
    sign = EXTREMES.get(extreme, 1)
    if kind == "extreme" and extreme in TURNED_BY_AGE and any("ag" in base.fields[id_].stems for id_ in fields):
        sign = -sign
    if kind == "which" and fields and not conditions and HERE.search(reading.plain):
        kind = "value"  # "Which roof material does this building have?"
    if kind in _COUNTING and fields and not any(c.fields == fields for c in conditions):
        having = _having(fields, reading, base, bool(conditions))
        if having is not None:
            conditions, fields = conditions + (having,), ()
    conditions = _negated(conditions, reading)
    explained = {stem for c in conditions for id_ in c.fields for stem in base.fields[id_].stems}
    explained |= {stem for id_ in fields for stem in base.fields[id_].stems} | nouns
    strange = tuple(
        word for number, (word, stem) in enumerate(zip(words, stems))
        if number not in reading.used and stem not in FUNCTION and stem not in GENERIC and stem not in explained
        and word not in EXTREMES)
    if HERE.search(reading.plain) or any(_names(one, base) for one in conditions):
        strange = tuple(word for word in strange if not set(stems_of(word)) & POINTED)
    content = tuple(word for word, stem in zip(words, stems) if stem not in FUNCTION)
    understood = 1.0 - len(strange) / max(1, len(content))
    here = HERE.search(reading.plain) is not None
    found = Asked(kind, fields, conditions, here, sign, strange, understood, content)
    return _settled(found, words, nouns)


def _in_words(question: str, base: Base) -> str:
    """The question with columns that it calls by their very name ("area_m2", "Height (m)") called as a person would."""
    for known in sorted(base.fields.values(), key=lambda known: -len(known.name)):
        if known.unit and known.name.lower() != known.words:
            name = rf"(?<!\w){re.escape(known.name)}(?!\w)"
            question = re.sub(name, known.words.replace("\\", " "), question, flags=re.IGNORECASE)
    return question


def _settled(asked: Asked, words: Sequence[str], nouns: FrozenSet[str]) -> Asked:
    """A kind that what was found can answer; "text" where only the documents may know."""
    kind = asked.kind
    if kind == "which" and asked.fields and not asked.conditions:
        kind = "value"
    if kind == "value" and not asked.fields:
        kind = "which" if asked.conditions else "text"
    if kind in ("mean", "total", "extreme", "common", "values") and not asked.fields:
        kind = "text"
    if kind == "yesno" and not asked.conditions:
        kind = "text"
    if kind == "about" and not (asked.here or asked.conditions):
        kind = "text"
    if kind in ("which", "share") and not asked.conditions:
        kind = "text"
    return replace(asked, kind=kind)


def _kind(plain: str) -> str:
    for kind, pattern in (("count", COUNT), ("share", SHARE), ("common", COMMON), ("mean", MEAN), ("total", TOTAL)):
        if pattern.search(plain):
            return kind
    if any(word in EXTREMES for word in plain.split(" ")):
        return "extreme"
    for kind, pattern in (("values", VALUES), ("about", ABOUT), ("yesno", YES_NO), ("which", WHICH)):
        if pattern.search(plain):
            return kind
    return "value"


#: Kinds of questions whose columns are conditions.
_COUNTING = ("count", "share", "which", "yesno")


def _nouns(base: Base) -> FrozenSet[str]:
    """What features are called: by the names of their layers, and by a column that says yes of nearly all ("building")."""
    found = {stem for source in base.sources.values() if source.kind != "document" for stem in stems_of(source.name)}
    for known in base.fields.values():
        if len(known.stems) == 1 and base.filled(known.id, "yes") > 0.5:
            found.add(known.stems[0])
    return frozenset(found)


def _valued(
    reading: _Reading, base: Base, nouns: FrozenSet[str], least: int, named: Sequence[str]
) -> Tuple[Condition, ...]:
    """Values of the base that the question names, in at least ``least`` words, the longest first."""
    found = []
    total = len(reading.words)
    longest = LONGEST_VALUE if least > 1 else 1
    for length in range(min(longest, total), least - 1, -1):
        for start in range(total - length + 1):
            span = reading.stems[start:start + length]
            if not reading.free(start, start + length) or all(stem in FUNCTION for stem in span):
                continue
            if length == 1 and (span[0] in FUNCTION or span[0] in named or span[0] in GENERIC):
                continue
            if length == 1 and span[0] in nouns and not _introduced(reading, start):
                continue
            fields = base.fields_with(" ".join(span))
            words = " ".join(reading.words[start:start + length])
            if not fields or words in YES | NO:
                continue
            reading.used |= set(range(start, start + length))
            if start and reading.words[start - 1] in ("called", "named", "name", "titled"):
                reading.used.add(start - 1)
            found.append(Condition(fields, "is", " ".join(span), words))
    return tuple(found)


def _introduced(reading: _Reading, start: int) -> bool:
    """Whether the word there is one that is looked for rather than what is asked about."""
    return bool(set(reading.words[max(0, start - 1):start]) & {"called", "named", "as"})


def _names(one: Condition, base: Base) -> bool:
    return any(base.fields[id_].stems[-1:] in (("name",), ("titl",)) for id_ in one.fields)


def _topic(one: Condition, conditions: Sequence[Condition], base: Base) -> bool:
    """Whether a value is only the word of another condition's column: "roof" in "a tin roof"."""
    others = {stem for other in conditions if other is not one for id_ in other.fields for stem in base.fields[id_].stems}
    return one.how == "is" and " " not in one.key and one.key in others


def _unsaid(
    fields: Tuple[int, ...], conditions: Sequence[Condition], reading: _Reading, base: Base, nouns: FrozenSet[str]
) -> Tuple[int, ...]:
    """``fields`` without those of which the question says no more than a condition on a value does ("a tin roof")."""
    told = {stem for one in conditions if one.how in ("is", "not") for id_ in one.fields for stem in base.fields[id_].stems}
    told |= {stem for said, columns in ALIASES if told & columns for stem in said} | nouns
    return tuple(id_ for id_ in fields if not conditions or (set(base.fields[id_].stems) & set(reading.stems)) - told)


def _compared(reading: _Reading, base: Base) -> Tuple[Condition, ...]:
    """Comparisons with a number: "more than 3 levels"."""
    found = []
    for place, word in enumerate(reading.words):
        if not re.fullmatch(r"\d{1,15}", word):
            continue
        before = " ".join(reading.words[max(0, place - 3):place])
        how = next((how for pattern, how in COMPARISONS if pattern.search(before)), "")
        if not how:
            continue
        window = reading.stems[max(0, place - 4):place] + reading.stems[place + 1:place + 4]
        fields = [f.id for f in base.fields.values() if f.stems and _meant_by(f, window) and base.numbers(f.id)]
        if not fields:
            continue
        near = range(max(0, place - 3), place + 1)
        reading.used |= {number for number in near if number == place or reading.stems[number] in COMPARING}
        unit = place + 1
        if unit < len(reading.words) and reading.words[unit] in ("m", "metres", "meters", "km", "ha", "years", "percent"):
            reading.used.add(unit)
        reading.used |= {n for n in range(max(0, place - 4), min(len(reading.words), place + 4))
                         if any(reading.stems[n] in base.fields[f].stems for f in fields)}
        found.append(Condition(tuple(fields), how, "", f"{before.split(' ')[0]} {word}", float(word)))
    return tuple(found)


def _meant_by(known: KnownField, stems: Sequence[str]) -> bool:
    asked = set(stems)
    if set(known.stems) <= asked:
        return True
    return any(asked & said and known.stems[-1] in columns for said, columns in ALIASES)


def _fields(reading: _Reading, base: Base, nouns: FrozenSet[str]) -> Tuple[int, ...]:
    """The columns that the question's words mean best; equally good ones together."""
    free = {stem: number for number, stem in enumerate(reading.stems) if number not in reading.used}
    scores: Dict[int, float] = {}
    topics = {known.stems[0] for known in base.fields.values() if len(known.stems) > 1}
    kinds = {stem for said, _ in ALIASES[-3:-2] for stem in said} & set(free)
    for known in base.fields.values():
        stems = [stem for stem in known.stems if stem in free]
        score = 0.0
        if known.stems and len(stems) == len(known.stems):
            places = sorted(free[stem] for stem in stems)
            gaps = places[-1] - places[0] - len(places) + 1
            score = len(stems) + 0.5 if not gaps else _weight(stems, nouns) - 0.05 * gaps
            if len(stems) == 1 and stems[0] in nouns and not kinds:
                score = 0.0  # "building" alone names what is asked about
        elif len(stems) >= max(1, len(known.stems) / 2) and known.stems[-1] in free and (
            len(stems) > 1 or stems[0] not in topics
        ):
            score = _weight(stems, nouns) - 0.5
        if not score and known.stems:
            for said, columns in ALIASES:
                if said & set(free) and known.stems[-1] in columns:
                    others = [stem for stem in known.stems[:-1] if stem in free]
                    score = max(score, 0.7 + _weight(others, nouns) - 0.1 * (len(known.stems) - 1 - len(others)))
        if kinds and score and len(known.stems) == 1 and known.stems[0] in nouns:
            score += 1.0
        if score > 0:
            scores[known.id] = score
    if not scores:
        return ()
    best = max(scores.values())
    chosen = tuple(id_ for id_, score in scores.items() if score >= best - 1e-6)
    for id_ in chosen:
        known = base.fields[id_]
        reading.used |= {free[stem] for stem in known.stems if stem in free}
        for said, columns in ALIASES:
            if known.stems[-1] in columns or known.stems[-1] in said or kinds:
                reading.used |= {free[stem] for stem in said if stem in free}
    return chosen


def _weight(stems: Sequence[str], nouns: FrozenSet[str]) -> float:
    """How much the words of a column that stand in a question say; what every feature is called says little."""
    return sum(0.3 if stem in nouns else 1.0 for stem in stems)


def _having(fields: Tuple[int, ...], reading: _Reading, base: Base, others: bool) -> Optional[Condition]:
    """A column that is asked to be there: "with a green roof", "that have a name"; yes where its values are yes and no."""
    if not re.search(r"\b(?:have|has|having|with|without|lack|lacks|lacking|no|missing|been|is|are)\b", reading.plain) and others:
        return None
    words = base.fields[fields[0]].words
    # A yes or no is looked at by itself: how often it is there is no matter.
    truths = {text.lower() for id_ in fields for text, _ in base.values(id_, 3)}
    if truths and truths <= YES | NO:
        return Condition(fields, "is", "yes", words)
    return Condition(fields, "some", "", words)


def _narrowed(
    conditions: Tuple[Condition, ...], reading: _Reading, base: Base, nouns: FrozenSet[str]
) -> Tuple[Condition, ...]:
    """Of the columns that have a value, those whose words stand in the question too, where there are such."""
    out = []
    for one in conditions:
        best = {id_: len(set(base.fields[id_].stems) & set(reading.stems) - nouns) for id_ in one.fields}
        most = max(best.values())
        out.append(replace(one, fields=tuple(id_ for id_ in one.fields if best[id_] == most)))
    return tuple(out)


def _negated(conditions: Tuple[Condition, ...], reading: _Reading) -> Tuple[Condition, ...]:
    """What stands behind "not", "no" or "without" is turned round."""
    found = NOT.search(reading.plain)
    if found is None:
        return conditions
    turned = {"is": "not", "some": "none"}
    after = reading.plain[found.start():]
    return tuple(replace(one, how=turned.get(one.how, one.how))
                 if one.words and one.words.split(" ")[0] in after or one.how == "some" else one for one in conditions)


def documents_asked(asked: Asked, stems: Sequence[str]) -> bool:
    """Whether a question names documents."""
    return bool(set(stems) & DOCUMENTS)
