"""The ground area of a pixel anywhere on a grid: ellipsoidal, or from a given ground sample distance."""

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..imagery.geodesy import pixel_areas_m2
from ..imagery.grid import Grid

_NODES = 5


@dataclass(frozen=True)
class PixelArea:
    """m² of one pixel. ``constant``: the same everywhere, for images whose scale is only given; None: ellipsoidal."""

    grid: Grid
    constant: Optional[float] = None

    @classmethod
    def of(cls, grid: Grid, gsd: Optional[float]) -> Optional["PixelArea"]:
        """On the ellipsoid of the grid's CRS, else ``gsd``² (metres); None if the scale is unknown altogether."""
        centre = pixel_areas_m2(grid, np.array([[grid.width / 2, grid.height / 2]]))
        if centre is not None and np.isfinite(centre[0]):
            return cls(grid)
        return None if gsd is None else cls(grid, gsd**2)

    def at(self, cols: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """(N,) float64 m² of the pixels around positions ``cols``, ``rows`` (pixel corners' coordinates)."""
        if self.constant is not None:
            return np.full(len(cols), self.constant)
        areas = pixel_areas_m2(self.grid, np.stack([np.asarray(cols, float), np.asarray(rows, float)], axis=1))
        return np.zeros(0) if areas is None else areas

    @property
    def mean(self) -> float:
        """Mean m² over the grid."""
        cols, rows = np.meshgrid(*(
            (np.arange(_NODES) + 0.5) / _NODES * side for side in (self.grid.width, self.grid.height)
        ))
        return float(self.at(cols.ravel(), rows.ravel()).mean())
