"""A classified raster on another grid: codes and colours of a legend are picked, never averaged."""

from typing import Optional, Tuple

import numpy as np

from .geo_image import GeoImage
from .grid import Window
from .regrid import Regridded

#: Rows of the target that are read together: what lies under them is held in memory at the source's own resolution.
_ROWS = 32


class Nearest(Regridded):
    """See :class:`RasterSource`. A pixel has the value of the source pixel in which its centre lies."""

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """Pixels outside the source are invalid; of two source pixels that meet in a centre the lower right one counts."""
        shape = out_shape or (window.height, window.width)
        target = self.grid.part(window, shape)
        x, y = self._places(target)
        # Centres that lie on an edge to within rounding are taken as on it.
        cols, rows = np.floor(x + 1e-6).astype(np.int64), np.floor(y + 1e-6).astype(np.int64)
        grid = self.source.grid
        on = (cols >= 0) & (cols < grid.width) & (rows >= 0) & (rows < grid.height)
        pixels: Optional[np.ndarray] = None
        valid = np.zeros(shape, bool)
        unreadable = 0
        for top in range(0, shape[0], _ROWS):
            part = slice(top, min(top + _ROWS, shape[0]))
            here = on[part]
            if not here.any():
                continue
            c, r = cols[part][here], rows[part][here]
            image = self.source.read(Window(int(c.min()), int(r.min()), int(np.ptp(c)) + 1, int(np.ptp(r)) + 1))
            if pixels is None:
                pixels = np.zeros((len(image.pixels), *shape), image.pixels.dtype)
            pixels[:, part][:, here] = image.pixels[:, r - r.min(), c - c.min()]
            valid[part][here] = image.valid[r - r.min(), c - c.min()]
            unreadable += image.unreadable
        if pixels is None:
            return self._nothing(target)
        return GeoImage(pixels, valid, target, min(unreadable, valid.size))
