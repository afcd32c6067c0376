"""How well tiles fit what is looked for: words, "A without B", a picture, and what was liked and disliked among the finds."""

from dataclasses import dataclass
from typing import Any, Optional, Sequence

import numpy as np

from ..cancel import CancelToken
from ..errors import QuestionUnclear
from ..language.text_tower import PROMPTS, without
from .embedder import Embedder

#: Weights of the mean of what was liked and of what was disliked beside the query itself (Rocchio 1971, as used since).
LIKED, DISLIKED = 0.75, 0.5


@dataclass(frozen=True)
class Wanted:
    """``toward``: (dim,) unit vector that tiles are ranked by, None for anything at all; ``away``: (dim,) of what must not be
    there. ``scale`` and ``bias``: how a cosine with words becomes a probability; None: by how cosines are spread.
    """

    toward: Optional[np.ndarray]
    away: Optional[np.ndarray] = None
    scale: Optional[float] = None
    bias: Optional[float] = None

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """(n,) float32 of (n, dim): the cosine, and where something is to be absent P(A) · (1 − P(B))."""
        if self.away is None:
            return np.asarray(vectors @ self.toward, np.float32)
        absent = 1.0 - self._probable(vectors @ self.away)
        if self.toward is None:
            return np.asarray(absent, np.float32)
        return np.asarray(self._probable(vectors @ self.toward) * absent, np.float32)

    def _probable(self, cosines: np.ndarray) -> np.ndarray:
        if self.scale is not None and self.bias is not None:
            logits = self.scale * cosines + self.bias
        else:
            # A tower without a bias says how tiles compare, not what is true: half of them are taken to lack it.
            logits = 2.0 * (cosines - cosines.mean()) / max(float(cosines.std()), 1e-6)
        return 1.0 / (1.0 + np.exp(-np.clip(logits, -60, 60)))


def wanted_of(
    embedder: Embedder, words: str = "", picture: Optional[np.ndarray] = None,
    liked: Optional[np.ndarray] = None, disliked: Optional[np.ndarray] = None, cancel: Optional[CancelToken] = None,
) -> Wanted:
    """``words``, "A without B" understood; ``picture`` (dim,); ``liked`` and ``disliked`` (n, dim) vectors of tiles.

    Raises QuestionUnclear if there is nothing to go by.
    """
    a, b = without(words) if words.strip() else ("", "")
    parts = [part for part in (a, b) if part]
    try:
        read = dict(zip(parts, (described(embedder, part, cancel) for part in parts)))
    except ValueError as error:
        raise QuestionUnclear("Say in words what to look for.") from error
    toward = [vector for vector in (read.get(a), picture) if vector is not None]
    if liked is not None and len(liked):
        toward.append(LIKED * np.mean(liked, 0))
    if not toward and not b:
        raise QuestionUnclear("Say in words what to look for, or choose a place like it.")
    if toward and disliked is not None and len(disliked):
        toward.append(-DISLIKED * np.mean(disliked, 0))
    away = read.get(b)
    scale, bias = (getattr(embedder, name, None) for name in ("scale", "bias"))
    return Wanted(_unit(toward) if toward else None, away, scale, bias)


def described(embedder: Embedder, text: str, cancel: Optional[CancelToken] = None) -> np.ndarray:
    """(dim,) unit vector of a description: the mean over the wordings that carry it. Raises ValueError without a letter."""
    return _unit(list(embedder.words([prompt.format(text) for prompt in PROMPTS], cancel)))


def _unit(vectors: Sequence[Any]) -> np.ndarray:
    total = np.sum(vectors, 0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-6), np.float32)
