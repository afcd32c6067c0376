"""One window of imagery in memory: the type that crosses from the reader to everything else."""

from dataclasses import dataclass

import numpy as np

from .grid import Grid


@dataclass(frozen=True)
class GeoImage:
    """Pixels with their validity and place.

    ``pixels``: (bands, H, W) in the source's own dtype. ``valid``: (H, W) bool; False for nodata, alpha 0, NaN, ±Inf,
    and outside the raster. ``grid``: H × W grid of these pixels. ``unreadable``: pixels asked for that the source
    failed to deliver (a broken strip, a failed web request); they are False in ``valid`` too, and must be reported.
    """

    pixels: np.ndarray
    valid: np.ndarray
    grid: Grid
    unreadable: int = 0

    def __post_init__(self) -> None:
        shape = (self.grid.height, self.grid.width)
        if self.pixels.ndim != 3 or self.pixels.shape[1:] != shape or self.valid.shape != shape:
            raise ValueError(f"pixels {self.pixels.shape} and valid {self.valid.shape} do not fit the grid {shape}")
