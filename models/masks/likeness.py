"""How much a cell of the ground is like examples: the cosine of what the encoder sees there to what it saw in each of them."""

import hashlib
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from ..tuned.cells import COLOURS

#: The label of what is found.
LABEL = "alike"


@dataclass(frozen=True)
class Likeness:
    """``mean``, ``scale`` (d,): cells are brought to mean 0 and spread 1 over the view with them. ``wanted`` (k, d) and
    ``unwanted`` (m, d): directions of length 1, one per example. All float32; any thread.

    Takes the place of a ``TunedClass`` in ``Engine.tuned``: ``head``, ``digest``, ``about``.
    """

    mean: np.ndarray
    scale: np.ndarray
    wanted: np.ndarray
    unwanted: np.ndarray

    @property
    def head(self) -> "Likeness":
        """What scores cells: itself."""
        return self

    @property
    def about(self) -> Any:
        """The label of its scores."""
        return SimpleNamespace(label=LABEL)

    @property
    def digest(self) -> str:
        """Equal for equal examples in equal views."""
        mark = hashlib.sha256(b"alike 1")
        for array in (self.mean, self.scale, self.wanted, self.unwanted):
            mark.update(repr(array.shape).encode() + np.ascontiguousarray(array, np.float32).tobytes())
        return f"sha256:{mark.hexdigest()}"

    def scores(self, cells: np.ndarray) -> np.ndarray:
        """(n, d) → (n,) float32 in 0..1: 1 as the example it is likest to, .5 no more than any ground.

        What is likelier to be an unwanted example loses as much as it is like that.
        """
        known = _directions(self._level(cells))
        like = (known @ self.wanted.T).max(axis=1)
        if len(self.unwanted):
            like = like - np.maximum((known @ self.unwanted.T).max(axis=1), 0.0)
        found: np.ndarray = np.clip((1.0 + like) / 2.0, 0.0, 1.0).astype(np.float32)
        return found

    @classmethod
    def of(cls, ground: np.ndarray, wanted: np.ndarray, unwanted: np.ndarray) -> "Likeness":
        """``ground`` (n, d): ``tuned.cells`` of the view; ``wanted`` (k, d) and ``unwanted`` (m, d): the mean of each example."""
        mean = ground.mean(0, dtype=np.float64)
        scale = 1.0 / np.maximum(ground.std(0, dtype=np.float64), 1e-6)
        # What lies around a thing tells it apart a little better, and blurs its outline by more than that is worth.
        channels = (len(mean) - COLOURS) // 2
        scale[channels:2 * channels] = 0.0
        bare = cls(mean.astype(np.float32), scale.astype(np.float32), wanted[:0], unwanted[:0])
        return cls(bare.mean, bare.scale, _directions(bare._level(wanted)), _directions(bare._level(unwanted)))

    def _level(self, cells: np.ndarray) -> np.ndarray:
        found: np.ndarray = (np.asarray(cells, np.float32) - self.mean) * self.scale
        return found


def _directions(rows: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    found: np.ndarray = rows / np.maximum(length, 1e-9)
    return found
