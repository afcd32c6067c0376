"""A source with the extra nodata values of the layer properties laid over it."""

from typing import Optional, Tuple

import numpy as np

from ...models.imagery.geo_image import GeoImage
from ...models.imagery.grid import Window
from ...models.imagery.source import AcquisitionTime, Band, RasterSource
from .averaging import average
from .layer_pixels import NodataRange

#: A coarse read is made from at most this many fine pixels per output pixel and direction.
FINEST = 8


class UserNodata:
    """Another :class:`RasterSource` in which pixels inside ``ranges`` are invalid. Thread: as the inner source."""

    def __init__(self, inner: RasterSource, ranges: Tuple[NodataRange, ...]) -> None:
        self._inner, self._ranges = inner, ranges
        self.name = inner.name
        self.grid = inner.grid
        self.bands: Tuple[Band, ...] = inner.bands
        self.time: Optional[AcquisitionTime] = inner.time

    @property
    def gsd(self) -> Optional[float]:
        """As the inner source."""
        return self._inner.gsd

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """As the inner source; averages leave out the pixels the user declared empty."""
        shape = out_shape or (window.height, window.width)
        fine = (
            shape[0] * max(1, min(FINEST, window.height // max(1, shape[0]))),
            shape[1] * max(1, min(FINEST, window.width // max(1, shape[1]))),
        )
        image = self._inner.read(window, fine)
        valid = image.valid & ~self._empty(image.pixels)
        if fine == shape:
            return GeoImage(image.pixels, valid, image.grid, image.unreadable)
        pixels, valid = average(image.pixels, valid, shape)
        share = (shape[0] * shape[1]) / (fine[0] * fine[1])
        unreadable = int(np.ceil(image.unreadable * share))
        return GeoImage(pixels, valid, self.grid.part(window, shape), unreadable)

    def _empty(self, pixels: np.ndarray) -> np.ndarray:
        """(H, W) bool: True where any delivered band holds a value declared empty for it."""
        empty = np.zeros(pixels.shape[1:], dtype=bool)
        for place, band in enumerate(self.bands):
            for entry in self._ranges:
                if entry.band != band.number:
                    continue
                values = pixels[place]
                above = values >= entry.low if entry.closed[0] else values > entry.low
                below = values <= entry.high if entry.closed[1] else values < entry.high
                empty |= above & below
        return empty

    def fingerprint(self) -> str:
        """That of the inner source with the ranges."""
        return f"{self._inner.fingerprint()}:nodata{self._ranges!r}"

    def close(self) -> None:
        """Close the inner source."""
        self._inner.close()
