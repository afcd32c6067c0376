"""Sentences about one cover or two: how many, how much, whether, where, how far. Numbers are slots that code fills."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from ...concepts import lexicon
from ..marks import mark
from ..narrowing import Narrowing
from ..phrases import LOW_SCORE, counted, interval, lies, mass, noun, place, places, upper, validation, verb
from ..units import Units, count, share

Facts = Dict[str, Any]
#: A gap of fewer working pixels than this is called "right beside": outlines are not better than that.
_BESIDE = 3
_SINGLE = {"tree": "single trees", "paved": "single roads", "low vegetation": "single plants or fields"}
_ORDER = ("", "second ", "third ", "fourth ", "fifth ")


def count_sentences(name: str, cover: Facts, facts: Facts, units: Units) -> List[str]:
    """How many: with interval, touching roofs and validation error; withheld where the scale forbids it."""
    if not cover["present"]:
        return [absent_sentence(name, cover)]
    if name in lexicon().things:
        return _thing_count(name, cover)
    if name != "building":
        return patch_sentences(name, cover, facts, units)
    if not cover["countable"]:
        said = [
            f"I cannot count buildings here, but they cover {units.area(cover['area_m2'], cover['pixels'])} "
            f"({share(cover['share'])} of the region)."
        ]
        if facts["in_range"]:
            said.append(f"At {units.pixel(facts['gsd'])} a pixel, single buildings run into each other.")
        return said
    spread = interval(cover)
    said = [f"I count {'about ' if spread else ''}{counted(name, cover['count'])}"
            f"{f' ({spread}, depending on how sure I have to be)' if spread else ''}."]
    if cover["count"] > 1:
        said.append("Roofs that touch count as one.")
    said.append(validation(name, cover.get("validation")))
    return [sentence for sentence in said if sentence]


def _thing_count(name: str, cover: Facts) -> List[str]:
    spread = interval(cover)
    said = f"I count {'about ' if spread else ''}{counted(name, cover['count'])}"
    return [f"{said}{f' ({spread}, depending on how sure I have to be)' if spread else ''}."]


def drawn_only(names: Sequence[str]) -> str:
    """The caveat of things that no real check was passed for."""
    return mark(names)


def patch_sentences(name: str, cover: Facts, facts: Facts, units: Units) -> List[str]:
    """Covers whose members cannot be told apart: their area, and how many patches they form."""
    said = [f"I cannot tell {_SINGLE[name]} apart."] if name in _SINGLE else []
    if not facts["in_range"]:
        return [*said, area_sentence(name, cover, units)]
    about = "about " if cover["about"] else ""
    one, many = ("surface", "surfaces") if name == "water" else ("patch", "patches")
    amount = units.area(cover["area_m2"], cover["pixels"])
    several = f"{about}{count(cover['count'])} separate {many}, {amount} in all"
    patches = f"one {one} of {amount}" if cover["count"] == 1 else several
    return [*said, f"{upper(mass(name))} {verb(name, 'form', 'forms')} {patches}."]


def area_sentence(name: str, cover: Facts, units: Units) -> str:
    """How large: area and share of what is known of the region."""
    if not cover["present"]:
        return absent_sentence(name, cover)
    amount = units.area(cover["area_m2"], cover["pixels"])
    return f"{upper(mass(name))} {verb(name, 'cover', 'covers')} {amount}, {share(cover['share'])} of the region."


def presence_sentence(name: str, cover: Facts, units: Units) -> str:
    """Yes or no, with the evidence."""
    if not cover["present"]:
        return f"No, {absent_sentence(name, cover)}" if cover["count_interval"][1] == 0 else absent_sentence(name, cover)
    sure = "Probably yes" if cover["mean_score"] < LOW_SCORE else "Yes"
    evidence = f"{verb(name, 'cover', 'covers')} {share(cover['share'])} of the region, {places(cover['cells'])}."
    if not cover["countable"]:
        return f"{sure}: {mass(name)} {evidence}"
    about = "about " if cover["about"] else ""
    they = "it covers" if cover["count"] == 1 else "they cover"
    return f"{sure}, {about}{counted(name, cover['count'])}: {they} {evidence.split(' ', 1)[1]}"


def where_sentences(name: str, cover: Facts, units: Units) -> List[str]:
    """The cells that hold it, and where its largest part is."""
    if not cover["present"]:
        return [absent_sentence(name, cover)]
    said = [f"{upper(mass(name))} {lies(name)} {places(cover['cells'])}."]
    if cover["count"] > 1 and cover["largest"]:
        said.append(largest_sentence(name, cover, units))
    return said


def largest_sentence(name: str, cover: Facts, units: Units, rank: int = 1) -> str:
    """The first of the components listed: its size and place. ``rank``: as asked for."""
    part = cover["largest"][0]
    word = "only" if cover["count"] == 1 else f"{_ORDER[min(abs(rank), 5) - 1]}{'largest' if rank > 0 else 'smallest'}"
    amount = units.area(part["area_m2"], part["pixels"])
    return f"The {word} {noun(name, 1)} measures {amount} and {lies(name, 1)} {place(part['where'])}."


def absent_sentence(name: str, cover: Facts) -> str:
    """Not seen; with the doubt that lower scores leave."""
    if cover["count_interval"][1] > 0:
        return f"I see no {mass(name)} that I am sure of, but there may be some."
    return f"I see no {mass(name)} here."


def compare_sentences(one: Tuple[str, Facts], two: Tuple[str, Facts], units: Units) -> List[str]:
    """Which of two is more: by ground, and by number where both can be told apart."""
    counted = _more(one, two) if all(facts["present"] and facts["countable"] for _, facts in (one, two)) else []
    (first, a), (second, b) = (one, two) if one[1]["pixels"] >= two[1]["pixels"] else (two, one)
    amount = units.area(a["area_m2"], a["pixels"])
    if not a["present"]:
        return [f"I see neither {mass(first)} nor {mass(second)} here."]
    if not b["present"]:
        return [f"{upper(mass(first))} {verb(first, 'cover', 'covers')} {amount} ({share(a['share'])}); I see no {mass(second)}."]
    if a["pixels"] == b["pixels"]:
        return [f"{upper(mass(first))} and {mass(second)} cover the same: {amount} each.", *counted]
    return [
        f"{upper(mass(first))} {verb(first, 'cover', 'covers')} more ground than {mass(second)}: "
        f"{amount} ({share(a['share'])}) against {units.area(b['area_m2'], b['pixels'])} ({share(b['share'])}).",
        *counted,
    ]


def _more(one: Tuple[str, Facts], two: Tuple[str, Facts]) -> List[str]:
    (first, a), (second, b) = (one, two) if one[1]["count"] >= two[1]["count"] else (two, one)
    if a["count"] == b["count"]:
        return [f"There are as many {noun(first, 2)} as {noun(second, 2)}: {count(a['count'])} each."]
    return [f"There are more {noun(first, 2)} than {noun(second, 2)}: {count(a['count'])} against {count(b['count'])}."]


def nearest_sentence(near: Facts, gsd: Optional[float], units: Units, asked: bool = True) -> str:
    """How far one cover is from another; ``asked``: in answer to just that, else within a description."""
    subject, target = noun(near["subject"], 1), mass(near["object"])
    which = f"nearest {subject}" if asked else f"{subject} closest to {target}"
    them = f"the {target}" if asked else verb(near["object"], "them", "it")
    if near["touching"]:
        return f"The {which} borders on {them}."
    about = "about " if near["resolution_m"] > 0.05 * near["metres"] else ""
    metres = f"{about}{units.length(near['metres'])}"
    if gsd is not None and near["metres"] < _BESIDE * gsd:
        return f"The {which} {lies(near['subject'], 1)} right beside {them} ({metres})."
    return f"The {which} {lies(near['subject'], 1)} {metres} {near['direction'] + ' of' if near['direction'] else 'from'} {them}."


def selection_sentences(
    name: str, cover: Facts, of: Optional[int], narrowing: Narrowing, units: Units
) -> List[str]:
    """What of a cover fits the size asked for: how many of how many, their area and place."""
    fits = _sizes(narrowing, units)
    if not cover["present"]:
        if not of:
            return [f"I see no {mass(name)} here."]
        return [f"None of the {counted(name, of)} is {fits}." if of > 1 else f"The only {noun(name, 1)} is not {fits}."]
    number = cover["count"]
    whole = f", out of {count(of)}" if of is not None and of > number else ""
    amount = units.area(cover["area_m2"], cover["pixels"])
    where = f"{lies(name, number)} {places(cover['cells'])}"
    they = f"Together they cover {amount} and {where}." if number > 1 else f"It covers {amount} and {where}."
    return [f"{upper(counted(name, number))} {'is' if number == 1 else 'are'} {fits}{whole}.", they]


def _sizes(narrowing: Narrowing, units: Units) -> str:
    low, high = narrowing.min_area, narrowing.max_area
    if low is not None and high is not None:
        return f"between {units.area(low)} and {units.area(high)}"
    return f"larger than {units.area(low)}" if low is not None else f"smaller than {units.area(high)}"
