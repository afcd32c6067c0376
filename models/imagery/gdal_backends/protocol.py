"""What imagery needs of GDAL, and no more: plain reads, one tiled writer, coordinates. Everything else is numpy."""

from dataclasses import dataclass
from typing import Dict, Optional, Protocol, Sequence, Tuple

import numpy as np
from affine import Affine

from ..grid import Grid, Window


class GdalFailure(Exception):
    """GDAL refused a call; ``str()`` is its own message. Never leaves ``models/imagery``."""


@dataclass(frozen=True)
class BandFacts:
    """One band as the file declares it.

    ``number``: 1-based. ``dtype``: numpy name, "complex" for any complex type. ``interpretation``: lower-case colour
    name ("red", "alpha", "palette", "gray", "undefined" …). ``mask``: what says which pixels are valid: "all",
    "nodata", "alpha", "dataset" or "band". ``palette``: (N, 4) uint8 or None. ``bits``: significant bits (NBITS).
    """

    number: int
    dtype: str
    interpretation: str
    description: str
    nodata: Optional[float]
    mask: str
    palette: Optional[np.ndarray]
    bits: int


@dataclass(frozen=True)
class RasterFacts:
    """A dataset as the file declares it. ``affine`` None: no geotransform. ``overviews``: (width, height), finest
    first.

    ``block``: (height, width) of the first band's blocks. ``files``: all files whose content the pixels depend on.
    """

    width: int
    height: int
    affine: Optional[Affine]
    crs_wkt: str
    bands: Tuple[BandFacts, ...]
    overviews: Tuple[Tuple[int, int], ...]
    block: Tuple[int, int]
    tags: Dict[str, str]
    files: Tuple[str, ...]


@dataclass(frozen=True)
class CrsFacts:
    """The earth under a CRS. ``geodetic_wkt``: longitude/latitude on the same datum, in units of ``radians`` each.

    ``metres``: length of one unit of the CRS along a meridian, roughly (111 km for a degree).
    """

    geographic: bool
    semi_major: float
    inverse_flattening: float
    geodetic_wkt: str
    radians: float
    metres: float


class OpenRaster(Protocol):
    """A dataset opened for reading. One thread at a time."""

    facts: RasterFacts

    def read(self, bands: Sequence[int], window: Window, level: int) -> np.ndarray:
        """(n, h, w) in the bands' dtype. ``level``: -1 full size, 0… the overviews, in whose pixels ``window`` counts.

        Raises :class:`GdalFailure`; never prints.
        """

    def read_mask(self, band: int, window: Window, level: int) -> np.ndarray:
        """(h, w) uint8 of the band's mask, 0 = invalid."""

    def close(self) -> None:
        """Release the file."""


class TiledRaster(Protocol):
    """A tiled, compressed uint8 GeoTIFF opened for writing and reading back."""

    def write(self, window: Window, values: np.ndarray) -> None:
        """Write (bands, h, w) uint8. Raises :class:`GdalFailure` (disk full included)."""

    def read(self, window: Window) -> np.ndarray:
        """(bands, h, w) uint8."""

    def close(self) -> None:
        """Write everything out. Raises :class:`GdalFailure` if that fails."""


class Gdal(Protocol):
    """The two ways to reach GDAL, with one meaning."""

    name: str

    def open(self, path: str) -> OpenRaster:
        """Open for reading. Raises :class:`GdalFailure`."""

    def create(self, path: str, grid: Grid, labels: Sequence[str], nodata: int, tags: Dict[str, str]) -> TiledRaster:
        """Create a GeoTIFF with 256 px tiles, one uint8 band per label."""

    def reopen(self, path: str) -> TiledRaster:
        """Open what :meth:`create` wrote, for reading only."""

    def transform(self, points: np.ndarray, from_wkt: str, to_wkt: str) -> np.ndarray:
        """(N, 2) → (N, 2) float64, x = east or longitude in both; inf where undefined."""

    def crs(self, wkt: str) -> Optional[CrsFacts]:
        """None for an empty, local or unreadable CRS."""

    def same_crs(self, one: str, other: str) -> bool:
        """True if coordinates mean the same in both."""

    def wkt(self, text: str) -> str:
        """WKT of "EPSG:32632" or of any WKT; raises :class:`GdalFailure`."""
