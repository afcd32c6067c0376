"""From a raster and polygons over it to labelled tiles: where they lie, what of them is known, and where the class is."""

from dataclasses import dataclass
from typing import Callable, List, Sequence, Tuple

import numpy as np

from ...models.datasets.choosing import shuffled
from ...models.datasets.splits import Place
from ...models.errors import TuningImpossible
from ...models.imagery.geodesy import transform_points
from ...models.imagery.grid import Grid, Window
from ...models.imagery.source import RasterSource
from ...models.imagery.stretch import Stretch
from ...models.imagery.tiles import tile_reader
from ...models.tuned.learning import LabelledTile
from .shape_masks import mask_of
from .training_layers import Rings

#: Sides of tiles, the widest first that gives enough of them.
_SIDES, _ENOUGH = (256, 128, 64), 24
#: What lies between tiles, so that those of different splits share no edge: this part of a side.
_GAP = 16
#: Share of a tile that must be known, and pixels of the class that make it one with the class.
_KNOWN, _SOME = 0.25, 16
_DEGREES = "EPSG:4326"


@dataclass(frozen=True)
class Tiles:
    """``tiles`` with their ``places``; ``with_class``: names of those that hold it. ``side``: metres. ``left``: how many
    were left out because there were enough."""

    tiles: Tuple[LabelledTile, ...]
    places: Tuple[Place, ...]
    with_class: Tuple[str, ...]
    side: float
    left: int


class Ground:
    """Polygons on a grid. ``known``: rings of what is labelled completely, () for all of it."""

    def __init__(self, grid: Grid, shapes: Sequence[Rings], known: Sequence[Rings]) -> None:
        self.grid = grid
        self.shapes = [(rings, box) for rings in shapes for box in [_box(rings, grid)] if _meets(box, grid.window)]
        self.known = [(rings, _box(rings, grid)) for rings in known]

    def holds(self, window: Window) -> bool:
        """Whether a polygon may reach into ``window``, judged by its box."""
        return any(_meets(box, window) for _, box in self.shapes)

    def reaches(self, window: Window) -> bool:
        """Whether anything of ``window`` may be known."""
        return not self.known or any(_meets(box, window) for _, box in self.known)

    def wanted(self, window: Window, valid: np.ndarray) -> np.ndarray:
        """(h, w) int8: 1 in a polygon, 0 beside, −1 where nothing is known or ``valid`` is false."""
        known = valid & (self._drawn(self.known, window) if self.known else True)
        found = np.where(known, 0, -1).astype(np.int8)
        found[known & self._drawn(self.shapes, window)] = 1
        return found

    def _drawn(self, shapes: Sequence[Tuple[Rings, np.ndarray]], window: Window) -> np.ndarray:
        mask = np.zeros((window.height, window.width), bool)
        for rings, box in shapes:
            found = mask_of(rings, box, self.grid, window) if _meets(box, window) else None
            if found is not None:
                x0, y0, x1, y1 = found[0]
                mask[y0:y1, x0:x1] |= found[1]
        return mask


def cut(
    source: RasterSource, stretch: Stretch, ground: Ground, most: int, seed: int, progress: Callable[[float, str], None]
) -> Tiles:
    """At most ``most`` tiles of what is known of ``source``, half of them with the class where there are so many.

    Raises TuningImpossible where there are too few. One thread, that of the source; ``progress`` raises to stop.
    """
    sides = [(side, _windows(ground, side)) for side in _SIDES]
    side, windows = next(((side, found) for side, found in sides if len(found) >= _ENOUGH), sides[-1])
    if len(windows) < 3:
        raise TuningImpossible("What is labelled is too small on this raster. Label more of it, or choose a finer raster.")
    order = shuffled(windows, seed, "tiles")
    likely = [window for window in order if ground.holds(window)]
    rest = [window for window in order if not ground.holds(window)]
    chosen = likely[:max(most // 2, most - len(rest))]
    chosen += rest[:most - len(chosen)]
    read = tile_reader(source, stretch)
    tiles: List[LabelledTile] = []
    places: List[Place] = []
    for number, window in enumerate(chosen):
        progress(number / len(chosen), "")
        pixels = read(window)
        wanted = ground.wanted(window, pixels.valid)
        if (wanted >= 0).mean() < _KNOWN:
            continue
        name = f"{window.row} {window.col}"
        tiles.append(LabelledTile(name, np.round(pixels.rgb * 255).astype(np.uint8), wanted, source.gsd))
        places.append(_place(name, ground.grid, window))
    some = tuple(tile.name for tile in tiles if int((tile.wanted == 1).sum()) >= _SOME)
    return Tiles(tuple(tiles), tuple(places), some, side * (source.gsd or 1.0), len(windows) - len(chosen))


def _windows(ground: Ground, side: int) -> List[Window]:
    step, grid = side + max(side // _GAP, 1), ground.grid
    found = [Window(col, row, side, side)
             for row in range(0, grid.height - side + 1, step) for col in range(0, grid.width - side + 1, step)]
    return [window for window in found if ground.reaches(window)]


def _place(name: str, grid: Grid, window: Window) -> Place:
    corners = np.array(grid.part(window, (window.height, window.width)).corners())
    degrees = transform_points(corners, grid.crs_wkt, _DEGREES)
    (west, south), (east, north) = degrees.min(0), degrees.max(0)
    return Place(name, (float(west), float(south), float(east), float(north)))


def _box(rings: Rings, grid: Grid) -> np.ndarray:
    """(4,) left, top, right, bottom of the outer rings, in pixels of ``grid``."""
    inverse = ~grid.affine
    points = np.concatenate([polygon[0] for polygon in rings])
    cols = inverse.a * points[:, 0] + inverse.b * points[:, 1] + inverse.c
    rows = inverse.d * points[:, 0] + inverse.e * points[:, 1] + inverse.f
    return np.array([cols.min(), rows.min(), cols.max(), rows.max()])


def _meets(box: np.ndarray, window: Window) -> bool:
    return bool(box[0] < window.col + window.width and box[2] > window.col
                and box[1] < window.row + window.height and box[3] > window.row)
