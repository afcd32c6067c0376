"""Things found in a tile: peaks of the heat maps with their boxes, and what is left where tiles overlap."""

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np

from ..metrics.boxes import box_iou

#: Pixels of the tile a cell of the heat maps, of the prompts and of the features they are read from.
STRIDE = 4


@dataclass(frozen=True)
class Detection:
    """``label``: a name of ``legend.THINGS``; ``score`` 0..1; ``box``: (x0, y0, x1, y1) pixels, fractions allowed."""

    label: str
    score: float
    box: Tuple[float, float, float, float]

    @property
    def centre(self) -> Tuple[float, float]:
        """Middle (x, y) of the box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    def moved(self, x: float, y: float) -> "Detection":
        """The same in a frame whose origin lies at (−x, −y)."""
        x0, y0, x1, y1 = self.box
        return Detection(self.label, self.score, (x0 + x, y0 + y, x1 + x, y1 + y))


def peaks(heat: np.ndarray, shape: np.ndarray, labels: Sequence[str], threshold: float) -> List[Detection]:
    """Detections of one tile, best first. ``heat`` (T, h, w) 0..1 at stride 4; ``shape`` (4, h, w): centre offset
    (x, y) in cells, log2 of width and height in cells (``training.heads.Found``).

    A peak is a cell that no neighbour of the 3 × 3 around it exceeds (Zhou et al. 2019, section 4).
    """
    padded = np.pad(heat, ((0, 0), (1, 1), (1, 1)), constant_values=-1.0)
    height, width = heat.shape[1:]
    around = np.max([padded[:, y:y + height, x:x + width] for y in range(3) for x in range(3)], axis=0)
    kinds, rows, cols = np.nonzero((heat >= threshold) & (heat >= around))
    found = []
    for kind, row, col in zip(kinds, rows, cols):
        dx, dy, log_width, log_height = (float(value) for value in shape[:, row, col])
        x, y = (col + 0.5 + dx) * STRIDE, (row + 0.5 + dy) * STRIDE
        half = 2.0 ** min(log_width, 12.0) * STRIDE / 2, 2.0 ** min(log_height, 12.0) * STRIDE / 2
        found.append(Detection(labels[kind], float(heat[kind, row, col]), (x - half[0], y - half[1], x + half[0], y + half[1])))
    return sorted(found, key=lambda one: -one.score)


def distinct(found: Sequence[Detection], most_overlap: float = 0.4) -> List[Detection]:
    """Of detections of one label that overlap by more than ``most_overlap`` (intersection over union) the best."""
    kept: List[Detection] = []
    boxes = np.zeros((0, 4))
    for one in sorted(found, key=lambda d: -d.score):
        box = np.array(one.box)
        if len(boxes) and (overlap(box, boxes) > most_overlap).any():
            continue
        kept.append(one)
        boxes = np.concatenate([boxes, box[None]])
    return kept


def overlap(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """(n,) intersection over union of ``box`` (4,) with each of ``boxes`` (n, 4)."""
    return box_iou(box[None], boxes)[0]
