"""Sentences that stand around the figures: notes, limits, selections, what lies under a click."""

from typing import Any, Dict, List, Sequence, Tuple

from ..concepts import Concept, lexicon
from .composing.view import ranked
from .phrases import LOW_SCORE, counted, known_caveats, listed, mass, noun, place, places, upper, verb
from .units import Units, share

Facts = Dict[str, Any]

HELP = (
    "I describe what covers the ground: buildings, paved ground, trees, low vegetation, bare ground and water. "
    "Ask what is here, how many, how much, where, how far apart, or to outline something. "
    "With a before and an after layer, ask what changed, how many were added or removed, where, and what was there before."
)

_QUALIFYING = ("Roofs that touch", "On places it never saw")


def narrow_notes(concepts: Sequence[Concept]) -> List[str]:
    """Where the words mean less than the cover that answers for them."""
    return [
        f"I cannot tell “{concept.words}” from other {mass(concept.covers[0])}, so this is about all {mass(concept.covers[0])}."
        for concept in concepts
    ]


def limits(facts: Facts, said: Sequence[str], units: Units) -> List[str]:
    """Caveats of an answer; that the scale is unknown is one only where something ``said`` rests on it."""
    return known_caveats(facts, units, any("pixels" in s or "cannot count" in s for s in said))


def scene_presence(concept: Concept, facts: Facts, chosen: Dict[str, Facts]) -> List[str]:
    """Whether the place as a whole looks like what is asked for, and what of the ``chosen`` covers can be measured."""
    words = concept.words
    found = sum(scene["probability"] for scene in facts["scenes"] if scene["word"] in concept.scenes)
    said = listed(list(dict.fromkeys(lexicon().scene_said[name] for name in concept.scenes)), "or")
    if found >= 0.5:
        first = f"Yes, the place as a whole looks like {said}."
    elif found >= 0.2:
        first = f"Perhaps: the place may be {said}, but I am not sure."
    else:
        first = f"The place as a whole does not look like {said}, but I may miss a single one."
    if not concept.covers:
        return [first, f"I only know the kind of place, so I cannot count or outline {words}."]
    name = concept.covers[0]
    cover = chosen[name]
    if not cover["present"]:
        return [first, f"I see no {mass(name)} here."]
    covers = f"{verb(name, 'cover', 'covers')} {share(cover['share'])} of the region, {places(cover['cells'])}"
    return [first, f"I cannot tell “{words}” from other {mass(name)}; {mass(name)} as a whole {covers}."]


def in_part(sentences: Sequence[str], cells: Sequence[str]) -> List[str]:
    """Sentences about the ``cells`` only (their names; none: everywhere) say so: the first one where, shares of what."""
    if not cells:
        return list(sentences)
    where = part_name(cells)
    said = [s.replace("of the region", "of that part").replace("all over the region", "all over that part") for s in sentences]
    for i, sentence in enumerate(said):
        if sentence.endswith(" here."):
            return [*said[:i], f"{sentence[:-6]} {where}.", *said[i + 1:]]
    if said and where not in said[0] and not said[0].startswith(("Yes", "No,", "Probably", "Perhaps")):
        said[0] = f"{upper(where)}, {inner(said[0])}"
    return said


def inner(sentence: str) -> str:
    """A sentence as it goes on after others' words."""
    return sentence if sentence.startswith("I ") else sentence[:1].lower() + sentence[1:]


def part_name(cells: Sequence[str]) -> str:
    """"in the north" for its three cells, "in the south-west" for one; any others are listed."""
    shared = [side for side in ("north", "south", "west", "east", "top", "bottom", "left", "right")
              if len(cells) == 3 and all(side in cell for cell in cells)]
    return place(shared[0]) if shared else listed([place(cell) for cell in cells])


def link_words(name: str, facts: Facts) -> Tuple[str, ...]:
    """Words that stand for all polygons of a cover in an answer, likeliest first."""
    return (counted(name, facts["count"]), mass(name)) if facts["countable"] else (mass(name),)


def too_few(name: str, number: int) -> str:
    """There is no second or third largest one."""
    return f"There {'is' if number == 1 else 'are'} only {counted(name, number)}, and none that fits."


