"""Sentences about what phrases named: how many were found and where, or what nothing fits."""

from typing import Any, Dict, List, Tuple

from ...referring.phrase import Referring, spoken
from ..phrases import counted, lies, listed, mass, noun, place, places
from ..units import Units, count
from .cover import absent_sentence

Facts = Dict[str, Any]
_DONE = {"find": "I found", "segment": "I outlined"}


def phrase_words(phrase: Referring, number: int) -> str:
    """A phrase as it was understood, in the lexicon's words: "red cars in the north"."""
    singular = not phrase.many or number == 1
    return phrase.said(_called(phrase, singular), _called(phrase.other, True) if phrase.other is not None else "")


def _called(phrase: Referring, singular: bool) -> str:
    labels = phrase.concept.covers
    if len(labels) > 1:
        return phrase.concept.name
    return noun(labels[0], 1 if singular else 2)


def sentences(row: Facts, verb: str, facts: Facts, units: Units) -> List[str]:
    """What a row of ``facts["referring"]`` says."""
    if row["missing"]:
        return [missing_sentence(row, facts)]
    amount = units.area(row["area_m2"], row["pixels"])
    if row["count"] == 1 and not row["many"]:
        stands = f"{lies(row['labels'][0], 1)} {place(row['where'][0])}{_apart(row, units)}"
        return [f"{_DONE[verb]} the {row['phrase']}: it measures {amount} and {stands}."]
    said = f"{_DONE[verb]} {_how_many(row)}, {amount}{' in all' if row['count'] > 1 else ''}{_nearly(row, units)}."
    return [said, *_whereabouts(row, facts)]


def _how_many(row: Facts) -> str:
    """"7 red cars", "12 buildings"; of covers without single things their patches."""
    number = row["count"]
    words = row["phrase"]
    if len(row["labels"]) > 1:
        return f"{count(number)} {'patch' if number == 1 else 'patches'} of {words}"
    if not row["many"] and number > 1:
        words = words.replace(noun(row["labels"][0], 1), noun(row["labels"][0], 2), 1)
    return f"{'one' if number == 1 else count(number)} {words}"


def _apart(row: Facts, units: Units) -> str:
    known = row["relation"] == "nearest" and row["metres"]
    return f", {units.length(row['metres'])} from the {_all(row['other'])}" if known else ""


def _nearly(row: Facts, units: Units) -> str:
    return f", at most {units.length(row['metres'])} away" if row["relation"] == "near" and row["metres"] else ""


def _whereabouts(row: Facts, facts: Facts) -> List[str]:
    """Where they lie, from the selection, unless the phrase itself says it or several classes share it."""
    if row["asked"] or len(row["labels"]) != 1 or len(facts["referring"]) > 1:
        return []
    label = row["labels"][0]
    return [f"{'It' if row['count'] == 1 else 'They'} {lies(label, row['count'])} {places(facts['selection'][label]['cells'])}."]


def missing_sentence(row: Facts, facts: Facts) -> str:
    """What nothing fits: the class, the landmark, the colour, the place …"""
    name, why = row["labels"][0], row["missing"]
    if why == "class" and len(row["labels"]) == 1:
        return absent_sentence(name, facts["covers"].get(name) or facts["things"][name])
    if why == "class":
        return f"I see no {_all(row['labels'])} here."
    if why == "landmark":
        return f"I see no {_all(row['other'])} here that “{row['phrase']}” could go by."
    if why in ("order", "rank"):
        return f"There {'is' if row['of'] == 1 else 'are'} only {_some(row)}, and none that fits “{row['phrase']}”."
    if why == "colour":
        fits = f"is {row['colour']}"
    elif why == "relation":
        fits = f"lies {spoken(row['relation'])} the {_all(row['other'])}"
    else:
        fits = {"cell": f"lies {row['asked'] or 'there'}", "size": "stands out by its size", "area": "is of that size"}[why]
    return f"None of the {_some(row)} {fits}." if row["of"] > 1 else f"I see only {_some(row)}, and it does not fit: none {fits}."


def _some(row: Facts) -> str:
    """Everything of the class, by number."""
    return counted(row["labels"][0], row["of"]) if len(row["labels"]) == 1 else f"{count(row['of'])} patches"


def _all(labels: List[str]) -> str:
    return listed([mass(label) for label in labels], "or")


def links(row: Facts) -> Tuple[str, ...]:
    """Words of the answer that stand for what was found, likeliest first."""
    return _how_many(row), f"the {row['phrase']}", row["phrase"]

