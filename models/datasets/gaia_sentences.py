"""Sentences for GAIA captions from what is known of a chip, theme by theme. Each begins with a noun.

Whether a sentence keeps GAIA's rules is for ``gaia_rules`` to say: labels and satellites are the user's words.
"""

from typing import Any, Dict, List, Sequence, Tuple

import numpy as np

from ..facts.cells import IMAGE_NAMES, NORTH_NAMES
from ..language.phrases import listed, place
from .acronyms import ACRONYM, introduced
from .appearance import Appearance, appearance
from .chip import UNKNOWN, Chip
from .choosing import shuffled
from .naming import article, plural, whole
from .relative_location import cell_overlaps

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
#: A cover below this share of the chip is not spoken of.
_SLIGHT = 0.02


def themes(chip: Chip, record: Dict[str, Any], seed: int) -> List[List[str]]:
    """Per theme, the sentences to choose from, in an order set by ``seed`` and the chip's name.

    The theme of the acquisition comes first; those of the image's looks need nothing but pixels and come last.
    """
    names = NORTH_NAMES if chip.north_up else IMAGE_NAMES
    looks = appearance(chip.rgb)
    found = [
        _acquisition(record), [_land(chip)], [_objects(chip, names)], [_places(chip, names)], [_scene(chip)],
        *([sentences] for sentences in _looks(looks, names)),
    ]
    return [
        [text for sentences in tiers for text in shuffled(sentences, seed, chip.name, i)] for i, tiers in enumerate(found)
    ]


def cover_shares(chip: Chip) -> List[Tuple[str, float]]:
    """(cover, share of the pixels whose cover is known), largest first, slight ones left out; [] where none is known."""
    if chip.covers is None or not chip.cover_names or not (chip.covers != UNKNOWN).any():
        return []
    counts = np.bincount(chip.covers[chip.covers != UNKNOWN], minlength=len(chip.cover_names))[:len(chip.cover_names)]
    shares = [(name, float(n) / float(counts.sum())) for name, n in zip(chip.cover_names, counts)]
    return sorted((item for item in shares if item[1] >= _SLIGHT), key=lambda item: (-item[1], item[0]))


def counts(chip: Chip) -> List[Tuple[str, int]]:
    """(label, number) of the labels of which every instance is known, most frequent first."""
    found = [(label, len(chip.named(label))) for label in chip.complete if chip.named(label)]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def words(label: str) -> str:
    """A label as it stands inside a sentence."""
    return " ".join(label.replace("_", " ").lower().split())


def _acquisition(record: Dict[str, Any]) -> List[List[str]]:
    """Tiers, the one that tells most first: names that no caption can carry make a tier fail as a whole."""
    grade = f"{article(record['resolution'].lower())} spatial resolution" if record["resolution"] else ""
    at_grade = f" at {grade}" if grade else ""
    kinds = [introduced(name) if ACRONYM.search(name) else name.lower() for name in record["modalities"]]
    kind = f"{listed([text for text in kinds if text])} " if any(kinds) else ""
    tiers = []
    if record["satellite"]:
        source = listed([f"the {name} satellite" for name in record["satellite"]])
        sensors = [text for text in map(introduced, record["sensor"]) if text]
        for maker in dict.fromkeys((f"{source} and its {listed(sensors)}" if sensors else source, source)):
            tiers.append([
                f"Data of {kind}remote sensing, acquired by {maker}{at_grade}, showing the surface from above.",
                f"Surface of the Earth as {maker} recorded it from orbit{at_grade}.",
            ])
    if grade:
        tiers.append([
            f"Detail typical of {grade}, which sets how small an object on the ground can still be told apart.",
            f"Coverage at {grade}, so that the size of what can be recognised is limited accordingly.",
        ])
    return tiers


