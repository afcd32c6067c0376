"""What a head reads: of every cell of 4 × 4 pixels the encoder's features, those around it, and its colours."""

import numpy as np

#: Pixels a side of a cell: the stride of the features.
STRIDE = 4
#: Cells to either side over which features are averaged: what a thing stands in tells it apart from its likes.
AROUND = 4
#: Mean and spread of red, green and blue.
COLOURS = 6


def width(channels: int) -> int:
    """Inputs a cell for features of so many ``channels``."""
    return 2 * channels + COLOURS


def cells(features: np.ndarray, rgb: np.ndarray) -> np.ndarray:
    """(h, w, d) float32 inputs of a tile; ``features`` (C, h, w), ``rgb`` (3, 4 h, 4 w) float32 in 0..1.

    First the C features, then their means over a window, then the colours.
    """
    known = np.asarray(features, np.float32)
    _, height, across = known.shape
    blocks = rgb.reshape(3, height, STRIDE, across, STRIDE)
    mean, spread = blocks.mean((2, 4)), blocks.std((2, 4))
    return np.ascontiguousarray(np.concatenate([known, _around(known), mean, spread]).transpose(1, 2, 0))


def shares(wanted: np.ndarray) -> np.ndarray:
    """(h, w) float32 share of each cell that belongs to the class, −1 where any of it is unknown.

    ``wanted`` (4 h, 4 w) int8: 1 the class, 0 not, −1 unknown.
    """
    height, across = wanted.shape[0] // STRIDE, wanted.shape[1] // STRIDE
    blocks = wanted.reshape(height, STRIDE, across, STRIDE)
    found: np.ndarray = np.where((blocks < 0).any((1, 3)), -1, blocks.mean((1, 3))).astype(np.float32)
    return found


def enlarged(scores: np.ndarray) -> np.ndarray:
    """(h, w) → (4 h, 4 w), linear between the centres of cells and level beyond the outermost."""
    return _stretched(_stretched(scores, 0), 1)


def _stretched(scores: np.ndarray, axis: int) -> np.ndarray:
    size = scores.shape[axis]
    at = np.clip((np.arange(size * STRIDE) + 0.5) / STRIDE - 0.5, 0, size - 1)
    low = at.astype(np.int64)
    part = (at - low).astype(np.float32)
    part = part[:, None] if axis == 0 else part[None]
    first, second = scores.take(low, axis), scores.take(np.minimum(low + 1, size - 1), axis)
    found: np.ndarray = first * (1 - part) + second * part
    return found


def _around(planes: np.ndarray) -> np.ndarray:
    """Means over the window that reaches AROUND cells to either side, cut at the tile's edges."""
    for axis in (1, 2):
        size = planes.shape[axis]
        low = np.maximum(np.arange(size) - AROUND, 0)
        high = np.minimum(np.arange(size) + AROUND + 1, size)
        total = np.concatenate([np.zeros_like(planes.take([0], axis)), planes.cumsum(axis, dtype=np.float32)], axis)
        shape = (1, -1, 1) if axis == 1 else (1, 1, -1)
        planes = (total.take(high, axis) - total.take(low, axis)) / (high - low).reshape(shape).astype(np.float32)
    return planes
