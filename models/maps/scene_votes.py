"""Scene words of a whole view from its tiles."""

from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..vision.legend import SATELLITE_GSD, SCENES_AERIAL, SCENES_SATELLITE


class SceneVotes:
    """Adds up what each tile looks like, weighted by its share of valid pixels."""

    def __init__(self, scenes: Sequence[str], gsd: Optional[float]) -> None:
        self._names = tuple(scenes)
        group: Sequence[str] = self._names
        if gsd is not None:
            group = SCENES_AERIAL if gsd < SATELLITE_GSD else SCENES_SATELLITE
        chosen = [i for i, name in enumerate(self._names) if name in group]
        self._chosen: List[int] = chosen or list(range(len(self._names)))
        self._sum = np.zeros(len(self._chosen))
        self._weight = 0.0

    def add(self, logits: np.ndarray, weights: Sequence[float]) -> None:
        """``logits`` (n, scenes) float; ``weights`` (n,) in 0..1."""
        part = np.asarray(logits, np.float64)[:, self._chosen]
        part = np.exp(part - part.max(axis=1, keepdims=True))
        part /= part.sum(axis=1, keepdims=True)
        self._sum += (part * np.asarray(weights, float)[:, None]).sum(axis=0)
        self._weight += float(np.sum(weights))

    def ranked(self, first: int = 5) -> Tuple[Tuple[str, float], ...]:
        """The likeliest words with their mean probability, best first; words of equal meaning are not merged."""
        if self._weight <= 0:
            return ()
        mean = self._sum / self._weight
        order = np.argsort(-mean, kind="stable")[:first]
        votes: Dict[str, float] = {self._names[self._chosen[i]]: float(mean[i]) for i in order}
        return tuple(votes.items())

    def state(self) -> np.ndarray:
        """(scenes + 1,) float64: what was added up so far, and the weight of it."""
        return np.append(self._sum, self._weight)

    def restore(self, state: np.ndarray) -> None:
        """Go on from ``state``. Raises ValueError if it is of other scenes."""
        if state.shape != (len(self._sum) + 1,):
            raise ValueError(f"the votes are {state.shape}, of {len(self._sum)} scenes")
        self._sum, self._weight = np.array(state[:-1], np.float64), float(state[-1])