def one(name: str) -> str:
    """One component of a cover."""
    return noun(name, 1)


def region_area(facts: Facts, units: Units) -> List[str]:
    """How large the region itself is."""
    region = facts["region"]
    return [f"The region measures {units.area(region['area_m2'], region['pixels'])}."]


def together(total: Facts, units: Units) -> str:
    """Several covers as one amount."""
    return f"Together that is {units.area(total['area_m2'], total['pixels'])}, {share(total['share'])} of the region."


def summed(chosen: Dict[str, Facts]) -> Facts:
    """The amount of several covers taken together."""
    known = [cover["area_m2"] for cover in chosen.values()]
    return {
        "pixels": sum(cover["pixels"] for cover in chosen.values()),
        "share": float(sum(cover["share"] for cover in chosen.values())),
        "area_m2": None if any(value is None for value in known) else float(sum(known)),
    }


def outlined(chosen: Sequence[Tuple[str, Facts]], units: Units) -> List[str]:
    """What was outlined, and what there was none of."""
    said = []
    for name, facts in chosen:
        amount = units.area(facts["area_m2"], facts["pixels"])
        if facts["present"] and facts["countable"]:
            said.append(f"I outlined {counted(name, facts['count'])}, {amount}{' in all' if facts['count'] > 1 else ''}.")
        elif facts["present"]:
            said.append(f"I outlined the {mass(name)}: {amount}, {share(facts['share'])} of the region.")
    absent = [mass(name) for name, facts in chosen if not facts["present"]]
    return said + ([f"I see no {listed(absent, 'or')} to outline."] if absent else [])


def identified(name: str, facts: Facts, units: Units) -> str:
    """What lies under a click, as sure as the scores are."""
    part = facts["largest"][0]
    sure = "is" if part["score"] >= LOW_SCORE else "may be"
    return f"This {sure} a {noun(name, 1)} of {units.area(part['area_m2'], part['pixels'])}."


def sureness(score: float) -> str:
    """How sure the model is of what it named; it never says that it cannot be wrong."""
    return f"I am {share(min(score, 0.99))} sure."


def single(name: str, score: float) -> str:
    """What one thing in a region is."""
    article = "an" if noun(name, 1)[0] in "aeiou" else "a"
    return f"This {'looks like' if score >= 0.5 else 'may be'} {article} {noun(name, 1)}."


def dominant(facts: Facts, units: Units) -> List[str]:
    """What a region mostly is."""
    name, cover = ranked(facts)[0]
    if not cover["present"]:
        return ["I cannot tell with confidence what this is."]
    if facts["undecided"]["share"] > cover["share"]:
        return ["I cannot tell with confidence what most of this is."]
    word = "all" if cover["share"] >= 0.98 else "mostly" if cover["share"] >= 0.5 else "partly"
    return [f"This is {word} {mass(name)}: {share(cover['share'])} of it, {units.area(cover['area_m2'], cover['pixels'])}."]


def declined(words: str, nearest: Sequence[str]) -> str:
    """Plainly no, with what was perhaps meant, or else what is known."""
    no = f"I was not taught to recognise “{words}”, so I cannot say."
    covers = [mass(name) for name in lexicon().covers]
    if set(nearest) == set(covers):
        return f"{no} I do know {listed(covers)}."
    return f"{no} Did you mean {listed([f'“{mass(name)}”' for name in nearest], 'or')}?"


def qualifying(sentences: Sequence[str]) -> List[str]:
    """Those of an answer that say how far its figures go, whoever gives them."""
    return [sentence for sentence in sentences if sentence.startswith(_QUALIFYING)]


def places_like(facts: Facts) -> List[str]:
    """The places of a layer that were ranked by their likeness."""
    number = len(facts["places"])
    like = f"“{facts['like']}”" if facts["like"] else "this one"
    best = "the one that looks" if number == 1 else f"the {number} that look"
    said = f"I looked at {counted_places(facts['looked'])} of the layer and outlined {best} most like {like}, best first."
    return [said, "They are ranked by likeness, not recognised: perhaps none of them is one."]


def counted_places(number: int) -> str:
    """"one place", "96 places"."""
    return "one place" if number == 1 else f"{number} places"
