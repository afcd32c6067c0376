"""Masks as polygons: exact pixel counts, the true affine, mean scores, areas on the ellipsoid."""

from dataclasses import dataclass
from typing import Iterator, List, Optional, Tuple, Union

import numpy as np

from ..cancel import CancelToken
from ..conversation import Region
from ..features import MaskFeature, Rings
from .geodesy import areas_m2, pixel_areas_m2
from .grid import Grid, Window
from .regions import region_mask, region_window
from .rings import Outlines, Rows, outlines
from .score_store import _TOP, BLOCK, UNKNOWN, ScoreStore, level

#: Polygons wider than this are carried to the ellipsoid corner by corner; over smaller ones the size of a pixel
#: changes linearly to 1e-7, so that its size at their centroid, times their pixels, is their area.
_SMALL_METRES = 2000.0


@dataclass(frozen=True)
class Traced:
    """One region of equal label. ``rings``: (N, 2) float64 closed rings in CRS units, shell first, then holes.

    ``value``: its label. ``pixels``: exact. ``score``: mean of ``mean_of`` over its pixels, NaN without.
    ``area_m2``: ellipsoidal, None without CRS.
    """

    value: int
    rings: Rings
    pixels: int
    score: float
    area_m2: Optional[float]


def trace(
    labels: np.ndarray,
    grid: Grid,
    mean_of: Optional[np.ndarray] = None,
    min_pixels: int = 1,
    cancel: Optional[CancelToken] = None,
) -> List[Traced]:
    """Polygons of every 4-connected region of equal label; 0 is background.

    ``labels``: (H, W) integer. ``mean_of``: (H, W) float to average, or (classes, H, W), of which a region with label
    v takes plane v - 1. Every polygon is valid, ``pixels`` × ``grid.pixel_area`` is its area in CRS units. Any thread.
    """
    if labels.shape != (grid.height, grid.width):
        raise ValueError(f"labels {labels.shape} do not fit the grid {(grid.height, grid.width)}")

    def rows() -> Iterator[Rows]:
        for top in range(0, grid.height, 2 * BLOCK):
            if cancel is not None:
                cancel.raise_if_cancelled()
            part = np.asarray(labels[top : top + 2 * BLOCK])
            values = None
            if mean_of is not None:
                values = mean_of[..., top : top + 2 * BLOCK, :]
                if values.ndim == 3:
                    plane = np.clip(part.astype(np.intp) - 1, 0, len(values) - 1)
                    values = np.take_along_axis(values, plane[None], axis=0)[0]
            yield part.astype(np.int32, copy=False), values

    return traced(outlines(rows(), grid.width, min_pixels), grid)


def traced(found: Outlines, grid: Grid) -> List[Traced]:
    """Outlines in pixels of ``grid`` as polygons in its CRS."""
    a, b, c, d, e, f = tuple(grid.affine)[:6]
    x, y = found.vertices[:, 0].astype(np.float64), found.vertices[:, 1].astype(np.float64)
    points = np.stack([a * x + b * y + c, d * x + e * y + f], axis=1)
    start = found.ring_start.tolist()
    rings = [points[one:next_one] for one, next_one in zip(start, start[1:])]
    owner = found.region_start.tolist()
    polygons: List[Rings] = [tuple(rings[one:next_one]) for one, next_one in zip(owner, owner[1:])]
    areas = _areas(found, polygons, grid)
    metres: List[Optional[float]] = [None] * len(polygons)
    if areas is not None:
        metres = [area if area == area else None for area in areas.tolist()]
    columns = found.value.tolist(), polygons, found.pixels.tolist(), found.mean.tolist(), metres
    return [Traced(*row) for row in zip(*columns)]


def _areas(found: Outlines, polygons: List[Rings], grid: Grid) -> Optional[np.ndarray]:
    each = pixel_areas_m2(grid, found.centre)
    if each is None:
        return None
    # A pixel's longer side may be more than the root of its area: judged by the larger of the affine's columns.
    stretch = max(np.hypot(grid.affine.a, grid.affine.d), np.hypot(grid.affine.b, grid.affine.e))
    side = np.sqrt(each) * stretch / np.sqrt(grid.pixel_area)
    areas = each * found.pixels
    with np.errstate(invalid="ignore"):
        large = np.flatnonzero(~(found.size.max(axis=1, initial=0) * side < _SMALL_METRES))
    if len(large):
        areas[large] = areas_m2([polygons[i] for i in large], grid.crs_wkt)
    return areas


def mask_features(
    store: ScoreStore,
    label: Union[str, int],
    threshold: float = 0.5,
    min_pixels: int = 1,
    region: Optional[Region] = None,
    rule: str = "threshold",
    cancel: Optional[CancelToken] = None,
) -> List[MaskFeature]:
    """Polygons of one class of a score store, read band by band; memory grows with the outlines, not the raster.

    ``rule`` "threshold": score ≥ ``threshold``; "winner": also the highest of the pixel's classes (the first of equal
    ones). ``region``: only pixels whose centre lies in it (in the store's CRS). Unknown pixels never belong.
    ``score`` is the mean score over the polygon's pixels. Raises ``KeyError`` for a label that is not there.
    """
    if rule not in ("threshold", "winner"):
        raise ValueError(f"there is no rule {rule}")
    index = store.index(label)
    window = region_window(region, store.grid)
    if window.empty:
        return []
    grid = store.grid.part(window, (window.height, window.width))

    def rows() -> Iterator[Rows]:
        for part in _bands(window):
            if cancel is not None:
                cancel.raise_if_cancelled()
            scores = store.read_bytes(part)
            mask = chosen(scores, index, level(threshold), rule)
            if region is not None:
                mask &= region_mask(region, store.grid.part(part, (part.height, part.width)))
            yield mask.view(np.uint8), scores[index]

    name = store.labels[index]
    found = outlines(rows(), window.width, min_pixels)
    return [MaskFeature(t.rings, name, t.score / _TOP, t.pixels, t.area_m2) for t in traced(found, grid)]


def chosen(scores: np.ndarray, index: int, lowest: int, rule: str) -> np.ndarray:
    """(h, w) bool: pixels of class ``index`` in stored ``scores`` (K, h, w) uint8; see :func:`mask_features`."""
    own = scores[index]
    mask = (own >= lowest) & (own != UNKNOWN)
    if rule == "winner":
        for other, plane in enumerate(scores):
            if other != index:
                mask &= (plane == UNKNOWN) | ((own > plane) if other < index else (own >= plane))
    result: np.ndarray = mask
    return result


def _bands(window: Window) -> Iterator[Window]:
    """The window in bands of rows that begin where blocks of the store do."""
    row, end = window.row, window.row + window.height
    while row < end:
        following = min(end, (row // (2 * BLOCK) + 1) * 2 * BLOCK)
        yield Window(window.col, row, window.width, following - row)
        row = following


def pixel_count(
    store: ScoreStore, label: Union[str, int], threshold: float = 0.5, rule: str = "threshold"
) -> Tuple[int, int]:
    """(pixels of the class, pixels known at all) in the whole store."""
    index, mine, known = store.index(label), 0, 0
    for part in _bands(store.grid.window):
        scores = store.read_bytes(part)
        mine += int(np.count_nonzero(chosen(scores, index, level(threshold), rule)))
        known += int(np.count_nonzero(scores[index] != UNKNOWN))
    return mine, known
