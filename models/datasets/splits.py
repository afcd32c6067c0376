"""Training, validation and test by blocks of ground, so that no split has seen another's place.

The ground is cut into square blocks; a block's split follows from its address and the seed alone, so it never changes
when chips are added. In every patch of 5 × 4 blocks the splits have their shares exactly (stratified by place); dates
change slowly from place to place, so months come out nearly alike, and :func:`best_seed` picks the seed where they do most.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, Iterable, List, Mapping, Sequence, Tuple

from .chip import Chip
from .choosing import fraction, shuffled
from .footprints import bounds
from .seasons import month_of

#: Metres of a degree of latitude on the sphere of the earth's mean radius (6,371,008.8 m).
_DEGREE = 111195.08
_PATCH = (5, 4)
NO_PLACE = "place unknown"
TOUCHES = "touches a chip of another split"


@dataclass(frozen=True)
class Plan:
    """``shares``: what of the ground goes to each split, summing to 1; where chips touch, the later split keeps its chip.

    ``block``: metres, a few chips at least.
    """

    block: float = 2000.0
    shares: Tuple[Tuple[str, float], ...] = (("train", 0.7), ("validation", 0.1), ("test", 0.2))
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.block > 0 or abs(sum(s for _, s in self.shares) - 1) > 1e-6 or min(s for _, s in self.shares) < 0:
            raise ValueError("blocks need a size, and the shares of the splits must sum to 1")


@dataclass(frozen=True)
class Place:
    """What a split needs to know of a chip. ``bounds``: west, south, east, north in degrees (east may pass 180), ()
    unknown; chips without them that share a ``source`` stay together. ``time``: ISO 8601."""

    name: str
    bounds: Tuple[float, ...] = ()
    time: str = ""
    source: str = ""

    @classmethod
    def of(cls, chip: Chip) -> "Place":
        """From a chip's footprint, else its centre, size and pixels."""
        return cls(chip.name, bounds(chip), chip.origin.time, chip.origin.source)


@dataclass(frozen=True)
class Division:
    """``splits``: chip name to split. ``blocks``: the same chips' blocks. ``dropped``: chip name to reason."""

    splits: Mapping[str, str]
    blocks: Mapping[str, str]
    dropped: Mapping[str, str]

    def counts(self) -> Dict[str, Dict[str, int]]:
        """Chips by split and dropped chips by reason, for a manifest."""
        return {"splits": dict(sorted(Counter(self.splits.values()).items())),
                "dropped": dict(sorted(Counter(self.dropped.values()).items()))}


def divide(places: Iterable[Place], plan: Plan) -> Division:
    """Split ``places``; chips that touch one of another split are left out, and so are those of unknown place.

    Of two that touch, the chip of the split named earlier in ``plan.shares`` goes: training gives way to validation, both
    to test. What is left of different splits is therefore at least a gap apart; adding chips may drop a neighbour but
    moves no chip to another split. Raises ``ValueError`` for two places of one name.
    """
    return _assigned(_Ground(places, plan.block), plan)


class _Ground:
    """What does not depend on the seed: blocks, chips that touch, chips whose place nobody knows."""

    def __init__(self, places: Iterable[Place], size: float) -> None:
        self.blocks: Dict[str, str] = {}
        self.lost: Dict[str, str] = {}
        self.places: List[Place] = []
        for place in places:
            if place.name in self.blocks or place.name in self.lost:
                raise ValueError(f"two chips are called “{place.name}”")
            block = block_of(place, size)
            if block:
                self.blocks[place.name] = block
                self.places.append(place)
            else:
                self.lost[place.name] = NO_PLACE
        self.touching = list(_touching([place for place in self.places if place.bounds]))


def _assigned(ground: _Ground, plan: Plan) -> Division:
    of_block = {block: split_of(block, plan) for block in set(ground.blocks.values())}
    splits = {name: of_block[block] for name, block in ground.blocks.items()}
    rank = {name: i for i, (name, _) in enumerate(plan.shares)}
    dropped = dict(ground.lost)
    for one, other in ground.touching:
        if splits[one] != splits[other]:
            dropped[min(one, other, key=lambda name: rank[splits[name]])] = TOUCHES
    kept = {name: split for name, split in splits.items() if name not in dropped}
    return Division(kept, {name: ground.blocks[name] for name in kept}, dropped)


