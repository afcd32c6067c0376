"""Clicks and a box as the maps that the mask predictor reads. One function for training and for use."""

from typing import Optional, Sequence, Tuple

import numpy as np

from .detections import STRIDE

#: Standard deviation of a click's spot, in cells.
SPOT = 1.2

Point = Tuple[float, float]
Box = Tuple[float, float, float, float]


def prompt_maps(
    shape: Tuple[int, int], inside: Sequence[Point] = (), outside: Sequence[Point] = (), box: Optional[Box] = None
) -> np.ndarray:
    """(3, H/4, W/4) float32 in 0..1 for a tile of ``shape`` (H, W) pixels: clicks inside, clicks outside, the box.

    Points are (x, y), a box (x0, y0, x1, y1), in pixels of the tile from its upper left corner; what lies beyond the
    tile counts as far as it reaches in.
    """
    height, width = shape[0] // STRIDE, shape[1] // STRIDE
    maps = np.zeros((3, height, width), np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None] + 0.5
    cols = np.arange(width, dtype=np.float32)[None] + 0.5
    for channel, points in enumerate((inside, outside)):
        for x, y in points:
            distance = (cols - x / STRIDE) ** 2 + (rows - y / STRIDE) ** 2
            np.maximum(maps[channel], np.exp(-distance / (2 * SPOT**2)), out=maps[channel])
    if box is not None:
        x0, y0, x1, y1 = (value / STRIDE for value in box)
        across = np.clip(np.minimum(cols + 0.5, x1) - np.maximum(cols - 0.5, x0), 0, 1)
        down = np.clip(np.minimum(rows + 0.5, y1) - np.maximum(rows - 0.5, y0), 0, 1)
        maps[2] = across * down
    return maps
