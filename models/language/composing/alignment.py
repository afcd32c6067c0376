"""How two dates were laid on each other, in a sentence where it matters to who reads the answer."""

from typing import Any, Dict, List

from ..units import Units, share

Facts = Dict[str, Any]
#: Pixel sizes that differ by this factor are worth a word; so is sharing less than this of both images.
COARSER, SHARED = 2.0, 0.5


def alignment_sentences(facts: Facts, units: Units, detail: str) -> List[str]:
    """What was moved, matched, averaged or left out before comparing; none where the dates were compared as they are.

    Light that was matched, and ground that only one image covers, are said only in detail.
    """
    found = facts.get("alignment")
    if found is None:
        return []
    said = [_moved(found, units, detail == "detailed"), _averaged(facts, found, units)]
    if found["grey"]:
        said.append("One image has no colour, so both were compared in grey.")
    before, after = found["overlap"]["before"], found["overlap"]["after"]
    if detail == "detailed" and max(before, after) < SHARED:
        said.append(f"The images share {share(before)} of “before” and {share(after)} of “after”.")
    return [sentence for sentence in said if sentence]


def _moved(found: Facts, units: Units, detailed: bool) -> str:
    shift, light = found["shift"], found["light"]
    if shift["applied"]:
        length = f"{shift['pixels']:.1f} pixels" + ("" if shift["metres"] is None else f" ({units.length(shift['metres'])})")
        also = ", and the light of the two was matched" if light["applied"] and detailed else ""
        return f"The “{shift['date']}” image lay {length} beside the other and was moved onto it{also}."
    if light["applied"] and detailed:
        return "The light of the two images was matched."
    return ""


def _averaged(facts: Facts, found: Facts, units: Units) -> str:
    sizes = found["native_gsd"]
    if None in sizes.values() or facts["gsd"] is None:
        return ""
    fine, coarse = sorted(sizes, key=lambda date: sizes[date])
    if sizes[coarse] < COARSER * sizes[fine]:
        return ""
    return (
        f"The “{fine}” image was averaged from {units.pixel(sizes[fine])} to {units.pixel(facts['gsd'])} a pixel, "
        f"since the “{coarse}” image is no finer."
    )
