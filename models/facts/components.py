"""Connected components of a mask given as runs, with what a layer and a sentence need of each."""

from dataclasses import dataclass
from typing import Tuple

import numpy as np

from .runs import Runs


@dataclass(frozen=True)
class Components:
    """``runs`` sorted as they were, ``label`` (runs,) int64 0..n-1: largest component first, ties by first pixel.

    Per component: ``pixels`` int64, ``score`` mean weight, ``col``/``row`` centroid of pixel centres in pixel corners'
    coordinates (centre of pixel 0 is 0.5).
    """

    runs: Runs
    label: np.ndarray
    pixels: np.ndarray
    score: np.ndarray
    col: np.ndarray
    row: np.ndarray

    def __len__(self) -> int:
        return len(self.pixels)

    def keep(self, chosen: np.ndarray) -> "Components":
        """Only the components of the boolean (n,) ``chosen``, in the same order."""
        number = np.cumsum(chosen) - 1
        runs = chosen[self.label] if len(self) else np.zeros(0, bool)
        return Components(
            self.runs.take(runs), number[self.label[runs]], self.pixels[chosen], self.score[chosen],
            self.col[chosen], self.row[chosen],
        )


def components(runs: Runs, min_pixels: int = 1, corners: bool = False) -> Components:
    """The components of ``runs`` that have at least ``min_pixels`` pixels.

    4-connected; ``corners``: pixels that share only a corner are connected too (8-connected).
    """
    root = _roots(len(runs), *_touching(runs, corners))
    _, label = np.unique(root, return_inverse=True)
    count = int(label.max()) + 1 if len(runs) else 0
    length = runs.length
    pixels = np.bincount(label, length, count).astype(np.int64)
    weight = np.bincount(label, runs.weight, count)
    col = np.bincount(label, length * (runs.start + runs.stop) / 2.0, count)
    row = np.bincount(label, length * (runs.row + 0.5), count)
    order = np.argsort(-pixels, kind="stable")
    order = order[pixels[order] >= min_pixels]
    rank = np.full(count, -1, np.int64)
    rank[order] = np.arange(len(order))
    label = rank[label] if count else label
    kept, size = label >= 0, np.maximum(pixels[order], 1)
    return Components(
        runs.take(kept), label[kept], pixels[order], weight[order] / size, col[order] / size, row[order] / size
    )


def _touching(runs: Runs, corners: bool) -> Tuple[np.ndarray, np.ndarray]:
    """Pairs of runs that share a pixel edge, or a corner."""
    # One number per pixel edge, rows apart by one more than the width: a run never reaches into the next row's range.
    stride = runs.width + 1
    starts, stops = runs.row * stride + runs.start, runs.row * stride + runs.stop
    first = np.searchsorted(stops, starts + stride, side="left" if corners else "right")
    after = np.searchsorted(starts, stops + stride, side="right" if corners else "left")
    number = np.maximum(after - first, 0)
    upper = np.repeat(np.arange(len(runs)), number)
    offset = np.arange(len(upper)) - np.repeat(np.cumsum(number) - number, number)
    lower = np.repeat(first, number) + offset
    # Runs of one row touch only where they differ in value.
    left = np.flatnonzero(stops[:-1] == starts[1:])
    return np.concatenate([upper, left]), np.concatenate([lower, left + 1])


def _roots(count: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """For every node the smallest node reachable over the edges (a, b): repeated hooking and pointer jumping."""
    root = np.arange(count)
    while len(a):
        high, low = np.maximum(root[a], root[b]), np.minimum(root[a], root[b])
        np.minimum.at(root, high, low)
        while True:
            jumped = root[root]
            if np.array_equal(jumped, root):
                break
            root = jumped
        apart = root[a] != root[b]
        a, b = a[apart], b[apart]
    return root
