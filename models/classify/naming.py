"""Which class a tile is: probabilities over the user's classes, or none of them where not one seems true."""

from dataclasses import dataclass
from typing import Any, Optional, Sequence

import numpy as np

from ..cancel import CancelToken
from .ensembles import Ensemble, class_vectors

#: Written where no class seems true.
NONE = "none of these"
#: Probability that the best class is true of a tile, below which it is none. Measured (bench_classify.py): of tiles whose class
#: is not listed 39 % (0.3 m) and 53 % (10 m) become none, of tiles whose class is listed 1 % and 10 %. Higher figures cost more
#: of the latter than they bring of the former on 10 m imagery.
TRUE_FROM = 0.5
#: What a tower without a sense of true and false is asked beside the classes: what any tile is.
ANYTHING = ("an image", "something else", "unknown ground", "a place")


@dataclass(frozen=True)
class Named:
    """``probabilities``: (n, classes) float32, rows sum to 1; ``none``: (n,) bool, no class seems true of the tile."""

    probabilities: np.ndarray
    none: np.ndarray

    @property
    def best(self) -> np.ndarray:
        """(n,) index of the class; whatever it is where ``none``."""
        out: np.ndarray = self.probabilities.argmax(1) if len(self.probabilities) else np.zeros(0, int)
        return out

    @property
    def second(self) -> np.ndarray:
        """(n,) index of the runner-up, −1 where there is but one class."""
        n, classes = self.probabilities.shape
        if classes < 2 or not n:
            return np.full(n, -1)
        rest = self.probabilities.copy()
        rest[np.arange(n), self.best] = -1
        out: np.ndarray = rest.argmax(1)
        return out


def named(
    vectors: np.ndarray, words: np.ndarray, embedder: Any, ensemble: Ensemble, none: bool = True, true_from: float = TRUE_FROM,
    cancel: Optional[CancelToken] = None,
) -> Named:
    """``vectors`` (n, dim) of tiles, ``words`` (classes, dim); ``none``: whether a tile may be none of them.

    A tower that was trained with a sigmoid (``embedder.bias``) says what is true. One that was not only compares: there a
    tile is none where ``ANYTHING`` fits better than the best class.
    """
    cosines = vectors @ words.T
    scale, bias = float(getattr(embedder, "scale", 100.0)), getattr(embedder, "bias", None)
    found = softmax(scale * cosines)
    if not none or not len(vectors):
        return Named(found, np.zeros(len(vectors), bool))
    if bias is not None:
        return Named(found, sigmoid(scale * cosines.max(1) + float(bias)) < true_from)
    anything = class_vectors(embedder, ANYTHING, ensemble, cancel)
    return Named(found, (vectors @ anything.T).max(1) > cosines.max(1))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows that sum to 1, float32."""
    e = np.exp(logits - logits.max(1, keepdims=True)) if logits.size else logits
    out: np.ndarray = (e / e.sum(1, keepdims=True)).astype(np.float32) if logits.size else logits.astype(np.float32)
    return out


def sigmoid(x: np.ndarray) -> np.ndarray:
    """0..1."""
    out: np.ndarray = 1.0 / (1.0 + np.exp(-np.clip(x, -60, 60)))
    return out


def unknown_names(names: Sequence[str], tower: Any) -> Optional[Any]:
    """The first of ``names`` that the text tower does not know, as (name, nearest known ones); None if it knows all."""
    for name in names:
        meaning = tower.meaning(name)
        if not meaning.concept:
            return name, meaning.nearest
    return None
