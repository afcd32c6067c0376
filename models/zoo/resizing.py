"""Tiles between the pixels of a raster and those that a model was trained on: one small matrix an axis."""

from typing import Tuple

import numpy as np

from ..masks.sam_frame import bilinear


def resized(planes: np.ndarray, shape: Tuple[int, ...]) -> np.ndarray:
    """(K, h, w) float32 → (K, H, W): interpolated, and averaged over what a coarser pixel covers."""
    if planes.shape[1:] == tuple(shape):
        return planes
    rows, cols = (bilinear(n, m, widen=True) for n, m in zip(planes.shape[1:], shape))
    return np.asarray(rows @ planes.astype(np.float32, copy=False) @ cols.T)
