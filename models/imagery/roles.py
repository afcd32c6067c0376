"""Which bands of a file are red, green and blue, from what the file says; a documented order where it says nothing."""

import re
from typing import Dict, List, Optional, Sequence, Tuple

from .gdal_backends.protocol import BandFacts
from .source import Band

COLOURS = ("red", "green", "blue")

#: Band names of Sentinel-2 and Landsat 8/9 that mean the same colour in both; B5 and B8 do not and are left out.
_NAMES = {"red": "red", "green": "green", "blue": "blue", "b4": "red", "b3": "green", "b2": "blue", "r": "red"}
_NAMES.update({"g": "green", "b": "blue", "nir": "nir", "near infrared": "nir", "nearinfrared": "nir", "b8a": "nir"})
_INTERPRETATIONS = {"red": "red", "green": "green", "blue": "blue", "nir": "nir", "nirband": "nir"}


def _named(description: str) -> str:
    words = re.sub(r"\bb0(\d)\b", r"b\1", description.strip().lower())
    if words in _NAMES:
        return _NAMES[words]
    found = {_NAMES[w] for w in re.split(r"[^a-z0-9]+", words) if w in _NAMES and len(w) > 1}
    return found.pop() if len(found) == 1 else ""


def band_roles(bands: Sequence[BandFacts], chosen: Optional[Sequence[Tuple[int, str]]] = None) -> Tuple[Band, ...]:
    """The bands to read, in the order red, green, blue where there is colour, else one gray band.

    ``chosen``: (band number, role) as the user set them; read in that order. Otherwise colour interpretation, then
    band names (red … or B04 …), then the file's first three bands, or its first if it has fewer. Alpha never counts.
    Raises ``ValueError`` for a band number that is not there.
    """
    known = {b.number: b for b in bands}
    if chosen:
        missing = [number for number, _ in chosen if number not in known]
        if missing:
            raise ValueError(f"there is no band {missing[0]}")
        return tuple(Band(number, role, known[number].description) for number, role in chosen)
    pixels = [b for b in bands if b.interpretation != "alpha"] or list(bands)
    for role_of in (lambda b: _INTERPRETATIONS.get(b.interpretation, ""), lambda b: _named(b.description)):
        by_role: Dict[str, BandFacts] = {}
        for band in pixels:
            by_role.setdefault(role_of(band), band)
        if all(colour in by_role for colour in COLOURS):
            return tuple(Band(by_role[c].number, c, by_role[c].description) for c in COLOURS)
    if len(pixels) >= 3:
        return tuple(Band(b.number, c, b.description) for b, c in zip(pixels, COLOURS))
    first = pixels[0]
    if first.palette is not None:
        return tuple(Band(first.number, c, first.description) for c in COLOURS)
    return (Band(first.number, "gray", first.description),)


def all_bands(bands: Sequence[BandFacts]) -> List[Tuple[int, str, str]]:
    """(number, role or "", name) of every band that is no alpha, for a dialog that asks for band roles."""
    return [
        (b.number, _INTERPRETATIONS.get(b.interpretation) or _named(b.description), b.description)
        for b in bands
        if b.interpretation != "alpha"
    ]
