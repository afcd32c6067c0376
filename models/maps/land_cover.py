"""Land cover that the user has of a date, told to the model beside the pixels: a second stream, as in MModalCC, in small.

What is told takes the place of most of what the model itself sees there; the change head then compares both dates' covers
as it always does, and what a change came from and turned into is what was told.
"""

from contextlib import ExitStack
from typing import Callable, List, Optional, Sequence, Tuple

import numpy as np
from affine import Affine

from ..conversation import View
from ..imagery.grid import Grid, Window
from ..imagery.land_cover import UNTOLD, OpenLandCover
from ..imagery.tiles import TilePixels
from ..vision.nano import Seen
from .alignment import Alignment
from .working_frame import WorkingFrame

#: How much of a told cover is believed: maps are wrong here and there, and so is their place.
TRUST = 0.85
#: Pixels of the image a pixel of what the change head reads.
_STRIDE = 4

Read = Callable[[Window], TilePixels]


def told_pair(
    read: Read, views: Sequence[View], frame: WorkingFrame, alignment: Alignment, opened: ExitStack
) -> Read:
    """``read`` (tiles of both dates, 6 planes) with a plane more for each date: its cover, see :meth:`OpenLandCover.read`.

    As it was where no land cover is told. ``opened`` closes what is opened. The cover of a date that was moved moves with it.
    """
    if all(view.land_cover is None for view in views):
        return read
    shift = alignment.shift
    planes: List[Optional[OpenLandCover]] = []
    for date, view in enumerate(views):
        if view.land_cover is None:
            planes.append(None)
            continue
        moved = alignment.moved == date and shift.trusted
        # Its image shows at a place what lies the shift before it.
        grid = _beside(frame.grid, -shift.right, -shift.down) if moved else frame.grid
        one = view.land_cover.on(grid)
        opened.callback(one.close)
        planes.append(one)

    def both(window: Window) -> TilePixels:
        tile = read(window)
        told = [_plane(one, window, frame.grid) for one in planes]
        return TilePixels(np.concatenate([tile.rgb, np.stack(told)]), tile.valid, tile.unreadable)

    return both


def believed(seen: Seen, told: np.ndarray) -> Seen:
    """``seen`` with covers as ``told`` ((n, H, W), see :meth:`OpenLandCover.read`), its features as they were."""
    known = (told != UNTOLD)[:, None]
    if not known.any():
        return seen
    named = told[:, None] == np.arange(seen.cover.shape[1])[None, :, None, None]
    cover = np.where(known, (1 - TRUST) * seen.cover + TRUST * named, seen.cover).astype(np.float32)
    n, covers, height, width = cover.shape
    coarse = cover.reshape(n, covers, height // _STRIDE, _STRIDE, width // _STRIDE, _STRIDE).mean((3, 5))
    return Seen(cover, seen.scenes, seen.features, np.ascontiguousarray(coarse, np.float32), getattr(seen, "grid", None))


def marks(views: Sequence[View]) -> Tuple[str, ...]:
    """What in a result's key says which land cover was told."""
    return tuple("" if view.land_cover is None else view.land_cover.fingerprint() for view in views)


def _beside(grid: Grid, right: float, down: float) -> Grid:
    return Grid(grid.width, grid.height, grid.affine * Affine.translation(right, down), grid.crs_wkt)


def _plane(one: Optional[OpenLandCover], window: Window, grid: Grid) -> np.ndarray:
    """(h, w) float32, untold beyond the grid."""
    plane = np.full((window.height, window.width), UNTOLD, np.float32)
    inside = window.intersection(grid.window)
    if one is not None and not inside.empty:
        top, left = inside.row - window.row, inside.col - window.col
        plane[top:top + inside.height, left:left + inside.width] = one.read(inside)
    return plane
