"""Captions from the tags of features, in SkyScript's form (Wang et al., AAAI 2024, section 3 and its examples).

Single object: "landuse of farmland, crop of cotton". Several: "power pole, surrounded by power minor line with cables
of 3". The published rules per key are not available; the ones here reproduce the published examples.
"""

import math
from collections import Counter
from dataclasses import dataclass
from typing import List, Mapping, Optional, Tuple

from ..language.phrases import listed
from .chip import Chip, Thing
from .groundability import Groundability, shipped

NO_HEAD = "no visible tag says what the object is"


@dataclass(frozen=True)
class Described:
    """What of one feature's tags can be said: the head tag and its attributes, each as words, in the tags' order."""

    head: str
    attributes: Tuple[str, ...] = ()

    @property
    def single(self) -> str:
        """Head and attributes as SkyScript writes an object on its own: joined by commas."""
        return ", ".join((self.head, *self.attributes))

    @property
    def within(self) -> str:
        """The same inside a caption of several objects: "… with a of b and c of d"."""
        return f"{self.head} with {listed(self.attributes)}" if self.attributes else self.head


@dataclass(frozen=True)
class TagCaption:
    """``centre`` and ``surrounding``: the objects' texts. ``single``, ``multiple``: SkyScript's two captions."""

    single: str
    multiple: str
    centre: str
    surrounding: Tuple[str, ...] = ()


def tag_words(key: str, value: str, table: Groundability) -> str:
    """One tag: "power plant", "road of footway", "crop of cotton", "bridge is yes"; ``a;b`` is read "a and b"."""
    said = table.spoken.get(key, key).replace("_", " ").replace(":", " ")
    values = listed([part.strip().replace("_", " ") for part in value.split(";") if part.strip()])
    if key in table.nouns and values not in ("yes", "no"):
        return f"{said} {values}"
    return f"{said} {'is' if values in ('yes', 'no') else 'of'} {values}"


def described(
    tags: Mapping[str, str], gsd: Optional[float], table: Optional[Groundability] = None,
    dropped: Optional["Counter[str]"] = None, columns: Optional[Mapping[str, str]] = None,
) -> Optional[Described]:
    """What can be said of one feature seen at ``gsd`` metres a pixel; None if no visible tag says what it is.

    ``columns`` renames a table's own columns to keys. ``dropped`` counts the tags left out, by reason.
    """
    table = table or shipped()
    dropped = Counter() if dropped is None else dropped
    keys = columns or {}
    kept = {}
    for key, value in tags.items():
        key, value = keys.get(key, key), str(value).strip()
        if not value:
            continue
        first = value.split(";")[0].strip()
        reason = table.refusal(key, first, gsd)
        if reason:
            dropped[reason] += 1
        else:
            kept[key] = value
    head = next((key for key in table.heads if key in kept), None)
    if head is None:
        dropped[NO_HEAD] += 1
        return None
    words = {key: tag_words(key, value, table) for key, value in kept.items()}
    return Described(words.pop(head), tuple(words.values()))


def tag_caption(
    chip: Chip, index: int, table: Optional[Groundability] = None, dropped: Optional["Counter[str]"] = None,
    columns: Optional[Mapping[str, str]] = None, most: int = 5,
) -> Optional[TagCaption]:
    """Caption the chip around its thing ``index``; None if that cannot be seen.

    The ``most`` nearest other things follow, equal texts once, those that read like the centre left out.
    """
    centre = described(chip.things[index].tags, chip.gsd, table, dropped, columns)
    if centre is None:
        return None
    others: List[str] = []
    for thing in _nearest_first(chip, index):
        said = described(thing.tags, chip.gsd, table, dropped, columns)
        if said is not None and said.within not in (centre.within, *others):
            others.append(said.within)
    return joined(centre, others[:most])


def joined(centre: Described, surrounding: List[str]) -> TagCaption:
    """SkyScript's two captions of a centre object and the texts of what surrounds it."""
    around = f", surrounded by {'; '.join(surrounding)}" if surrounding else ""
    return TagCaption(centre.single, centre.within + around, centre.within, tuple(surrounding))


def _nearest_first(chip: Chip, index: int) -> List[Thing]:
    x, y = _middle(chip.things[index])
    others = [(math.hypot(_middle(t)[0] - x, _middle(t)[1] - y), i) for i, t in enumerate(chip.things) if i != index]
    return [chip.things[i] for _, i in sorted(others)]


def _middle(thing: Thing) -> Tuple[float, float]:
    x0, y0, x1, y1 = thing.box
    return (x0 + x1) / 2, (y0 + y1) / 2
