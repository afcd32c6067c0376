"""Where tiles lie: cells that cover a raster without a gap or an overlap, and the windows that each is named by."""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np

from ..conversation import Region
from ..errors import QuestionUnclear
from ..imagery.grid import Grid, Window
from ..imagery.regions import region_mask, region_window

#: Side of a tile in pixels of the working scale, and tiles that are looked at without being asked for.
SIDE, MOST = 256, 2000
#: Smallest side that shows anything, and the most tiles that one run takes.
SMALLEST, LIMIT = 16, 2_000_000
#: Side in pixels of the mask that regions are looked up in, and share of a cell that must lie inside.
_MASK, _INSIDE = 2048, 0.5


@dataclass(frozen=True)
class Cell:
    """``ground``: the pixels that it stands for; ``windows``: indices of what is looked at for it."""

    ground: Window
    windows: Tuple[int, ...]


@dataclass(frozen=True)
class Tiling:
    """``windows``: all within the raster; ``cells`` in reading order."""

    windows: Tuple[Window, ...]
    cells: Tuple[Cell, ...]


def side_for(grid: Grid, gsd: Optional[float], finest: float, region: Optional[Region] = None) -> int:
    """Side of a tile, in native pixels, where the user names none: SIDE of the working scale (``finest`` metres a pixel, or
    native if that is coarser), wider where more than MOST were needed."""
    within = region_window(region, grid)
    side = SIDE * (max(1.0, finest / gsd) if gsd else 1.0)
    while -(-within.width // round(side)) * -(-within.height // round(side)) > MOST:
        side *= 1.1
    return round(side)


def tiling(grid: Grid, side: int, overlap: int = 0, region: Optional[Region] = None) -> Tiling:
    """Cells of ``side − overlap`` px over ``grid`` or, from its upper left corner, over ``region``.

    Windows of ``side`` px, the last of a row or column moved back onto the ground. With an overlap a cell is named by all the
    windows that hold its middle. Cells that lie for less than half in ``region`` are left out; a region smaller than a tile
    is one. Raises QuestionUnclear for sides that make no tiles.
    """
    if side < SMALLEST:
        raise QuestionUnclear(f"A tile of {side} pixels shows nothing. Take {SMALLEST} or more.")
    if not 0 <= overlap <= side * 3 // 4:
        raise QuestionUnclear(f"An overlap of {overlap} pixels does not fit tiles of {side}. Take at most {side * 3 // 4}.")
    whole = region_window(region, grid)
    if whole.empty:
        return Tiling((), ())
    if (whole.width // (side - overlap) + 1) * (whole.height // (side - overlap) + 1) > LIMIT:
        raise QuestionUnclear("That makes too many tiles. Take larger tiles, or a smaller region.")
    across, down = _axis(whole.width, side, overlap), _axis(whole.height, side, overlap)
    width, height = min(side, whole.width), min(side, whole.height)
    windows = tuple(Window(whole.col + col, whole.row + row, width, height) for row in down[0] for col in across[0])
    cells = [
        Cell(Window(whole.col + left, whole.row + top, right - left, bottom - top),
             tuple(r * len(across[0]) + c for r in rows for c in cols))
        for (top, bottom), rows in zip(down[1], down[2]) for (left, right), cols in zip(across[1], across[2])]
    return _needed(windows, _inside(cells, grid, whole, region))


_Axis = Tuple[List[int], List[Tuple[int, int]], List[Tuple[int, ...]]]


def _axis(whole: int, side: int, overlap: int) -> _Axis:
    """Starts of windows, spans of cells, and which windows name each cell, along one side of the ground."""
    step = side - overlap
    starts = [0] if whole <= side else [*range(0, whole - side, step), whole - side]
    spans = [(start, min(start + step, whole)) for start in range(0, whole, step)]
    if not overlap:
        return starts, spans, [(number,) for number in range(len(spans))]
    middles = [(first + last) / 2 for first, last in spans]
    return starts, spans, [
        tuple(n for n, start in enumerate(starts) if start <= middle < start + max(side, 1)) for middle in middles]


def _inside(cells: Sequence[Cell], grid: Grid, whole: Window, region: Optional[Region]) -> List[Cell]:
    if region is None or not region.polygons:
        return list(cells)
    scale = max(1.0, max(whole.width, whole.height) / _MASK)
    shape = max(1, round(whole.height / scale)), max(1, round(whole.width / scale))
    # Sums from the upper left corner: the share of any rectangle is four look-ups.
    sums = np.pad(region_mask(region, grid.part(whole, shape)).cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def share(ground: Window) -> float:
        top, left = (ground.row - whole.row) / whole.height, (ground.col - whole.col) / whole.width
        r0, r1 = (round(v * shape[0]) for v in (top, top + ground.height / whole.height))
        c0, c1 = (round(v * shape[1]) for v in (left, left + ground.width / whole.width))
        r1, c1 = max(r1, r0 + 1), max(c1, c0 + 1)
        r1, c1 = min(r1, shape[0]), min(c1, shape[1])
        r0, c0 = min(r0, r1 - 1), min(c0, c1 - 1)
        return float(sums[r1, c1] - sums[r0, c1] - sums[r1, c0] + sums[r0, c0]) / ((r1 - r0) * (c1 - c0))

    shares = [share(cell.ground) for cell in cells]
    kept = [cell for cell, each in zip(cells, shares) if each >= _INSIDE]
    # A narrow region fills no tile: the one that holds the most of it stands for it.
    return kept or [cells[int(np.argmax(shares))]]


def _needed(windows: Sequence[Window], cells: Sequence[Cell]) -> Tiling:
    """Without the windows that no cell is named by."""
    used = sorted({index for cell in cells for index in cell.windows})
    place = {index: number for number, index in enumerate(used)}
    return Tiling(
        tuple(windows[index] for index in used),
        tuple(Cell(cell.ground, tuple(place[index] for index in cell.windows)) for cell in cells))
