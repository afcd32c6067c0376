"""Parts of a mask narrower than a width taken away before its outline is drawn: pixels, not lines, so areas stay exact.

An opening by discs and by squares: what neither fits into goes. The discs treat every direction alike, the squares
leave the corners of upright buildings as they are.
"""

from dataclasses import dataclass, replace
from typing import Iterator, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..imagery.rings import outlines
from .lattice import Corners, following

#: Rows filled at once.
_ROWS = 256


@dataclass(frozen=True)
class Part:
    """What is left of polygon ``number``, or a piece of it. ``rings``: open, (N, 2) int64 in pixels, shell first."""

    number: int
    pixels: int
    rings: Tuple[np.ndarray, ...]


def opened(corners: Corners, pixels: np.ndarray, across: int, cancel: Optional[CancelToken] = None) -> List[Part]:
    """What is left of the polygons, in their order; each is opened by itself. Raises Cancelled.

    ``pixels`` (polygons,): how many each has. ``across``: pixels; what is not so wide goes.
    """
    numbers = np.arange(len(pixels))
    found = _opened(corners, pixels, numbers, across, cancel)
    if found is None:
        # Some lie on top of each other, as things found one by one may.
        found = []
        for number in numbers.tolist():
            found += _opened(_only(corners, number), pixels[number : number + 1], numbers[number:], across, cancel) or []
    return found


def _opened(
    corners: Corners, pixels: np.ndarray, numbers: np.ndarray, across: int, cancel: Optional[CancelToken]
) -> Optional[List[Part]]:
    """None if the polygons overlap."""
    low = corners.pixel.min(axis=0)
    width, height = (int(size) for size in corners.pixel.max(axis=0) - low)
    local = replace(corners, pixel=corners.pixel - low)
    elements = [_disc(across), [(0, across)] * across]
    counted = np.zeros(len(pixels) + 1, np.int64)

    def rows() -> Iterator[Tuple[np.ndarray, None]]:
        for top in range(0, height, _ROWS):
            if cancel is not None:
                cancel.raise_if_cancelled()
            bottom = min(height, top + _ROWS)
            first, last = max(0, top - across), min(height, bottom + across)
            labels = filled(local, width, first, last)
            middle = labels[top - first : bottom - first]
            np.add(counted, np.bincount(np.clip(middle, 0, len(pixels)).ravel(), minlength=len(counted)), out=counted)
            stay = np.zeros(labels.shape, bool)
            for element in elements:
                stay |= _covered(labels, element)
            yield np.where(stay, labels, 0)[top - first : bottom - first], None

    found = outlines(rows(), width)
    if (counted[1:] != pixels).any():
        return None
    parts = []
    for place in np.argsort(found.value, kind="stable").tolist():
        rings = range(int(found.region_start[place]), int(found.region_start[place + 1]))
        parts.append(Part(
            int(numbers[int(found.value[place]) - 1]),
            int(found.pixels[place]),
            tuple(found.vertices[found.ring_start[k] : found.ring_start[k + 1] - 1] + low for k in rings),
        ))
    return parts


def _only(corners: Corners, number: int) -> Corners:
    rings = np.flatnonzero(corners.owner == number)
    first, last = int(corners.start[rings[0]]), int(corners.start[rings[-1] + 1])
    part = slice(first, last)
    start = np.r_[corners.start[rings], last] - first
    return Corners(corners.pixel[part], corners.crs[part], start, np.zeros(len(rings), np.int64), corners.shell[rings])


def filled(corners: Corners, width: int, low: int, high: int) -> np.ndarray:
    """(high - low, width) int32: the number + 1 of the polygon of each pixel of these rows, 0 outside."""
    after = following(corners.start)
    one, two = corners.pixel, corners.pixel[after]
    # Left edges run up and open a polygon to their right, right edges run down and close it.
    upright = np.flatnonzero((one[:, 0] == two[:, 0]) & (np.minimum(one[:, 1], two[:, 1]) < high))
    upright = upright[np.maximum(one[upright, 1], two[upright, 1]) > low]
    number = np.repeat(corners.owner, np.diff(corners.start))[upright] + 1
    begin = np.maximum(np.minimum(one[upright, 1], two[upright, 1]), low)
    end = np.minimum(np.maximum(one[upright, 1], two[upright, 1]), high)
    sign = np.where(two[upright, 1] < one[upright, 1], number, -number)
    of = np.repeat(np.arange(len(upright)), end - begin)
    row = begin[of] + np.arange(len(of)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
    steps = np.zeros((high - low, width + 1), np.int64)
    np.add.at(steps, (row - low, one[upright, 0][of]), sign[of])
    labels: np.ndarray = np.cumsum(steps, axis=1)[:, :-1].astype(np.int32)
    return labels


def _disc(across: int) -> List[Tuple[int, int]]:
    """(first, one past last) column of every row of the disc of that diameter, in pixels whose centres lie in it."""
    middle = (across - 1) / 2
    rows = []
    for row in range(across):
        half = np.sqrt(max(0.0, (across / 2) ** 2 - (row - middle) ** 2))
        rows.append((int(np.ceil(middle - half)), int(np.floor(middle + half)) + 1))
    return rows


def _covered(labels: np.ndarray, element: List[Tuple[int, int]]) -> np.ndarray:
    """Pixels that lie under the element in some place where all it covers has one label, which is not 0."""
    height, width = labels.shape
    tall, wide = len(element), max(last for _, last in element)
    covered = np.zeros(labels.shape, bool)
    if height < tall or width < wide:
        return covered
    # How far the same label goes on to the right of each pixel.
    run = np.ones(labels.shape, np.int32)
    same = labels[:, :-1] == labels[:, 1:]
    for col in range(width - 2, -1, -1):
        run[:, col] += np.where(same[:, col], run[:, col + 1], 0)
    down, right = height - tall + 1, width - wide + 1
    first = element[0][0]
    want = labels[:down, first : first + right]
    fits = want != 0
    for row, (begin, end) in enumerate(element):
        there = slice(row, row + down), slice(begin, begin + right)
        fits = fits & (labels[there] == want) & (run[there] >= end - begin)
    change = np.zeros((height, width + 1), np.int16)
    for row, (begin, end) in enumerate(element):
        change[row : row + down, begin : begin + right] += fits
        change[row : row + down, end : end + right] -= fits
    covered = np.cumsum(change, axis=1, dtype=np.int32)[:, :-1] > 0
    return covered
