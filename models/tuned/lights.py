"""The same tile under another light: what a head learns should hold on another day and from another camera."""

from typing import Tuple

import numpy as np

#: Gain of each channel, gamma and gain of all, drawn within these factors of 1.
_TINT, _GAMMA, _GAIN = 1.08, 1.3, 1.2


def lit(rgb: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> Tuple[np.ndarray, np.ndarray]:
    """``rgb`` (3, H, W) float32 0..1 and ``wanted`` (H, W) turned and mirrored alike, the pixels under another light."""
    quarter, mirrored = int(rng.integers(4)), bool(rng.integers(2))
    if rgb.shape[1] != rgb.shape[2]:
        quarter = 2 * (quarter % 2)
    rgb, wanted = np.rot90(rgb, quarter, (1, 2)), np.rot90(wanted, quarter)
    if mirrored:
        rgb, wanted = rgb[:, :, ::-1], wanted[:, ::-1]
    tint = _within(rng, _TINT, 3)[:, None, None] * _within(rng, _GAIN, 1)
    changed = np.clip(rgb ** _within(rng, _GAMMA, 1) * tint, 0, 1)
    return np.ascontiguousarray(changed, np.float32), np.ascontiguousarray(wanted)


def _within(rng: np.random.Generator, factor: float, number: int) -> np.ndarray:
    found: np.ndarray = factor ** rng.uniform(-1, 1, number)
    return found