def _land(chip: Chip) -> List[str]:
    shares = cover_shares(chip)
    if not shares:
        return []
    parts = listed([f"{whole(name)} ({max(1, round(100 * share))} %)" for name, share in shares])
    out = [
        f"Land cover composed of {parts}, measured as shares of the ground whose cover is known.",
        f"Land use and land cover dominated by {whole(shares[0][0])}, with these shares of the ground: {parts}.",
    ]
    if len(shares) == 1:
        out = [f"Land under a single cover, {whole(shares[0][0])}, throughout the part whose cover is known."]
    return out


def _objects(chip: Chip, names: Sequence[str]) -> List[str]:
    found = counts(chip)
    if not found:
        return []
    parts = listed([_amount(label, n) for label, n in found[:5]])
    label, n = found[0]
    where = place(names[_fullest(chip, label)])
    stand = f"most of the ground that they cover lying {where}" if n > 1 else f"the only one of its kind here, lying {where}"
    return [
        f"Objects that can be counted one by one, namely {parts}, visible against their surroundings.",
        f"Inventory of individual objects with {parts}.",
        f"Group of objects led by {_amount(label, n)}, {stand}.",
    ]


def _places(chip: Chip, names: Sequence[str]) -> List[str]:
    spots = []
    if chip.covers is not None:
        spots += [
            (whole(name), _fullest_cover(chip.covers == chip.cover_names.index(name))) for name, _ in cover_shares(chip)
        ]
    spots += [(plural(words(label)), _fullest(chip, label)) for label, n in counts(chip) if n > 1]
    seen: Dict[str, str] = {}
    for name, cell in spots:
        seen.setdefault(name, place(names[cell]))
    parts = [f"{name} concentrated {where}" for name, where in seen.items()][:4]
    if len(parts) < 2:
        return []
    return [
        f"Arrangement in which the parts of the view differ: {listed(parts)}.",
        f"Layout of the ground with {listed(parts)}, by the largest amount in each ninth of the view.",
    ]


def _scene(chip: Chip) -> List[str]:
    if not chip.scene:
        return []
    kind = words(chip.scene)
    return [
        f"Setting that belongs to the category {kind}, recognisable by what covers the ground.",
        f"Place of the kind {kind}, seen vertically from above with its surroundings.",
    ]


def _looks(looks: Appearance, names: Sequence[str]) -> List[List[str]]:
    """Five themes, so that a chip of which nothing else is known has five captions too."""
    light, dark = place(names[looks.brightest]), place(names[looks.darkest])
    even = looks.contrast < 8
    return [
        [f"Tones that are {looks.colour} on average, at a {looks.brightness} overall brightness.",
         f"Colours averaging to {looks.colour}, on ground that looks {looks.brightness} as a whole."],
        [f"Texture that appears {looks.texture}, judged by how strongly neighbouring points differ.",
         f"Surfaces of {looks.texture} texture, as the differences between adjacent points tell."],
        [f"Brightness that hardly varies, the lightest ninth {light} being almost as dark as every other." if even else
         f"Contrast between the lightest ninth of the view, {light}, and the darkest, {dark}."],
        [f"Saturation of {looks.saturation} degree, which says how far the colours depart from plain grey.",
         f"Hues with {looks.saturation} saturation, compared with what fully pure colours would have."],
        ["Ground seen from directly overhead, so that outlines and positions can be compared as on a map.",
         "Terrain in plan view, where shapes, sizes and neighbourhoods can be read off like on a chart."],
    ]


def _amount(label: str, number: int) -> str:
    said = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{said} {words(label) if number == 1 else plural(words(label))}"


def _fullest(chip: Chip, label: str) -> int:
    held = sum((cell_overlaps(t.box, chip.shape) * t.pixels / max(t.mask.size, 1) for t in chip.named(label)), np.zeros(9))
    return int(held.argmax())


def _fullest_cover(mask: np.ndarray) -> int:
    rows, cols = np.nonzero(mask)
    height, width = mask.shape
    return int(np.bincount(rows * 3 // height * 3 + cols * 3 // width, minlength=9).argmax())
