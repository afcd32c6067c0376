"""What every reader of pixels offers. Implementations: GDAL files here, the rendered canvas in ``plugin/core``."""

from dataclasses import dataclass
from typing import Optional, Protocol, Tuple

from .geo_image import GeoImage
from .grid import Grid, Window


@dataclass(frozen=True)
class Band:
    """One band that :meth:`RasterSource.read` delivers.

    ``number``: 1-based in the file; 0 for a rendered channel. ``role``: "red", "green", "blue", "nir", "gray", "other".
    """

    number: int
    role: str
    name: str = ""


@dataclass(frozen=True)
class AcquisitionTime:
    """When the image was taken: ISO 8601 text and where that was found ("layer", "tags", "file name", "user")."""

    iso: str
    basis: str


class RasterSource(Protocol):
    """A raster that can be read window by window. Any one thread at a time; open it on the thread that reads."""

    name: str
    grid: Grid
    bands: Tuple[Band, ...]
    time: Optional[AcquisitionTime]

    @property
    def gsd(self) -> Optional[float]:
        """Ground sample distance in metres on the ellipsoid at the grid's centre; None without CRS."""

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """The ``bands`` of ``window``; resampled to ``out_shape`` (height, width) if given, averaging when coarser.

        Pixels outside the grid are invalid. Raises ``RasterUnreadable`` only if nothing can be read at all.
        """

    def fingerprint(self) -> str:
        """Changes whenever the pixels may have changed; the key of every cache."""

    def close(self) -> None:
        """Release the file."""
