"""Ellipsoidal areas from pyproj, which share no formula with the code under test."""

import numpy as np
import pytest

pyproj = pytest.importorskip("pyproj", reason="pyproj is the independent reference (apt: python3-pyproj)")


def square(x, y, side, angle=0.0):
    turn = np.deg2rad(angle)
    ring = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * side
    return ring @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + (x, y)


def reference(ring, crs):
    """Ellipsoidal m² of a square: by the CRS's scale at its centre where it is small, by geodesics where it is large.

    Geodesics alone would not do: each of their edges is summed up from the equator, which leaves 1e-5 m² of rounding.
    """
    crs = pyproj.CRS.from_user_input(crs)
    metres = 111e3 if crs.is_geographic else 1.0
    to_lonlat = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    if np.ptp(ring[:, 0]) * metres < 500:
        return small(ring, crs.get_geod(), to_lonlat, 50.0 / metres)
    # Enough pieces to follow the CRS, few enough that the rounding of so many short geodesics does not add up.
    pieces = int(np.clip(np.ptp(ring[:, 0]) * metres / 200, 1, 2000))
    dense = np.concatenate([np.linspace(a, b, pieces, endpoint=False) for a, b in zip(ring, ring[1:])])
    return abs(crs.get_geod().polygon_area_perimeter(*to_lonlat.transform(*dense.T))[0])


def small(ring, geod, to_lonlat, step):
    """Plane area × |∂(λ, φ)/∂(x, y)| × M N cos φ, the derivatives by central differences of ``step``."""
    centre = ring[:-1].mean(axis=0)
    lam, phi = np.deg2rad(to_lonlat.transform(*(centre + step * np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (0, 0)])).T))
    turned = ((lam[0] - lam[1]) * (phi[2] - phi[3]) - (lam[2] - lam[3]) * (phi[0] - phi[1])) / (2 * step) ** 2
    ground = geod.a**2 * (1 - geod.es) * np.cos(phi[4]) / (1 - geod.es * np.sin(phi[4]) ** 2) ** 2
    x, y = (ring[:-1] - centre).T
    plane = np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2
    return abs(plane * turned * ground)
