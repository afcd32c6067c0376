"""Grows a small real patch into a large periodic texture by quilting overlapping blocks that match."""

import numpy as np
from scipy import ndimage

SIZE = 448


def _ramp(length: int) -> np.ndarray:
    return (np.arange(length, dtype=np.float32) + 0.5) / length


def _blend(old: np.ndarray, new: np.ndarray, weight: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Crossfade that keeps the variance, so that seams are not smoother than the rest."""
    scale = np.sqrt(weight ** 2 + (1 - weight) ** 2)
    return ((old - mean) * (1 - weight) + (new - mean) * weight) / scale + mean


def level(patch: np.ndarray) -> np.ndarray:
    """``patch`` as float32 without its slow trends, which would repeat as a visible pattern."""
    source = patch.astype(np.float32)
    slow = ndimage.gaussian_filter(source, (min(source.shape[:2]) / 5,) * 2 + (0,), mode="nearest")
    return source - 0.85 * (slow - slow.mean((0, 1)))


def directed(source: np.ndarray, limit: float = 0.22) -> bool:
    """True where the patch has rows or streaks, which must not be turned against each other."""
    light = ndimage.gaussian_filter(source.mean(2), 1)
    dy, dx = np.gradient(light)
    xx, yy, xy = (dx * dx).mean(), (dy * dy).mean(), (dx * dy).mean()
    return bool(np.hypot(xx - yy, 2 * xy) > limit * max(xx + yy, 1e-6))


def _turned(source: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.rot90(source, rng.integers(4))[::rng.choice((-1, 1))]


def grow(patch: np.ndarray, rng: np.random.Generator, size: int = SIZE, tries: int = 60) -> np.ndarray:
    """``patch`` (h, w, 3) uint8 → (size, size, 3) uint8 that repeats without a seam."""
    levelled = level(patch)
    side = min(levelled.shape[:2])
    levelled = levelled[:side, :side]
    source, rows = levelled, directed(levelled)
    height, width = source.shape[:2]
    block = int(min(128, min(height, width) * (0.6 if min(height, width) < 200 else 0.4)))
    lap = max(6, block // 4)
    step = block - lap
    count = -(-(size + lap) // step)
    mean = source.mean((0, 1))
    out = np.zeros((count * step + lap, count * step + lap, 3), np.float32)
    ramp = _ramp(lap)
    for row in range(count):
        for col in range(count):
            y, x = row * step, col * step
            source = levelled if rows else _turned(levelled, rng)
            tops, lefts = rng.integers(0, height - block + 1, tries), rng.integers(0, width - block + 1, tries)
            cost = np.zeros(tries)
            for k in range(tries if row or col else 0):
                piece = source[tops[k]:tops[k] + block:2, lefts[k]:lefts[k] + block:2, 1]
                here = out[y:y + block:2, x:x + block:2, 1]
                half = (lap + 1) // 2
                if row:
                    cost[k] += ((piece[:half] - here[:half]) ** 2).mean()
                if col:
                    cost[k] += ((piece[:, :half] - here[:, :half]) ** 2).mean()
            best = int(rng.choice(np.argsort(cost)[:1 if rows else 6]))
            piece = source[tops[best]:tops[best] + block, lefts[best]:lefts[best] + block]
            weight = np.ones((block, block, 1), np.float32)
            if row:
                weight[:lap] *= ramp[:, None, None]
            if col:
                weight[:, :lap] *= ramp[None, :, None]
            out[y:y + block, x:x + block] = _blend(out[y:y + block, x:x + block], piece, weight, mean)
    edge = _ramp(lap)
    out[:lap, :] = _blend(out[size:size + lap, :], out[:lap, :], edge[:, None, None], mean)
    out[:, :lap] = _blend(out[:, size:size + lap], out[:, :lap], edge[None, :, None], mean)
    return np.clip(out[:size, :size], 0, 255).astype(np.uint8)
