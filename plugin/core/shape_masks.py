"""Shapes rasterised on a grid, window by window: a pixel belongs to a shape when its centre does."""

from typing import Iterator, Optional, Sequence, Tuple

import numpy as np

from ...models.conversation import Region
from ...models.imagery.grid import Grid, Window
from ...models.imagery.regions import region_mask
from .training_layers import Rings, Shape

#: (left, top, right, bottom) in pixels of the window, and the (h, w) bool mask inside.
Piece = Tuple[Tuple[int, int, int, int], np.ndarray]


class ShapeMasks:
    """``shapes`` (in the grid's CRS) on ``grid``. Any thread."""

    def __init__(self, grid: Grid, shapes: Sequence[Shape]) -> None:
        self.grid, self.shapes = grid, shapes
        inverse = ~grid.affine
        boxes = np.empty((len(shapes), 4))
        for i, shape in enumerate(shapes):
            points = np.concatenate([rings[0] for rings in shape.rings])
            cols = inverse.a * points[:, 0] + inverse.b * points[:, 1] + inverse.c
            rows = inverse.d * points[:, 0] + inverse.e * points[:, 1] + inverse.f
            boxes[i] = cols.min(), rows.min(), cols.max(), rows.max()
        self._boxes = boxes

    @property
    def any_on(self) -> bool:
        """Whether a shape reaches onto the grid."""
        col0, row0, col1, row1 = self._boxes.T
        return bool(((col0 < self.grid.width) & (col1 > 0) & (row0 < self.grid.height) & (row1 > 0)).any())

    def over(self, window: Window) -> Iterator[Tuple[Shape, Optional[Piece], bool]]:
        """Every shape whose box meets ``window``, in order; its piece, None without a pixel; whether it lies wholly inside."""
        col0, row0, col1, row1 = self._boxes.T
        right, bottom = window.col + window.width, window.row + window.height
        near = (col0 < right) & (col1 > window.col) & (row0 < bottom) & (row1 > window.row)
        inside = near & (col0 >= window.col) & (col1 <= right) & (row0 >= window.row) & (row1 <= bottom)
        for i in np.flatnonzero(near):
            yield self.shapes[i], mask_of(self.shapes[i].rings, self._boxes[i], self.grid, window), bool(inside[i])


def mask_of(rings: Rings, box: np.ndarray, grid: Grid, window: Window) -> Optional[Piece]:
    """The pixels of ``window`` whose centres lie inside ``rings``: their box in the window and the mask in the box.

    ``box``: col, row, col, row of the rings in pixels of ``grid``. None where no centre lies inside.
    """
    col, row = int(np.floor(box[0])) - 1, int(np.floor(box[1])) - 1
    around = Window(col, row, int(np.ceil(box[2])) + 1 - col, int(np.ceil(box[3])) + 1 - row).intersection(window)
    if around.empty:
        return None
    mask = region_mask(Region(rings), grid.part(around, (around.height, around.width)))
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1
    dx, dy = around.col - window.col, around.row - window.row
    return (x0 + dx, y0 + dy, x1 + dx, y1 + dy), mask[y0:y1, x0:x1].copy()
