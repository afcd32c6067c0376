"""Answers without a language model: values are quoted, counts and sums are computed, and what is not there is declined.

A document or an attribute is only ever quoted or counted: nothing in it is read as an instruction.
"""

from collections import Counter
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from .answer import Answer, Citing
from .asking import Asked, Condition, documents_asked, read
from .base import Base, KnownValue
from .material import Picture
from .passages import from_documents
from .retrieving import Where
from .targets import fulfilling, meant, pointed_at, population, within
from .wording import said, stems_of

#: What share of a question's words must be understood for an answer from columns: chosen on the held-out questions of
#: ``tests/benchmarks/knowledge_questions.py`` (see ``bench_knowledge.py``).
UNDERSTOOD = 0.99
#: Features that are named one by one.
NAMED = 5


def answer(
    base: Base, question: str, where: Optional[Where] = None, picture: Optional[Picture] = None,
) -> Answer:
    """The answer of ``base``. ``where``: the place asked about, None for everywhere; ``picture``: what is seen there.

    Raises KnowledgeUnreadable for a base that turns out to be damaged.
    """
    asked = read(question, base)
    told: Optional[Answer] = None
    if asked.kind in _KINDS and asked.understood >= UNDERSTOOD and not _only_documents(base, asked, question):
        told = _KINDS[asked.kind](base, asked, where, picture)
    if told is None or (not told.answered and told.value == ""):
        passage = from_documents(base, question, where, picture, told is not None)
        if passage is not None:
            return passage
    return told if told is not None else _unknown(base, asked)


def _only_documents(base: Base, asked: Asked, question: str) -> bool:
    there = any(source.kind == "document" for source in base.sources.values())
    return there and documents_asked(asked, stems_of(question))


def _value(base: Base, asked: Asked, where: Optional[Where], picture: Optional[Picture]) -> Optional[Answer]:
    targets = _targets(base, asked, where, picture)
    words = base.fields[asked.fields[0]].words
    if not targets:
        return _nowhere(base, asked, where)
    if len(targets) > NAMED:
        return _common(base, asked, where, picture)
    citing, sentences, values = Citing(base), [], []
    for id_ in targets:
        known = _first(base, id_, asked.fields)
        label = base.feature(id_).label
        if known is None:
            sentences.append(f"The base does not say the {words} of {label}{citing.feature(id_, label)}.")
            continue
        field = base.fields[known.field]
        text = said(known.text, known.unit or field.unit)
        values.append(text)
        sentences.append(f"The {field.words} of {label} is {text}{citing.feature(id_, f'{field.words}: {text}')}.")
    return _made(asked, " ".join(sentences), citing, ", ".join(dict.fromkeys(values)), bool(values))


def _targets(base: Base, asked: Asked, where: Optional[Where], picture: Optional[Picture]) -> Tuple[int, ...]:
    """The features whose values are asked for."""
    if asked.here or not asked.conditions:
        if where is not None or picture is not None:
            one = pointed_at(base, asked, where, picture)
            return () if one is None else (one,)
        everything = population(base, (), asked.fields)
        return everything if len(everything) == 1 else ()
    return meant(base, asked.conditions, population(base, asked.conditions))


def _count(base: Base, asked: Asked, where: Optional[Where], _picture: Optional[Picture]) -> Optional[Answer]:
    among, place = _among(base, asked, where)
    found = meant(base, asked.conditions, among)
    citing = Citing(base)
    what = _conditions_said(base, asked.conditions)
    if not asked.conditions:
        text = f"{place}the base holds {len(among):,} features{_cite(citing, found, among, base, 'all features')}."
        return _made(asked, _upper(text), citing, str(len(among)))
    if asked.kind == "share":
        share = 100 * len(found) / max(1, len(among))
        text = f"{place}{share:.1f} % of the {len(among):,} features ({len(found):,}) have {what}"
        return _made(asked, _upper(f"{text}{_cite(citing, found, among, base, what)}."), citing, f"{share:.1f} %")
    number = "none" if not found else f"{len(found):,}"
    verb = "has" if len(found) == 1 or not found else "have"
    text = f"{place}{number} of the {len(among):,} features {verb} {what}{_cite(citing, found, among, base, what)}."
    return _made(asked, _upper(text), citing, str(len(found)))


