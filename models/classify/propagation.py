"""Tiles named together: each class is where its tiles lie, and a tile listens to the tiles most like it. No labels.

TransCLIP (Zanella et al. 2024, equations 3 to 8) as RS-TransCLIP uses it on remote sensing (El Khoury et al. 2024): a
Gaussian for each class with one shared diagonal variance, a Laplacian over the three nearest neighbours, and a penalty that
holds the answer to what the words say. Published constants; written from the formulas.
"""

from typing import Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from .naming import softmax

#: Neighbours of a tile, tiles that a class begins with, rounds, and passes of each.
NEIGHBOURS, CONFIDENT, ROUNDS, PASSES = 3, 8, 10, 5
#: What likelihoods and neighbours are weighed by: one fiftieth, and half the mean over the neighbours.
_TEMPERATURE = 50.0
_ROWS = 2048


def propagate(
    vectors: np.ndarray, words: np.ndarray, scale: float, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
) -> np.ndarray:
    """(n, classes) float32 probabilities of (n, d) unit vectors of tiles, given (classes, d) of words.

    ``scale``: of the cosines in the words' own answer. With fewer than two tiles or classes the words decide alone.
    """
    said = softmax(scale * (vectors @ words.T)).astype(np.float64)
    n, classes = said.shape
    if n < 2 or classes < 2:
        return said.astype(np.float32)
    x = vectors.astype(np.float64)
    near, weights = neighbours(vectors, progress, cancel)
    turned = _Turned(near)
    means = _first_means(x, said)
    variance = np.full(x.shape[1], 1.0 / x.shape[1])
    squared, z = x ** 2, said
    for round_ in range(ROUNDS + 1):
        if cancel is not None:
            cancel.raise_if_cancelled()
        likely = -0.5 * ((squared @ (1 / variance))[:, None] - 2 * x @ (means / variance).T + (means ** 2 / variance).sum(1))
        for _ in range(PASSES):
            heard = (weights[:, :, None] * z[near]).sum(1) + turned.sum(weights, z)
            inner = likely / _TEMPERATURE + heard / (2 * near.shape[1])
            z = said * np.exp(inner - inner.max(1, keepdims=True))
            z = z / np.maximum(z.sum(1, keepdims=True), 1e-300)
        progress(0.5 + 0.5 * (round_ + 1) / (ROUNDS + 1), "Asking neighbours")
        if round_ == ROUNDS:
            break
        share = z.sum(0)
        there = share > 1e-9
        moved = (z.T @ x) / np.maximum(share, 1e-9)[:, None]
        # A class that nothing is left of stays where it was.
        means = np.where(there[:, None], moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12), means)
        spread = squared.mean(0) - 2 * (means * (z.T @ x)).sum(0) / n + (share[:, None] * means ** 2).sum(0) / n
        variance = np.maximum(spread, 1e-9)
    return z.astype(np.float32)


def neighbours(
    vectors: np.ndarray, progress: Progress = no_progress, cancel: Optional[CancelToken] = None, number: int = NEIGHBOURS
) -> Tuple[np.ndarray, np.ndarray]:
    """((n, m) indices, (n, m) cosines ≥ 0) of the tiles most like each, itself left out; m = min(``number``, n − 1)."""
    n = len(vectors)
    m = min(number, n - 1)
    near, cosines = np.zeros((n, m), np.int64), np.zeros((n, m))
    for start in range(0, n, _ROWS):
        if cancel is not None:
            cancel.raise_if_cancelled()
        likeness = vectors[start:start + _ROWS] @ vectors.T
        rows = np.arange(len(likeness))
        likeness[rows, start + rows] = -np.inf
        best = np.argpartition(-likeness, m - 1, axis=1)[:, :m]
        near[start:start + _ROWS], cosines[start:start + _ROWS] = best, likeness[rows[:, None], best]
        progress(0.5 * min(1.0, (start + _ROWS) / n), "Asking neighbours")
    return near, np.maximum(cosines, 0.0)


def _first_means(x: np.ndarray, said: np.ndarray) -> np.ndarray:
    """(classes, d): the middle of the tiles that the words are surest of, weighed by how sure."""
    most = min(CONFIDENT, len(x))
    sure = np.argpartition(-said, most - 1, axis=0)[:most]
    means = np.stack([(said[rows, k, None] * x[rows]).mean(0) for k, rows in enumerate(sure.T)])
    out: np.ndarray = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-300)
    return out


class _Turned:
    """Sums over the tiles that have a tile as neighbour: the transposed matrix, without a sparse one."""

    def __init__(self, near: np.ndarray) -> None:
        self._shape = near.shape
        flat = near.ravel()
        self._order = np.argsort(flat, kind="stable")
        self._whom, self._starts = np.unique(flat[self._order], return_index=True)

    def sum(self, weights: np.ndarray, z: np.ndarray) -> np.ndarray:
        """(n, classes)."""
        spoken = (weights[:, :, None] * z[:, None, :]).reshape(-1, z.shape[1])[self._order]
        out = np.zeros_like(z)
        out[self._whom] = np.add.reduceat(spoken, self._starts, axis=0)
        return out
