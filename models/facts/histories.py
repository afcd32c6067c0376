"""Changes of several periods laid over each other: what changed when first, and what changed and changed back."""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..imagery.grid import Grid, Window
from .changes import Changes
from .survey import bands

#: Pixels laid over each other at once, for every period a number each.
_BAND_PIXELS = 1 << 18


@dataclass(frozen=True)
class Histories:
    """One entry a period, each for the parts of that period's changes, in their order.

    ``first``: (n,) int64, the period in which most of the part's pixels changed first; of equal ones the earlier.
    ``back``: (n,) bool, most of its pixels became within the series what they had been before they changed.
    """

    first: Tuple[np.ndarray, ...]
    back: Tuple[np.ndarray, ...]


def histories(periods: Sequence[Optional[Changes]], cancel: Optional[CancelToken] = None) -> Histories:
    """``periods``: in order of time, all on one grid; None where nothing could be compared.

    A pixel changed back if it went from one cover to another in one period and became the first again in a later one,
    whatever lies between.
    """
    count = len(periods)
    sizes = [0 if found is None else len(found.parts) for found in periods]
    firsts = [np.zeros((size, count), np.int64) for size in sizes]
    backs = [np.zeros(size, np.int64) for size in sizes]
    grid: Optional[Grid] = next((found.grid for found in periods if found is not None), None)
    codes = [_codes(found) for found in periods]
    for window in bands(grid, _BAND_PIXELS) if grid is not None else ():
        if cancel is not None:
            cancel.raise_if_cancelled()
        parts = np.stack([_painted(found, window) for found in periods])
        changed = parts >= 0
        if not changed.any():
            continue
        first = changed.argmax(axis=0)
        back = _back(parts, changed, codes)
        for k in range(count):
            here = changed[k]
            mine = parts[k][here]
            tally = np.bincount(mine * count + first[here], minlength=sizes[k] * count)
            firsts[k] += tally.reshape(sizes[k], count)
            backs[k] += np.bincount(mine[back[k][here]], minlength=sizes[k])
    return Histories(
        tuple(tally.argmax(axis=1) if len(tally) else np.zeros(0, np.int64) for tally in firsts),
        tuple(
            np.zeros(0, bool) if found is None else 2 * pixels >= found.parts.pixels
            for pixels, found in zip(backs, periods)
        ),
    )


def _codes(found: Optional[Changes]) -> Tuple[np.ndarray, np.ndarray]:
    """(n,) numbers of the covers that the parts were and became."""
    if found is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    number = {name: i for i, name in enumerate(found.labels)}
    was, became = ([number[name] for name in names] for names in (found.was, found.became))
    return np.array(was, np.int64), np.array(became, np.int64)


def _painted(found: Optional[Changes], window: Window) -> np.ndarray:
    """(h, w) int64: which part a pixel of a full-width window belongs to, -1 none."""
    out = np.full((window.height, window.width), -1, np.int64)
    if found is None or not len(found.parts):
        return out
    runs = found.parts.runs
    first, last = np.searchsorted(runs.row, [window.row, window.row + window.height])
    for cols, rows, number in runs.take(np.arange(first, last)).chunks():
        out[rows - window.row, cols] = found.parts.label[first + number]
    return out


def _back(parts: np.ndarray, changed: np.ndarray, codes: List[Tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """(periods, h, w) bool: pixels whose change in that period is undone later, or undoes an earlier one."""
    out = np.zeros(parts.shape, bool)
    for early in range(len(parts)):
        for late in range(early + 1, len(parts)):
            both = changed[early] & changed[late]
            if not both.any():
                continue
            one, two = parts[early][both], parts[late][both]
            was, became = codes[early][0][one], codes[early][1][one]
            undone = (was != became) & (codes[late][1][two] == was) & (codes[late][0][two] != was)
            for k in (early, late):
                plane = out[k]
                plane[both] |= undone
    return out
