"""Targets of the thing head: a heat map per label, and offset and size at every thing's centre."""

from typing import NamedTuple, Tuple

import numpy as np
from scipy import ndimage

from ..vision.detections import STRIDE
from ..vision.legend import THINGS

#: Smaller things (pixels of the crop) are left out, and their place is not judged.
SMALLEST = 10


class ThingTruth(NamedTuple):
    """Truth of one crop of S px, h = S / 4.

    ``heat`` (T, h, h) float32 0..1, 1 at centres; ``judged`` (T, h, h) bool; ``cells`` (k, 2) int rows and columns of
    the centres; ``shape`` (k, 4) float32 as in ``heads.Found``; ``ids`` (k,) number of each thing in the crop.
    """

    heat: np.ndarray
    judged: np.ndarray
    cells: np.ndarray
    shape: np.ndarray
    ids: np.ndarray


def truth(ids: np.ndarray, roster: np.ndarray, complete: np.ndarray) -> ThingTruth:
    """From the numbered pixels of a crop (S, S), the label of each number, and which labels are known completely.

    A thing that the crop cuts keeps the box of its visible part.
    """
    size = len(ids) // STRIDE
    heat = np.zeros((len(THINGS), size, size), np.float32)
    judged = np.broadcast_to(complete[:, None, None], heat.shape).copy()
    rows, cols = np.mgrid[:size, :size].astype(np.float32)
    cells, shapes, numbers = [], [], []
    for number, box in enumerate(ndimage.find_objects(ids.astype(np.int32)), 1):
        if box is None or number >= len(roster) or roster[number] >= len(THINGS):
            continue
        label, (top, left) = int(roster[number]), (axis.start for axis in box)
        height, width = (axis.stop - axis.start for axis in box)
        y, x = (top + height / 2) / STRIDE, (left + width / 2) / STRIDE
        row, col = min(int(y), size - 1), min(int(x), size - 1)
        if (ids[box] == number).sum() < SMALLEST:
            judged[label, max(0, row - 1):row + 2, max(0, col - 1):col + 2] = False
            continue
        spread_y, spread_x = (max(0.7, 0.12 * side / STRIDE) for side in (height, width))
        bump = np.exp(-((rows - row) / spread_y) ** 2 / 2 - ((cols - col) / spread_x) ** 2 / 2)
        np.maximum(heat[label], bump, out=heat[label])
        heat[label, row, col] = 1.0
        judged[label, row, col] = True
        cells.append((row, col))
        shapes.append((x - col - 0.5, y - row - 0.5, np.log2(max(width / STRIDE, 0.25)), np.log2(max(height / STRIDE, 0.25))))
        numbers.append(number)
    return ThingTruth(heat, judged, np.array(cells, np.int64).reshape(-1, 2),
                      np.array(shapes, np.float32).reshape(-1, 4), np.array(numbers, np.int64))


def roofs_apart(label: np.ndarray, building: int) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbered pixels, roster and completeness of a crop of which only the roofs are mapped, apart where they touch not."""
    ids, count = ndimage.label(label == building)
    roster = np.full(count + 1, 255, np.uint8)
    roster[1:] = THINGS.index("building")
    complete = np.zeros(len(THINGS), bool)
    complete[THINGS.index("building")] = True
    return ids, roster, complete
