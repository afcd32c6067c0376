"""What a view shows as a whole: captions, lists, the kind of place. Every number is a slot that code fills."""

from collections import Counter
from typing import Any, Dict, List, Sequence, Tuple

from ..phrases import (
    UNSURE,
    counted,
    known_caveats,
    lies,
    listed,
    mass,
    places,
    scene_words,
    unsure_sentence,
    upper,
    validation,
    verb,
)
from ..units import Units, share
from .cover import drawn_only, nearest_sentence

Facts = Dict[str, Any]
#: Shares below this are not worth a mention in a caption.
MENTION = 0.01
_NOTHING = "I cannot tell with confidence what covers the ground here."


def caption(facts: Facts, detail: str, units: Units) -> List[str]:
    """What is here: brief (theme and main covers) or detailed (theme, things, relations, limits)."""
    detailed = detail == "detailed"
    main = [(name, cover) for name, cover in ranked(facts) if cover["share"] >= MENTION]
    said = [scene_words(facts["scenes"]), *ground_sentences(main[: 6 if detailed else 3], facts)]
    building = facts["covers"].get("building")
    if building and building["present"]:
        said.append(building_sentence(building, units, detailed))
    if detailed:
        said += [cover_sentence(name, cover, units) for name, cover in main if name != "building"]
        said += relation_sentences(facts, units)
        said += spotted_sentences(facts)
        absent = [mass(name) for name, cover in facts["covers"].items() if not cover["present"]]
        if absent and facts["undecided"]["share"] < 0.5:
            said.append(f"I see no {listed(absent, 'or')}.")
    said += known_caveats(facts, units)
    if detailed and building and building["present"]:
        said.append(validation("building", building.get("validation")))
    return [sentence for sentence in said if sentence]


def ground_sentences(main: Sequence[Tuple[str, Facts]], facts: Facts) -> List[str]:
    """The main covers with their shares, and how much of the ground is none of them."""
    if not main:
        return [_NOTHING]
    if facts["undecided"]["share"] >= 0.5:
        return [unsure_sentence(facts), _seen(main)]
    name, cover = main[0]
    parts = [f"{upper(mass(name))} {verb(name, 'cover', 'covers')} {share(cover['share'])} of the ground"]
    parts += [f"{mass(other)} {share(rest['share'])}" for other, rest in main[1:]]
    unsure = facts["undecided"]["share"]
    return [listed(parts) + (f"; for {share(unsure)} I cannot tell." if unsure >= UNSURE else ".")]


def building_sentence(cover: Facts, units: Units, sized: bool) -> str:
    """Buildings with their count where they can be counted, and where they stand."""
    amount = f" ({units.area(cover['area_m2'], cover['pixels'])})" if sized else ""
    if not cover["countable"]:
        return f"Buildings{amount} stand {places(cover['cells'])}."
    number = cover["count"]
    about = "about " if cover["about"] else ""
    return upper(f"{about}{counted('building', number)}{amount} {lies('building', number)} {places(cover['cells'])}.")


def cover_sentence(name: str, cover: Facts, units: Units) -> str:
    """Area and place of one cover."""
    return f"{upper(mass(name))} ({units.area(cover['area_m2'], cover['pixels'])}) {lies(name)} {places(cover['cells'])}."


def relation_sentences(facts: Facts, units: Units, most: int = 2) -> List[str]:
    """The nearest relations that say something: apart, and at a known distance."""
    apart = [near for near in facts["relations"].values() if not near["touching"]]
    return [nearest_sentence(near, facts["gsd"], units, asked=False) for near in apart[:most]]


def spotted_sentences(facts: Facts) -> List[str]:
    """Single things by number, the commonest first; marked where no real check was passed for them."""
    spotted = Counter(row["label"] for row in facts.get("spotted", ()))
    if not spotted:
        return []
    named = listed([counted(label, number) for label, number in spotted.most_common(4)])
    drawn = sorted({row["label"] for row in facts["spotted"] if row["drawn_only"]} & {k for k, _ in spotted.most_common(4)})
    said = [f"I also make out {named}."]
    return [*said, drawn_only(drawn)] if drawn else said


def list_sentences(facts: Facts) -> List[str]:
    """Every cover that is there, largest first."""
    found = [(name, cover) for name, cover in ranked(facts) if cover["present"]]
    return [_seen(found), unsure_sentence(facts)] if found else [_NOTHING]


def _seen(found: Sequence[Tuple[str, Facts]]) -> str:
    parts = [f"{mass(name)} ({share(cover['share'])})" for name, cover in found]
    return f"I see {listed(parts)}."


def scene_sentences(facts: Facts) -> List[str]:
    """The kind of place, and how built-up it is."""
    said = scene_words(facts["scenes"]) or "I cannot name this kind of place with confidence."
    if facts["undecided"]["share"] >= 0.5:
        return [said, unsure_sentence(facts)]
    built = sum(facts["covers"][name]["share"] for name in ("building", "paved") if name in facts["covers"])
    if built == 0:
        return [said, "I see no buildings and no paved ground."]
    word = "mostly built-up" if built >= 0.5 else "partly built-up" if built >= 0.2 else "hardly built-up"
    return [said, f"It is {word}: buildings and paved ground cover {share(built)} of the region."]


def ranked(facts: Facts) -> Sequence[Tuple[str, Facts]]:
    """Covers with the largest share first."""
    return sorted(facts["covers"].items(), key=lambda item: -item[1]["pixels"])
