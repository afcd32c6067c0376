"""From a raster and shapes over it to chips with exact masks: where chips lie, which are usable, what is on each."""

import dataclasses
from dataclasses import dataclass
from typing import FrozenSet, List, Optional, Sequence, Tuple

import numpy as np

from ...models.datasets.appearance import colour_word
from ...models.datasets.chip import Chip, Origin, Thing
from ...models.datasets.choosing import shuffled
from ...models.errors import RasterUnreadable
from ...models.imagery.geodesy import ground_sample_distance, transform_points
from ...models.imagery.grid import Grid, Window
from ...models.imagery.source import RasterSource
from ...models.imagery.stretch import Stretch
from .shape_masks import ShapeMasks
from .training_labels import Spelling
from .training_layers import Shape

NODATA, UNREADABLE, NOTHING_KNOWN = "chip without data", "chip cannot be read", "nothing is known of the chip"
TOO_MANY = "more chips than asked for"
#: A chip of which a larger share is nodata is left out.
_NODATA_SHARE = 0.01
#: The image's top may point this far away from north, in degrees, for directions of the compass to be said.
_NORTH_WITHIN = 5.0
#: What is smaller on a chip is not listed, and its class not counted there.
SMALLEST = 9
_COLOURS = frozenset({"red", "blue", "white", "green", "yellow", "black", "brown", "grey", "purple"})
_DEGREES = "EPSG:4326"


@dataclass(frozen=True)
class Site:
    """A chip before it is read: its name, its pixels of the (resampled) raster, the CRS ring of its outer edges."""

    name: str
    window: Window
    ring: Tuple[Tuple[float, float], ...]


def number_of_sites(grid: Grid, size: int, overlap: int) -> int:
    """How many whole chips fit; 0 for a raster smaller than one."""
    step = size - overlap
    return max(0, (grid.width - size) // step + 1) * max(0, (grid.height - size) // step + 1)


def sites(grid: Grid, name: str, size: int, overlap: int) -> List[Site]:
    """Every whole chip of ``size`` pixels from the upper left corner, row by row; what is left at the edges is not used."""
    step = size - overlap
    found = []
    for row in range(0, grid.height - size + 1, step):
        for col in range(0, grid.width - size + 1, step):
            window = Window(col, row, size, size)
            found.append(Site(f"{name}_{row}_{col}", window, grid.part(window, (size, size)).corners()))
    return found


def by_chance(found: Sequence[Site], seed: int) -> List[Site]:
    """All of them in an order set by chance, so that the first few are spread over the raster; the same for a ``seed``."""
    return shuffled(found, seed, "chips")


def located(part: Grid, origin: Origin) -> Origin:
    """``origin`` with the centre and the footprint of ``part`` in degrees of WGS 84."""
    corners = transform_points(np.array(part.corners()), part.crs_wkt, _DEGREES)
    middle = part.affine * (part.width / 2, part.height / 2)
    centre = transform_points(np.array([middle]), part.crs_wkt, _DEGREES)[0]
    return dataclasses.replace(
        origin, longitude=float(centre[0]), latitude=float(centre[1]),
        footprint=tuple((float(x), float(y)) for x, y in corners),
    )


class Cutter:
    """Cuts chips out of ``source``. One thread, the one that opened the source."""

    def __init__(
        self, source: RasterSource, stretch: Stretch, shapes: Sequence[Shape], spelling: Spelling,
        complete: FrozenSet[str], origin: Origin, smallest: int = SMALLEST,
    ) -> None:
        self._source, self._stretch = source, stretch
        self._spelling, self._complete = spelling, complete
        self._origin, self._smallest = origin, smallest
        self._masks = ShapeMasks(source.grid, shapes)

    @property
    def any_shape(self) -> bool:
        """Whether a shape reaches onto the raster."""
        return self._masks.any_on

    def cut(self, site: Site) -> Tuple[Optional[Chip], str]:
        """The chip with pixels, in stand-in labels, or None and why it is left out."""
        rgb, valid = self.pixels(site)
        if rgb is None or valid is None:
            return None, UNREADABLE
        if np.count_nonzero(~valid) > _NODATA_SHARE * valid.size:
            return None, NODATA
        things, unsure = self._things(site, rgb)
        complete = self._complete - unsure
        if not things and not complete:
            return None, NOTHING_KNOWN
        part = self._source.grid.part(site.window, valid.shape)
        origin = located(part, self._origin)
        chip = Chip(
            site.name, rgb, tuple(things), frozenset(complete), gsd=ground_sample_distance(part),
            north_up=_north_up(np.array(origin.footprint)), origin=origin,
        )
        return chip, ""

    def pixels(self, site: Site) -> Tuple[Optional[np.ndarray], Optional[np.ndarray]]:
        """(3, H, W) uint8 and (H, W) bool valid; None where the file is broken."""
        try:
            image = self._source.read(site.window)
        except RasterUnreadable:
            return None, None
        return np.round(self._stretch.apply(image) * 255).astype(np.uint8), image.valid

    def _things(self, site: Site, rgb: np.ndarray) -> Tuple[List[Thing], FrozenSet[str]]:
        """What can be seen of the shapes, and labels of which something is there that can not."""
        things, unsure = [], set()
        for shape, found, inside in self._masks.over(site.window):
            label = self._spelling.spoken(shape.label)
            pixels = 0 if found is None else int(found[1].sum())
            if found is None or pixels < self._smallest:
                if pixels or inside:
                    unsure.add(label)
                continue
            box, mask = found
            x0, y0, x1, y1 = box
            colour = _colour(rgb[:, y0:y1, x0:x1][:, mask])
            things.append(Thing(label, box, mask, colour, shape.tags, shape.feature))
        # "The red car" names one only where the colour of every car is known.
        vague = {thing.label for thing in things if not thing.colour}
        things = [dataclasses.replace(thing, colour="") if thing.label in vague else thing for thing in things]
        return things, frozenset(unsure)


def _colour(pixels: np.ndarray) -> str:
    """The colour word of (3, N) pixels, "" where mean and median disagree or the word is none that a person would say."""
    words = {colour_word(pixels.mean(axis=1)), colour_word(np.median(pixels, axis=1))}
    word = words.pop()
    return word if not words and word in _COLOURS else ""


def _north_up(corners: np.ndarray) -> bool:
    """Whether the image's top points north and its right side east; ``corners``: (longitude, latitude) in ring order."""
    across = np.cos(np.radians(corners[:, 1].mean()))
    turns = (corners - corners[0] + 180) % 360 - 180
    flat = turns * np.array([across, 1.0])
    up = (flat[0] + flat[1]) - (flat[2] + flat[3])
    right = (flat[1] + flat[2]) - (flat[0] + flat[3])
    return bool(abs(np.degrees(np.arctan2(up[0], up[1]))) <= _NORTH_WITHIN and right[0] > abs(right[1]))
