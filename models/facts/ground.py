"""Pixels to metres: the ground size of a grid's pixels, and smallest objects worth keeping."""

import math
from typing import Dict, Optional, Sequence, Tuple

from ..imagery.grid import Grid

#: Smallest area in m² that is kept as an object of its own, by cover.
MIN_AREA_M2 = {"building": 10.0, "paved": 20.0, "tree": 4.0, "low vegetation": 20.0, "bare": 20.0, "water": 20.0}
#: Fewest pixels that are kept whatever their ground size: below that it is noise of the scores.
MIN_PIXELS = 9
#: Coarsest ground sample distance in metres at which single buildings can be told apart.
COUNTABLE_GSD = 1.5
#: Covers whose components are things to be counted; of the others only patches are.
COUNTABLE = ("building",)


def min_pixels(covers: Sequence[str], gsd: Optional[float], min_area_m2: Optional[float] = None) -> Dict[str, int]:
    """Fewest pixels of a kept component by cover; ``min_area_m2`` replaces the defaults."""
    floors = {}
    for name in covers:
        if min_area_m2 is not None:
            floors[name] = 1 if gsd is None else max(1, math.ceil(min_area_m2 / gsd**2 - 1e-9))
        elif gsd is None:
            floors[name] = MIN_PIXELS
        else:
            floors[name] = max(MIN_PIXELS, math.ceil(MIN_AREA_M2.get(name, 20.0) / gsd**2))
    return floors


def pixel_steps(grid: Grid, gsd: float) -> Tuple[float, float]:
    """Metres on the ground of one step along a row and along a column; their product is ``gsd``²."""
    affine = grid.affine
    across, down = math.hypot(affine.a, affine.d), math.hypot(affine.b, affine.e)
    if grid.crs_wkt.lstrip().upper().startswith(("GEOGCS", "GEOGCRS", "GEODCRS")):
        # Degrees of longitude shrink with latitude; those of latitude do not.
        _, south, _, north = grid.extent
        shrink = max(math.cos(math.radians((south + north) / 2.0)), 1e-6)
        across, down = math.hypot(affine.a * shrink, affine.d), math.hypot(affine.b * shrink, affine.e)
    ratio = across / down if across and down else 1.0
    return gsd * math.sqrt(ratio), gsd / math.sqrt(ratio)
