"""Sizes on the ellipsoid: ground sample distance and areas, on the CRS's own ellipsoid, never the project's."""

from typing import List, Optional, Sequence, Tuple

import numpy as np

from .gdal_backends import gdal
from .gdal_backends.protocol import CrsFacts, GdalFailure
from .grid import Grid

#: Edges longer than this are divided before they are carried to the ellipsoid: a straight line of the CRS is none
#: there, and the error of a chord grows with (length / earth radius)²: 1e-8 of the area at 2 km.
EDGE_METRES = 2000.0
#: The same near a pole, where a short edge may turn through many degrees of longitude.
EDGE_RADIANS = 0.002


def transform_points(points: np.ndarray, from_wkt: str, to_wkt: str) -> np.ndarray:
    """(N, 2) float64 from one CRS to another; x is east or longitude in both, whatever the authority's axis order.

    Any thread. Points outside the CRS's domain come back as inf. Raises ``ValueError`` for an unknown CRS.
    """
    points = np.asarray(points, np.float64).reshape(-1, 2)
    if len(points) == 0 or from_wkt == to_wkt:
        return points.copy()
    try:
        return gdal().transform(points, from_wkt, to_wkt)
    except GdalFailure as error:
        raise ValueError(str(error)) from error


def same_crs(one: str, other: str) -> bool:
    """True if coordinates mean the same in both CRS, however they are written; two unknown CRS are not the same."""
    return bool(one) and bool(other) and gdal().same_crs(one, other)


def _earth(crs_wkt: str) -> Optional[CrsFacts]:
    facts = gdal().crs(crs_wkt) if crs_wkt else None
    return facts if facts is not None and 6.3e6 < facts.semi_major < 6.5e6 else None


def ground_sample_distance(grid: Grid) -> Optional[float]:
    """Metres: square root of the ellipsoidal area of the grid's centre pixel. None without an earth CRS."""
    centre = np.array([[grid.width / 2, grid.height / 2]])
    areas = pixel_areas_m2(grid, centre)
    if areas is None or not np.isfinite(areas[0]):
        return None
    return float(np.sqrt(areas[0]))


def pixel_areas_m2(grid: Grid, places: np.ndarray) -> Optional[np.ndarray]:
    """Ellipsoidal area of one pixel around each of ``places`` (N, 2) = (col, row); (N,) float64, None without CRS.

    Taken from a square of pixels at least 20 m wide: at 0.1 m the rounding of a degree would show.
    """
    facts = _earth(grid.crs_wkt)
    if facts is None or len(places) == 0:
        return None if facts is None else np.zeros(0)
    side = np.sqrt(grid.pixel_area) * facts.metres
    half = max(1.0, 20.0 / side) / 2 if side > 0 else 0.5
    square = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    corners = (places[:, None, :] + square).reshape(-1, 2)
    counts = np.full(len(places), 4)
    return np.abs(_ring_areas(_to_crs(grid, corners), counts, grid.crs_wkt, facts)) / (2 * half) ** 2


def _to_crs(grid: Grid, places: np.ndarray) -> np.ndarray:
    a, b, c, d, e, f = tuple(grid.affine)[:6]
    col, row = places[:, 0], places[:, 1]
    return np.stack([a * col + b * row + c, d * col + e * row + f], axis=1)


def area_m2(rings: Sequence[np.ndarray], crs_wkt: str) -> Optional[float]:
    """Ellipsoidal area in m² of one polygon (shell, then holes; (N, 2) in CRS units, edges straight in the CRS).

    On the CRS's own ellipsoid. None without CRS, for an engineering or a non-earth CRS, or outside the CRS's domain.
    """
    found = float(areas_m2([rings], crs_wkt)[0])
    return found if np.isfinite(found) else None


def areas_m2(polygons: Sequence[Sequence[np.ndarray]], crs_wkt: str) -> np.ndarray:
    """:func:`area_m2` of many polygons at once: (N,) float64, NaN where there is none."""
    out = np.full(len(polygons), np.nan)
    facts = _earth(crs_wkt)
    rings = [_open(ring) for polygon in polygons for ring in polygon]
    if facts is None or not rings:
        return out
    of_ring = np.repeat(np.arange(len(polygons)), [len(p) for p in polygons])
    shell = np.r_[True, of_ring[1:] != of_ring[:-1]]
    counts = np.array([len(r) for r in rings])
    areas = np.abs(_ring_areas(np.concatenate(rings), counts, crs_wkt, facts)) * np.where(shell, 1.0, -1.0)
    sums = np.bincount(of_ring, areas, minlength=len(polygons))
    sums[np.bincount(of_ring, minlength=len(polygons)) == 0] = np.nan
    return sums