def _which(base: Base, asked: Asked, where: Optional[Where], _picture: Optional[Picture]) -> Optional[Answer]:
    among, place = _among(base, asked, where)
    found = meant(base, asked.conditions, among)
    what = _conditions_said(base, asked.conditions)
    citing = Citing(base)
    if not found:
        text = f"{place}none of the {len(among):,} features has {what}{_cite(citing, found, among, base, what)}."
        return _made(asked, _upper(text), citing, "none")
    if len(found) <= NAMED:
        named = [f"{base.feature(id_).label}{citing.feature(id_, what)}" for id_ in found]
        verb = "has" if len(found) == 1 else "have"
        return _made(asked, _upper(f"{place}{_listed(named)} {verb} {what}."), citing,
                     ", ".join(base.feature(id_).fid for id_ in found))
    text = f"{place}{len(found):,} features have {what}{_cite(citing, found, among, base, what)}."
    return _made(asked, _upper(text), citing, ", ".join(base.feature(id_).fid for id_ in found[:100]))


def _numbers(base: Base, asked: Asked, where: Optional[Where], _picture: Optional[Picture]) -> Optional[Answer]:
    among, place = _among(base, asked, where)
    inside = set(meant(base, asked.conditions, among))
    rows = [(feature, number, unit, field) for field in asked.fields for feature, number, unit in base.numbers(field)
            if feature in inside]
    if not rows:
        return None
    field, units = base.fields[rows[0][3]], {unit for _, _, unit, _ in rows}
    if len(units) > 1:
        return _declined(asked, f"The values of {field.words} are in several units ({_listed(sorted(map(str, units)))}), "
                                "so they are not put together.")
    unit = rows[0][2] or field.unit
    citing, counted = Citing(base), f"of the {len(rows):,} features that have one"
    if asked.kind == "extreme":
        most = max(asked.sign * number for _, number, _, _ in rows)
        best = [feature for feature, number, _, _ in rows if asked.sign * number == most]
        value = said(asked.sign * most, unit)
        names = _listed([base.feature(id_).label for id_ in best[:NAMED]]) if len(best) <= NAMED else f"{len(best):,} features"
        word = "highest" if asked.sign > 0 else "lowest"
        text = f"{place}the {word} {field.words} is {value}: {names}{citing.features(best, f'{field.words}: {value}')}."
        return _made(asked, _upper(text), citing, value)
    total = sum(number for _, number, _, _ in rows)
    value = said(round(total if asked.kind == "total" else total / len(rows), 6), unit)
    word = "sum" if asked.kind == "total" else "mean"
    mark = citing.features([feature for feature, _, _, _ in rows], f"{word} of {field.words}: {value}")
    return _made(asked, _upper(f"{place}the {word} of {field.words} {counted} is {value}{mark}."), citing, value)


def _common(base: Base, asked: Asked, where: Optional[Where], _picture: Optional[Picture]) -> Optional[Answer]:
    among, place = _among(base, asked, where)
    inside = meant(base, asked.conditions, among)
    texts: Dict[str, List[int]] = {}
    for id_ in inside:
        known = _first(base, id_, asked.fields)
        if known is not None:
            texts.setdefault(said(known.text, known.unit), []).append(id_)
    words = base.fields[asked.fields[0]].words
    citing = Citing(base)
    if not texts:
        return _declined(asked, _upper(f"{place}the base does not say any {words}."))
    counts = Counter({text: len(ids) for text, ids in texts.items()})
    ranked = counts.most_common()
    if asked.kind == "common":
        text, number = ranked[0] if asked.sign >= 0 else ranked[-1]
        mark = citing.features(texts[text], f"{words}: {text}")
        return _made(asked, _upper(f"{place}the most common {words} is {text}, of {number:,} features{mark}."), citing, text)
    shown = [f"{text} ({number:,}){citing.features(texts[text], f'{words}: {text}')}" for text, number in ranked[:12]]
    more = f" and {len(ranked) - 12} more" if len(ranked) > 12 else ""
    return _made(asked, _upper(f"{place}{words}: {', '.join(shown)}{more}."), citing, ", ".join(text for text, _ in ranked))


def _yes_no(base: Base, asked: Asked, where: Optional[Where], picture: Optional[Picture]) -> Optional[Answer]:
    names = tuple(c for c in asked.conditions if any(base.fields[f].stems[-1:] == ("name",) for f in c.fields))
    rest = tuple(c for c in asked.conditions if c not in names)
    plain = Asked(asked.kind, tuple(field for c in rest for field in c.fields), names, asked.here)
    if names and rest:
        targets: Sequence[int] = meant(base, names, population(base, names))
    elif where is not None or picture is not None:
        one = pointed_at(base, plain, where, picture)
        targets = () if one is None else (one,)
    elif asked.here:
        return _nowhere(base, asked, where)
    else:
        return _count(base, asked, where, picture)
    if not targets:
        return _nowhere(base, asked, where)
    citing, id_ = Citing(base), targets[0]
    label = base.feature(id_).label
    parts, true = [], True
    for condition in rest:
        known = _first(base, id_, condition.fields)
        field = base.fields[condition.fields[0]]
        if known is None and condition.how not in ("some", "none"):
            return _declined(asked, f"The base does not say the {field.words} of {label}{citing.feature(id_, label)}.", citing)
        true = true and id_ in fulfilling(base, condition)
        text = said(known.text, known.unit) if known is not None else "not given"
        parts.append(f"the {field.words} of {label} is {text}{citing.feature(id_, f'{field.words}: {text}')}")
    return _made(asked, f"{'Yes' if true else 'No'}: {_listed(parts)}.", citing, "yes" if true else "no")


