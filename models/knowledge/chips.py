"""Pictures of features, cut out of one raster: the feature in the middle half, its surroundings around it."""

import hashlib
from typing import Optional, Tuple

import numpy as np

from ..errors import NothingToAnalyse, RasterUnreadable
from ..imagery.geodesy import transform_points
from ..imagery.grid import Window
from ..imagery.source import RasterSource
from ..imagery.stretch import Stretch, measure_stretch
from .material import Box

#: Sides of a feature that its chip shows.
CONTEXT = 2.0
#: Native pixels a side of a chip at least: fewer show nothing.
SMALLEST = 96


class RasterChips:
    """``material.Chips`` over an open source. One thread, the one that opened the source."""

    def __init__(
        self, source: RasterSource, side: int, stretch: Optional[Stretch] = None, context: float = CONTEXT
    ) -> None:
        """``side``: pixels a side that the embedder reads; ``context``: sides of a box that are shown.
        Raises what ``measure_stretch`` raises."""
        self._source, self._side, self._context = source, side, context
        self._stretch = stretch or measure_stretch(source)
        told = f"{source.fingerprint()} {self._stretch.to_json()} {side} {context} {SMALLEST}"
        self.fingerprint = hashlib.sha256(told.encode()).hexdigest()

    def cut(self, box: Box, crs_wkt: str) -> Optional[Tuple[np.ndarray, Optional[float]]]:
        """See :class:`material.Chips`; None too where more than half of it has no valid pixels."""
        window = window_of(self._source, box, crs_wkt, self._context)
        if window is None:
            return None
        try:
            image = self._source.read(window, (self._side, self._side))
        except (RasterUnreadable, NothingToAnalyse):
            return None
        if image.valid.mean() < 0.5:
            return None
        native = self._source.gsd
        return self._stretch.apply(image), None if native is None else native * window.width / self._side


def window_of(source: RasterSource, box: Box, crs_wkt: str, context: float = CONTEXT) -> Optional[Window]:
    """The square of pixels around a box, None where it misses the raster or has no place in its CRS."""
    x0, y0, x1, y1 = box
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float64)
    grid = source.grid
    if crs_wkt and grid.crs_wkt:
        try:
            corners = transform_points(corners, crs_wkt, grid.crs_wkt)
        except ValueError:
            return None
    if not np.isfinite(corners).all():
        return None
    away = ~grid.affine
    pixels = np.array([away * (float(x), float(y)) for x, y in corners])
    (left, top), (right, low) = pixels.min(0), pixels.max(0)
    if right < 0 or low < 0 or left > grid.width or top > grid.height:
        return None
    side = int(max(SMALLEST, round(context * max(right - left, low - top))))
    middle = (left + right) / 2, (top + low) / 2
    return Window(int(round(middle[0] - side / 2)), int(round(middle[1] - side / 2)), side, side)
