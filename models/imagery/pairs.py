"""Two dates on one grid: whatever their CRS, pixel sizes, extents and dtypes."""

from dataclasses import dataclass
from typing import List, Optional, Tuple

import numpy as np
from affine import Affine

from ..conversation import Region, View
from ..errors import CrsMissing, DatesDisjoint, NothingToAnalyse
from .geodesy import outline, same_crs, transform_points
from .grid import Grid, Window
from .regrid import axis_aligned, regridded
from .source import RasterSource


@dataclass(frozen=True)
class Pair:
    """Both dates on ``grid``. A source whose own grid this is, is read as it is."""

    before: RasterSource
    after: RasterSource
    grid: Grid


def common_frame(before: View, after: View) -> Pair:
    """Both views over what they share, in the CRS of ``before``, with the coarser of the two pixel sizes.

    The grid is that of the coarser raster wherever the rows of both run alike, so that only one is resampled, and none
    if the grids coincide. Regions cut the grid to their bounding box. Two images without any CRS share their pixel
    frame. Raises ``CrsMissing`` if one has a CRS and the other none, ``DatesDisjoint`` (both extents in the CRS of
    ``before``) if they share no area, ``NothingToAnalyse`` if a region lies outside of it.
    """
    one, two = before.source.grid, after.source.grid
    for mine, other, source in ((one, two, before.source), (two, one, after.source)):
        if other.crs_wkt and not mine.crs_wkt:
            raise CrsMissing(source.name)
    same = one.crs_wkt == two.crs_wkt or same_crs(one.crs_wkt, two.crs_wkt)
    base = _base(before.source, after.source, same)
    edges = [_pixels(outline(g), g.crs_wkt, base) for g in (one, two)]
    shared = _clip(edges[1], edges[0].min(axis=0), edges[0].max(axis=0))
    if len(shared) == 0 or np.ptp(shared, axis=0).min() < 1e-6:
        reached = transform_points(outline(two), two.crs_wkt, one.crs_wkt)
        reached = reached[np.isfinite(reached).all(axis=1)]
        far = (*reached.min(axis=0), *reached.max(axis=0)) if len(reached) else two.extent
        raise DatesDisjoint(_floats(one.extent), _floats(far))
    low, high = shared.min(axis=0), shared.max(axis=0)
    for view in (before, after):
        points = _points(view.region)
        if points is not None:
            inside = _pixels(points, view.source.grid.crs_wkt, base)
            low, high = np.maximum(low, inside.min(axis=0)), np.minimum(high, inside.max(axis=0))
    col, row = np.floor(low + 1e-6).astype(int)
    right, bottom = np.ceil(high - 1e-6).astype(int)
    window = Window(int(col), int(row), int(right - col), int(bottom - row))
    if window.empty:
        raise NothingToAnalyse(before.source.name)
    grid = base.part(window, (window.height, window.width))
    return Pair(regridded(before.source, grid), regridded(after.source, grid), grid)


def overlap(one: Grid, two: Grid) -> Tuple[float, float]:
    """Share of each raster's ground, 0..1, that the other covers too; in the plane of ``one``. See :func:`common_frame`."""
    own, other = (_pixels(outline(grid), grid.crs_wkt, one) for grid in (one, two))
    both = _area(_clip(other, own.min(axis=0), own.max(axis=0)))
    first, second = (min(1.0, both / max(_area(ring), 1e-12)) for ring in (own, other))
    return first, second


def _area(ring: np.ndarray) -> float:
    """Of an open ring (shoelace formula)."""
    if len(ring) < 3 or not np.isfinite(ring).all():
        return 0.0
    after = np.roll(ring, -1, axis=0)
    return float(abs((ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum()) / 2)


def _base(before: RasterSource, after: RasterSource, same: bool) -> Grid:
    """An endless grid to cut the frame from: before's, after's, or before's with larger pixels."""
    one, two = before.grid, after.grid
    ratio = _ratio(before, after, same)
    if ratio <= 1.01:
        return one
    if same and axis_aligned(one, two):
        return Grid(two.width, two.height, two.affine, one.crs_wkt)
    return Grid(one.width, one.height, one.affine * Affine.scale(ratio), one.crs_wkt)


def _ratio(before: RasterSource, after: RasterSource, same: bool) -> float:
    """Pixel size of after over that of before."""
    if before.gsd and after.gsd:
        return after.gsd / before.gsd
    return float(np.sqrt(after.grid.pixel_area / before.grid.pixel_area)) if same else 1.0


def _pixels(points: np.ndarray, crs_wkt: str, base: Grid) -> np.ndarray:
    """Points of a CRS in pixels of ``base``; those outside the CRS's domain are dropped. At least one must remain."""
    if crs_wkt and crs_wkt != base.crs_wkt:
        points = transform_points(points, crs_wkt, base.crs_wkt)
        points = points[np.isfinite(points).all(axis=1)]
    inverse = ~base.affine
    x = inverse.a * points[:, 0] + inverse.b * points[:, 1] + inverse.c
    y = inverse.d * points[:, 0] + inverse.e * points[:, 1] + inverse.f
    found = np.stack([x, y], axis=1)
    return found if len(found) else np.full((1, 2), np.inf)


def _points(region: Optional[Region]) -> Optional[np.ndarray]:
    if region is None:
        return None
    shells = [np.asarray(rings[0], np.float64).reshape(-1, 2) for rings in region.polygons]
    if shells:
        return np.concatenate(shells)
    return None if region.point is None else np.array([region.point])


def _clip(polygon: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The part of an open ring inside a box (Sutherland and Hodgman): (N, 2), empty if there is none."""
    points: List[np.ndarray] = list(polygon)
    for axis, bound, sign in ((0, low[0], 1.0), (0, high[0], -1.0), (1, low[1], 1.0), (1, high[1], -1.0)):
        kept: List[np.ndarray] = []
        for one, two in zip(points, points[1:] + points[:1]):
            at_one, at_two = sign * (one[axis] - bound), sign * (two[axis] - bound)
            if at_one >= 0:
                kept.append(one)
            if at_one * at_two < 0:
                kept.append(one + (two - one) * (at_one / (at_one - at_two)))
        points = kept
    return np.array(points).reshape(-1, 2)


def _floats(extent: Tuple[float, ...]) -> Tuple[float, float, float, float]:
    xmin, ymin, xmax, ymax = (float(v) for v in extent)
    return xmin, ymin, xmax, ymax
