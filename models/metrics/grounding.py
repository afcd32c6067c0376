"""One box or one point for one phrase: accuracy at an overlap, pointing accuracy. 0..1."""

from typing import List, Optional, Sequence, Tuple

import numpy as np

from .boxes import Box, box_iou


def accuracy_at_iou(
    found: Sequence[Optional[Box]], truth: Sequence[Box], threshold: float = 0.5,
    strict: bool = False, inclusive: bool = False,
) -> float:
    """Share of phrases whose box overlaps the true one by IoU >= ``threshold``, or > for ``strict``; 0..1.

    None is an answer without a box and is wrong, as in MiniGPT-v2's script, whose total counts every phrase. Its
    published figures are ``strict`` and ``inclusive``; an IoU of exactly 0.5 is common among small integer boxes.
    Raises ValueError for no phrase.
    """
    overlaps = np.array(phrase_ious(found, truth, inclusive))
    return float((overlaps > threshold if strict else overlaps >= threshold).mean())


def mean_iou(found: Sequence[Optional[Box]], truth: Sequence[Box], inclusive: bool = False) -> float:
    """Mean IoU over phrases, 0..1; an answer without a box counts 0."""
    return float(np.mean(phrase_ious(found, truth, inclusive)))


def phrase_ious(found: Sequence[Optional[Box]], truth: Sequence[Box], inclusive: bool = False) -> List[float]:
    """The IoU of each phrase; 0 for None."""
    _require(len(found), len(truth))
    return [
        0.0 if box is None else float(box_iou(np.array([box]), np.array([right]), inclusive)[0, 0])
        for box, right in zip(found, truth)
    ]


def pointing_accuracy(points: Sequence[Optional[Tuple[float, float]]], truth: Sequence[Box]) -> float:
    """Share of (x, y) points inside the true box, its edges included; None is a miss (SYSTEMS-A 4.7). 0..1."""
    _require(len(points), len(truth))
    hits = [
        point is not None and x1 <= point[0] <= x2 and y1 <= point[1] <= y2
        for point, (x1, y1, x2, y2) in zip(points, truth)
    ]
    return float(np.mean(hits))


def mask_pointing_accuracy(points: Sequence[Optional[Tuple[float, float]]], truth: Sequence[np.ndarray]) -> float:
    """The same with (H, W) bool masks: the pixel that holds (x, y), pixel corners' coordinates, is one of the mask."""
    _require(len(points), len(truth))
    return float(np.mean([point is not None and _inside(point, mask) for point, mask in zip(points, truth)]))


def _inside(point: Tuple[float, float], mask: np.ndarray) -> bool:
    col, row = int(np.floor(point[0])), int(np.floor(point[1]))
    return 0 <= row < mask.shape[0] and 0 <= col < mask.shape[1] and bool(mask[row, col])


def _require(found: int, truth: int) -> None:
    if found != truth:
        raise ValueError(f"{found} answers but {truth} phrases")
    if not found:
        raise ValueError("nothing to score")
