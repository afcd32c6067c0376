"""The windows of a raster that are looked at: three sizes, each laid out twice, half a window apart.

Sizes and passes are those of semantic localisation as GeoRSCLIP measures it (SYSTEMS-A 1.5): every place is seen alone,
with its surroundings and from both sides of every seam.
"""

from typing import Dict, List, Optional

from ..imagery.grid import Grid, Window

#: Sides in pixels of the working scale: native, or the finest that the model knows where that is coarser.
SIZES = (256, 512, 768)


def windows(grid: Grid, gsd: Optional[float], finest: float = 0.0) -> List[Window]:
    """Windows of native pixels in reading order, none twice, none beyond ``grid``.

    The last of a row or column is moved back onto the raster; a raster smaller than a window is one. ``gsd``: native metres
    a pixel, ``finest``: that the model knows.
    """
    factor = max(1.0, finest / gsd) if gsd else 1.0
    found: Dict[Window, None] = {}
    for size in SIZES:
        side = max(1, round(size * factor))
        for shift in (0, side // 2):
            for row in _starts(grid.height, side, shift):
                for col in _starts(grid.width, side, shift):
                    found[Window(col, row, min(side, grid.width), min(side, grid.height))] = None
    # Reading order over all sizes: blocks of the file are read while they are still at hand.
    return sorted(found, key=lambda window: (window.row + window.height, window.col, window.width))


def _starts(whole: int, side: int, shift: int) -> List[int]:
    """First pixels of windows ``side`` apart from ``shift`` on, and of the one that ends at the edge."""
    if whole <= side:
        return [0]
    return [*range(shift, whole - side, side), whole - side]
