"""A look: one window of a raster as an engine saw it, with what is needed to put its masks back onto the ground."""

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..errors import NothingToAnalyse, PromptOutside
from ..imagery.grid import Grid
from ..imagery.source import RasterSource
from ..imagery.stretch import Stretch, measure_stretch
from .embedding_cache import EmbeddingCache, embedding_key
from .engine import Box, Embedding, MaskEngine
from .look_frame import LookFrame, base_factor, frame_for
from .pointing_session import Step, bounds_of


@dataclass(frozen=True)
class Opened:
    """What is known of a raster once it was opened. ``gsd``: metres a pixel. ``time``: ISO 8601, "" if unknown."""

    name: str
    grid: Grid
    gsd: Optional[float]
    time: str
    fingerprint: str
    stretch: Stretch

    @classmethod
    def of(cls, source: RasterSource, cancel: Optional[CancelToken] = None) -> "Opened":
        """Measures the stretch. The thread of ``source``. Raises NothingToAnalyse, RasterUnreadable, Cancelled."""
        time = "" if source.time is None else source.time.iso
        return cls(source.name, source.grid, source.gsd, time, source.fingerprint(), measure_stretch(source, cancel))

    def bounds(self, steps: Tuple[Step, ...]) -> Box:
        """Around the steps, in pixels. Raises PromptOutside if one of their clicks, or all of a box, lies off the raster."""
        for step in steps:
            x0, y0, x1, y1 = bounds_of((step,), self.grid)
            if x1 < 0 or y1 < 0 or x0 >= self.grid.width or y0 >= self.grid.height:
                raise PromptOutside(self.name, False)
        x0, y0, x1, y1 = bounds_of(steps, self.grid)
        width, height = float(self.grid.width), float(self.grid.height)
        return max(0.0, x0), max(0.0, y0), min(width, x1), min(height, y1)

    def factor(self, engine: MaskEngine, screen: float) -> int:
        """See :func:`base_factor`; ``screen``: CRS units a pixel of the screen."""
        across = screen / float(np.sqrt(self.grid.pixel_area)) if self.grid.pixel_area > 0 else 1.0
        return base_factor(engine.side, self.gsd, getattr(engine, "gsd_range", None), across)

    def frame(self, engine: MaskEngine, factor: int, steps: Tuple[Step, ...]) -> LookFrame:
        """The window to look at for ``steps``."""
        return frame_for(self.grid, engine.side, factor, self.bounds(steps))


@dataclass(frozen=True)
class Look:
    """``seen`` of ``frame``. ``valid`` (H, W) bool: the pixels that there are. ``grid``: the pixels of the look."""

    frame: LookFrame
    grid: Grid
    valid: np.ndarray
    seen: Embedding


def look(
    source: RasterSource, opened: Opened, frame: LookFrame, engine: MaskEngine, cancel: Optional[CancelToken] = None,
    kept: Optional[EmbeddingCache] = None,
) -> Look:
    """Read ``frame`` and let ``engine`` look at it, unless ``kept`` knows what it saw: the slow half. The thread of ``source``.

    Raises NothingToAnalyse (no valid pixel), RasterUnreadable, Cancelled, and what the engine raises.
    """
    shape = frame.side, frame.side
    image = source.read(frame.window, shape)
    if not image.valid.any():
        raise NothingToAnalyse(source.name)
    key = embedding_key(opened.fingerprint, frame.window, shape, engine.digest)
    seen = None if kept is None else kept.get(key)
    if seen is None:
        gsd = None if opened.gsd is None else opened.gsd * frame.factor
        seen = engine.encode(opened.stretch.apply(image), gsd, cancel)
        if kept is not None and not image.unreadable:
            kept.put(key, seen)
    return Look(frame, frame.grid(opened.grid), image.valid, seen)
