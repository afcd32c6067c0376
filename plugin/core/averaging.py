"""Resampling of pixels in memory with their validity. Knows neither files nor the map."""

from typing import Tuple

import numpy as np


def _edges(count: int, parts: int) -> np.ndarray:
    """Start of each of ``parts`` runs over ``count`` samples, and the end."""
    return np.floor(np.arange(parts + 1) * count / parts + 1e-9).astype(np.int64)


def average(pixels: np.ndarray, valid: np.ndarray, shape: Tuple[int, int]) -> Tuple[np.ndarray, np.ndarray]:
    """Mean of the valid pixels under each pixel of the coarser ``shape``; invalid where there is none.

    ``pixels``: (bands, H, W), any real dtype, which is kept (rounded for integers). ``valid``: (H, W) bool.
    """
    rows, cols = _edges(valid.shape[0], shape[0]), _edges(valid.shape[1], shape[1])

    def sums(layer: np.ndarray) -> np.ndarray:
        down = np.add.reduceat(layer, rows[:-1], axis=0)
        return np.add.reduceat(down, cols[:-1], axis=1)

    counts = sums(valid.astype(np.float64))
    known = counts > 0
    out = np.zeros((pixels.shape[0],) + shape, dtype=pixels.dtype)
    for band in range(pixels.shape[0]):
        mean = sums(np.where(valid, pixels[band], 0).astype(np.float64)) / np.where(known, counts, 1)
        out[band] = np.rint(mean) if np.issubdtype(pixels.dtype, np.integer) else mean
    return out, known


def nearest(pixels: np.ndarray, valid: np.ndarray, shape: Tuple[int, int]) -> Tuple[np.ndarray, np.ndarray]:
    """The pixel under the centre of each pixel of the finer ``shape``."""
    rows = ((np.arange(shape[0]) + 0.5) * valid.shape[0] / shape[0]).astype(np.int64)
    cols = ((np.arange(shape[1]) + 0.5) * valid.shape[1] / shape[1]).astype(np.int64)
    return pixels[:, rows[:, None], cols], valid[rows[:, None], cols]
