"""What a converted encoder must answer: one drawn picture and two phrases, with the vectors that torch gave for them.

Looked at once when an encoder is loaded: a graph that was exchanged, or a processor that computes something else, is
noticed before a single tile is named.
"""

from typing import Any, Callable, Dict, List

import numpy as np

PHRASES = ("a satellite image of a river", "buildings beside a road")
#: How far (1 − cosine) an answer may be from torch's, by precision of the stored weights.
ALLOWED = {"single": 1e-5, "half": 1e-5, "int8": 3e-2}


def picture(side: int) -> np.ndarray:
    """(1, 3, side, side) float32 0..1: waves of three lengths, one a colour."""
    across, down = np.meshgrid(np.arange(side), np.arange(side))
    waves = [0.5 + 0.5 * np.sin(2 * np.pi * (across * a + down * b) / side) for a, b in ((3, 1), (2, -5), (9, 7))]
    return np.stack(waves).astype(np.float32)[None]


def answers(side: int, ids: np.ndarray, look: Callable[[np.ndarray], np.ndarray],
            read: Callable[[np.ndarray], np.ndarray]) -> Dict[str, List]:
    """The vectors of :func:`picture` and of ``ids`` of ``PHRASES``, as a manifest keeps them."""
    return {"picture": _kept(look(picture(side))), "words": _kept(read(ids))}


def off(kept: Any, found: np.ndarray) -> float:
    """1 − cosine, at worst, of vectors from those that are ``kept``; infinite where they cannot be compared."""
    try:
        wanted = np.asarray(kept, np.float64)
    except (TypeError, ValueError):
        return float("inf")
    if wanted.shape != found.shape or not np.isfinite(found).all():
        return float("inf")
    norms = np.linalg.norm(wanted, axis=1) * np.linalg.norm(found, axis=1)
    return float(1 - ((wanted * found).sum(1) / np.maximum(norms, 1e-12)).min())


def _kept(vectors: np.ndarray) -> List:
    return [[round(float(value), 6) for value in row] for row in vectors / np.linalg.norm(vectors, axis=1, keepdims=True)]
