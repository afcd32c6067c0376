"""Metres around one place of a CRS: what right angles and widths are measured in."""

from typing import Optional

import numpy as np

from ..imagery.gdal_backends import gdal
from ..imagery.geodesy import transform_points


def metres_per_unit(crs_wkt: str, place: np.ndarray) -> Optional[np.ndarray]:
    """(2, 2): (east, north) metres on the ellipsoid per unit of the CRS at ``place`` (2,). None without an earth CRS."""
    facts = gdal().crs(crs_wkt) if crs_wkt else None
    if facts is None or not 6.3e6 < facts.semi_major < 6.5e6:
        return None
    # Ten metres to either side: enough digits, and straight to 1e-6.
    step = 10.0 / facts.metres
    around = place + step * np.array([[-1.0, 0.0], [1.0, 0.0], [0.0, -1.0], [0.0, 1.0]])
    lonlat = around if facts.geographic else transform_points(around, crs_wkt, facts.geodetic_wkt)
    if not np.isfinite(lonlat).all():
        return None
    turn = lonlat * facts.radians
    flattening = 1 / facts.inverse_flattening if facts.inverse_flattening else 0.0
    square = flattening * (2 - flattening)
    latitude = turn[:, 1].mean()
    bend = 1 - square * np.sin(latitude) ** 2
    # Radii of the parallel and of the meridian (Snyder 1987, eq. 4-18 to 4-20).
    east = facts.semi_major / np.sqrt(bend) * np.cos(latitude)
    north = facts.semi_major * (1 - square) / bend**1.5
    moved = np.stack([turn[1] - turn[0], turn[3] - turn[2]], axis=1) / (2 * step)
    moved[0] = (np.remainder(moved[0] * 2 * step + np.pi, 2 * np.pi) - np.pi) / (2 * step)
    metres: np.ndarray = moved * np.array([[east], [north]])
    return metres
