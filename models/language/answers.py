"""Sentences that stand around the figures: notes, limits, selections, what lies under a click."""

from typing import Any, Dict, List, Sequence

from ..concepts import Concept, lexicon
from .compose_view import ranked
from .phrases import LOW_SCORE, counted, known_caveats, listed, mass, noun
from .units import Units, share

Facts = Dict[str, Any]

HELP = (
    "I describe what covers the ground: buildings, paved ground, trees, low vegetation, bare ground and water. "
    "Ask what is here, how many, how much, where, how far apart, or to outline something. "
    "With a before and an after layer, ask what changed, how many were added or removed, where, and what was there before."
)


def narrow_notes(concepts: Sequence[Concept]) -> List[str]:
    """Where the words mean less than the cover that answers for them."""
    return [
        f"I cannot tell “{concept.words}” from other {mass(concept.covers[0])}, so this is about all {mass(concept.covers[0])}."
        for concept in concepts
    ]


def limits(facts: Facts, units: Units) -> List[str]:
    """Caveats that every answer about this view carries."""
    return known_caveats(facts, units)


def scene_presence(words: str, scenes: Sequence[str], facts: Facts) -> List[str]:
    """Whether the place as a whole looks like what is asked for; never a number."""
    found = sum(scene["probability"] for scene in facts["scenes"] if scene["word"] in scenes)
    said = listed(list(dict.fromkeys(lexicon().scene_said[name] for name in scenes)), "or")
    if found >= 0.5:
        return [f"Yes, the place looks like {said}. I name kinds of places only: I cannot count or outline {words}."]
    if found >= 0.2:
        return [f"Perhaps: the place may be {said}, but I am not sure."]
    return [f"The place does not look like {said}. I name kinds of places only, so a single one may be missed."]


def in_part(sentences: Sequence[str], part: bool) -> List[str]:
    """Shares of a part of the region are said to be of that part."""
    return [s.replace("of the region", "of that part") if part else s for s in sentences]


def link_words(name: str, facts: Facts) -> str:
    """The words of an answer that stand for all polygons of a cover."""
    return counted(name, facts["count"]) if facts["countable"] else mass(name)


def one(name: str) -> str:
    """One component of a cover."""
    return noun(name, 1)


def region_area(facts: Facts, units: Units) -> List[str]:
    """How large the region itself is."""
    region = facts["region"]
    return [f"The region measures {units.area(region['area_m2'], region['pixels'])}."]


def together(chosen: Dict[str, Facts], units: Units) -> str:
    """Several covers as one amount."""
    known = [cover["area_m2"] for cover in chosen.values()]
    area = None if any(value is None for value in known) else float(sum(known))
    pixels = sum(cover["pixels"] for cover in chosen.values())
    part = sum(cover["share"] for cover in chosen.values())
    return f"Together that is {units.area(area, pixels)}, {share(part)} of the region."


def outlined(name: str, facts: Facts, view: Facts, units: Units) -> str:
    """What was outlined, or that nothing was."""
    if not facts["present"]:
        return f"I see no {mass(name)} to outline."
    amount = units.area(facts["area_m2"], facts["pixels"])
    if facts["countable"]:
        return f"I outlined {counted(name, facts['count'])}, {amount} in all."
    return f"I outlined the {mass(name)}: {amount}, {share(facts['share'])} of the region."


def identified(name: str, facts: Facts, units: Units) -> str:
    """What lies under a click, as sure as the scores are."""
    part = facts["largest"][0]
    sure = "is" if part["score"] >= LOW_SCORE else "may be"
    return f"This {sure} a {noun(name, 1)} of {units.area(part['area_m2'], part['pixels'])}."


def dominant(facts: Facts, units: Units) -> List[str]:
    """What a region mostly is."""
    name, cover = ranked(facts)[0]
    if not cover["present"]:
        return ["I cannot tell with confidence what this is."]
    word = "all" if cover["share"] >= 0.98 else "mostly" if cover["share"] >= 0.5 else "partly"
    return [f"This is {word} {mass(name)}: {share(cover['share'])} of it, {units.area(cover['area_m2'], cover['pixels'])}."]


def declined(words: str, nearest: Sequence[str]) -> str:
    """Plainly no, with what is known instead."""
    return f"I was not taught to recognise “{words}”, so I cannot say. I do know {listed(list(nearest), 'and')}."
