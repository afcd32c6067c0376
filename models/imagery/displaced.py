"""A source that is taken to lie a little beside where its georeference says."""

import hashlib
from typing import Optional, Tuple

import numpy as np
from affine import Affine

from .geo_image import GeoImage
from .geodesy import same_crs, transform_points
from .grid import Grid, Window
from .source import AcquisitionTime, Band, RasterSource


def displaced(source: RasterSource, frame: Grid, right: float, down: float) -> RasterSource:
    """``source`` moved by pixels of ``frame``, whatever its own CRS: exact in that of ``frame``, in another one as at the
    middle of ``frame``, which for a few pixels is the same."""
    step = frame.affine.a * right + frame.affine.b * down, frame.affine.d * right + frame.affine.e * down
    own = source.grid
    if own.crs_wkt != frame.crs_wkt and not same_crs(own.crs_wkt, frame.crs_wkt):
        middle = frame.affine * (frame.width / 2, frame.height / 2)
        places = np.array([middle, (middle[0] + step[0], middle[1] + step[1])])
        here, there = transform_points(places, frame.crs_wkt, own.crs_wkt)
        step = float(there[0] - here[0]), float(there[1] - here[1])
    return Displaced(source, Grid(own.width, own.height, Affine.translation(*step) * own.affine, own.crs_wkt))


class Displaced:
    """See :class:`RasterSource`: the same pixels on another grid of the same size."""

    def __init__(self, source: RasterSource, grid: Grid) -> None:
        self.source, self.grid = source, grid
        self.name: str = source.name
        self.bands: Tuple[Band, ...] = source.bands
        self.time: Optional[AcquisitionTime] = source.time

    @property
    def gsd(self) -> Optional[float]:
        """The source's own."""
        return self.source.gsd

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """See :class:`RasterSource`."""
        image = self.source.read(window, out_shape)
        return GeoImage(image.pixels, image.valid, self.grid.part(window, image.valid.shape), image.unreadable)

    def native_pixels(self, window: Window, out_shape: Tuple[int, int]) -> int:
        """As of :class:`GdalSource`; 0 if the source cannot say."""
        cost = getattr(self.source, "native_pixels", None)
        return 0 if cost is None else int(cost(window, out_shape))

    def fingerprint(self) -> str:
        """The source's, and the grid's."""
        return hashlib.sha256(f"{self.source.fingerprint()}|{self.grid}".encode()).hexdigest()

    def close(self) -> None:
        """Release the source."""
        self.source.close()
