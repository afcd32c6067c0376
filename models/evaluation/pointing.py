"""Clicks: what the product outlines after one, three and five of them, each in the middle of what is still wrong."""

from typing import TYPE_CHECKING, Any, Dict, List, Tuple

import numpy as np

from ..conversation import Region, View
from ..errors import TerralogueError
from ..experts.segment import SegmentRequest
from ..experts.segment import run as segment
from ..imagery.grid import Grid
from ..imagery.regions import region_mask
from .pixels import same_shape

if TYPE_CHECKING:
    from .evaluation import Evaluation

CLICKS = 5


def point(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Mean IoU of one thing's mask, asked for by clicks alone."""
    overlaps: List[List[float]] = []
    failed = 0
    for index in indices:
        image, truth = run.open(index), run.truth(index)
        grid = image.source.grid
        same_shape(truth, np.zeros((grid.height, grid.width)))
        found = np.zeros(truth.shape, bool)
        clicks: List[Tuple[float, float, bool]] = []
        row: List[float] = []
        for _ in range(CLICKS):
            missed, extra = truth & ~found, found & ~truth
            if not missed.any() and not extra.any():
                row.append(1.0)
                continue
            wanted = int(missed.sum()) >= int(extra.sum())
            col, line = middle(missed if wanted else extra)
            clicks.append((*grid.affine * (col + 0.5, line + 0.5), wanted))
            try:
                found = _outlined(run, View(image.source), grid, tuple(clicks))
            except TerralogueError as error:
                failed += 1
                run.tell(index, error=str(error))
                row += [0.0] * (CLICKS - len(row))
                break
            row.append(iou(found, truth))
        image.source.close()
        run.tell(index, iou=[round(value, 4) for value in row])
        overlaps.append(row)
    mean = np.mean(overlaps, axis=0)
    return {"n": len(indices), "failed": failed, "iou_1": float(mean[0]), "iou_3": float(mean[2]), "iou_5": float(mean[4])}


def _outlined(run: "Evaluation", view: View, grid: Grid, clicks: Tuple[Tuple[float, float, bool], ...]) -> np.ndarray:
    result = segment(SegmentRequest(view, points=clicks), run.engine)
    masks = [region_mask(Region((feature.rings,)), grid) for feature in result.features.features]
    return np.any(masks, axis=0) if masks else np.zeros((grid.height, grid.width), bool)


def middle(mask: np.ndarray) -> Tuple[int, int]:
    """(col, row) of a pixel of ``mask`` about as far from its edge as any: the last that shrinking it leaves."""
    left = np.pad(mask, 1)
    while True:
        inner = left.copy()
        inner[1:-1, 1:-1] &= left[:-2, 1:-1] & left[2:, 1:-1] & left[1:-1, :-2] & left[1:-1, 2:]
        if not inner.any():
            break
        left = inner
    rows, cols = np.nonzero(left)
    return int(cols[len(cols) // 2]) - 1, int(rows[len(rows) // 2]) - 1


def iou(found: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union, 1 of two empty masks."""
    joint = int((found | truth).sum())
    return int((found & truth).sum()) / joint if joint else 1.0
