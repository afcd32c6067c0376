"""Which pixels belong to a region, worked out rows by rows: over a whole raster the mask itself would be too large."""

from typing import FrozenSet, Optional

import numpy as np

from ..conversation import View
from ..imagery.grid import Grid, Window
from ..imagery.regions import region_mask
from .cells import CellFrame
from .survey import bands


class RegionRows:
    """Sliced by rows like an (H, W) bool mask of ``grid``: pixels whose centre lies in the view's region, or on its raster.

    ``cells``: only those of ``frame`` (0..8, reading order).
    """

    def __init__(
        self, view: View, grid: Grid, frame: Optional[CellFrame] = None, cells: Optional[FrozenSet[int]] = None
    ) -> None:
        self._view, self.grid = view, grid
        self._frame, self._cells = frame, cells
        source = view.source.grid
        to_source = ~source.affine * grid.affine
        # Working and native pixels run alike: columns depend on columns only.
        across = to_source.a * (np.arange(grid.width) + 0.5) + to_source.c
        down = to_source.e * (np.arange(grid.height) + 0.5) + to_source.f
        self._across, self._down = (across > 0) & (across < source.width), (down > 0) & (down < source.height)

    def __getitem__(self, rows: slice) -> np.ndarray:
        """(h, W) bool of the rows start:stop of the grid."""
        start, stop, _ = rows.indices(self.grid.height)
        if self._view.region is None:
            out: np.ndarray = self._down[start:stop, None] & self._across[None]
        else:
            window = Window(0, start, self.grid.width, stop - start)
            out = region_mask(self._view.region, self.grid.part(window, (window.height, window.width)))
        if self._cells is not None and self._frame is not None:
            return self._frame.only(out, self._cells, start)
        return out

    def frame(self) -> CellFrame:
        """The cells of the region, as :meth:`CellFrame.around` of the mask."""
        if self._frame is not None:
            return self._frame
        found = []
        for window in bands(self.grid):
            inside = self[window.row:window.row + window.height]
            rows = np.flatnonzero(inside.any(axis=1))
            first, last = inside.argmax(axis=1), inside.shape[1] - inside[:, ::-1].argmax(axis=1)
            found.append(np.stack([rows + window.row, first[rows], last[rows]]))
        return CellFrame.spanning(self.grid, *np.concatenate(found, axis=1))

    def only(self, cells: Optional[FrozenSet[int]]) -> "RegionRows":
        """The part of it in ``cells`` of its own :meth:`frame`, whose :meth:`frame` that stays; None: all of it."""
        return RegionRows(self._view, self.grid, self.frame(), cells)
