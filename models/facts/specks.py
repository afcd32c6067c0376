"""Patches too small to matter, forgotten while a mask is still being read: noisy images have millions of them."""

from typing import Tuple

import numpy as np

from .components import components
from .runs import Runs, RunsBuilder


class SpeckFilter:
    """Takes the runs of a mask band by band, top down, and passes on those of patches of at least ``smallest`` pixels.

    Runs of whatever value belong together where they touch: what is passed on may still hold smaller parts of one value.
    Held in between: patches that are small so far and reach the last row, and where in that row larger ones lie.
    """

    def __init__(self, width: int, smallest: int) -> None:
        self._smallest = smallest
        self._small = self._edge = RunsBuilder(width).runs()

    def passed(self, runs: Runs, bottom: int) -> Runs:
        """The runs, of this band and those before, that are known to matter now; ``bottom``: the band's last row."""
        if self._smallest <= 1:
            return runs
        whole, edge = _joined(self._edge, self._small, runs)
        parts = components(whole)
        large = parts.pixels >= self._smallest
        large[parts.label[edge]] = True
        mine, last = large[parts.label], whole.row == bottom
        waiting = np.zeros(len(parts), bool)
        waiting[parts.label[last]] = True
        self._edge = whole.take(mine & last)
        self._small = whole.take(~mine & waiting[parts.label])
        return whole.take(mine & ~edge)


def _joined(edge: Runs, *others: Runs) -> Tuple[Runs, np.ndarray]:
    """All runs by row and column, and which of them are of ``edge``."""
    parts = (edge, *others)
    columns = (np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "start", "stop", "weight", "value"))
    whole = Runs(edge.width, *columns)
    order = whole.order()
    return whole.take(order), order < len(edge)
