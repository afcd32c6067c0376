"""Which tiles are learned from, which pick the threshold and the moment to stop, which are only measured on: by blocks."""

import math
from dataclasses import replace
from typing import Collection, Dict, Sequence

from ..datasets.splits import Place, Plan, divide
from ..errors import TuningImpossible

#: Of the tiles: to learn from, to choose with, to measure on.
SHARES = (("train", 0.6), ("validation", 0.2), ("test", 0.2))
#: Seeds that are tried for a division in which every part sees the class, at each size of block.
_SEEDS = 24
#: Blocks are at most this many tiles wide; then narrower ones are tried, down to single tiles.
_WIDEST = 4


def held_back(places: Sequence[Place], with_class: Collection[str], side: float, seed: int = 0) -> Dict[str, str]:
    """Tile name to split. Whole blocks of ground go to one split; tiles that touch another's are left out.

    ``with_class``: names of the tiles that hold the class; ``side``: metres of a tile. Each split gets some of them, the
    widest blocks that allow it win, and of their divisions the one nearest to :data:`SHARES`. Raises TuningImpossible if the
    class lies too close together for that.
    """
    sizes = range(_WIDEST, 0, -1)
    for wide in sizes:
        best: Dict[str, str] = {}
        least = math.inf
        for offset in range(_SEEDS):
            plan = replace(Plan(seed=seed + offset), block=wide * side * 1.15, shares=SHARES)
            splits = dict(divide(places, plan).splits)
            off = _unevenness(splits, with_class)
            if off < least:
                best, least = splits, off
        if math.isfinite(least):
            return best
    raise TuningImpossible(
        "The polygons lie too close together: none can be held back to measure on. Map some in other parts of the raster.")


def _unevenness(splits: Dict[str, str], with_class: Collection[str]) -> float:
    """How far the class is from being shared as wanted, and how many tiles are lost; infinite if a split goes without."""
    here = [splits[name] for name in with_class if name in splits]
    shares = [here.count(name) / max(len(here), 1) - share for name, share in SHARES]
    if any(name not in here for name, _ in SHARES):
        return math.inf
    lost = 1 - len(here) / max(len(with_class), 1)
    return max(map(abs, shares)) + 0.5 * lost
