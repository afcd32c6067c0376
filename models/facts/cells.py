"""The 3 × 3 cells of a region, named by map north whatever way the pixels run."""

import math
from dataclasses import dataclass
from typing import Iterable, Optional, Sequence, Tuple

import numpy as np
from affine import Affine

from ..imagery.grid import Grid

Cell = Tuple[int, int]

#: Names of the cells in reading order, row 1 first, where north is known.
NORTH_NAMES = (
    "north-west", "north", "north-east", "west", "centre", "east", "south-west", "south", "south-east",
)
#: The same for an image without georeference, where only top and bottom are known.
IMAGE_NAMES = (
    "top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right",
)
_WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True)
class CellFrame:
    """Thirds of ``extent`` (xmin, ymin, xmax, ymax) along the map's axes; ``affine`` maps pixel corners to them.

    ``upward``: larger y is further up; False only for plain images whose rows run down. ``north``: up is north, which
    only a CRS tells.
    """

    affine: Affine
    extent: Tuple[float, float, float, float]
    upward: bool = True
    north: bool = True

    @classmethod
    def around(cls, grid: Grid, inside: Optional[np.ndarray] = None) -> "CellFrame":
        """The frame of all pixels of ``grid``, or of those ``inside`` ((H, W) bool): around their outer corners."""
        if inside is None:
            return cls.spanning(grid)
        rows = np.flatnonzero(inside.any(axis=1))
        first = inside[rows].argmax(axis=1)
        return cls.spanning(grid, rows, first, inside.shape[1] - inside[rows][:, ::-1].argmax(axis=1))

    @classmethod
    def spanning(
        cls, grid: Grid, rows: Optional[np.ndarray] = None, first: Optional[np.ndarray] = None,
        last: Optional[np.ndarray] = None,
    ) -> "CellFrame":
        """The frame around pixels of which ``rows`` (n,) hold some, from column ``first`` up to, not with, ``last``; around
        all of ``grid`` without any."""
        north = bool(grid.crs_wkt)
        upward = north or not is_plain(grid.affine)
        if rows is None or first is None or last is None or not len(rows):
            return cls(grid.affine, grid.extent, upward, north)
        # The outermost corners of a row are those of its first and last pixel: enough for any affine.
        cols = np.concatenate([first, last, first, last])
        tops = np.concatenate([rows, rows, rows + 1, rows + 1])
        xs, ys = _map(grid.affine, cols, tops)
        return cls(grid.affine, (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())), upward, north)

    @property
    def names(self) -> Tuple[str, ...]:
        """Nine names in reading order."""
        return NORTH_NAMES if self.north else IMAGE_NAMES

    def index(self, cols: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Cell index 0..8 (reading order) of pixel centres given by ``cols`` and ``rows`` (fractions allowed)."""
        xs, ys = _map(self.affine, np.asarray(cols) + 0.5, np.asarray(rows) + 0.5)
        xmin, ymin, xmax, ymax = self.extent
        across = _third(xs - xmin, xmax - xmin)
        down = _third(ymax - ys if self.upward else ys - ymin, ymax - ymin)
        return down * 3 + across

    def only(self, inside: np.ndarray, cells: Iterable[int], first_row: int = 0) -> np.ndarray:
        """What of ``inside``, (h, W) bool of the grid's rows from ``first_row`` on, lies in ``cells`` (indices 0..8)."""
        out, chosen = inside.copy(), list(cells)
        cols = np.arange(inside.shape[1])
        for row in range(len(inside)):
            out[row] &= np.isin(self.index(cols, np.full(len(cols), first_row + row)), chosen)
        return out

    def name(self, cell: Sequence[int]) -> str:
        """The name of ``cell`` (row, col), both 1..3."""
        return self.names[(cell[0] - 1) * 3 + cell[1] - 1]

    def direction(self, start: Tuple[float, float], end: Tuple[float, float]) -> str:
        """The compass word from pixel position ``start`` (col, row) to ``end``; "" where north is unknown."""
        if not self.north:
            return ""
        (x0, x1), (y0, y1) = _map(self.affine, np.array([start[0], end[0]]), np.array([start[1], end[1]]))
        if x0 == x1 and y0 == y1:
            return ""
        return _WINDS[round(math.degrees(math.atan2(x1 - x0, y1 - y0)) / 45.0) % 8]


def cell_of(index: int) -> Cell:
    """(row, col), both 1..3, of a cell index 0..8."""
    return int(index) // 3 + 1, int(index) % 3 + 1


def is_plain(affine: Affine) -> bool:
    """True for the transform that readers give to an image without georeference: scale only, rows running down."""
    return affine.b == 0 and affine.d == 0 and affine.a > 0 and affine.e > 0 and affine.c == 0 and affine.f == 0


def _third(offset: np.ndarray, length: float) -> np.ndarray:
    return np.clip(np.floor(3.0 * offset / length), 0, 2).astype(np.int64)


def _map(affine: Affine, cols: np.ndarray, rows: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    return affine.a * cols + affine.b * rows + affine.c, affine.d * cols + affine.e * rows + affine.f
