"""Boxes of one class found in images: precision, recall and F1 at an overlap."""

from dataclasses import dataclass
from typing import Dict

import numpy as np

from .boxes import box_iou


@dataclass
class DetectionAgreement:
    """Right, false and missed boxes over images, matched one to one at IoU >= ``threshold``."""

    threshold: float = 0.5
    right: int = 0
    false_alarms: int = 0
    missed: int = 0

    def add(self, found: np.ndarray, scores: np.ndarray, truth: np.ndarray) -> None:
        """Count one image (and class): ``found`` (n, 4), ``scores`` (n,), ``truth`` (m, 4), edges, same unit."""
        matches = int((match(found, scores, truth, self.threshold) >= 0).sum())
        self.right += matches
        self.false_alarms += len(scores) - matches
        self.missed += len(np.reshape(truth, (-1, 4))) - matches

    def figures(self) -> Dict[str, float]:
        """``f1``, ``precision``, ``recall`` over all boxes of all images, 0..1; a ratio without any box is 0."""
        found, true = self.right + self.false_alarms, self.right + self.missed
        return {
            "f1": 2 * self.right / (found + true) if found + true else 0.0,
            "precision": self.right / found if found else 0.0,
            "recall": self.right / true if true else 0.0,
        }


def match(found: np.ndarray, scores: np.ndarray, truth: np.ndarray, threshold: float = 0.5) -> np.ndarray:
    """(n,) int64: the true box of each found one, -1 for none.

    Best score first, each takes the free true box it overlaps most if that is IoU >= ``threshold``; a second box on the
    same object is a false alarm. Equal scores keep their order.
    """
    overlaps = box_iou(found, truth)
    if len(overlaps) != len(scores):
        raise ValueError(f"{len(overlaps)} boxes but {len(scores)} scores")
    taken = np.full(len(overlaps), -1, np.int64)
    for index in np.argsort(-np.asarray(scores, np.float64), kind="stable"):
        if not overlaps.shape[1]:
            break
        best = int(overlaps[index].argmax())
        if overlaps[index, best] >= threshold:
            taken[index] = best
            overlaps[:, best] = -1.0
    return taken
