"""Where in a raster it looks like what is looked for: the mean score of the windows that cover each place.

Semantic localisation (Yuan et al. 2022; SYSTEMS-A 1.5), from an index instead of from the pixels.
"""

import math
import os
import uuid
from dataclasses import dataclass
from typing import Dict, Tuple

import numpy as np

from ..imagery.grid import Grid
from ..imagery.score_store import ScoreStore

#: Cells a map has at most, and how many of them the smallest window is across.
MOST_CELLS, ACROSS = 4_000_000, 16


@dataclass(frozen=True)
class Heat:
    """``mean``: (rows, columns) float32 on ``grid``, NaN where no window was looked at."""

    grid: Grid
    mean: np.ndarray

    @property
    def relative(self) -> np.ndarray:
        """The same from 0, the lowest place, to 1, the highest; a flat map is 0."""
        low, high = self.span
        return np.asarray((self.mean - low) / (high - low) if high > low else self.mean * 0, np.float32)

    @property
    def span(self) -> Tuple[float, float]:
        """Lowest and highest mean."""
        return float(np.nanmin(self.mean)), float(np.nanmax(self.mean))

    def peak(self) -> Tuple[float, float]:
        """Where the highest place lies, in the CRS of the raster: the middle of all that are equally high."""
        high = float(np.nanmax(self.mean))
        rows, cols = np.nonzero(self.mean >= high - 1e-6 * max(1.0, abs(high)))
        x, y = self.grid.affine * (float(cols.mean()) + 0.5, float(rows.mean()) + 0.5)
        return x, y

    def write(self, path: str, tags: Dict[str, str]) -> str:
        """A GeoTIFF of :attr:`relative`, 0…254, 255 unknown, as a whole or not at all. Raises StorageFull, RasterUnreadable."""
        low, high = self.span
        draft = f"{path}.{uuid.uuid4().hex[:8]}.tif"
        about = {**tags, "lowest": f"{low:.6f}", "highest": f"{high:.6f}"}
        store = ScoreStore.create(draft, self.grid, ("likeness",), tags=about)
        try:
            store.write(self.grid.window, self.relative[None], np.isfinite(self.mean))
            store.keep(os.fspath(path))
        finally:
            store.close()
        return os.fspath(path)


def heat_of(grid: Grid, windows: np.ndarray, scores: np.ndarray) -> Heat:
    """``windows``: (n, 4) int, column, row, width, height in pixels of ``grid``; ``scores``: (n,)."""
    smallest = int(windows[:, 2:].max(1).min())
    cell = max(1.0, smallest / ACROSS, math.sqrt(grid.width * grid.height / MOST_CELLS))
    cols, rows = max(1, round(grid.width / cell)), max(1, round(grid.height / cell))
    left, top = windows[:, 0] * cols / grid.width, windows[:, 1] * rows / grid.height
    right = (windows[:, 0] + windows[:, 2]) * cols / grid.width
    bottom = (windows[:, 1] + windows[:, 3]) * rows / grid.height
    x0, x1, y0, y1 = (np.rint(edge).astype(np.int64) for edge in (left, right, top, bottom))
    x1, y1 = np.maximum(x1, x0 + 1).clip(0, cols), np.maximum(y1, y0 + 1).clip(0, rows)
    total, count = np.zeros((rows + 1, cols + 1)), np.zeros((rows + 1, cols + 1))
    # Every window as four marks; summing along both axes fills it.
    for ys, xs, sign in ((y0, x0, 1.0), (y0, x1, -1.0), (y1, x0, -1.0), (y1, x1, 1.0)):
        np.add.at(total, (ys, xs), sign * scores.astype(np.float64))
        np.add.at(count, (ys, xs), sign)
    total, count = total.cumsum(0).cumsum(1)[:-1, :-1], count.cumsum(0).cumsum(1)[:-1, :-1]
    seen = count > 0.5
    mean = np.full((rows, cols), np.nan, np.float32)
    mean[seen] = total[seen] / count[seen]
    return Heat(grid.part(grid.window, (rows, cols)), mean)
