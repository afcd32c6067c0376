"""Which pixels a view is analysed on: its window with context, at the model's scale, on the source's own lattice."""

import math
from dataclasses import dataclass
from typing import Optional, Tuple

from ..conversation import View
from ..imagery.geo_image import GeoImage
from ..imagery.grid import Grid, Window
from ..imagery.regions import region_window
from ..imagery.source import RasterSource

#: Working pixels around a region that the model sees as context.
CONTEXT = 32


@dataclass(frozen=True)
class WorkingFrame:
    """``window``: native pixels (may end a few pixels beyond the raster); ``factor``: native pixels a working one.

    ``gsd``: metres a working pixel. ``grid``: the working pixels.
    """

    window: Window
    factor: int
    gsd: Optional[float]
    grid: Grid

    @classmethod
    def of(
        cls, view: View, tile: int, gsd_range: Tuple[float, float], working_gsd: Optional[float] = None
    ) -> "WorkingFrame":
        """Native pixels where they lie in ``gsd_range`` or are coarser; whole-number averages of them where finer.

        ``working_gsd``: metres wanted instead. The window is empty if the region misses the raster.
        """
        grid, native = view.source.grid, view.source.gsd
        wanted = gsd_range[0] if working_gsd is None else working_gsd
        factor = 1
        if native:
            factor = max(1, math.ceil(wanted / native - 1e-6) if working_gsd is None else round(wanted / native))
        factor = min(factor, max(1, min(grid.width, grid.height)))
        asked = region_window(view.region, grid)
        if asked.empty:
            return cls(asked, factor, native, grid.part(Window(0, 0, 1, 1), (1, 1)))
        left, right = _widened(asked.col, asked.width, grid.width, tile, factor)
        top, bottom = _widened(asked.row, asked.height, grid.height, tile, factor)
        window = Window(left, top, right - left, bottom - top)
        part = grid.part(window, (window.height // factor, window.width // factor))
        return cls(window, factor, None if native is None else native * factor, part)


def _widened(start: int, length: int, limit: int, tile: int, factor: int) -> Tuple[int, int]:
    """A span with context, at least a tile where the raster allows it, that starts and ends on multiples of ``factor``."""
    missing = max(2 * CONTEXT * factor, tile * factor - length)
    low = max(0, start - missing // 2)
    high = min(limit, max(start + length + missing // 2, low + tile * factor))
    low = max(0, min(low, high - tile * factor))
    low -= low % factor
    return low, low + -(-(high - low) // factor) * factor


class FramedSource:
    """A source seen through a :class:`WorkingFrame`: its window, averaged down. Reads as the source does."""

    def __init__(self, source: RasterSource, frame: WorkingFrame) -> None:
        self._source, self._frame = source, frame
        self.name, self.bands, self.time = source.name, source.bands, source.time
        self.grid = frame.grid

    @property
    def gsd(self) -> Optional[float]:
        """Metres a working pixel."""
        return self._frame.gsd

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """See :class:`RasterSource`; ``window`` in working pixels."""
        frame = self._frame
        native = Window(
            frame.window.col + window.col * frame.factor, frame.window.row + window.row * frame.factor,
            window.width * frame.factor, window.height * frame.factor,
        )
        return self._source.read(native, out_shape or (window.height, window.width))

    def fingerprint(self) -> str:
        """The source's own."""
        return self._source.fingerprint()

    def close(self) -> None:
        """Release the source."""
        self._source.close()
