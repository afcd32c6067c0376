"""The building blocks of sentences: nouns, lists, places, and the caveats that numbers must carry."""

from typing import Any, Dict, List, Optional, Sequence

from ..concepts import lexicon
from .units import Units, count, share

#: Mean score below which a cover is called uncertain.
LOW_SCORE = 0.62


def listed(parts: Sequence[str], word: str = "and") -> str:
    """"a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def noun(cover: str, number: int) -> str:
    """What one or several components of ``cover`` are called, without the number."""
    return lexicon().spoken.get(cover, (cover, cover))[0 if number == 1 else 1]


def counted(cover: str, number: int) -> str:
    """"1 building", "12 buildings"."""
    return f"{count(number)} {noun(cover, number)}"


def mass(cover: str) -> str:
    """What a cover is called as a whole: "buildings", "paved ground"."""
    return lexicon().mass.get(cover, cover)


def verb(cover: str, plural: str, singular: str) -> str:
    """The verb form that goes with :func:`mass`."""
    return plural if cover in ("building", "tree") else singular


def upper(text: str) -> str:
    """``text`` with its first letter large."""
    return text[:1].upper() + text[1:]


def place(where: str) -> str:
    """"in the north-west", "in the centre"; plain images: "at the top left", "on the left"."""
    if where in ("left", "right"):
        return f"on the {where}"
    return f"at the {where}" if where.startswith(("top", "bottom")) else f"in the {where}"


def places(cells: Sequence[Dict[str, Any]], most: int = 3) -> str:
    """Where the bulk of something lies: the fullest cells, until two thirds of it are named."""
    if not cells:
        return ""
    if len(cells) >= 8 and cells[0]["share"] < 0.25:
        return "all over the region"
    named: List[str] = []
    held = 0.0
    for cell in cells[:most]:
        named.append(place(cell["where"]))
        held += cell["share"]
        if held >= 0.67:
            break
    text = listed(named)
    return text if held >= 0.995 else f"mainly {text}"


def scene_words(scenes: Sequence[Dict[str, Any]]) -> str:
    """What the place looks like, as sure as the model is; "" if it has no idea."""
    merged: Dict[str, float] = {}
    for scene in scenes:
        said = lexicon().scene_said.get(scene["word"], scene["word"])
        merged[said] = merged.get(said, 0.0) + scene["probability"]
    ranked = sorted(merged.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 0.3:
        return ""
    if ranked[0][1] >= 0.6:
        return f"This looks like {ranked[0][0]}."
    if len(ranked) > 1 and ranked[1][1] >= 0.2:
        return f"This may be {ranked[0][0]} or {ranked[1][0]}."
    return f"This may be {ranked[0][0]}."


def known_caveats(facts: Dict[str, Any], units: Units) -> List[str]:
    """What limits every figure: pixels that are missing, a scale that is unknown or was never measured."""
    said = []
    unread, unknown = facts["unreadable"]["share"], facts["unknown"]["share"]
    if unread >= 0.0005:
        said.append(f"{upper(share(unread))} of the region could not be read.")
    if unknown - unread >= 0.005:
        known = "on both dates" if facts["kind"] == "pair" else "at all"
        said.append(f"{upper(share(unknown - unread))} of the region is not known {known} and is left out of every figure.")
    scale = scale_caveat(facts, units)
    return said + ([scale] if scale else [])


def scale_caveat(facts: Dict[str, Any], units: Units) -> str:
    """Why counts are withheld or sizes unknown; "" if the scale is one that the model was measured at."""
    low, high = facts["gsd_range"]
    if facts["gsd"] is None:
        return (
            "The image has no scale, so sizes are in pixels and nothing is counted: give it a coordinate reference "
            "system or a pixel size."
        )
    if facts["in_range"]:
        return ""
    than = "coarser" if facts["gsd"] > high else "finer"
    return (
        f"A pixel is {units.pixel(facts['gsd'])} on the ground, {than} than the {units.pixel(low)} to {units.pixel(high)} "
        "this model was measured at: I give no counts, and areas are rough."
    )


def interval(cover: Dict[str, Any]) -> str:
    """"between 9 and 14", or "" where the count is not in doubt."""
    low, high = cover["count_interval"]
    return f"between {count(low)} and {count(high)}" if cover["about"] else ""


def validation(cover: str, measured: Optional[Any]) -> str:
    """How good the model was on places it never saw, from its card; "" if the card is silent."""
    if not isinstance(measured, dict):
        return ""
    said = []
    if isinstance(measured.get("iou"), (int, float)):
        said.append(f"its masks of {mass(cover)} agree with the truth to {share(float(measured['iou']))} (intersection over union)")
    if isinstance(measured.get("count_error"), (int, float)):
        said.append(f"counts were off by {share(float(measured['count_error']))} on average")
    if isinstance(measured.get("area_error"), (int, float)):
        said.append(f"areas were off by {share(float(measured['area_error']))}")
    if not said:
        return ""
    return f"On validation places the model never saw, {listed(said)}."
