"""Clicks and boxes as masks: of the mask predictor where it is sure of what is meant, else of the cover that lies there."""

from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import View
from ..facts.components import Components
from ..facts.survey import Patches
from ..pointing import Pointed
from .measured import MeasuredView

#: How a mask came about, as facts and layers say it.
PREDICTED, COVER = "mask predictor", "cover"
Place = Tuple[float, float]
Extent = Tuple[float, float, float, float]


@dataclass(frozen=True)
class Clicked:
    """One mask: ``label`` of the ground it covers, its pixels alone among components, mean ``score`` 0..1."""

    label: str
    part: Components
    score: float


def predicted(
    view: View, measured: MeasuredView, engine: Any, inside: Sequence[Place], outside: Sequence[Place],
    boxes: Sequence[Extent], cancel: Optional[CancelToken] = None,
) -> Tuple[List[Clicked], List[Place], List[Extent]]:
    """What the mask predictor makes of each click inside and each box; then the clicks and boxes that it is not sure of.

    Places in map units. Runs after ``Engine.cover``, no encoder. A mask without a known cover is passed over.
    """
    grid = measured.found.grid
    inverse = ~grid.affine
    away = [inverse * place for place in outside]
    found: List[Clicked] = []
    left_places: List[Place] = []
    left_boxes: List[Extent] = []
    for place in inside:
        one = _clicked(measured, engine.point(view, [inverse * place], away, None, cancel))
        found, left_places = (found + [one], left_places) if one is not None else (found, left_places + [place])
    for box in boxes:
        corners = np.array([inverse * corner for corner in ((box[0], box[1]), (box[2], box[3]))])
        low, high = corners.min(axis=0), corners.max(axis=0)
        pixels = float(low[0]), float(low[1]), float(high[0]), float(high[1])
        one = _clicked(measured, engine.point(view, [], away, pixels, cancel))
        found, left_boxes = (found + [one], left_boxes) if one is not None else (found, left_boxes + [box])
    return found, left_places, left_boxes


def told(found: Sequence[Clicked], others: int) -> List[Dict[str, Any]]:
    """JSON-able, for ``facts["pointed"]``: how each mask came about."""
    return [{"by": PREDICTED, "label": one.label, "score": round(one.score, 4)} for one in found] + (
        [{"by": COVER, "label": "", "score": None}] * others)


def _clicked(measured: MeasuredView, mask: Optional[Pointed]) -> Optional[Clicked]:
    if mask is None:
        return None
    label = _label(measured.found.patches, mask)
    return None if not label else Clicked(label, mask.part(measured.found.grid.width), mask.score)


def _label(patches: Mapping[str, Patches], mask: Pointed) -> str:
    """The cover that most of the mask lies on, "" if none is known there."""
    window = mask.window
    height, width = mask.mask.shape
    shares = {}
    for name, each in patches.items():
        runs = each.kept.runs
        near = (runs.row >= window.row) & (runs.row < window.row + height) & (
            runs.start < window.col + width) & (runs.stop > window.col)
        number = 0
        for cols, rows, _ in runs.take(near).chunks():
            inside = (cols >= window.col) & (cols < window.col + width)
            number += int(mask.mask[rows[inside] - window.row, cols[inside] - window.col].sum())
        shares[name] = number
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] else ""
