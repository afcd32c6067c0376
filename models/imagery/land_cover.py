"""What a user knows of the ground at one date, on whatever grid it is asked for."""

from typing import Protocol

import numpy as np

from .grid import Grid, Window

#: Where nothing is told.
UNTOLD = -1


class OpenLandCover(Protocol):
    """Land cover on a grid. One thread."""

    def read(self, window: Window) -> np.ndarray:
        """(h, w) int8 indices of ``legend.COVERS``, ``UNTOLD`` where nothing is known; ``window`` lies within the grid."""

    def close(self) -> None:
        """Release what was opened."""


class LandCover(Protocol):
    """What a user knows of the ground at one date. ``name``: as a report says it."""

    name: str

    def fingerprint(self) -> str:
        """Changes with what it tells."""

    def on(self, grid: Grid) -> OpenLandCover:
        """Open it on ``grid``, on the thread that reads. Raises RasterUnreadable."""
