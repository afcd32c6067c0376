"""Finds patches of a single cover inside real tiles: smooth asphalt, mown grass, sand, open water, closed canopy."""

from typing import Callable, List, NamedTuple, Optional, Tuple

import numpy as np
from scipy import ndimage

from .quilting import directed
from .sources import Tile

BUILDING, PAVED, TREE, LOW, BARE, WATER = range(6)

#: Tiles whose patches hold something else (houses, roads, orchards, unmapped roofs), seen by eye.
_EXCLUDED_NUMBERS = {
    "forest": (0, 1, 2, 3, 4, 5, 8, 9, 29, 30, 31, 32, 33, 40),
    "agricultural": (0, 1, 2, 3, 4, 11, 21, 22, 23, 25, 37, 38, 61),
    "baseballdiamond": (6, 21, 61, 62, 64, 76), "beach": (32, 63, 64), "river": (31, 68), "freeway": (66,),
    "overpass": (22, 78),
}
EXCLUDED = {f"{label}{number:02d}" for label, numbers in _EXCLUDED_NUMBERS.items() for number in numbers} | {
    "SJER_021", "319299-270962", "319299-270963", "386718-220253", "386691-220246", "386692-220246", "386690-220247"}


class Patch(NamedTuple):
    """A single-cover cut. ``pixels`` (h, w, 3) uint8."""

    cover: int
    gsd: float
    family: str
    source: str
    pixels: np.ndarray


class Colour(NamedTuple):
    """Means inside a candidate window, 0..255; ``green`` is excess green, ``rough`` the fine, ``spread`` all contrast,
    ``plants`` the share of green pixels."""

    red: float
    green_band: float
    blue: float
    light: float
    green: float
    rough: float
    spread: float
    plants: float
    tile_light: float


Rule = Callable[[Colour], bool]


def _grey(c: Colour) -> bool:
    return max(c.red, c.green_band, c.blue) - min(c.red, c.green_band, c.blue) < 20 and abs(c.green) < 0.04


_WATER: Rule = lambda c: c.spread < 8 and c.light < 135 and c.light < c.tile_light * 0.95 and c.green < 0.1
_SEA: Rule = lambda c: c.spread < 11 and c.blue > c.red - 4 and c.light < 165 and c.green < 0.12
_SAND: Rule = lambda c: c.spread < 13 and c.red > max(c.blue + 12, c.green_band - 1) and c.light > 105
_EARTH: Rule = lambda c: c.spread < 15 and c.red > c.blue + 18 and (
    c.green < 0.035 and 80 < c.light < 200)
_GRASS: Rule = lambda c: (
    c.spread < 10 and c.green > 0.06 and 55 < c.light < 190 and c.green_band > max(c.blue, c.red))
_VERGE: Rule = lambda c: _GRASS(c) and c.green > 0.09
_ASPHALT: Rule = lambda c: c.spread < 8 and _grey(c) and 45 < c.light < 200
#: Which class of tile can give which cover, by which look.
AERIAL_RULES: Tuple[Tuple[str, int, Rule], ...] = (
    ("river", WATER, _WATER), ("harbor", WATER, lambda c: c.spread < 12 and c.light < 90), ("beach", WATER, _SEA),
    ("beach", BARE, _SAND), ("baseballdiamond", BARE, _EARTH), ("baseballdiamond", LOW, _GRASS),
    ("golfcourse", LOW, _GRASS), ("runway", LOW, _VERGE), ("freeway", LOW, _VERGE), ("tenniscourt", LOW, _VERGE),
    ("river", LOW, _VERGE), ("runway", PAVED, _ASPHALT), ("freeway", PAVED, _ASPHALT), ("overpass", PAVED, _ASPHALT),
    ("parkinglot", PAVED, _ASPHALT),
)
WHOLE_TILES = {"forest": TREE, "agricultural": LOW}
FOOTPRINT_RULES: Tuple[Tuple[int, Rule], ...] = (
    (LOW, lambda c: c.plants > 0.88 and c.green > 0.09 and c.rough < 11 and c.spread < 15 and c.light > 95),
    (BARE, lambda c: c.plants < 0.1 and c.green < 0.04 and c.light > 100
     and c.red > max(c.blue + 26, c.green_band + 5) and c.spread < 14),
)
#: Closed canopy where crops do not look like it; Banepa's dark fields do.
CANOPY: Rule = lambda c: c.plants > 0.96 and c.green > 0.2 and c.spread > 20 and c.rough > 6 and c.light < 105
PLOT_RULES: Tuple[Tuple[int, Rule], ...] = (
    (LOW, lambda c: c.green > 0.05 and c.spread < 16),
    (BARE, lambda c: c.red > c.green_band + 14 and c.spread < 24 and c.light < 205),
)


