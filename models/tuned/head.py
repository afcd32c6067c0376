"""The head of one class: a small network on what Nano's encoder sees in a cell, and how it learns, in numpy alone."""

from dataclasses import dataclass
from typing import Dict, Iterator, Tuple

import numpy as np

#: Hidden units.
HIDDEN = 48
#: Step size at the start, decay of weights per step, and what Adam remembers (Kingma and Ba 2015, algorithm 1; decay apart
#: from the gradient as in Loshchilov and Hutter 2019).
RATE, DECAY, _FIRST, _SECOND, _TINY = 1e-3, 5e-2, 0.9, 0.98, 1e-8
#: Cells a step at most and at least, and steps an epoch where there are fewer cells than for the first.
BATCH, SMALL_BATCH, STEPS = 4096, 128, 64
#: Share of hidden units left out at each step (Srivastava et al. 2014).
DROPPED = 0.2
_ROOT = float(np.sqrt(2 / np.pi))

#: The arrays of a head, by name, with the number of their dimensions.
ARRAYS = {"mean": 1, "scale": 1, "w1": 2, "b1": 1, "w2": 1, "b2": 0}


@dataclass(frozen=True)
class Head:
    """``mean``, ``scale`` (d,): inputs are brought to mean 0 and spread 1 with them. ``w1`` (d, k), ``b1`` (k,), ``w2``
    (k,), ``b2`` (): a layer of k GELU units (Hendrycks and Gimpel 2016) and a sum. All float32; any thread."""

    mean: np.ndarray
    scale: np.ndarray
    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray

    @classmethod
    def fresh(cls, mean: np.ndarray, scale: np.ndarray, rng: np.random.Generator, prior: float) -> "Head":
        """An untaught head that expects the class with probability ``prior`` everywhere."""
        d = len(mean)
        w1 = rng.normal(0, np.sqrt(2 / d), (d, HIDDEN)).astype(np.float32)
        w2 = rng.normal(0, np.sqrt(0.1 / HIDDEN), HIDDEN).astype(np.float32)
        start = np.float32(np.log(prior / (1 - prior)))
        return cls(mean.astype(np.float32), scale.astype(np.float32), w1, np.zeros(HIDDEN, np.float32), w2, np.array(start))

    def scores(self, cells: np.ndarray) -> np.ndarray:
        """(n, d) → (n,) float32 probabilities 0..1."""
        hidden, _ = _gelu(((cells.astype(np.float32) - self.mean) * self.scale) @ self.w1 + self.b1)
        return _sigmoid(hidden @ self.w2 + self.b2)

    def arrays(self) -> Dict[str, np.ndarray]:
        """By the names of :data:`ARRAYS`."""
        return {name: getattr(self, name) for name in ARRAYS}


class Learner:
    """Adam over the weights of a head. One thread; the same ``rng`` gives the same head."""

    def __init__(self, head: Head, rng: np.random.Generator, steps: int) -> None:
        """``steps``: after which the step size reaches nothing (half a cosine)."""
        self._fixed = head.mean, head.scale
        self._weights = {name: np.array(getattr(head, name)) for name in ("w1", "b1", "w2", "b2")}
        self._moments = {name: (np.zeros_like(w), np.zeros_like(w)) for name, w in self._weights.items()}
        self._rng, self._steps, self._step = rng, max(steps, 1), 0

    @property
    def head(self) -> Head:
        """As it is now, a copy."""
        return Head(*self._fixed, **{name: weight.copy() for name, weight in self._weights.items()})

    def epoch(self, cells: np.ndarray, wanted: np.ndarray, weight: np.ndarray) -> Iterator[float]:
        """One look at every row of ``cells`` (n, d) in an order set by chance; yields the loss of each step.

        ``wanted`` (n,) 0..1, ``weight`` (n,): of the cross entropy.
        """
        order = self._rng.permutation(len(cells))
        batch = batch_of(len(order))
        for start in range(0, len(order), batch):
            rows = np.sort(order[start:start + batch])
            yield self._learn(cells[rows].astype(np.float32), wanted[rows], weight[rows])

    def _learn(self, cells: np.ndarray, wanted: np.ndarray, weight: np.ndarray) -> float:
        mean, scale = self._fixed
        now = self._weights
        given = (cells - mean) * scale
        hidden, slope = _gelu(given @ now["w1"] + now["b1"])
        kept = (self._rng.random(hidden.shape[1]) >= DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
        hidden = hidden * kept
        score = _sigmoid(hidden @ now["w2"] + now["b2"])
        total = float(weight.sum()) or 1.0
        off = ((score - wanted) * weight / total).astype(np.float32)
        back = np.outer(off, now["w2"] * kept) * slope
        self._move({"w1": given.T @ back, "b1": back.sum(0), "w2": hidden.T @ off, "b2": off.sum()})
        clear = np.clip(score, 1e-6, 1 - 1e-6)
        return float(-((wanted * np.log(clear) + (1 - wanted) * np.log(1 - clear)) * weight).sum() / total)

    def _move(self, gradients: Dict[str, np.ndarray]) -> None:
        self._step += 1
        rate = RATE * 0.5 * (1 + np.cos(np.pi * min(self._step / self._steps, 1.0)))
        for name, gradient in gradients.items():
            first, second = self._moments[name]
            first = _FIRST * first + (1 - _FIRST) * gradient
            second = _SECOND * second + (1 - _SECOND) * np.square(gradient)
            self._moments[name] = first, second
            step = first / (1 - _FIRST ** self._step) / (np.sqrt(second / (1 - _SECOND ** self._step)) + _TINY)
            decay = DECAY if name.startswith("w") else 0.0
            weight = self._weights[name]
            self._weights[name] = (weight - rate * (step + decay * weight)).astype(np.float32)


def batch_of(number: int) -> int:
    """Cells a step for so many in all: little ground is looked at in smaller steps, so that there are enough of them."""
    return min(BATCH, max(SMALL_BATCH, number // STEPS))


def spread(cells: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """(d,) mean and (d,) reciprocal spread of (n, d), in double precision; inputs that never vary count as they are."""
    mean = cells.mean(0, dtype=np.float64)
    square = np.zeros(cells.shape[1])
    for start in range(0, len(cells), 65536):
        square += np.square(cells[start:start + 65536].astype(np.float64) - mean).sum(0)
    deviation = np.sqrt(square / max(len(cells), 1))
    return mean, 1 / np.where(deviation > 1e-6, deviation, 1.0)


def _gelu(x: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """GELU by its tanh form, and its slope."""
    square = x * x
    bend = np.tanh(_ROOT * x * (1 + 0.044715 * square))
    value = 0.5 * x * (1 + bend)
    slope = 0.5 * (1 + bend) + 0.5 * x * (1 - bend * bend) * _ROOT * (1 + 3 * 0.044715 * square)
    return value, slope


def _sigmoid(x: np.ndarray) -> np.ndarray:
    found: np.ndarray = (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return found
