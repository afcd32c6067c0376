"""How far one date lies beside the other: phase correlation of edges in several tiles, which have to agree.

Edges, not grey values, since light and season differ. The cross-power spectrum is whitened by the root of its magnitude:
full whitening (Kuglin and Hines, 1975) lets noise speak as loudly as ground. Surfaces of all tiles are summed, each on
its own scale, before the peak is looked for: a place where half of the tiles were rebuilt still has one.
"""

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np

#: Side in pixels of a tile, the least that is tried, and how many a side are spread over the ground.
TILE, SMALLEST, SPREAD = 128, 64, 4
#: Pixels searched in each direction, and the longest shift that is believed; what lies between is known to be too far.
REACH, FARTHEST = 8, 5.0
#: Shifts shorter than this, and parts of a pixel below ``SNAP``, are not worth a resampling.
SHORTEST, SNAP = 0.5, 0.15
#: What a shift must show: share of tiles that find it alone, their number, and how far the correlation of edges rises
#: over that without it and over that of the opposite shift (interpolation smooths, which raises both alike).
SUPPORT, TILES, RISE = 0.4, 3, 0.02
#: Steps a pixel on which surfaces are compared, and the deviation (cycles a pixel) of the low pass in front of them.
_FINE, _PASS = 4, 0.2


@dataclass(frozen=True)
class Shift:
    """``right``, ``down``: pixels that the second image must be moved by to lie on the first.

    ``support``: share of the tiles that find it by themselves. ``correlation`` of the edges without and with it, -1..1.
    ``trusted``: whether moving it is worth while.
    """

    right: float = 0.0
    down: float = 0.0
    support: float = 0.0
    correlation: Tuple[float, float] = (0.0, 0.0)
    trusted: bool = False

    @property
    def pixels(self) -> float:
        """Its length."""
        return float(np.hypot(self.right, self.down))


def tile_corners(height: int, width: int, size: int = TILE) -> List[Tuple[int, int]]:
    """(row, col) of at most ``SPREAD``² tiles, evenly over (height, width); none if that is too small to tell."""
    def offsets(length: int) -> List[int]:
        if length <= size:
            return [0]
        count = int(min(SPREAD, max(2, round(2 * length / size) - 1)))
        return [round(i * (length - size) / (count - 1)) for i in range(count)]

    if min(height, width) < SMALLEST:
        return []
    return [(row, col) for row in offsets(height) for col in offsets(width)]


def find_shift(pairs: Sequence[Tuple[np.ndarray, np.ndarray, np.ndarray]]) -> Shift:
    """The shift between two dates. ``pairs``: (first, second, valid) of each tile, (h, w) float grey values and bool."""
    tiles = [(edges(one, valid), edges(two, valid)) for one, two, valid in pairs]
    tiles = [tile for tile in tiles if min((field != 0).mean() for field in tile) > 0.25]
    if len(tiles) < TILES:
        return Shift()
    surfaces = np.stack([_surface(*tile) for tile in tiles])
    total = surfaces.sum(0)
    row, col = (int(i) for i in np.unravel_index(int(total.argmax()), total.shape))
    right, down = _between(total[row], col) / _FINE - REACH, _between(total[:, col], row) / _FINE - REACH
    own = np.array([np.unravel_index(int(one.argmax()), one.shape) for one in surfaces])
    support = float((np.abs(own - (row, col)).max(axis=1) <= _FINE).mean())
    right, down = _snapped(right), _snapped(down)
    found = Shift(right, down, support)
    plain = _correlation(tiles, 0, 0)
    if found.pixels == 0:
        return Shift(support=support, correlation=(plain, plain))
    there, opposite = _correlation(tiles, right, down), _correlation(tiles, -right, -down)
    trusted = (
        SHORTEST <= found.pixels <= FARTHEST and support >= SUPPORT and support * len(tiles) >= TILES
        and there - max(plain, opposite) >= RISE
    )
    return Shift(right, down, support, (plain, there), trusted)


