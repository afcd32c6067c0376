"""Which pixels an engine looks at for a place: a window of its own side on a lattice, so that one look serves many clicks."""

import math
from dataclasses import dataclass
from typing import Optional, Tuple

from ..imagery.grid import Grid, Window
from .engine import Box

#: Pixels of the screen that one look spans at least: what people point at is smaller, with its surroundings.
SPAN = 400.0
#: Share of a window's side that a prompt keeps from its edge; nearer to it the next window is looked at.
_MARGIN = 1 / 8
#: Share of a window's side that a box may take up, and the step of the lattice, as a share of the side, that leaves it
#: its margin wherever it lies; a larger one is looked at on coarser pixels.
_STEPS = ((1 / 4, 2), (1 / 2, 4), (5 / 8, 8))


@dataclass(frozen=True)
class LookFrame:
    """``window``: pixels of the raster, ``side`` × ``factor`` each way, may reach beyond it. ``factor``: of them a pixel."""

    window: Window
    factor: int
    side: int

    def grid(self, whole: Grid) -> Grid:
        """The pixels that the engine sees."""
        return whole.part(self.window, (self.side, self.side))

    def holds(self, bounds: Box, whole: Grid) -> bool:
        """Whether ``bounds``, in pixels of the raster, lie far enough inside; at its border there is nothing further."""
        margin = self.window.width * _MARGIN
        return (_inside(self.window.col, self.window.width, whole.width, bounds[0], bounds[2], margin)
                and _inside(self.window.row, self.window.height, whole.height, bounds[1], bounds[3], margin))


def base_factor(
    side: int, native: Optional[float], gsd_range: Optional[Tuple[float, float]], screen: float
) -> int:
    """Raster pixels per pixel of a look, a power of two times the least that the model takes.

    ``native``: metres a raster pixel; ``gsd_range``: metres that the model was trained on, both None where unknown.
    ``screen``: raster pixels under one pixel of the screen: who zooms out points at larger things.
    """
    least, most = 1, 1 << 20
    if native and gsd_range is not None:
        least = max(1, math.ceil(gsd_range[0] / native - 1e-6))
        most = max(least, math.floor(gsd_range[1] / native + 1e-6))
    wanted = SPAN * screen / side / least
    factor = least * 2 ** max(0, math.floor(math.log2(wanted) + 1e-9)) if wanted > 0 else least
    while factor > most and factor > least:
        factor //= 2
    return max(least, factor)


def frame_for(whole: Grid, side: int, factor: int, bounds: Box) -> LookFrame:
    """The window of the lattice around ``bounds`` (pixels of the raster); coarser than ``factor`` where they do not fit.

    Of a raster smaller than a window, all of it: padding is no context.
    """
    extent = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    while extent > _STEPS[-1][0] * side * factor and side * factor < max(whole.width, whole.height):
        factor *= 2
    side = min(side, -(-max(whole.width, whole.height) // factor))
    parts = next((parts for share, parts in _STEPS if extent <= share * side * factor), _STEPS[-1][1])
    step = max(1, side * factor // parts)
    col = _start((bounds[0] + bounds[2]) / 2, side * factor, step, whole.width, factor)
    row = _start((bounds[1] + bounds[3]) / 2, side * factor, step, whole.height, factor)
    return LookFrame(Window(col, row, side * factor, side * factor), factor, side)


def _start(centre: float, length: int, step: int, limit: int, factor: int) -> int:
    """Where a span of ``length`` begins: on the lattice, and within the raster up to a pixel of the look."""
    last = -(-max(0, limit - length) // factor) * factor
    return int(min(max(0, math.floor((centre - length / 2) / step + 0.5) * step), last))


def _inside(start: int, length: int, limit: int, low: float, high: float, margin: float) -> bool:
    left = start if start <= 0 else start + margin
    right = start + length if start + length >= limit else start + length - margin
    return left <= low and high <= right
