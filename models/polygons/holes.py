"""Small holes closed."""

import numpy as np

from .lattice import Corners, following, ring_areas
from .options import ShapeReport
from .pairs import points_in_boxes


def without_small_holes(corners: Corners, smallest: float, keep_neighbours: bool, report: ShapeReport) -> Corners:
    """Holes of less than ``smallest`` pixels left out; with ``keep_neighbours`` only those in which nothing lies."""
    if smallest <= 0:
        return corners
    areas = np.abs(ring_areas(corners.pixel.astype(np.float64), corners.start))
    small = np.flatnonzero(~corners.shell & (areas < smallest - 1e-9))
    if keep_neighbours and len(small):
        small = small[~_holding(corners, small)]
    report.holes = len(small)
    if len(small) == 0:
        return corners
    stay = np.ones(len(corners.owner), bool)
    stay[small] = False
    count = np.diff(corners.start)
    every = np.repeat(stay, count)
    start = np.r_[0, np.cumsum(count[stay])]
    return Corners(corners.pixel[every], corners.crs[every], start, corners.owner[stay], corners.shell[stay])


def _holding(corners: Corners, holes: np.ndarray) -> np.ndarray:
    """Which of ``holes`` hold the first pixel of some polygon."""
    first = corners.start[:-1]
    low = np.minimum.reduceat(corners.pixel, first)[holes]
    high = np.maximum.reduceat(corners.pixel, first)[holes]
    shells = np.flatnonzero(corners.shell)
    # A shell begins at the left end of a top edge, above its pixel.
    inside = corners.pixel[first[shells]] + 0.5
    after = following(corners.start)
    held = np.zeros(len(holes), bool)
    for hole, shell in points_in_boxes(low, high, inside):
        for one, point in zip(hole.tolist(), inside[shell]):
            if not held[one]:
                part = slice(int(corners.start[holes[one]]), int(corners.start[holes[one] + 1]))
                held[one] = _inside(corners.pixel[part], corners.pixel[after[part]], point)
    return held


def _inside(one: np.ndarray, two: np.ndarray, point: np.ndarray) -> bool:
    """Whether a pixel's centre lies inside a ring of edges along rows and columns."""
    low, high = np.minimum(one[:, 1], two[:, 1]), np.maximum(one[:, 1], two[:, 1])
    left = (one[:, 0] == two[:, 0]) & (one[:, 0] < point[0]) & (low < point[1]) & (point[1] < high)
    return bool(np.count_nonzero(left) % 2)
