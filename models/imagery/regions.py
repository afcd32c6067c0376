"""Regions as masks: a pixel belongs to a region when its centre does."""

from typing import Optional

import numpy as np

from ..conversation import Region
from .geodesy import transform_points
from .grid import Grid, Window


def region_mask(region: Optional[Region], grid: Grid) -> np.ndarray:
    """(H, W) bool: pixel centre inside ``region`` (coordinates in the grid's CRS); None is everywhere.

    Holes are holes; overlapping polygons of a multipolygon add up. A bare click (a point without polygons) is its pixel.
    """
    out = np.zeros((grid.height, grid.width), bool)
    if region is None:
        out[:] = True
        return out
    for rings in region.polygons:
        out |= _inside(rings, grid)
    if not region.polygons and region.point is not None:
        col, row = ~grid.affine * region.point
        if 0 <= col < grid.width and 0 <= row < grid.height:
            out[int(row), int(col)] = True
    return out


def region_window(region: Optional[Region], grid: Grid) -> Window:
    """The smallest window of ``grid`` around ``region``; empty if it lies outside; all of it for None."""
    if region is None:
        return grid.window
    points = [tuple(p) for rings in region.polygons for p in np.asarray(rings[0], float)]
    if not points and region.point is not None:
        points = [region.point]
    if not points:
        return Window(0, 0, 0, 0)
    window = grid.window_around(tuple(points))
    if window.empty and region.point is not None and not region.polygons:
        col, row = ~grid.affine * region.point
        return Window(int(np.floor(col)), int(np.floor(row)), 1, 1).intersection(grid.window)
    return window


def region_in(region: Region, from_wkt: str, to_wkt: str) -> Region:
    """The region's vertices in another CRS. Raises ``ValueError`` for an unknown CRS."""
    polygons = tuple(
        tuple(transform_points(np.asarray(ring, float), from_wkt, to_wkt) for ring in rings)
        for rings in region.polygons
    )
    if region.point is None:
        return Region(polygons)
    x, y = transform_points(np.array([region.point]), from_wkt, to_wkt)[0]
    return Region(polygons, (float(x), float(y)))


def _inside(rings: tuple, grid: Grid) -> np.ndarray:
    """Even-odd rule along the rows of pixel centres: every edge flips all pixels right of where it crosses a row."""
    inverse = ~grid.affine
    flips = np.zeros((grid.height, grid.width + 1), bool)
    for ring in rings:
        points = np.asarray(ring, np.float64).reshape(-1, 2)
        x = inverse.a * points[:, 0] + inverse.b * points[:, 1] + inverse.c
        y = inverse.d * points[:, 0] + inverse.e * points[:, 1] + inverse.f
        _flip(flips, x, y, np.roll(x, -1), np.roll(y, -1))
    inside: np.ndarray = np.logical_xor.accumulate(flips[:, :-1], axis=1)
    return inside


def _flip(flips: np.ndarray, x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray) -> None:
    height, width = flips.shape[0], flips.shape[1] - 1
    # Rows whose centre lies in [lower end, upper end): a vertex on a centre line counts once.
    first = np.ceil(np.minimum(y0, y1) - 0.5).clip(0, height).astype(np.int64)
    last = np.ceil(np.maximum(y0, y1) - 0.5).clip(0, height).astype(np.int64)
    edges = np.flatnonzero(last > first)
    counts = (last - first)[edges]
    of = np.repeat(edges, counts)
    row = first[of] + np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    crossing = x0[of] + (row + 0.5 - y0[of]) / (y1[of] - y0[of]) * (x1[of] - x0[of])
    col = np.ceil(crossing - 0.5).clip(0, width).astype(np.int64)
    np.logical_xor.at(flips, (row, col), True)


def box_ring(grid: Grid, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """(5, 2) closed ring, in the CRS of ``grid``, of a box in its pixels."""
    corners = (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
    return np.array([grid.affine * corner for corner in corners], np.float64)


def window_ring(grid: Grid, window: Window) -> np.ndarray:
    """:func:`box_ring` of a window of ``grid``."""
    return box_ring(grid, window.col, window.row, window.col + window.width, window.row + window.height)
