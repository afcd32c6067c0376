"""Boxes over a whole view: found tile by tile, doubles at the tiles' edges dropped, each a rectangle of whole pixels."""

from typing import TYPE_CHECKING, Callable, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress
from ..conversation import Region
from ..features import MaskFeature
from ..imagery.geodesy import areas_m2
from ..imagery.grid import Grid, Window
from ..imagery.regions import box_ring, region_mask
from ..imagery.tiles import TilePixels
from .boxes import Boxes, suppressed
from .contract import Contract

if TYPE_CHECKING:
    from .brought_model import BroughtModel
    from .running import Options

#: A box is of what is there if at least this share of its pixels is valid.
_VALID = 0.5
#: Pixels from a tile's edge within which a box is taken as cut off by it.
_EDGE = 2.0


def detected(
    read: Callable[[Window], TilePixels], find: Callable[[np.ndarray], Boxes], plan: Sequence[Window], grid: Grid,
    contract: Contract, progress: Progress, cancel: Optional[CancelToken],
) -> Tuple[Boxes, float, int]:
    """(boxes in pixels of ``grid``, best first; share of unreadable pixels; valid pixels, overlaps counted twice).

    ``find``: (3, n, n) float32 → boxes in pixels of the model's tile. Raises Cancelled and what ``read`` and ``find`` raise.
    """
    parts: List[Boxes] = []
    unreadable = asked = valid = 0
    for number, window in enumerate(plan):
        if cancel is not None:
            cancel.raise_if_cancelled()
        tile = read(window)
        inside = window.intersection(grid.window)
        unreadable, asked = unreadable + tile.unreadable, asked + inside.width * inside.height
        valid += int(tile.valid.sum())
        if tile.valid.any():
            parts.append(_placed(find(tile.rgb), tile.valid, window, grid, contract.tile))
        progress((number + 1) / len(plan), "Looking at the image")
    boxes = suppressed(Boxes.joined(parts), contract.overlapping, contract.across)
    return boxes, unreadable / asked if asked else 0.0, valid


def _placed(boxes: Boxes, valid: np.ndarray, window: Window, grid: Grid, tile: int) -> Boxes:
    """Boxes of a tile in pixels of the grid, without those of nothing."""
    corners = boxes.corners * (window.width / tile)
    cut = (corners[:, :2] < _EDGE) & (np.array([window.col, window.row]) > 0)
    reach = np.array([window.width, window.height])
    ends = np.array([window.col + window.width, window.row + window.height]) < np.array([grid.width, grid.height])
    cut |= (corners[:, 2:] > reach - _EDGE) & ends
    corners = np.clip(corners, 0, np.concatenate([reach, reach])).astype(np.float32)
    there = np.array([_share(valid, box) >= _VALID for box in corners], bool).reshape(-1)
    offset = np.array([window.col, window.row] * 2, np.float32)
    return Boxes(corners + offset, boxes.score, boxes.label, cut.any(axis=1)).take(there)


def _share(valid: np.ndarray, box: np.ndarray) -> float:
    left, top, right, bottom = _whole(box)
    part = valid[top:bottom, left:right]
    return float(part.mean()) if part.size else 0.0


def _whole(box: np.ndarray) -> Tuple[int, int, int, int]:
    """A box on pixel edges, at least one pixel."""
    left, top = (int(np.floor(value + 0.5)) for value in box[:2])
    right, bottom = (int(np.floor(value + 0.5)) for value in box[2:])
    return left, top, max(right, left + 1), max(bottom, top + 1)


def box_features(
    boxes: Boxes, grid: Grid, model: "BroughtModel", options: "Options", region: Optional[Region], labels: Sequence[str]
) -> Tuple[MaskFeature, ...]:
    """One rectangle per box of ``labels`` (all, if the model names none) whose centre lies in ``region``, best first.

    Field ``pixels`` is exact: sides lie on pixel edges.
    """
    chosen = []
    for corners, score, channel in zip(boxes.corners, boxes.score, boxes.label):
        label = model.contract.label(int(channel))
        if (labels and label not in labels) or score < options.limit(label, model.contract):
            continue
        left, top, right, bottom = _whole(corners)
        left, top = max(0, left), max(0, top)
        right, bottom = min(grid.width, right), min(grid.height, bottom)
        if left < right and top < bottom and _in_region(region, grid, (left + right) // 2, (top + bottom) // 2):
            ring = box_ring(grid, left, top, right, bottom)
            chosen.append((ring, label, float(score), (right - left) * (bottom - top)))
    areas = areas_m2([(ring,) for ring, *_ in chosen], grid.crs_wkt) if chosen and grid.crs_wkt else [None] * len(chosen)
    features = [
        MaskFeature((ring,), label, score, pixels, float(area) if area is not None and area == area else None)
        for (ring, label, score, pixels), area in zip(chosen, areas)
    ]
    return tuple(f for f in features if options.min_area <= 0 or (f.area_m2 or 0.0) >= options.min_area)


def _in_region(region: Optional[Region], grid: Grid, col: int, row: int) -> bool:
    return region is None or bool(region_mask(region, grid.part(Window(col, row, 1, 1), (1, 1))).any())
