"""Components as polygons: one feature per component, numbered alike, so that words can point at them."""

from typing import Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..features import MaskFeature
from ..imagery.grid import Grid
from ..imagery.polygons import traced
from ..imagery.rings import outlines
from .components import Components
from .survey import bands


def features_of(
    parts: Components,
    grid: Grid,
    labels: Sequence[str],
    was: Optional[Sequence[str]] = None,
    cancel: Optional[CancelToken] = None,
) -> Tuple[MaskFeature, ...]:
    """One polygon per component, in the same order: ``labels`` (n,) what it is, ``was`` (n,) what it was before."""
    if not len(parts):
        return ()

    def rows() -> Iterator[Tuple[np.ndarray, None]]:
        ends = np.searchsorted(parts.runs.row, [w.row + w.height for w in bands(grid)])
        first = 0
        for window, last in zip(bands(grid), ends):
            if cancel is not None:
                cancel.raise_if_cancelled()
            canvas = np.zeros((window.height, window.width), np.int32)
            for cols, lines, number in parts.runs.take(np.arange(first, last)).chunks():
                canvas[lines - window.row, cols] = parts.label[first + number] + 1
            yield canvas, None
            first = last

    found = sorted(traced(outlines(rows(), grid.width, 1), grid), key=lambda polygon: polygon.value)
    features: List[MaskFeature] = []
    for i, polygon in enumerate(found):
        features.append(MaskFeature(
            polygon.rings, labels[i], float(parts.score[i]), polygon.pixels, polygon.area_m2,
            was[i] if was is not None else "", labels[i] if was is not None else "",
        ))
    return tuple(features)