def edges(grey: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(h, w) complex gradient, its length squeezed towards 1 (x + iy; 0 at and beside invalid pixels)."""
    slope = np.zeros(grey.shape, np.complex64)
    known = valid.copy()
    known[[0, -1]] = known[:, [0, -1]] = False
    known[1:-1, 1:-1] &= valid[2:, 1:-1] & valid[:-2, 1:-1] & valid[1:-1, 2:] & valid[1:-1, :-2]
    slope[1:-1, 1:-1] = grey[1:-1, 2:] - grey[1:-1, :-2] + 1j * (grey[2:, 1:-1] - grey[:-2, 1:-1])
    slope *= known
    length = np.abs(slope)
    # Flat ground has no direction: what is weaker than most is let count less.
    usual = float(np.median(length[known])) if known.any() else 0.0
    squeezed: np.ndarray = slope / (length + max(usual, 1e-3))
    return squeezed


def _surface(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Whitened cross-correlation on a lattice of ``_FINE`` steps a pixel over ± ``REACH``, deviation 1 over all shifts."""
    height, width = one.shape
    window = np.outer(np.hanning(height + 2)[1:-1], np.hanning(width + 2)[1:-1])
    cross = np.fft.fft2(one * window) * np.conj(np.fft.fft2(two * window))
    cross /= np.sqrt(np.abs(cross)) + 1e-9
    down, right = np.fft.fftfreq(height), np.fft.fftfreq(width)
    cross *= np.outer(np.exp(-(down / _PASS) ** 2 / 2), np.exp(-(right / _PASS) ** 2 / 2))
    spread = float(np.fft.ifft2(cross).real.std())
    steps = np.arange(-REACH * _FINE, REACH * _FINE + 1) / _FINE
    # The inverse transform at fractions of a pixel, as two matrix products (Guizar-Sicairos et al., 2008).
    fine = np.exp(2j * np.pi * np.outer(steps, down)) @ cross @ np.exp(2j * np.pi * np.outer(right, steps))
    surface: np.ndarray = fine.real / (height * width * max(spread, 1e-12))
    return surface


def _between(line: np.ndarray, index: int) -> float:
    """The place of a maximum between samples, from a parabola through three of them."""
    if not 0 < index < len(line) - 1:
        return float(index)
    left, here, right = (float(v) for v in line[index - 1:index + 2])
    bend = left - 2 * here + right
    return index + (0.0 if bend >= 0 else float(np.clip((left - right) / bend / 2, -1, 1)))


def _snapped(value: float) -> float:
    whole = round(value)
    return float(whole) if abs(value - whole) <= SNAP else round(float(value), 2)


def _correlation(tiles: Sequence[Tuple[np.ndarray, np.ndarray]], right: float, down: float) -> float:
    """Of the edges of all tiles where both have any, the second moved."""
    product = first = second = 0.0
    for one, two in tiles:
        there = _moved(two, right, down)
        both = (one != 0) & (there != 0)
        a, b = one[both], there[both]
        product += float((a * np.conj(b)).real.sum())
        first, second = first + float((np.abs(a) ** 2).sum()), second + float((np.abs(b) ** 2).sum())
    return product / float(np.sqrt(first * second)) if first * second > 0 else 0.0


def _moved(field: np.ndarray, right: float, down: float) -> np.ndarray:
    """``field`` moved, linear between pixels; 0 where nothing of it comes to lie."""
    height, width = field.shape
    rows, cols = np.arange(height) - down, np.arange(width) - right
    row, col = np.clip(np.floor(rows).astype(int), 0, height - 2), np.clip(np.floor(cols).astype(int), 0, width - 2)
    part, share = (rows - row)[:, None], (cols - col)[None]
    upper = field[row][:, col] * (1 - share) + field[row][:, col + 1] * share
    lower = field[row + 1][:, col] * (1 - share) + field[row + 1][:, col + 1] * share
    inside = ((rows >= 0) & (rows <= height - 1))[:, None] & ((cols >= 0) & (cols <= width - 1))[None]
    moved: np.ndarray = np.where(inside, upper * (1 - part) + lower * part, 0)
    return moved
