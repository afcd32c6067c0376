"""One label for one item: top-1, per class, balanced, and precision, recall, F-beta of a yes/no answer. 0..1."""

from typing import Dict, Sequence

import numpy as np


def top1(found: Sequence[str], truth: Sequence[str]) -> float:
    """Share of right labels over all items: zero-shot accuracy as GeoRSCLIP and SkyScript print it (× 100)."""
    return float(_right(found, truth).mean())


def by_class(found: Sequence[str], truth: Sequence[str]) -> Dict[str, float]:
    """Share of right labels among the items of each true class."""
    right, names = _right(found, truth), np.array(truth)
    return {str(name): float(right[names == name].mean()) for name in np.unique(names)}


def balanced(found: Sequence[str], truth: Sequence[str]) -> float:
    """Mean of the classes' shares: for yes/no questions one constant answer scores 0.5 however often it is right."""
    return float(np.mean(list(by_class(found, truth).values())))


def binary_figures(found: Sequence[bool], truth: Sequence[bool]) -> Dict[str, float]:
    """``accuracy``, ``precision``, ``recall``, ``f1``, ``f05`` of "yes"; a ratio of nothing is 0 (SYSTEMS-B 1.6).

    ``F_β = (1 + β²) P R / (β² P + R)``; ``f05`` (β = 0.5) counts precision more.
    """
    said, is_ = np.asarray(found, bool), np.asarray(truth, bool)
    right = _right(found, truth)
    hits = int((said & is_).sum())
    precision = hits / int(said.sum()) if said.any() else 0.0
    recall = hits / int(is_.sum()) if is_.any() else 0.0
    return {
        "accuracy": float(right.mean()), "precision": precision, "recall": recall,
        "f1": _f_beta(precision, recall, 1.0), "f05": _f_beta(precision, recall, 0.5),
    }


def _f_beta(precision: float, recall: float, beta: float) -> float:
    below = beta ** 2 * precision + recall
    return (1 + beta ** 2) * precision * recall / below if below else 0.0


def _right(found: Sequence[object], truth: Sequence[object]) -> np.ndarray:
    if len(found) != len(truth):
        raise ValueError(f"{len(found)} answers but {len(truth)} truths")
    if not len(truth):
        raise ValueError("nothing to score")
    return np.array([answer == wanted for answer, wanted in zip(found, truth)])
