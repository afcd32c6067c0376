"""Two class maps of one place as SECOND has them: what did not change is background, and what became of what is counted."""

from dataclasses import dataclass
from typing import List, Optional, Tuple

import numpy as np

from .change_rules import CellRule, cells_of
from .second_palette import BACKGROUND, CLASSES


@dataclass(frozen=True)
class Transition:
    """What of a tile became another class. ``before``, ``after``: words of :data:`CLASSES`; ``cells``: those that hold a
    third of it at least, 0..8 in reading order. ``area_m2``: None without a pixel size.
    """

    before: str
    after: str
    pixels: int
    cells: Tuple[int, ...]
    area_m2: Optional[float] = None


def blanked(before: np.ndarray, after: np.ndarray) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both (H, W) class maps with background where they agree or either has none, and the (6, 6) matrix of pixels.

    Row: the class before; column: after; unchanged pixels are on the diagonal, though the maps show them as background.
    """
    known = (before != BACKGROUND) & (after != BACKGROUND)
    size = len(CLASSES)
    code = (before[known].astype(np.int64) - 1) * size + after[known] - 1
    matrix = np.bincount(code, minlength=size * size).reshape(size, size)
    changed = known & (before != after)
    return np.where(changed, before, BACKGROUND), np.where(changed, after, BACKGROUND), matrix


def transitions(before: np.ndarray, after: np.ndarray, gsd: Optional[float] = None) -> List[Transition]:
    """What became of what in two :func:`blanked` maps, largest first. ``gsd``: metres a pixel, None unknown."""
    found = []
    code = before.astype(np.int64) * (len(CLASSES) + 1) + after
    for value in np.unique(code[before != BACKGROUND]):
        mask = code == value
        pixels = int(mask.sum())
        was, now = divmod(int(value), len(CLASSES) + 1)
        held = tuple(sorted(cells_of(mask, CellRule(-(-pixels // 3)))))
        found.append(Transition(CLASSES[was - 1], CLASSES[now - 1], pixels, held, None if gsd is None else pixels * gsd**2))
    return sorted(found, key=lambda row: (-row.pixels, row.before, row.after))
