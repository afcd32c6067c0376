"""A chip: one small image with everything that is known to be on it. What every builder reads."""

from dataclasses import dataclass, field
from typing import FrozenSet, Mapping, Optional, Tuple

import numpy as np

UNKNOWN = 255


@dataclass(frozen=True)
class Thing:
    """One object of a chip.

    ``box``: (x0, y0, x1, y1) whole pixels, half open, inside the chip. ``mask``: (y1 − y0, x1 − x0) bool, what of the
    box it covers. ``colour``: a word, "" unknown. ``tags``: attributes of its feature, OSM keys or columns.
    """

    label: str
    box: Tuple[int, int, int, int]
    mask: np.ndarray
    colour: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    feature: str = ""

    @property
    def pixels(self) -> int:
        """How many pixels it covers."""
        return int(self.mask.sum())

    @property
    def centre(self) -> Tuple[float, float]:
        """Mean (x, y) of its pixels' centres, in pixels from the upper left corner."""
        rows, cols = np.nonzero(self.mask)
        return float(cols.mean() + self.box[0] + 0.5), float(rows.mean() + self.box[1] + 0.5)

    def whole(self, shape: Tuple[int, int]) -> np.ndarray:
        """Its mask as (H, W) bool of the whole chip."""
        x0, y0, x1, y1 = self.box
        full = np.zeros(shape, bool)
        full[y0:y1, x0:x1] = self.mask
        return full


@dataclass(frozen=True)
class Origin:
    """Where and how a chip was taken; empty or None where unknown, never guessed.

    ``time``: ISO 8601, as exact as known. ``latitude``, ``longitude``: degrees WGS 84 of the chip's centre.
    ``footprint``: ring of (longitude, latitude).
    """

    source: str = ""
    time: str = ""
    latitude: Optional[float] = None
    longitude: Optional[float] = None
    footprint: Tuple[Tuple[float, float], ...] = ()
    country: str = ""
    city: str = ""
    satellite: str = ""
    sensor: str = ""
    modality: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Chip:
    """``rgb``: (3, H, W) uint8; rows run southwards if ``north_up``, else up is only the image's top.

    ``covers``: (H, W) uint8 indices into ``cover_names``, 255 unknown; None: land cover is not known.
    ``complete``: the labels of which every instance on the chip is among ``things``: only of these may absence or a
    number be stated. ``gsd``: metres a pixel, None unknown. ``scene``: what kind of place, "" unknown.
    """

    name: str
    rgb: np.ndarray
    things: Tuple[Thing, ...] = ()
    complete: FrozenSet[str] = frozenset()
    covers: Optional[np.ndarray] = None
    cover_names: Tuple[str, ...] = ()
    gsd: Optional[float] = None
    north_up: bool = True
    scene: str = ""
    origin: Origin = field(default_factory=Origin)

    @property
    def shape(self) -> Tuple[int, int]:
        """(height, width) in pixels."""
        return self.rgb.shape[1], self.rgb.shape[2]

    def named(self, label: str) -> Tuple[Thing, ...]:
        """Its things of one label."""
        return tuple(thing for thing in self.things if thing.label == label)


@dataclass(frozen=True)
class Turn:
    """One question and its answer. ``task``: see ``dialogue`` builders; ``refers``: indices of the things meant.

    ``slots``: the answer before its numbers were filled in ("<n:building> buildings"); equal to it where none was.
    """

    question: str
    answer: str
    task: str
    refers: Tuple[int, ...] = ()
    slots: str = ""


@dataclass(frozen=True)
class Dialogue:
    """Turns about one chip, or about two in order (``chips``: their names)."""

    chips: Tuple[str, ...]
    turns: Tuple[Turn, ...]
