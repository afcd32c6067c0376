"""One look at a whole region: what the decoder of language and the retrieval read of a view."""

from dataclasses import dataclass
from typing import Any, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import View
from ..errors import NothingToAnalyse, RasterUnreadable
from ..imagery.grid import Window
from ..imagery.regions import region_window
from ..imagery.stretch import Stretch
from ..sharing.priority_lock import PriorityLock

#: Pixels a side of what is looked at: 8 × 8 image tokens, one for each 32 × 32 px.
SIDE = 256
#: Native pixels a side that are read at least, where the raster has them; less, enlarged to SIDE, would show nothing.
SMALLEST = 64


@dataclass(frozen=True)
class Glance:
    """``grid``: (544, 8, 8) float32, the encoder's deepest features beside its averaged pyramid; ``scenes``: (31,)
    float32 logits. ``seen``: (8, 8) bool, cells of which at least half shows valid pixels. ``key``: equal for equal pixels,
    place and model.
    """

    key: str
    grid: np.ndarray
    scenes: np.ndarray
    seen: np.ndarray

    @property
    def tokens(self) -> np.ndarray:
        """(64, 544) float32 image tokens, row by row from the upper left."""
        return np.ascontiguousarray(self.grid.reshape(len(self.grid), -1).T)


@dataclass(frozen=True)
class GlanceFrame:
    """``window``: native pixels; ``shape``: (rows, columns) they are resampled to, the longer one SIDE; ``gsd``: metres
    a resampled pixel, None unknown.
    """

    window: Window
    shape: Tuple[int, int]
    gsd: Optional[float]

    @classmethod
    def of(cls, view: View) -> "GlanceFrame":
        """The region of ``view``, or its whole raster. Raises NothingToAnalyse if the region misses the raster."""
        grid, native = view.source.grid, view.source.gsd
        asked = region_window(view.region, grid)
        if asked.empty:
            raise NothingToAnalyse(view.source.name)
        col, width = _widened(asked.col, asked.width, grid.width)
        row, height = _widened(asked.row, asked.height, grid.height)
        scale = max(width, height) / SIDE
        shape = max(1, round(height / scale)), max(1, round(width / scale))
        return cls(Window(col, row, width, height), shape, None if native is None else native * scale)


def look(
    nano: Any, view: View, frame: GlanceFrame, stretch: Stretch, key: str, turn: PriorityLock, interactive: bool,
    cancel: Optional[CancelToken],
) -> Glance:
    """``view`` once through the encoder, in the upper left of SIDE × SIDE px that are black beyond ``frame``.

    Raises NothingToAnalyse (no valid pixel), RasterUnreadable (no pixel could be read), Cancelled.
    """
    if cancel is not None:
        cancel.raise_if_cancelled()
    image = view.source.read(frame.window, frame.shape)
    if not image.valid.any():
        if image.unreadable:
            raise RasterUnreadable(view.source.name, "the file is damaged or its server does not answer", 1.0)
        raise NothingToAnalyse(view.source.name)
    rgb, valid = np.zeros((1, 3, SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE), bool)
    rgb[0, :, :frame.shape[0], :frame.shape[1]] = stretch.apply(image)
    valid[:frame.shape[0], :frame.shape[1]] = image.valid
    with turn.hold(interactive, cancel):
        seen = nano.see(rgb, frame.gsd, cancel)
    grid = np.asarray(seen.grid[0], np.float32)
    cells = valid.reshape(grid.shape[1], SIDE // grid.shape[1], grid.shape[2], -1).mean((1, 3)) >= 0.5
    return Glance(key, grid, np.asarray(seen.scenes[0], np.float32), cells)


def _widened(start: int, length: int, limit: int) -> Tuple[int, int]:
    """First pixel and length of a span, made SMALLEST long around its middle where the raster has so many."""
    wanted = max(length, min(SMALLEST, limit))
    return max(0, min(start - (wanted - length) // 2, limit - wanted)), wanted
