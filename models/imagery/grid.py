"""The georeferenced pixel grid. Rotation, non-square pixels and south-up live in its affine and nowhere else."""

import math
from dataclasses import dataclass
from typing import Tuple

from affine import Affine


@dataclass(frozen=True)
class Window:
    """A pixel rectangle: ``col``/``row`` of its upper left corner, ``width``/``height``; may reach outside the grid."""

    col: int
    row: int
    width: int
    height: int

    def intersection(self, other: "Window") -> "Window":
        """The common rectangle; width or height is 0 where there is none."""
        col, row = max(self.col, other.col), max(self.row, other.row)
        right = min(self.col + self.width, other.col + other.width)
        bottom = min(self.row + self.height, other.row + other.height)
        return Window(col, row, max(0, right - col), max(0, bottom - row))

    @property
    def empty(self) -> bool:
        """True if it holds no pixel."""
        return self.width <= 0 or self.height <= 0


@dataclass(frozen=True)
class Grid:
    """``width`` × ``height`` pixels. ``affine``: pixel corners (col, row) → CRS units; ``crs_wkt``: "" if unknown."""

    width: int
    height: int
    affine: Affine
    crs_wkt: str

    @property
    def window(self) -> Window:
        """The whole grid."""
        return Window(0, 0, self.width, self.height)

    @property
    def pixel_area(self) -> float:
        """Area of one pixel in squared CRS units, exact: |det affine|."""
        return abs(self.affine.determinant)

    def corners(self) -> Tuple[Tuple[float, float], ...]:
        """The four outer corners in CRS units, in ring order."""
        w, h = self.width, self.height
        return tuple(self.affine * p for p in ((0, 0), (w, 0), (w, h), (0, h)))

    @property
    def extent(self) -> Tuple[float, float, float, float]:
        """(xmin, ymin, xmax, ymax) in CRS units, around all four corners."""
        xs, ys = zip(*self.corners())
        return min(xs), min(ys), max(xs), max(ys)

    def part(self, window: Window, out_shape: Tuple[int, int]) -> "Grid":
        """The grid of ``window`` resampled to ``out_shape`` (height, width)."""
        height, width = out_shape
        scale = Affine.scale(window.width / width, window.height / height)
        return Grid(width, height, self.affine * Affine.translation(window.col, window.row) * scale, self.crs_wkt)

    def window_around(self, points: Tuple[Tuple[float, float], ...]) -> Window:
        """The smallest window that holds every pixel touched by ``points`` (CRS units), cut to the grid."""
        inverse = ~self.affine
        cols, rows = zip(*(inverse * p for p in points))
        # A point that lies on a pixel edge to within 1e-6 px is taken as on it: extents come from float arithmetic.
        col, row = math.floor(min(cols) + 1e-6), math.floor(min(rows) + 1e-6)
        right, bottom = math.ceil(max(cols) - 1e-6), math.ceil(max(rows) - 1e-6)
        return Window(col, row, right - col, bottom - row).intersection(self.window)
