"""Whether an image was taken from above at all, told from the encoder's deepest features.

A drawn map, a photograph or noise shows nothing that covers or things could be measured in, yet every head answers for it.
"""

from pathlib import Path
from typing import Optional

import numpy as np

from ..catalog.arrays import all_there, read_arrays
from ..errors import ModelUnreadable

FILE = "nano-overhead.npz"
FILES = (FILE,)
_ARRAYS = ("mean", "scale", "weights", "bias", "threshold")


def statistic(grid: np.ndarray, seen: Optional[np.ndarray] = None) -> np.ndarray:
    """(2 C,) float32: mean and spread of each channel of (C, h, w) over the cells of the boolean (h, w) ``seen``, all if None.
    """
    cells = (grid.reshape(len(grid), -1) if seen is None else grid[:, seen]).astype(np.float32)
    return np.concatenate([cells.mean(1), cells.std(1)])


class Overhead:
    """A linear classifier of :func:`statistic`. ``threshold``: the probability below which an image is doubted."""

    def __init__(self, mean: np.ndarray, scale: np.ndarray, weights: np.ndarray, bias: float, threshold: float) -> None:
        """``mean``, ``scale``, ``weights``: (2 C,)."""
        self._mean, self._scale, self._weights, self._bias = mean, scale, weights, float(bias)
        self.threshold = float(threshold)

    @classmethod
    def load(cls, folder: Path) -> "Overhead":
        """From ``folder``. Raises ModelMissing, ModelUnreadable."""
        all_there(folder, FILES)
        path = Path(folder) / FILE
        kept = read_arrays(path)
        if set(kept) != set(_ARRAYS) or not kept["mean"].shape == kept["scale"].shape == kept["weights"].shape:
            raise ModelUnreadable(str(path), "it is no classifier of images taken from above")
        return cls(kept["mean"], kept["scale"], kept["weights"], float(kept["bias"]), float(kept["threshold"]))

    def likelihood(self, statistics: np.ndarray) -> float:
        """Probability that the image of a :func:`statistic` was taken from above."""
        score = float(np.dot((statistics - self._mean) / self._scale, self._weights)) + self._bias
        return float(1 / (1 + np.exp(-np.clip(score, -50, 50))))