def _open(ring: np.ndarray) -> np.ndarray:
    ring = np.asarray(ring, np.float64).reshape(-1, 2)
    return ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring


def _ring_areas(points: np.ndarray, counts: np.ndarray, crs_wkt: str, facts: CrsFacts) -> np.ndarray:
    """Signed areas of open rings that lie one after the other in ``points``: ½a² ∮ q dλ (Snyder 1987, eq. 3-12)."""
    step = points[_following(counts)] - points
    with np.errstate(invalid="ignore"):
        length = np.hypot(step[:, 0], step[:, 1]) * facts.metres
    points, counts = _divide(points, counts, length / EDGE_METRES)
    lam, phi = _radians(points, crs_wkt, facts)
    following = _following(counts)
    turn = _short_way(lam[following] - lam)
    if not facts.geographic and np.nanmax(np.abs(turn), initial=0) > 2 * EDGE_RADIANS:  # near a pole
        points, counts = _divide(points, counts, np.abs(turn) / EDGE_RADIANS)
        lam, phi = _radians(points, crs_wkt, facts)
        following = _following(counts)
    first = np.r_[0, np.cumsum(counts)[:-1]]
    with np.errstate(invalid="ignore"):
        q = _authalic(np.clip(phi, -np.pi / 2, np.pi / 2), facts.inverse_flattening)
        dlam = _short_way(lam[following] - lam)
        turns = np.add.reduceat(dlam, first)
        # Measured from the ring's first vertex, small rings keep their digits; a ring around a pole from that pole.
        pole = np.copysign(_authalic(np.array([np.pi / 2]), facts.inverse_flattening)[0], q[first])
        base = np.repeat(np.where(np.abs(turns) > np.pi, pole, q[first]), counts)
        areas = np.add.reduceat(((q - base) + (q[following] - base)) / 2 * dlam, first)
    return 0.5 * facts.semi_major**2 * areas


def _following(counts: np.ndarray) -> np.ndarray:
    """Index of the next point on the same ring."""
    ends = np.cumsum(counts)
    following = np.arange(1, int(ends[-1]) + 1)
    following[ends - 1] = ends - counts
    return following


def _radians(points: np.ndarray, crs_wkt: str, facts: CrsFacts) -> Tuple[np.ndarray, np.ndarray]:
    lonlat = points if facts.geographic else transform_points(points, crs_wkt, facts.geodetic_wkt)
    return lonlat[:, 0] * facts.radians, lonlat[:, 1] * facts.radians


def _short_way(turn: np.ndarray) -> np.ndarray:
    """Differences of longitude across the antimeridian, not around the earth."""
    with np.errstate(invalid="ignore"):
        short: np.ndarray = np.remainder(turn + np.pi, 2 * np.pi) - np.pi
    return short


def _divide(points: np.ndarray, counts: np.ndarray, parts: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Divide each edge, from its point to the next, into at least ``parts`` pieces (at most 256)."""
    pieces = np.clip(np.ceil(np.nan_to_num(parts, nan=1.0, posinf=1.0)), 1, 256).astype(np.int64)
    if (pieces == 1).all():
        return points, counts
    step = points[_following(counts)] - points
    source = np.repeat(np.arange(len(points)), pieces)
    place = np.arange(len(source)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    dense = points[source] + step[source] * (place / pieces[source])[:, None]
    return dense, np.add.reduceat(pieces, np.cumsum(counts) - counts)


def _authalic(phi: np.ndarray, inverse_flattening: float) -> np.ndarray:
    """Snyder's q: ½a²q is the area between the equator and ``phi`` per radian of longitude."""
    sine = np.sin(phi)
    if inverse_flattening == 0:  # a sphere, by convention of WKT
        return 2 * sine
    flattening = 1 / inverse_flattening
    square = flattening * (2 - flattening)
    e = np.sqrt(square)
    out: np.ndarray = (1 - square) * (sine / (1 - square * sine**2) + np.arctanh(e * sine) / e)
    return out


def outline(grid: Grid, divisions: int = 16) -> np.ndarray:
    """The grid's outer edge as an open ring of (4 × divisions, 2) points in CRS units."""
    steps = np.linspace(0, 1, divisions, endpoint=False)
    corners: List[Tuple[float, float]] = [(0, 0), (grid.width, 0), (grid.width, grid.height), (0, grid.height)]
    sides = [
        np.array(start) + steps[:, None] * (np.array(end) - np.array(start))
        for start, end in zip(corners, corners[1:] + corners[:1])
    ]
    return _to_crs(grid, np.concatenate(sides))
