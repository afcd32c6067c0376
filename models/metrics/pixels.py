"""Agreement of pixel masks: IoU, mean IoU over images, F1, precision, recall."""

from dataclasses import dataclass, field
from typing import Dict, List

import numpy as np


@dataclass
class PixelAgreement:
    """Counts of true and false pixels, image by image. Pixels outside ``valid`` are in neither."""

    true: List[int] = field(default_factory=list)
    false_alarms: List[int] = field(default_factory=list)
    missed: List[int] = field(default_factory=list)

    def add(self, found: np.ndarray, truth: np.ndarray, valid: np.ndarray) -> None:
        """Count one image; all (H, W) bool."""
        self.true.append(int((found & truth & valid).sum()))
        self.false_alarms.append(int((found & ~truth & valid).sum()))
        self.missed.append(int((~found & truth & valid).sum()))

    @property
    def n(self) -> int:
        """Images counted."""
        return len(self.true)

    def figures(self) -> Dict[str, float]:
        """``iou``, ``f1``, ``precision``, ``recall`` over all pixels; ``miou``: mean of the images' IoU.

        An image without the concept in truth and answer counts as IoU 1; a ratio without any pixel is 0.
        """
        true, alarms, missed = (float(sum(column)) for column in (self.true, self.false_alarms, self.missed))
        each = [1.0 if t + a + m == 0 else t / (t + a + m)
                for t, a, m in zip(self.true, self.false_alarms, self.missed)]
        return {
            "iou": _ratio(true, true + alarms + missed),
            "miou": float(np.mean(each)) if each else 0.0,
            "f1": _ratio(2 * true, 2 * true + alarms + missed),
            "precision": _ratio(true, true + alarms),
            "recall": _ratio(true, true + missed),
        }

    def image_accuracy(self) -> float:
        """Share of images whose answer "anything / nothing" is right."""
        right = [(t + m > 0) == (t + a > 0) for t, a, m in zip(self.true, self.false_alarms, self.missed)]
        return float(np.mean(right)) if right else 0.0


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def otsu(values: np.ndarray, bins: int = 256) -> float:
    """The threshold that separates ``values`` into two classes of largest between-class variance (Otsu 1979)."""
    counts, edges = np.histogram(values, bins)
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        separation = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(centres[int(np.nanargmax(separation))])
