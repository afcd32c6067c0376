"""Sentences about one date, composed from its facts. Every number in them is a slot that code fills."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .phrases import (
    LOW_SCORE,
    counted,
    interval,
    known_caveats,
    listed,
    mass,
    noun,
    place,
    places,
    scale_caveat,
    scene_words,
    upper,
    validation,
    verb,
)
from .units import Units, count, share

Facts = Dict[str, Any]
#: Shares below this are not worth a mention in a caption.
_MENTION = 0.01


def caption(facts: Facts, detail: str, units: Units) -> List[str]:
    """What is here: brief (theme and main covers) or detailed (theme, things, relations, limits)."""
    said = [scene_words(facts["scenes"])]
    covers = ranked(facts)
    main = [(name, cover) for name, cover in covers if cover["share"] >= _MENTION]
    if main:
        first = 3 if detail == "brief" else 6
        parts = [f"{mass(name)} ({share(cover['share'])})" for name, cover in main[:first]]
        said.append(f"The ground is covered by {listed(parts)}.")
    else:
        said.append("I cannot tell any land cover here with confidence.")
    building = facts["covers"].get("building")
    if building and building["present"]:
        said.append(building_sentence(building, facts, units))
    if detail == "detailed":
        said += [cover_sentence(name, cover, units) for name, cover in main if name != "building"]
        said += relation_sentences(facts, units)
        if facts["undecided"]["share"] >= 0.05:
            said.append(f"{upper(share(facts['undecided']['share']))} of the ground cannot be told with confidence.")
        absent = [mass(name) for name, cover in facts["covers"].items() if not cover["present"]]
        if absent:
            said.append(f"I see no {listed(absent, 'or')}.")
    said += known_caveats(facts, units)
    if detail == "detailed" and building and building["present"]:
        said.append(validation("building", building.get("validation")))
    return [sentence for sentence in said if sentence]


def building_sentence(cover: Facts, facts: Facts, units: Units) -> str:
    """Buildings with their count where they can be counted, else with their area."""
    where = places(cover["cells"])
    if cover["countable"]:
        about = "about " if cover["about"] else ""
        stand = "stands" if cover["count"] == 1 else "stand"
        return upper(f"{about}{counted('building', cover['count'])} {stand} {where}.")
    return f"There are buildings {where}."


def cover_sentence(name: str, cover: Facts, units: Units) -> str:
    """Area and place of one cover."""
    lies = verb(name, "lie", "lies")
    return upper(f"{units.area(cover['area_m2'], cover['pixels'])} of {mass(name)} {lies} {places(cover['cells'])}.")


def relation_sentences(facts: Facts, units: Units, most: int = 2) -> List[str]:
    """The nearest relations that say something: apart, and at a known distance."""
    apart = [near for near in facts["relations"].values() if not near["touching"]]
    return [nearest_sentence(near, units) for near in apart[:most]]


def nearest_sentence(near: Facts, units: Units) -> str:
    """How far one cover is from another."""
    subject, target = noun(near["subject"], 1), mass(near["object"])
    if near["touching"]:
        return f"The nearest {subject} borders on {target}."
    about = "about " if near["resolution_m"] > 0.05 * near["metres"] else ""
    direction = f" {near['direction']}" if near["direction"] else ""
    tail = f"{direction} of the nearest {target}" if direction else f" from the nearest {target}"
    return f"The nearest {subject} is {about}{units.length(near['metres'])}{tail}."


def count_sentences(name: str, cover: Facts, facts: Facts, units: Units) -> List[str]:
    """How many: with interval, touching roofs and validation error; withheld where the scale forbids it."""
    if name != "building":
        return patch_sentences(name, cover, facts, units)
    if not cover["countable"]:
        said = [absent_sentence(name, cover)] if not cover["present"] else [
            f"I cannot count buildings here, but they cover {units.area(cover['area_m2'], cover['pixels'])} "
            f"({share(cover['share'])} of the region)."
        ]
        low, high = facts["gsd_range"]
        if facts["in_range"] and cover["present"]:
            said.append(f"At {units.pixel(facts['gsd'])} a pixel, single buildings run into each other.")
        return said
    if not cover["present"]:
        return [absent_sentence(name, cover)]
    spread = interval(cover)
    said = [f"There {'is' if cover['count'] == 1 else 'are'} {'about ' if spread else ''}{counted(name, cover['count'])}"
            f"{f', {spread} depending on how strictly the scores are read' if spread else ''}."]
    if cover["count"] > 1:
        said.append("Roofs that touch are counted as one.")
    said.append(validation(name, cover.get("validation")))
    return [sentence for sentence in said if sentence]


def patch_sentences(name: str, cover: Facts, facts: Facts, units: Units) -> List[str]:
    """Covers whose members cannot be told apart: their area, and how many patches they form."""
    if not cover["present"]:
        return [absent_sentence(name, cover)]
    single = {"tree": "single trees", "paved": "single roads", "low vegetation": "single plants or fields"}.get(name)
    said = []
    if single:
        said.append(f"I cannot tell {single} apart.")
    if not facts["in_range"]:
        said.append(area_sentence(name, cover, units))
        return said
    about = "about " if cover["about"] else ""
    form = verb(name, "form", "forms")
    word = ("surface" if name == "water" else "patch") if cover["count"] == 1 else "surfaces" if name == "water" else "patches"
    said.append(
        f"{upper(mass(name))} {form} {about}{count(cover['count'])} separate {word}, "
        f"{units.area(cover['area_m2'], cover['pixels'])} in all."
    )
    return said


def area_sentence(name: str, cover: Facts, units: Units) -> str:
    """How large: area and share of what is known of the region."""
    if not cover["present"]:
        return absent_sentence(name, cover)
    covers = verb(name, "cover", "covers")
    amount = units.area(cover["area_m2"], cover["pixels"])
    return f"{upper(mass(name))} {covers} {amount}, {share(cover['share'])} of the region."


def presence_sentence(name: str, cover: Facts, units: Units) -> str:
    """Yes or no, with the evidence."""
    if not cover["present"]:
        return f"No, {absent_sentence(name, cover)}" if cover["count_interval"][1] == 0 else absent_sentence(name, cover)
    sure = "Probably" if cover["mean_score"] < LOW_SCORE else "Yes"
    covers = verb(name, "cover", "covers")
    return f"{sure}: {mass(name)} {covers} {share(cover['share'])} of the region, {places(cover['cells'])}."


def where_sentences(name: str, cover: Facts, units: Units) -> List[str]:
    """The cells that hold it, and where its largest part is."""
    if not cover["present"]:
        return [absent_sentence(name, cover)]
    lies = verb(name, "lie", "lies")
    said = [f"{upper(mass(name))} {lies} {places(cover['cells'])}."]
    if cover["count"] > 1 and cover["largest"]:
        said.append(largest_sentence(name, cover, units))
    return said


def largest_sentence(name: str, cover: Facts, units: Units, rank: int = 1, index: int = 0) -> str:
    """One component: its size and place. ``index`` into ``largest``; ``rank`` as asked for."""
    part = cover["largest"][index]
    word = {1: "largest", 2: "second largest", 3: "third largest", -1: "smallest"}.get(rank, "chosen")
    if cover["count"] == 1:
        return f"The only {noun(name, 1)} measures {units.area(part['area_m2'], part['pixels'])} and lies {place(part['where'])}."
    return f"The {word} {noun(name, 1)} measures {units.area(part['area_m2'], part['pixels'])} and lies {place(part['where'])}."


def absent_sentence(name: str, cover: Facts) -> str:
    """Not seen; with the doubt that lower scores leave."""
    if cover["count_interval"][1] > 0:
        return f"I see no {mass(name)} that I am sure of; at lower scores there may be some."
    return f"I see no {mass(name)} here."


def compare_sentences(one: Tuple[str, Facts], two: Tuple[str, Facts], units: Units) -> List[str]:
    """Which of two covers takes more ground."""
    (first, a), (second, b) = (one, two) if one[1]["pixels"] >= two[1]["pixels"] else (two, one)
    if a["pixels"] == b["pixels"]:
        return [f"{upper(mass(first))} and {mass(second)} cover the same: {units.area(a['area_m2'], a['pixels'])} each."]
    covers = verb(first, "cover", "covers")
    return [
        f"{upper(mass(first))} {covers} more ground than {mass(second)}: "
        f"{units.area(a['area_m2'], a['pixels'])} ({share(a['share'])}) against "
        f"{units.area(b['area_m2'], b['pixels'])} ({share(b['share'])})."
    ]


def list_sentences(facts: Facts, units: Units) -> List[str]:
    """Every cover that is there, largest first."""
    found = [(name, cover) for name, cover in ranked(facts) if cover["present"]]
    if not found:
        return ["I cannot tell any land cover here with confidence."]
    parts = [f"{mass(name)} ({share(cover['share'])})" for name, cover in found]
    return [f"I see {listed(parts)}."]


def scene_sentences(facts: Facts) -> List[str]:
    """The kind of place, and how built-up it is."""
    built = sum(facts["covers"][name]["share"] for name in ("building", "paved") if name in facts["covers"])
    said = scene_words(facts["scenes"]) or "I cannot name this kind of place with confidence."
    word = "mostly built-up" if built >= 0.5 else "partly built-up" if built >= 0.2 else "hardly built-up"
    return [said, f"It is {word}: buildings and paved ground take {share(built)} of the region."]


def scale_sentence(facts: Facts, units: Units) -> List[str]:
    """The scale caveat as a list, empty if there is none."""
    said = scale_caveat(facts, units)
    return [said] if said else []


def ranked(facts: Facts) -> Sequence[Tuple[str, Facts]]:
    """Covers with the largest share first."""
    return sorted(facts["covers"].items(), key=lambda item: -item[1]["pixels"])


def selection_sentence(name: str, cover: Facts, of: Optional[int], units: Units) -> str:
    """A narrowed selection: how many of how many, and their area."""
    if not cover["present"]:
        return f"None of the {counted(name, of or 0)} fits." if of else f"I see no {mass(name)} here."
    whole = f" of {count_of(name, of)}" if of is not None and of != cover["count"] else ""
    return f"{upper(counted(name, cover['count']))}{whole}, {units.area(cover['area_m2'], cover['pixels'])} in all, {places(cover['cells'])}."


def count_of(name: str, number: int) -> str:
    """The whole that a selection was taken from."""
    return counted(name, number).split(" ")[0]
