"""Overlap of boxes ``(x1, y1, x2, y2)``, x2 and y2 being edges or, in one published script, last pixels."""

from typing import Sequence

import numpy as np

Box = Sequence[float]


def box_iou(found: np.ndarray, truth: np.ndarray, inclusive: bool = False) -> np.ndarray:
    """IoU of every found with every true box, (n, m) float64, 0..1; both (·, 4) in the same unit.

    ``inclusive``: x2 and y2 are the last pixel, so a side is ``x2 - x1 + 1``: MiniGPT-v2's script, in pixels of the
    image, although its boxes are edges (SYSTEMS-A 7.2). That raises the IoU of small boxes: two 10-pixel boxes 5 apart
    in x have 1/3 by edges and 3/8 by pixels. A box turned inside out has no area and overlaps nothing.
    """
    one = 1.0 if inclusive else 0.0
    a, b = (np.asarray(boxes, np.float64).reshape(-1, 4) for boxes in (found, truth))
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    sound = _sound(a)[:, None] & _sound(b)[None, :]
    shared = np.where(sound, np.clip(high - low + one, 0.0, None).prod(axis=2), 0.0)
    whole = _area(a, one)[:, None] + _area(b, one)[None, :] - shared
    return np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)


def _sound(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2:] >= boxes[:, :2]).all(axis=1)


def _area(boxes: np.ndarray, one: float) -> np.ndarray:
    return np.clip(boxes[:, 2:] - boxes[:, :2] + one, 0.0, None).prod(axis=1)
