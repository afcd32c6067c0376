"""From a raster and shapes over it to chips with exact masks: where chips lie, which are usable, what is on each."""

import dataclasses
from dataclasses import dataclass
from typing import FrozenSet, List, Optional, Sequence, Tuple

import numpy as np

from ...models.conversation import Region
from ...models.datasets.appearance import colour_word
from ...models.datasets.chip import Chip, Origin, Thing
from ...models.datasets.choosing import shuffled
from ...models.errors import RasterUnreadable
from ...models.imagery.geodesy import ground_sample_distance, transform_points
from ...models.imagery.grid import Grid, Window
from ...models.imagery.regions import region_mask
from ...models.imagery.source import RasterSource
from ...models.imagery.stretch import Stretch
from .training_labels import Spelling
from .training_layers import Rings, Shape

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


class Cutter:
    """Cuts chips out of ``source``. One thread, the one that opened the source."""

    def __init__(
        self, source: RasterSource, stretch: Stretch, shapes: Sequence[Shape], spelling: Spelling,
        complete: FrozenSet[str], origin: Origin, smallest: int = SMALLEST,
    ) -> None:
        self._source, self._stretch = source, stretch
        self._shapes, self._spelling, self._complete = shapes, spelling, complete
        self._origin, self._smallest = origin, smallest
        inverse = ~source.grid.affine
        boxes = np.empty((len(shapes), 4))
        for i, shape in enumerate(shapes):
            points = np.concatenate([rings[0] for rings in shape.rings])
            cols = inverse.a * points[:, 0] + inverse.b * points[:, 1] + inverse.c
            rows = inverse.d * points[:, 0] + inverse.e * points[:, 1] + inverse.f
            boxes[i] = cols.min(), rows.min(), cols.max(), rows.max()
        self._boxes = boxes

    @property
    def any_shape(self) -> bool:
        """Whether a shape reaches onto the raster."""
        grid = self._source.grid
        col0, row0, col1, row1 = self._boxes.T
        return bool(((col0 < grid.width) & (col1 > 0) & (row0 < grid.height) & (row1 > 0)).any())

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
        corners = transform_points(np.array(part.corners()), part.crs_wkt, _DEGREES)
        middle = part.affine * (part.width / 2, part.height / 2)
        centre = transform_points(np.array([middle]), part.crs_wkt, _DEGREES)[0]
        origin = dataclasses.replace(
            self._origin, longitude=float(centre[0]), latitude=float(centre[1]),
            footprint=tuple((float(x), float(y)) for x, y in corners),
        )
        chip = Chip(
            site.name, rgb, tuple(things), frozenset(complete), gsd=ground_sample_distance(part),
            north_up=_north_up(corners), origin=origin,
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
        window = site.window
        col0, row0, col1, row1 = self._boxes.T
        right, bottom = window.col + window.width, window.row + window.height
        near = (col0 < right) & (col1 > window.col) & (row0 < bottom) & (row1 > window.row)
        inside = near & (col0 >= window.col) & (col1 <= right) & (row0 >= window.row) & (row1 <= bottom)
        things, unsure = [], set()
        for i in np.flatnonzero(near):
            shape = self._shapes[i]
            label = self._spelling.spoken(shape.label)
            found = mask_of(shape.rings, self._boxes[i], self._source.grid, window)
            pixels = 0 if found is None else int(found[1].sum())
            if found is None or pixels < self._smallest:
                if pixels or inside[i]:
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


def mask_of(
    rings: Rings, box: np.ndarray, grid: Grid, window: Window
) -> Optional[Tuple[Tuple[int, int, int, int], np.ndarray]]:
    """The pixels of ``window`` whose centres lie inside ``rings``: their box in the window and the mask in the box.

    ``box``: col, row, col, row of the rings in pixels of ``grid``. None where no centre lies inside.
    """
    col, row = int(np.floor(box[0])) - 1, int(np.floor(box[1])) - 1
    around = Window(col, row, int(np.ceil(box[2])) + 1 - col, int(np.ceil(box[3])) + 1 - row).intersection(window)
    if around.empty:
        return None
    mask = region_mask(Region(rings), grid.part(around, (around.height, around.width)))
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1
    dx, dy = around.col - window.col, around.row - window.row
    return (x0 + dx, y0 + dy, x1 + dx, y1 + dy), mask[y0:y1, x0:x1].copy()


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
