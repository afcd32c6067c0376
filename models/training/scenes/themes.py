"""What a kind of place holds, as odds; and the odds of a scene that follows no theme."""

from typing import Dict, NamedTuple, Set, Tuple

import numpy as np

from .world import BARE, LOW, PAVED, TREE, WATER


class Theme(NamedTuple):
    """``base``: covers the ground may start from; the rest are expected amounts, 0 to 1."""

    base: Tuple[int, ...]
    roads: float = 0.0
    paths: float = 0.0
    houses: float = 0.0
    large: float = 0.0
    trees: float = 0.0
    forest: float = 0.0
    blobs: float = 0.5
    fields: float = 0.0
    water: float = 0.0
    lots: float = 0.0
    sport: float = 0.0
    solar: float = 0.0
    rail: float = 0.0
    boats: float = 0.0
    grid: float = 0.0
    pond: float = 0.05
    aircraft: float = 0.0


THEMES: Dict[str, Theme] = {
    "village": Theme((LOW, LOW, BARE), paths=1.0, roads=0.3, houses=0.8, trees=0.8, blobs=0.9),
    "suburb": Theme((LOW,), roads=1.0, grid=0.6, houses=1.0, trees=0.7, blobs=0.5, lots=0.2),
    "town": Theme((PAVED, BARE), roads=1.0, grid=0.8, houses=1.0, large=0.4, trees=0.3, lots=0.3),
    "farmland": Theme((LOW, BARE), fields=1.0, paths=0.5, roads=0.25, houses=0.15, trees=0.2, forest=0.2, water=0.1),
    "forest": Theme((TREE, LOW), forest=0.9, paths=0.4, trees=0.5, blobs=0.6, houses=0.1, water=0.15),
    "shore": Theme((LOW, BARE), water=1.0, trees=0.4, forest=0.3, houses=0.25, paths=0.3, boats=0.3, roads=0.2),
    "harbour": Theme((PAVED,), water=1.0, boats=1.0, large=0.5, lots=0.6, roads=0.3),
    "industry": Theme((PAVED, BARE), roads=0.7, large=1.0, lots=0.8, trees=0.2, rail=0.3, blobs=0.5, solar=0.15),
    "park": Theme((LOW,), sport=0.9, paths=0.6, trees=0.8, forest=0.3, water=0.35, roads=0.2, blobs=0.5, lots=0.2, pond=0.4),
    "desert": Theme((BARE,), blobs=0.7, paths=0.5, trees=0.3, solar=0.2, roads=0.2, houses=0.1),
    "highway": Theme((LOW, BARE), roads=1.0, lots=0.3, trees=0.2, rail=0.3, blobs=0.5, forest=0.2),
    "runway": Theme((LOW, PAVED), lots=1.0, large=0.2, blobs=0.4, aircraft=0.6),
}


def tossed(rng: np.random.Generator, allowed: Set[int]) -> Theme:
    """Odds without a place in mind, so that roofs stand beside anything and anything lies without roofs."""
    ground = tuple(c for c in (PAVED, LOW, LOW, LOW, BARE, BARE, TREE) if c in allowed) or (WATER,)
    houses, large, trees = rng.uniform(0, 0.5, 3)
    return Theme(ground, roads=0.6, paths=0.3, houses=0.5 + houses, large=large, trees=0.4 + trees, forest=0.4, blobs=0.7,
                 fields=0.25, water=1.0, lots=0.5, sport=0.45, solar=0.15, rail=0.15, boats=0.3, pond=0.2, aircraft=0.15)