def block_of(place: Place, size: float) -> str:
    """The address of the block that holds the chip's centre; "" where nothing is known of its place.

    Blocks are ``size`` metres high and, on their row, as wide: columns are counted on the row's own circle of latitude.
    """
    if len(place.bounds) != 4 or not all(math.isfinite(value) for value in place.bounds):
        return f"source {place.source}" if place.source else ""
    west, south, east, north = place.bounds
    row = math.floor((south + north) / 2 * _DEGREE / size)
    circle = max(math.cos(math.radians((row + 0.5) * size / _DEGREE)), 1e-6) * 360 * _DEGREE
    column = math.floor(((west + east) / 2 + 180) % 360 / 360 * circle / size)
    return f"{row} {column}"


def split_of(block: str, plan: Plan) -> str:
    """The split of a block: the blocks of a patch draw from a full set of places, in an order that the seed sets."""
    if block.startswith("source "):
        return _at(fraction(plan.seed, block), plan)
    row, column = (int(part) for part in block.split())
    across, down = _PATCH
    order, offset = _patch(plan.seed, row // down, column // across)
    # With the offset, shares that are no multiple of a twentieth come out right over many patches.
    return _at((order[row % down * across + column % across] + offset) / (across * down), plan)


@lru_cache(maxsize=4096)
def _patch(seed: int, row: int, column: int) -> Tuple[List[int], float]:
    return shuffled(range(_PATCH[0] * _PATCH[1]), seed, row, column), fraction(seed, "offset", row, column)


def _at(position: float, plan: Plan) -> str:
    reached = 0.0
    for name, share in plan.shares:
        reached += share
        if position < reached - 1e-12:
            return name
    return plan.shares[-1][0]


def best_seed(places: Sequence[Place], plan: Plan, tries: int = 32) -> Plan:
    """``plan`` with that of ``tries`` seeds, from its own on, whose splits differ least in months and shares.

    Keep the seed that comes out, with the data set: with it, a chip's split stays when chips are added.
    """
    plans = [Plan(plan.block, plan.shares, plan.seed + i) for i in range(max(tries, 1))]
    ground = _Ground(places, plan.block)
    return min(plans, key=lambda candidate: _unevenness(ground, candidate))


def month_difference(places: Iterable[Place], splits: Mapping[str, str]) -> float:
    """The largest difference, 0..1, between a month's share in one split and in another; places without month left out."""
    months: Dict[str, "Counter[int]"] = {split: Counter() for split in splits.values()}
    for place in places:
        month = month_of(place.time)
        if month is not None and place.name in splits:
            months[splits[place.name]][month] += 1
    shares = [[n[m] / sum(n.values()) for m in range(1, 13)] for n in months.values() if n]
    return max((max(column) - min(column) for column in zip(*shares)), default=0.0)


def _unevenness(ground: _Ground, plan: Plan) -> float:
    splits = _assigned(ground, plan).splits
    if len(set(splits.values())) < sum(share > 0 for _, share in plan.shares):
        return 2.0  # a split without any chip
    counts = Counter(splits.values())
    off = max(abs(counts[name] / len(splits) - share) for name, share in plan.shares)
    return max(month_difference(ground.places, splits), off)


def _touching(places: Sequence[Place]) -> Iterable[Tuple[str, str]]:
    """Pairs of names whose bounds share a point, found in a hash of cells as large as the largest chip."""
    if not places:
        return
    wide = max(max(p.bounds[2] - p.bounds[0] for p in places), max(p.bounds[3] - p.bounds[1] for p in places), 1e-9)
    cells: Dict[Tuple[int, int], List[Tuple[Place, Tuple[float, ...]]]] = {}
    for place in places:
        west, south, east, north = place.bounds
        # Across the antimeridian a chip lies at both ends of the world.
        for turn in (0.0, *((-360.0,) if east >= 180 - wide else ()), *((360.0,) if west <= wide - 180 else ())):
            box = (west + turn, south, east + turn, north)
            found = {}
            for col in range(math.floor(box[0] / wide), math.floor(box[2] / wide) + 1):
                for row in range(math.floor(south / wide), math.floor(north / wide) + 1):
                    for other, theirs in cells.get((col, row), ()):
                        if other is not place and _meet(box, theirs):
                            found[other.name] = True
                    cells.setdefault((col, row), []).append((place, box))
            for name in found:
                yield place.name, name


def _meet(one: Tuple[float, ...], other: Tuple[float, ...]) -> bool:
    near = 1e-9  # a tenth of a millimetre, since edges that two chips share differ by rounding
    return (one[0] <= other[2] + near and other[0] <= one[2] + near
            and one[1] <= other[3] + near and other[1] <= one[3] + near)
