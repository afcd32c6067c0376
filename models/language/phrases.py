"""The building blocks of sentences: nouns, lists, places, and the caveats that numbers must carry."""

from typing import Any, Dict, List, Optional, Sequence

from ..concepts import lexicon
from .units import Units, count, share

#: Mean score below which a cover is called uncertain.
LOW_SCORE = 0.62
#: What stands; anything else lies.
_UPRIGHT = ("building", "tree", "car", "aircraft", "storage tank", "container")
#: Share of the ground from which it is said that its cover cannot be told.
UNSURE = 0.1


def listed(parts: Sequence[str], word: str = "and") -> str:
    """"a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def noun(cover: str, number: int) -> str:
    """What one or several components of ``cover`` are called, without the number."""
    return lexicon().spoken.get(cover, (cover, cover))[0 if number == 1 else 1]


def counted(cover: str, number: int) -> str:
    """"one building", "12 buildings"."""
    return f"{'one' if number == 1 else count(number)} {noun(cover, number)}"


def mass(cover: str) -> str:
    """What a cover is called as a whole: "buildings", "paved ground"."""
    return lexicon().mass.get(cover, cover)


def verb(cover: str, plural: str, singular: str) -> str:
    """The verb form that goes with :func:`mass`."""
    return plural if cover in ("building", "tree", *lexicon().things) else singular


def lies(cover: str, number: int = 0) -> str:
    """The verb of place for :func:`mass`, or for ``number`` components: buildings and trees stand, ground lies."""
    stem = "stand" if cover in _UPRIGHT else "lie"
    if number:
        return stem if number > 1 else f"{stem}s"
    return verb(cover, stem, f"{stem}s")


def upper(text: str) -> str:
    """``text`` with its first letter large."""
    return text[:1].upper() + text[1:]


def place(where: str) -> str:
    """"in the north-west", "in the centre"; plain images: "at the top left", "on the left"."""
    return f"{_preposition(where)} the {where}"


def _preposition(where: str) -> str:
    if where in ("left", "right"):
        return "on"
    return "at" if where.startswith(("top", "bottom")) else "in"


def places(cells: Sequence[Dict[str, Any]], most: int = 3) -> str:
    """Where the bulk of something lies: the fullest cells, until two thirds of it are named."""
    if not cells:
        return ""
    if len(cells) >= 8 and cells[0]["share"] < 0.25:
        return "all over the region"
    named: List[str] = []
    held = 0.0
    for cell in cells[:most]:
        named.append(cell["where"])
        held += cell["share"]
        if held >= 0.67:
            break
    alike = {_preposition(where) for where in named}
    text = f"{alike.pop()} the {listed(named)}" if len(alike) == 1 else listed([place(where) for where in named])
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


def known_caveats(facts: Dict[str, Any], units: Units, sized: bool = True) -> List[str]:
    """What limits every figure: pixels that are missing, a scale that was never measured or, if ``sized``, is unknown."""
    said = _missing(facts)
    scale = scale_caveat(facts, units) if sized or facts["gsd"] is not None else ""
    return said + ([scale] if scale else [])


def _missing(facts: Dict[str, Any]) -> List[str]:
    unread, unknown = facts["unreadable"]["share"], facts["unknown"]["share"]
    part = upper(share(unknown))
    # How much of the missing ground was unreadable is known tile by tile, overlaps and all: not to the last pixel.
    if unread >= 0.0005 and unread >= unknown / 2:
        return [f"{part} of the region could not be read or holds no data, and is left out of every figure."]
    said = []
    if unknown >= 0.005 or unread >= 0.0005:
        known = "on both dates" if facts["kind"] == "pair" else "at all"
        said.append(f"{part} of the region is not known {known} and is left out of every figure.")
    if unread >= 0.0005:
        said.append(f"About {share(unread)} of the region could not be read.")
    return said


def scale_caveat(facts: Dict[str, Any], units: Units) -> str:
    """Why counts are withheld or sizes unknown; "" if the scale is one that the model was measured at."""
    low, high = facts["gsd_range"]
    if facts["gsd"] is None:
        return (
            "The image has no scale: sizes are in pixels and nothing is counted. Give it a coordinate reference "
            "system or a pixel size."
        )
    if facts["in_range"]:
        return ""
    than = "coarser" if facts["gsd"] > high else "finer"
    return (
        f"A pixel is {units.pixel(facts['gsd'])} on the ground, {than} than the {units.pixel(low)} to {units.pixel(high)} "
        "this model was measured at: I give no counts, and areas are rough."
    )


def unsure_sentence(facts: Dict[str, Any]) -> str:
    """How much of the ground belongs to no cover; "" if that is little."""
    part = facts["undecided"]["share"]
    return f"For {share(part)} of the ground I cannot tell the cover." if part >= UNSURE else ""


def interval(cover: Dict[str, Any]) -> str:
    """"9 to 14", or "" where the count is not in doubt."""
    low, high = cover["count_interval"]
    return f"{count(low)} to {count(high)}" if cover["about"] else ""


def validation(cover: str, measured: Optional[Any]) -> str:
    """How good the model was on places it never saw, from its card; "" if the card is silent. ``cover``: or "change"."""
    figures = {key: value for key, value in measured.items() if isinstance(value, (int, float))} if measured else {}
    said = []
    if "recall" in figures:
        # The change mask was measured on pairs whose truth is buildings that came or went.
        buildings = "where buildings came or went"
        ground = buildings if cover == "change" else f"that {mass(cover)} {verb(cover, 'cover', 'covers')}"
        said.append(f"the model found {share(figures['recall'])} of the ground {ground}")
    if "precision" in figures:
        said.append(f"{share(figures['precision'])} of what it marked was right")
    if not said and "iou" in figures:
        said.append(f"what it marked and what is there overlapped by {share(figures['iou'])} (intersection over union)")
    if "count_error" in figures:
        said.append(f"its counts were off by {share(figures['count_error'])} on average")
    return f"On places it never saw in training, {listed(said)}." if said else ""
