"""Scores in memory and smooth random scenes, for tests of facts and words."""

import numpy as np
from affine import Affine

from terralogue.models.imagery.grid import Grid

COVERS = ("building", "paved", "tree", "low vegetation", "bare", "water")
METRIC = 'PROJCS["a metric grid"]'


class ArrayScores:
    """A ScoreReader over one array (K, H, W)."""

    def __init__(self, scores, labels=COVERS, grid=None):
        self.scores = np.asarray(scores, np.float32)
        self.labels = tuple(labels)
        height, width = self.scores.shape[1:]
        self.grid = grid or Grid(width, height, Affine(1, 0, 500000, 0, -1, 6000000), METRIC)

    def read(self, window):
        return self.scores[:, window.row:window.row + window.height, window.col:window.col + window.width].copy()


def smooth(rng, kinds, height, width, scale=3.0, sharp=25.0):
    """Random softmax scores (kinds, height, width) with blobs of about ``scale`` × 3 pixels."""
    noise = rng.standard_normal((kinds, height, width))
    reach = int(3 * scale)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / scale) ** 2)
    kernel /= kernel.sum()
    for axis in (1, 2):
        noise = np.apply_along_axis(lambda line: np.convolve(line, kernel, mode="same"), axis, noise)
    scores = np.exp(sharp * noise / max(noise.std(), 1e-9) / 8)
    return (scores / scores.sum(axis=0)).astype(np.float32)


def flood(mask):
    """Brute-force 4-connected components of a bool mask: list of sets of (row, col)."""
    left = {(int(r), int(c)) for r, c in zip(*np.nonzero(mask))}
    found = []
    while left:
        stack, part = [left.pop()], set()
        while stack:
            row, col = stack.pop()
            part.add((row, col))
            for near in ((row + 1, col), (row - 1, col), (row, col + 1), (row, col - 1)):
                if near in left:
                    left.remove(near)
                    stack.append(near)
        found.append(part)
    return found
