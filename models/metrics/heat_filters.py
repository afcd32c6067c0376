"""The image filters that the semantic localisation protocol names, in numpy: the values of OpenCV's and SciPy's."""

from typing import List, Tuple

import numpy as np


def median_blur(image: np.ndarray, size: int) -> np.ndarray:
    """Median of the ``size`` × ``size`` (odd) window around each pixel of a (H, W) uint8 image; border repeated.

    One counting pass for each grey value that occurs: independent of ``size``, about 256 passes at worst.
    """
    if size % 2 == 0 or size < 1:
        raise ValueError(f"a median window needs an odd size, not {size}")
    values = np.unique(image)
    result = np.full(image.shape, values[-1], np.uint8)
    if size == 1 or len(values) == 1:
        return result if len(values) == 1 else image.copy()
    padded = np.pad(image, size // 2, mode="edge")
    enough = size * size // 2 + 1
    # From large to small: the last value written is the smallest one that half of the window does not exceed.
    for value in values[-2::-1]:
        reached = _window_sum((padded <= value).astype(np.int32), size) >= enough
        if not reached.any():
            break
        result[reached] = value
    return result


def box_blur(image: np.ndarray, size: int) -> np.ndarray:
    """Mean of the ``size`` × ``size`` window of a (H, W) uint8 image, rounded; border mirrored without the edge pixel.

    An even window reaches one pixel further left and up.
    """
    before, after = size // 2, size - 1 - size // 2
    padded = np.pad(image, ((before, after), (before, after)), mode="reflect").astype(np.int64)
    return np.rint(_window_sum(padded, size) / (size * size)).astype(np.uint8)


def maximum_filter(image: np.ndarray, size: int) -> np.ndarray:
    """Maximum of the ``size`` × ``size`` window; border mirrored with the edge pixel, even windows as ``box_blur``."""
    before, after = size // 2, size - 1 - size // 2
    for axis in (0, 1):
        widths = [(0, 0), (0, 0)]
        widths[axis] = (before, after)
        image = _running_maximum(np.pad(image, widths, mode="symmetric"), size, axis)
    return image


def blob_centres(mask: np.ndarray) -> List[Tuple[int, int]]:
    """(x, y) of the 8-connected blobs of a (H, W) bool mask, by first row: mean pixel indices, cut to whole numbers."""
    parent: List[int] = []
    sums: List[Tuple[int, int, int]] = []
    above: List[Tuple[int, int, int]] = []
    last = -2
    for y in np.flatnonzero(mask.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate([[0], mask[y].astype(np.int8), [0]]))).tolist()
        here = []
        for start, stop in zip(edges[::2], edges[1::2]):
            number, length = len(parent), stop - start
            parent.append(number)
            sums.append((length, (start + stop - 1) * length // 2, y * length))
            here.append((start, stop, number))
            for left, right, other in above if last == y - 1 else []:
                if left <= stop and start <= right:
                    first, second = sorted((_root(parent, other), _root(parent, number)))
                    parent[second] = first
        above, last = here, y
    totals = np.zeros((len(parent), 3), np.int64)
    for number, each in enumerate(sums):
        totals[_root(parent, number)] += each
    return [(int(x // n), int(y // n)) for n, x, y in totals if n]


def _root(parent: List[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _window_sum(padded: np.ndarray, size: int) -> np.ndarray:
    """Sums over all full windows of ``padded``."""
    for axis in (0, 1):
        total = np.cumsum(padded, axis=axis)
        zero = np.zeros_like(np.take(total, [0], axis=axis))
        total = np.concatenate([zero, total], axis=axis)
        ahead, behind = [slice(None), slice(None)], [slice(None), slice(None)]
        ahead[axis], behind[axis] = slice(size, None), slice(None, -size)
        padded = total[tuple(ahead)] - total[tuple(behind)]
    return padded


def _running_maximum(padded: np.ndarray, size: int, axis: int) -> np.ndarray:
    """Windows of doubled length until two of them, overlapping, cover ``size``."""
    lines = np.moveaxis(padded, axis, 0)
    length = 1
    while length * 2 <= size:
        lines = np.maximum(lines[:-length], lines[length:])
        length *= 2
    rest = size - length
    if rest:
        lines = np.maximum(lines[:-rest], lines[rest:])
    return np.moveaxis(lines, 0, axis)