class _Sums:
    """Window means in constant time from integral images."""

    def __init__(self, tile: Tile) -> None:
        rgb = tile.pixels.astype(np.float64)
        light = rgb.mean(2)
        fine = np.abs(light - ndimage.uniform_filter(light, 5))
        blocked = np.zeros(light.shape) if tile.mask is None else ndimage.binary_dilation(
            tile.mask, iterations=max(1, round(1.0 / tile.gsd))).astype(np.float64)
        plants = rgb[..., 1] * 2 - rgb[..., 0] - rgb[..., 2] > 0.06 * 3 * light
        layers = np.dstack([rgb, light ** 2, fine, blocked, light < 6, plants])
        self.sums = np.pad(layers.cumsum(0).cumsum(1), ((1, 0), (1, 0), (0, 0)))
        self.shape, self.tile_light = light.shape, float(np.median(light))

    def colour(self, top: int, left: int, size: int) -> Optional[Colour]:
        s, bottom, right = self.sums, top + size, left + size
        if bottom > self.shape[0] or right > self.shape[1] or top < 0 or left < 0:
            return None
        mean = (s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]) / size ** 2
        red, green, blue, square, fine, blocked, black, plants = mean
        if blocked > 0 or black > 0.25:
            return None
        light = (red + green + blue) / 3
        return Colour(red, green, blue, light, (2 * green - red - blue) / max(red + green + blue, 1), fine,
                      max(square - light ** 2, 0) ** 0.5, plants, self.tile_light)


def find(sums: _Sums, rule: Rule, smallest: int, wanted: int, largest: int = 256) -> List[Tuple[int, int, int]]:
    """Up to ``wanted`` disjoint squares (top, left, size) that satisfy ``rule``, grown from the calmest windows."""
    step, seeds = max(8, smallest // 3), []
    for top in range(0, sums.shape[0] - smallest + 1, step):
        for left in range(0, sums.shape[1] - smallest + 1, step):
            colour = sums.colour(top, left, smallest)
            if colour is not None and rule(colour):
                seeds.append((colour.spread, top, left))
    found: List[Tuple[int, int, int]] = []
    for _, top, left in sorted(seeds):
        if len(found) == wanted:
            break
        if any(abs(top - t) < s and abs(left - l) < s for t, l, s in found):
            continue
        size, grown = smallest, True
        while grown and size < largest:
            grown = False
            for dy, dx in ((0, 0), (-8, 0), (0, -8), (-8, -8)):
                colour = sums.colour(top + dy, left + dx, size + 8)
                if colour is not None and rule(colour):
                    top, left, size, grown = top + dy, left + dx, size + 8, True
                    break
        found.append((top, left, size))
    return found


def _cut(tile: Tile, cover: int, square: Tuple[int, int, int], family: str) -> Patch:
    top, left, size = square
    return Patch(cover, tile.gsd, family, tile.name, tile.pixels[top:top + size, left:left + size])


def mine(tile: Tile) -> List[Patch]:
    """Single-cover patches of one tile; empty where nothing is certain enough."""
    if tile.name.rsplit("/", 1)[-1].rsplit(".", 1)[0] in EXCLUDED:
        return []
    if tile.label in WHOLE_TILES:
        cover, whole = WHOLE_TILES[tile.label], (0, 0, min(tile.pixels.shape[:2]))
        red, green, blue = tile.pixels.reshape(-1, 3).mean(0)
        excess = (2 * green - red - blue) / max(red + green + blue, 1)
        if cover == LOW and excess < 0.05:  # ploughed, or too grey to tell
            cover = BARE
        return [_cut(tile, cover, whole, "ucmerced")] if cover != BARE or (excess < 0.01 and red > blue + 4) else []
    if tile.label == "HARV":
        return [_cut(tile, TREE, (0, 0, 400), "neon")]
    sums = _Sums(tile)
    if tile.dataset == "ucmerced":
        found = [_cut(tile, cover, square, "ucmerced") for label, cover, rule in AERIAL_RULES if label == tile.label
                 for square in find(sums, rule, 40, 1)]
        # Streaks on asphalt are lanes and joints, on water bow waves: quilted over a large area they look like rows.
        return [p for p in found if p.cover not in (PAVED, WATER) or not directed(p.pixels.astype(np.float32), 0.4)]
    rules, family = (PLOT_RULES, "neon") if tile.dataset == "neon_trees" else (FOOTPRINT_RULES, tile.dataset[:11])
    if tile.dataset == "fair_zanzibar":
        rules = (*rules, (TREE, CANOPY))
    smallest = max(48, round(7.0 / tile.gsd))
    return [_cut(tile, cover, square, family) for cover, rule in rules for square in find(sums, rule, smallest, 2, 2 * smallest)]