def _about(base: Base, asked: Asked, where: Optional[Where], picture: Optional[Picture]) -> Optional[Answer]:
    targets = _targets(base, asked, where, picture)[:NAMED]
    if not targets:
        return _nowhere(base, asked, where)
    citing, sentences = Citing(base), []
    for id_ in targets:
        parts = [f"{base.fields[v.field].words} {said(v.text, v.unit or base.fields[v.field].unit)}" for v in base.values_of(id_)]
        label = base.feature(id_).label
        sentences.append(f"{_upper(label)}: {'; '.join(parts)}{citing.feature(id_, '; '.join(parts))}.")
    return _made(asked, " ".join(sentences), citing, ", ".join(base.feature(id_).label for id_ in targets))


_KINDS: Dict[str, Callable[[Base, Asked, Optional[Where], Optional[Picture]], Optional[Answer]]] = {
    "value": _value, "count": _count, "share": _count, "which": _which, "mean": _numbers, "total": _numbers,
    "extreme": _numbers, "common": _common, "values": _common, "yesno": _yes_no, "about": _about,
}


def _among(base: Base, asked: Asked, where: Optional[Where]) -> Tuple[Tuple[int, ...], str]:
    """What is counted, and how the answer begins where that is a part of the ground."""
    among = population(base, asked.conditions, asked.fields)
    return (among, "") if where is None else (within(base, among, where), "in the region asked about, ")


def _first(base: Base, feature: int, fields: Sequence[int]) -> Optional[KnownValue]:
    return next(filter(None, (base.value(feature, field) for field in fields)), None)


def _conditions_said(base: Base, conditions: Sequence[Condition]) -> str:
    said_: List[str] = []
    how = {"more": "more than", "less": "less than", "least": "at least", "most": "at most", "equal": ""}
    for one in conditions:
        words = " or ".join(dict.fromkeys(base.fields[id_].words for id_ in one.fields[:3]))
        value = next(filter(None, (base.text_of(id_, one.key, one.words) for id_ in one.fields)), one.words)
        if one.how == "is":
            said_.append(words if one.key == "yes" else f"{words} “{value}”")
        elif one.how == "not":
            said_.append(f"no {words}" if one.key == "yes" else f"no {words} “{value}”")
        elif one.how in ("some", "none"):
            said_.append(f"{'a' if one.how == 'some' else 'no'} {words}")
        else:
            said_.append(f"{words} of {how[one.how]} {said(one.number)}")
    return _listed(said_)


def _cite(citing: Citing, found: Sequence[int], among: Sequence[int], base: Base, text: str) -> str:
    if found:
        return citing.features(found, text)
    ids = {base.feature(id_).source for id_ in among[:1]} or {i for i, s in base.sources.items() if s.kind != "document"}
    return citing.sources(sorted(ids)[:3], text)


def _nowhere(base: Base, asked: Asked, where: Optional[Where]) -> Answer:
    if asked.conditions and not asked.here:
        return _declined(asked, f"The base has nothing with {_conditions_said(base, asked.conditions)}.")
    if where is None:
        return _declined(asked, "Which one? Draw a region around it, click it, or say its name.")
    return _declined(asked, "The base has no feature at this place that says so.")


def _unknown(base: Base, asked: Asked) -> Answer:
    known = list(dict.fromkeys(field.words for field in base.fields.values()))[:8]
    titles = [source.name for source in base.sources.values() if source.kind == "document"][:3]
    what = _listed(known + [f"what {title} says" for title in titles])
    about = f" of “{' '.join(asked.strange[:4])}”" if asked.strange else " of that"
    return _declined(asked, f"The base says nothing{about}. It knows {what}." if what else f"The base says nothing{about}.")


def _declined(asked: Asked, text: str, citing: Optional[Citing] = None) -> Answer:
    return Answer(text, tuple(citing.cited) if citing else (), False, "", asked.kind, asked.understood)


def _made(asked: Asked, text: str, citing: Citing, value: str, answered: bool = True) -> Answer:
    return Answer(text, tuple(citing.cited), answered, value, asked.kind, asked.understood)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


