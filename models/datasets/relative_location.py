"""Where a box lies on its image: the one or two of the 3 × 3 cells it covers most (RS5M, meta captions)."""

from typing import Tuple

import numpy as np

CELLS = (
    "top-left", "top-center", "top-right", "center-left", "center", "center-right",
    "bottom-left", "bottom-center", "bottom-right",
)


def cell_overlaps(box: Tuple[int, int, int, int], shape: Tuple[int, int]) -> np.ndarray:
    """(9,) float64 pixels of ``box`` (x0, y0, x1, y1; half open) in each third of ``shape`` (H, W), reading order."""
    across = _overlaps(box[0], box[2], shape[1])
    down = _overlaps(box[1], box[3], shape[0])
    return np.outer(down, across).ravel()


def relative_location(box: Tuple[int, int, int, int], shape: Tuple[int, int]) -> str:
    """"center block" or "center and bottom-center blocks"; "" for a box off the image.

    A second cell is named only if the box reaches into it (RS5M's own code names it always). Ties: reading order.
    """
    overlaps = cell_overlaps(box, shape)
    order = np.argsort(-overlaps, kind="stable")
    if overlaps[order[0]] <= 0:
        return ""
    if overlaps[order[1]] <= 1e-9:
        return f"{CELLS[order[0]]} block"
    return f"{CELLS[order[0]]} and {CELLS[order[1]]} blocks"


def _overlaps(start: float, end: float, length: int) -> np.ndarray:
    edges = np.arange(4) * length / 3
    out: np.ndarray = np.clip(np.minimum(end, edges[1:]) - np.maximum(start, edges[:-1]), 0, None)
    return out
