"""Pictures at the side that an encoder reads: bicubic with smoothing where they shrink, as published encoders were fed."""

from functools import lru_cache

import numpy as np


def resized(rgb: np.ndarray, side: int) -> np.ndarray:
    """(…, H, W) float32 0..1 → (…, side, side), both directions by themselves; overshoots are cut off as 8-bit pictures do.

    Keys' cubic (a = −0.5), widened by the factor where pixels shrink: what Pillow calls BICUBIC.
    """
    height, width = rgb.shape[-2:]
    if (height, width) == (side, side):
        return np.ascontiguousarray(rgb, np.float32)
    out = _matrix(height, side) @ (rgb @ _matrix(width, side).T)
    return np.clip(out, 0.0, 1.0).astype(np.float32)


def squared(rgb: np.ndarray, side: int) -> np.ndarray:
    """(3, H, W) → (3, side, side): the middle square, resized; published encoders see no more of an oblong picture."""
    height, width = rgb.shape[-2:]
    length = min(height, width)
    top, left = (height - length) // 2, (width - length) // 2
    return resized(rgb[..., top:top + length, left:left + length], side)


@lru_cache(maxsize=32)
def _matrix(old: int, new: int) -> np.ndarray:
    """(new, old) float32 weights; rows sum to 1."""
    scale = old / new
    wide = max(scale, 1.0)
    middles = (np.arange(new) + 0.5) * scale - 0.5
    x = np.abs((np.arange(old)[None] - middles[:, None]) / wide)
    near = 1.5 * x ** 3 - 2.5 * x ** 2 + 1
    far = -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2
    weights = np.where(x < 1, near, np.where(x < 2, far, 0.0))
    out: np.ndarray = (weights / weights.sum(1, keepdims=True)).astype(np.float32)
    return out
