"""Whole building footprints of 512 px, put together from the four tiles that cover each.

A 256 px tile at 7 cm is 19 m wide, narrower than many roofs: crops of it teach the texture of a roof, not its shape.
From a whole footprint a crop of any width between 15 and 76 m can be cut at any scale, the same as from aerial tiles.
"""

import re
from typing import Dict, Iterator, List, Protocol, Sequence, Tuple, TypeVar

import numpy as np

from . import splits

_NEAR = re.compile(r"OAM-(\d+)-(\d+)-20")
_WINDOW = re.compile(r":(\d+):(\d+)$")


class Named(Protocol):
    """Anything that carries the name of its tile."""

    name: str


Tile = TypeVar("Tile", bound=Named)


def quarters(tiles: Sequence[Tile]) -> Iterator[Tuple[str, List[Tile]]]:
    """Name and four tiles (upper left, upper right, lower left, lower right) of each footprint that has all four.

    They are the z20 tiles of one z19 parent, or the four 256 px windows of one z19 image; other tiles are left out.
    """
    found: Dict[str, Dict[Tuple[int, int], Tile]] = {}
    for tile in tiles:
        window, near = _WINDOW.search(tile.name), _NEAR.search(tile.name)
        if window is not None:
            top, left = (int(value) // 256 for value in window.groups())
            found.setdefault(tile.name[:window.start()], {})[top, left] = tile
        elif near is not None:
            x, y = (int(value) for value in near.groups())
            found.setdefault(splits.footprint(tile.name), {})[y % 2, x % 2] = tile
    for name, parts in sorted(found.items()):
        if len(parts) == 4:
            yield name, [parts[place] for place in ((0, 0), (0, 1), (1, 0), (1, 1))]


def joined(four: Sequence[np.ndarray]) -> np.ndarray:
    """Four arrays (..., 256, 256) as one (..., 512, 512)."""
    return np.concatenate([np.concatenate(four[:2], -1), np.concatenate(four[2:], -1)], -2)
