"""The single thing under a click, with its outline: smaller than any cover around it, so it is looked for first."""

from dataclasses import dataclass
from typing import Any, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress
from ..conversation import View
from ..facts.components import Components
from .measured import MeasuredView, measure_view
from .segment import component_at


@dataclass(frozen=True)
class Under:
    """``label`` of a thing, how sure the model is of it (0..1), and its pixels, alone among components."""

    label: str
    score: float
    drawn_only: bool
    measured: MeasuredView
    part: Components


def thing_under(
    view: View, measured: MeasuredView, engine: Any, point: Tuple[float, float], progress: Progress,
    cancel: Optional[CancelToken],
) -> Optional[Under]:
    """The surest thing whose box holds ``point`` (map units) and whose ground lies under it; None if there is none.

    ``measured``: of the whole view, with things spotted. Runs no encoder: what was looked at is remembered.
    """
    x, y = point
    for row in measured.facts.get("spotted", ()):
        x0, y0, x1, y1 = row["box"]
        if not (min(x0, x1) <= x <= max(x0, x1) and min(y0, y1) <= y <= max(y0, y1)):
            continue
        label = row["label"]
        looked = measure_view(view, engine, progress, cancel, whole=True, things=(label,))
        kept = looked.found.patches[label].kept
        under = component_at(kept, *(~looked.found.grid.affine * point))
        if under is not None:
            return Under(label, row["score"], row["drawn_only"], looked, kept.keep(np.arange(len(kept)) == under))
    return None
