"""Boxes of the YOLO family: how its versions write them, and which of overlapping ones stay.

Versions 5 and 7: (1, n, 5 + classes), centre, size, objectness, classes. 6: the same, its objectness always 1. 8, 9, 11 and
Ultralytics: (1, 4 + classes, n). 10 and exports with suppression inside: (1, n, 6), corners, score, class; or (n, 7).
"""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np

from ..errors import UserModelRefused
from .contract import Contract

#: So many boxes a model with suppression inside gives at most.
_SUPPRESSED = 1000
#: Share of the smaller of two boxes from which one that its tile cuts off belongs to the other.
_CUT = 0.6
#: Only so many of a tile go on.
_MOST = 3000


@dataclass(frozen=True)
class Boxes:
    """``corners`` (n, 4) float32 x0, y0, x1, y1; ``score`` (n,) float32; ``label`` (n,) int64; ``cut`` (n,) bool: touches the
    edge of its tile inside the raster."""

    corners: np.ndarray
    score: np.ndarray
    label: np.ndarray
    cut: np.ndarray

    def __len__(self) -> int:
        return len(self.score)

    def take(self, index: np.ndarray) -> "Boxes":
        """Those that a boolean or integer ``index`` picks."""
        return Boxes(self.corners[index], self.score[index], self.label[index], self.cut[index])

    @classmethod
    def joined(cls, parts: Sequence["Boxes"]) -> "Boxes":
        """All of ``parts``."""
        if not parts:
            return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int64), np.zeros(0, bool))
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("corners", "score", "label", "cut")))


def boxes_of(outputs: List[np.ndarray], contract: Contract, threshold: float) -> Boxes:
    """The boxes of one tile from ``threshold`` on, best first. Raises UserModelRefused for a layout that is not known."""
    found = np.asarray(outputs[0], np.float32)
    if found.ndim == 2 and found.shape[1] == 7:
        corners, label, score = found[:, 1:5], found[:, 5], found[:, 6]
    else:
        table, objectness = _table(found, outputs[1:], contract)
        if objectness is None:
            corners, score, label = table[:, :4], table[:, 4], table[:, 5]
        else:
            centre, half = table[:, :2], table[:, 2:4] / 2
            corners = np.concatenate([centre - half, centre + half], axis=1)
            classes = table[:, 4:]
            label = classes.argmax(axis=1) if classes.shape[1] else np.zeros(len(table))
            score = objectness * (classes.max(axis=1) if classes.shape[1] else 1)
    good = np.isfinite(corners).all(axis=1) & (score >= threshold)
    good &= (corners[:, 2] > corners[:, 0]) & (corners[:, 3] > corners[:, 1])
    order = np.flatnonzero(good)[np.argsort(-score[good], kind="stable")][:_MOST]
    return Boxes(corners[order].astype(np.float32), np.clip(score[order], 0, 1).astype(np.float32),
                 label[order].astype(np.int64), np.zeros(len(order), bool))


def _table(found: np.ndarray, others: List[np.ndarray], contract: Contract) -> Tuple[np.ndarray, Optional[np.ndarray]]:
    """((n, 4 + classes) centre, size and classes, (n,) objectness); ((n, 6) corners, score, class; None) if suppressed."""
    if found.ndim != 3 or len(found) != 1 or min(found.shape[1:]) < 5:
        raise _unknown(contract, found)
    said, table, known = contract.boxes.lower(), found[0], len(contract.classes)
    if "obb" in said:
        raise UserModelRefused(str(contract.path), "task", "it gives turned boxes; upright ones are run")
    first, last = table.shape
    extra = others[0].shape[1] if len(others) == 1 and others[0].ndim == 4 else 0
    if not said and not extra and last == 6 and first <= _SUPPRESSED and known != 1:
        return table, None
    if "ultralytics" in said or "v8" in said or "v9" in said or "v11" in said:
        upright = True
    elif said:
        upright = False
    elif known:
        upright = first == 4 + known + extra or last not in (5 + known, 4 + known)
    else:
        upright = first < last
    if upright:
        table = table.T
    if upright or (not said and known and last == 4 + known):
        # What follows the classes are weights of a mask's prototypes.
        return table[:, :table.shape[1] - extra], np.ones(len(table), np.float32)
    objectness = np.ones(len(table), np.float32) if "v6" in said else table[:, 4]
    return np.delete(table, 4, axis=1), objectness


def suppressed(boxes: Boxes, overlapping: float, across: bool = False) -> Boxes:
    """Without those that overlap a better one by an IoU of at least ``overlapping``; ``across``: of whatever class.

    A box that the edge of its tile cuts off also gives way to one that holds most of it, whichever is better.
    """
    order = np.lexsort((-boxes.score, boxes.cut))
    boxes = boxes.take(order)
    area = np.prod(boxes.corners[:, 2:] - boxes.corners[:, :2], axis=1)
    # Sorted by left edge, a box can only meet those that begin before it ends: tens of thousands stay cheap.
    gone = np.zeros(len(boxes), bool)
    left = np.argsort(boxes.corners[:, 0], kind="stable")
    begin = boxes.corners[left, 0]
    widest = float((boxes.corners[:, 2] - boxes.corners[:, 0]).max(initial=0))
    for i in range(len(boxes)):
        if gone[i]:
            continue
        low, high = np.searchsorted(begin, [boxes.corners[i, 0] - widest, boxes.corners[i, 2]])
        near = left[low:high]
        near = near[(near > i) & ~gone[near]]
        if not across:
            near = near[boxes.label[near] == boxes.label[i]]
        shared = np.prod(np.maximum(0, np.minimum(boxes.corners[i, 2:], boxes.corners[near, 2:])
                                    - np.maximum(boxes.corners[i, :2], boxes.corners[near, :2])), axis=1)
        union = area[i] + area[near] - shared
        same = shared >= overlapping * union
        same |= boxes.cut[near] & (shared >= _CUT * np.minimum(area[i], area[near]))
        gone[near[same & (shared > 0)]] = True
    kept = boxes.take(~gone)
    return kept.take(np.argsort(-kept.score, kind="stable"))


def _unknown(contract: Contract, found: np.ndarray) -> UserModelRefused:
    return UserModelRefused(str(contract.path), "task", f"its boxes come in {found.shape}, which is no layout of YOLO")
