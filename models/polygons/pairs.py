"""Which boxes meet which, without looking at every pair: bands of rows, and a sweep along each."""

from typing import Iterator, Tuple

import numpy as np

#: Pairs handled at once: some tens of MB.
_CHUNK = 1 << 20


def meeting_boxes(low: np.ndarray, high: np.ndarray) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Pairs (i, j), each once, of boxes (N, 2) .. (N, 2) that touch or overlap, some at a time."""
    bands, of, height = _bands(low, high)
    wide = float(high[:, 0].max() - low[:, 0].min()) + 1 if len(low) else 1.0
    shift = bands * wide * 2 - low[:, 0].min() if len(low) else bands
    order = np.argsort(shift + low[of, 0], kind="stable")
    of, bands, shift = of[order], bands[order], shift[order]
    begin = shift + low[of, 0]
    last = np.searchsorted(begin, shift + high[of, 0], side="right")
    for one, two in _expanded(np.arange(len(of)) + 1, last):
        i, j = of[one], of[two]
        # A pair that shares several bands counts in the first of them.
        top = np.maximum(low[i, 1], low[j, 1])
        meets = (top <= np.minimum(high[i, 1], high[j, 1])) & (np.floor(top / height) == bands[one])
        yield i[meets], j[meets]


def points_in_boxes(low: np.ndarray, high: np.ndarray, points: np.ndarray) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Pairs (box, point), each once, of points (M, 2) that lie in a box or on its edge, some at a time."""
    bands, of, height = _bands(low, high)
    if len(of) == 0 or len(points) == 0:
        return
    left = min(low[:, 0].min(), points[:, 0].min())
    wide = 2 * float(max(high[:, 0].max(), points[:, 0].max()) - left + 1)
    key = np.floor(points[:, 1] / height) * wide + points[:, 0] - left
    order = np.argsort(key, kind="stable")
    shift = bands * wide - left
    first = np.searchsorted(key[order], shift + low[of, 0], side="left")
    last = np.searchsorted(key[order], shift + high[of, 0], side="right")
    for one, spot in _expanded(first, last):
        i, point = of[one], order[spot]
        y = points[point, 1]
        inside = (y >= low[i, 1]) & (y <= high[i, 1])
        yield i[inside], point[inside]


def _bands(low: np.ndarray, high: np.ndarray) -> Tuple[np.ndarray, np.ndarray, float]:
    """Band and box, one for every band that a box reaches into; and how high a band is."""
    if len(low) == 0:
        none = np.zeros(0, np.int64)
        return none, none, 1.0
    tall = high[:, 1] - low[:, 1]
    height = max(1.0, 4 * float(tall.mean()))
    first, last = np.floor(low[:, 1] / height), np.floor(high[:, 1] / height)
    count = (last - first).astype(np.int64) + 1
    of = np.repeat(np.arange(len(low)), count)
    return first[of] + np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count), of, height


def _expanded(first: np.ndarray, last: np.ndarray) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """(i, k) for every k in [first[i], last[i]), about :data:`_CHUNK` at a time."""
    count = np.maximum(last - first, 0)
    total = np.cumsum(count)
    begin = 0
    while begin < len(count):
        before = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, before + _CHUNK, side="right")))
        part = count[begin:end]
        of = np.repeat(np.arange(begin, end), part)
        if len(of):
            yield of, first[of] + np.arange(len(of)) - np.repeat(np.cumsum(part) - part, part)
        begin = end
