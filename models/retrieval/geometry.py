"""Regions and outlines in longitude and latitude: what an index is narrowed by."""

from typing import Tuple

import numpy as np

from ..conversation import Region


def box_of(region: Region) -> Tuple[float, float, float, float]:
    """West, south, east, north."""
    points = [np.asarray(rings[0], float).reshape(-1, 2) for rings in region.polygons]
    if region.point is not None:
        points.append(np.array([region.point], float))
    every = np.concatenate(points)
    (west, south), (east, north) = every.min(0), every.max(0)
    return float(west), float(south), float(east), float(north)


def inside(ring: np.ndarray, region: Region) -> bool:
    """Whether a tile lies in ``region``: its middle does, or, of a region smaller than the tile, the region's middle lies in
    the tile."""
    middle = np.asarray(ring[:4], float).mean(0)
    if any(_holds(rings, middle) for rings in region.polygons):
        return True
    west, south, east, north = box_of(region)
    return _in_ring(np.asarray(ring, float), np.array([(west + east) / 2, (south + north) / 2]))


def _holds(rings: Tuple[np.ndarray, ...], point: np.ndarray) -> bool:
    return bool(sum(_in_ring(np.asarray(ring, float), point) for ring in rings) % 2)


def _in_ring(ring: np.ndarray, point: np.ndarray) -> bool:
    """Even-odd rule: how many edges a ray to the east crosses."""
    x0, y0 = ring.T
    x1, y1 = np.roll(ring, -1, 0).T
    across = (y0 > point[1]) != (y1 > point[1])
    if not across.any():
        return False
    at = x0[across] + (point[1] - y0[across]) / (y1[across] - y0[across]) * (x1[across] - x0[across])
    return bool((at > point[0]).sum() % 2)
