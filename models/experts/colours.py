"""The colours of single things, measured from the pixels they cover."""

from typing import Any, List, Optional

import numpy as np

from ..cancel import CancelToken
from ..conversation import View
from ..datasets.appearance import colour_word
from ..facts.components import Components
from ..facts.survey import bands
from ..imagery.grid import Grid, Window
from ..imagery.stretch import measure_stretch


def colours_of(view: View, grid: Grid, parts: Components, cancel: Optional[CancelToken] = None) -> List[str]:
    """A word for each of ``parts``: that of the mean of its valid pixels as they are shown; "" where none is valid.

    ``grid``: the working pixels that ``parts`` count in, on the lattice of the view's source. Reads the rows that hold
    any of ``parts`` once. Raises RasterUnreadable.
    """
    total, number = np.zeros((len(parts), 3)), np.zeros(len(parts))
    if not len(parts):
        return []
    stretch = measure_stretch(view.source, cancel)
    first = 0
    for last in np.searchsorted(parts.runs.row, [band.row + band.height for band in bands(grid)]):
        if cancel is not None:
            cancel.raise_if_cancelled()
        runs, label = parts.runs.take(np.arange(first, last)), parts.label[first:last]
        first = last
        if not len(runs):
            continue
        top, bottom = int(runs.row.min()), int(runs.row.max()) + 1
        image = view.source.read(native_window(view, grid, Window(0, top, grid.width, bottom - top)), (bottom - top, grid.width))
        rgb = stretch.apply(image) * 255
        for cols, rows, run in runs.chunks():
            known = image.valid[rows - top, cols]
            owner = label[run][known]
            number += np.bincount(owner, minlength=len(parts))
            for channel in range(3):
                values = rgb[channel, rows[known] - top, cols[known]]
                total[:, channel] += np.bincount(owner, values, len(parts))
    return [colour_word(total[i] / number[i]) if number[i] else "" for i in range(len(parts))]


def native_window(view: View, grid: Grid, window: Window) -> Window:
    """``window`` of the working ``grid`` in pixels of the view's source: both count along the same lattice."""
    to_source: Any = ~view.source.grid.affine * grid.affine
    left, top = to_source * (window.col, window.row)
    right, bottom = to_source * (window.col + window.width, window.row + window.height)
    return Window(round(left), round(top), round(right) - round(left), round(bottom) - round(top))
