"""The pixels under traced polygons, found again from their corners: shapes are then exact whole numbers.

A rotated, skewed or south-up raster has the same whole numbers, so that whatever is done to them does not depend on it.
"""

from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

import numpy as np

from ..features import MaskFeature

#: How far, in pixels, a corner may lie from where the lattice has it.
_SLACK = 0.05
#: Sizes of a pixel that are tried at most.
_MOST = 20000


@dataclass(frozen=True)
class Lattice:
    """``origin`` (2,) and the columns of ``steps`` (2, 2): CRS units of pixel corner (0, 0) and of one pixel's sides."""

    origin: np.ndarray
    steps: np.ndarray

    def to_crs(self, corners: np.ndarray) -> np.ndarray:
        """(N, 2) pixel corners as CRS units."""
        moved: np.ndarray = corners @ self.steps.T + self.origin
        return moved

    @property
    def pixel_area(self) -> float:
        """Area of a pixel in squared CRS units."""
        return float(abs(np.linalg.det(self.steps)))


@dataclass(frozen=True)
class Corners:
    """Outlines of polygons, ring after ring, none closed.

    ``pixel`` (V, 2) int64: corners on the lattice; ``crs`` (V, 2) float64: the same to the last bit as they came.
    Ring k is ``[start[k], start[k + 1])``, of polygon ``owner[k]``; ``shell[k]``: its outline, not a hole.
    """

    pixel: np.ndarray
    crs: np.ndarray
    start: np.ndarray
    owner: np.ndarray
    shell: np.ndarray


def corners_of(features: Sequence[MaskFeature], ground: np.ndarray) -> Optional[Tuple[Lattice, Corners]]:
    """The lattice that all rings lie on, and their corners on it; None if there is none, as for drawn boxes.

    ``ground`` (2, 2): metres per CRS unit; of the lattices that fit, the one whose pixels are most square there is taken.
    """
    rings = [np.asarray(ring, np.float64)[:-1] for feature in features for ring in feature.rings]
    if not rings or min(map(len, rings)) < 4:
        return None
    counts = np.array([len(ring) for ring in rings])
    start = np.r_[0, np.cumsum(counts)]
    points = np.concatenate(rings)
    owner = np.repeat(np.arange(len(features)), [len(feature.rings) for feature in features])
    shell = np.r_[True, owner[1:] != owner[:-1]]
    edges = points[following(start)] - points
    area = _pixel_area(points, start, shell, sum(feature.pixels for feature in features))
    steps = _steps(edges, float(ring_areas(points[: start[1]], start[:2])[0]), area, ground)
    if steps is None:
        return None
    origin = points[0]
    found = (points - origin) @ np.linalg.inv(steps).T
    pixel = np.rint(found)
    if np.abs(found - pixel).max() > _SLACK:
        return None
    # Counted from the upper left corner of all: ties are then broken alike wherever on earth the pixels lie.
    first = pixel.min(axis=0)
    lattice = Lattice(origin + first @ steps.T, steps)
    return lattice, Corners((pixel - first).astype(np.int64), points, start, owner, shell)


def following(start: np.ndarray) -> np.ndarray:
    """(V,) index of the next corner on the same ring."""
    after = np.arange(1, int(start[-1]) + 1)
    after[start[1:] - 1] = start[:-1]
    return after


def ring_areas(points: np.ndarray, start: np.ndarray) -> np.ndarray:
    """(R,) signed areas of open rings, each measured from its first corner so that no digits are lost."""
    local = points - np.repeat(points[start[:-1]], np.diff(start), axis=0)
    after = local[following(start)]
    areas: np.ndarray = np.add.reduceat(local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0], start[:-1]) / 2
    return areas


def _pixel_area(points: np.ndarray, start: np.ndarray, shell: np.ndarray, pixels: int) -> float:
    areas = np.abs(ring_areas(points, start))
    return float(areas[shell].sum() - areas[~shell].sum()) / max(1, pixels)


def _steps(edges: np.ndarray, signed: float, area: float, ground: np.ndarray) -> Optional[np.ndarray]:
    """Columns: right and down, as the raster has them: a shell starts along a top edge with its pixels below.

    ``signed``: area of the first shell. None if the edges have more than two directions.
    """
    length = np.hypot(edges[:, 0], edges[:, 1])
    if area <= 0 or length.min() <= 0:
        return None
    side = np.sqrt(area)
    right = edges[0] / length[0]
    across = np.abs(edges[:, 0] * right[1] - edges[:, 1] * right[0])
    along = across < 0.01 * side
    if along.all():
        return None
    longest = np.flatnonzero(~along)[np.argmax(across[~along])]
    down = edges[longest] / length[longest]
    if (np.abs(edges[~along, 0] * down[1] - edges[~along, 1] * down[0]) >= 0.01 * side).any():
        return None
    sine = right[0] * down[1] - right[1] * down[0]
    if abs(sine) < 0.01:
        return None
    families = [np.unique(np.rint(length[which] / side * 1e6)) * side / 1e6 for which in (along, ~along)]
    sides = _sides(families[0], families[1], area / abs(sine), np.hypot(*(ground @ np.stack([right, down], axis=1))))
    if sides is None:
        return None
    down = down if sine * signed > 0 else -down
    return np.stack([right * sides[0], down * sides[1]], axis=1)


def _sides(
    ones: np.ndarray, others: np.ndarray, product: float, stretch: np.ndarray
) -> Optional[Tuple[float, float]]:
    """Lengths of a pixel's sides: they divide all lengths of their family, and their product is known.

    ``stretch``: metres of a unit along each. The most square pixel that fits is taken.
    """
    square = np.sqrt(product * stretch[1] / stretch[0])
    middle = ones[0] / square
    tried = np.arange(max(1, int(middle / 8)), min(int(np.ceil(middle * 8)), int(middle) + _MOST) + 1)
    for parts in tried[np.argsort(np.abs(np.log(tried / middle)), kind="stable")].tolist():
        one = ones[0] / parts
        if _divides(one, ones) and _divides(product / one, others):
            return _refined(one, ones), _refined(product / one, others)
    return None


def _divides(step: float, lengths: np.ndarray) -> bool:
    parts = lengths / step
    return bool(np.abs(parts - np.rint(parts)).max() < _SLACK and parts.min() > 0.5)


def _refined(step: float, lengths: np.ndarray) -> float:
    return float(lengths.sum() / np.rint(lengths / step).sum())
