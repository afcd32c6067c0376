"""Splits of chips by blocks of ground, and a count of what leaks that looks at nothing but pixels."""

import math
from typing import List, Mapping, Sequence, Tuple

from ...models.datasets.chip import Chip
from ...models.datasets.splits import Division, Place, Plan, best_seed, divide
from .training_chips import Site

#: Blocks that ground is cut into if nobody says how large they are: three patches, in each of which shares are exact.
_BLOCKS = 60


def automatic_block(chips: Sequence[Chip]) -> float:
    """Metres: three chips, or more where chips that cover their ground once still give some sixty blocks."""
    sides = [max(chip.shape) * (chip.gsd or 1.0) for chip in chips]
    return max(3 * max(sides), math.sqrt(sum(side * side for side in sides) / _BLOCKS))


def divided(chips: Sequence[Chip], block: float, shares: Tuple[Tuple[str, float], ...], seed: int) -> Tuple[Division, Plan]:
    """Each chip's split and the plan that was used: of 32 seeds from ``seed`` on, the one that divides most evenly."""
    places = [Place.of(chip) for chip in chips]
    plan = best_seed(places, Plan(block or automatic_block(chips), shares, seed))
    return divide(places, plan), plan


def leaks(sites: Sequence[Site], splits: Mapping[str, str]) -> int:
    """Pairs of chips of different splits that share a pixel or an edge."""
    kept: List[Site] = sorted((site for site in sites if site.name in splits), key=lambda site: site.window.row)
    found = 0
    for i, one in enumerate(kept):
        for other in kept[i + 1:]:
            a, b = one.window, other.window
            if b.row > a.row + a.height:
                break
            if splits[one.name] != splits[other.name]:
                found += a.col <= b.col + b.width and b.col <= a.col + a.width
    return found
