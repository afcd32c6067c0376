"""Masks for phrases: gIoU, cIoU, mIoU, with both conventions for phrases that name nothing in the image."""

from dataclasses import dataclass, field
from typing import Dict, List, Sequence

import numpy as np

#: Whether a phrase without target takes part in the means: 1 for an empty answer and 0 otherwise, or not at all.
EMPTY_TRUTH = ("scored", "skipped")


@dataclass
class ReferringAgreement:
    """Shared and joint pixels, phrase by phrase."""

    shared: List[int] = field(default_factory=list)
    joint: List[int] = field(default_factory=list)
    true: List[int] = field(default_factory=list)
    found: List[int] = field(default_factory=list)
    classes: List[str] = field(default_factory=list)

    def add(self, found: np.ndarray, truth: np.ndarray, name: str = "") -> None:
        """Count one phrase; both (H, W) bool. ``name``: the class meant, for ``class_miou``."""
        if found.shape != truth.shape:
            raise ValueError(f"masks of {found.shape} and {truth.shape}")
        self.shared.append(int((found & truth).sum()))
        self.joint.append(int((found | truth).sum()))
        self.true.append(int(truth.sum()))
        self.found.append(int(found.sum()))
        self.classes.append(name)

    def ious(self) -> np.ndarray:
        """(n,) the IoU of each phrase, 1 where truth and answer are both empty."""
        shared, joint = np.array(self.shared, np.float64), np.array(self.joint, np.float64)
        return np.divide(shared, joint, out=np.ones_like(shared), where=joint > 0)

    def figures(self, empty_truth: str = "scored") -> Dict[str, float]:
        """Figures 0..1 of all phrases (SYSTEMS-B 5.5; PixelLM's definitions, which are GeoPix's).

        ``giou``: mean of the phrases' IoU (not the generalised IoU of boxes). ``ciou``: all shared / all joint pixels,
        ruled by large objects; an answer to a phrase without target adds to the joint ones. ``miou``: mean over
        phrases that have a target, whatever ``empty_truth`` says. ``class_miou``: mean over class names of each
        class's cIoU. ``pr50`` … ``pr90``: share of phrases with IoU at least that.
        ``empty_truth``: "scored" as LISA, PixelLM and GRES do, an empty answer to an empty truth being 1; "skipped" as
        the older referring benchmarks. Raises ValueError if no phrase remains.
        """
        if empty_truth not in EMPTY_TRUTH:
            raise ValueError(f"“{empty_truth}” is not one of {EMPTY_TRUTH}")
        target = np.array(self.true, np.int64) > 0
        counted = target if empty_truth == "skipped" else np.ones_like(target)
        if not counted.any():
            raise ValueError("no phrase to score")
        each = self.ious()
        figures = {
            "giou": float(each[counted].mean()),
            "ciou": self._ciou(counted),
            "miou": float(each[target].mean()) if target.any() else 0.0,
            "class_miou": float(np.mean([self._ciou(chosen & counted) for chosen in self._by_class(counted)])),
        }
        figures.update({f"pr{level}": float((each[counted] >= level / 100).mean()) for level in (50, 60, 70, 80, 90)})
        return figures

    def empty_figures(self) -> Dict[str, float]:
        """``no_target_right``: share of phrases without target answered by nothing (GRES N-acc.); ``false_empty``:
        share of phrases with a target answered by nothing. 0..1; a share of no phrase is 0."""
        target, answered = np.array(self.true, np.int64) > 0, np.array(self.found, np.int64) > 0
        return {
            "no_target_right": float((~answered)[~target].mean()) if (~target).any() else 0.0,
            "false_empty": float((~answered)[target].mean()) if target.any() else 0.0,
        }

    def _ciou(self, chosen: np.ndarray) -> float:
        joint = int(np.array(self.joint, np.int64)[chosen].sum())
        # Nothing anywhere, neither asked for nor answered, is right.
        return int(np.array(self.shared, np.int64)[chosen].sum()) / joint if joint else 1.0

    def _by_class(self, counted: np.ndarray) -> List[np.ndarray]:
        names = np.array(self.classes)
        return [names == name for name in np.unique(names[counted])]


def both_right(found: Sequence[Sequence[np.ndarray]], truth: Sequence[Sequence[np.ndarray]], iou: float = 0.5) -> float:
    """Share of prompts that name several objects, every one answered with IoU >= ``iou`` (SYSTEMS-B 5.6), 0..1.

    ``found[p][k]`` and ``truth[p][k]``: (H, W) bool masks, in the order named; another number of masks is wrong.
    """
    if len(found) != len(truth) or not len(truth):
        raise ValueError(f"{len(found)} answers but {len(truth)} prompts")
    right = []
    for answers, wanted in zip(found, truth):
        agreement = ReferringAgreement()
        for answer, mask in zip(answers, wanted):
            agreement.add(answer, mask)
        right.append(len(answers) == len(wanted) and bool((agreement.ious() >= iou).all()))
    return float(np.mean(right))
