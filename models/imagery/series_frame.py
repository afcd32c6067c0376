"""Several dates on one grid: the frame of two, date by date."""

from typing import Sequence, Tuple

from ..conversation import View
from .pairs import common_frame
from .regrid import regridded
from .source import RasterSource


def series_frame(views: Sequence[View]) -> Tuple[RasterSource, ...]:
    """Every source over what all of them share, in the CRS of the first, with the coarsest of the pixel sizes.

    What ``common_frame`` does to a later date of a pair it does to each of them here. Raises as it does.
    """
    first = views[0].source
    grid = first.grid
    for view in views[1:]:
        grid = common_frame(View(regridded(first, grid)), View(view.source)).grid
    base = regridded(first, grid)
    return (base, *(common_frame(View(base), View(view.source)).after for view in views[1:]))
