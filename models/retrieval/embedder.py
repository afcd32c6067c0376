"""What turns pictures and words into vectors of one space: the interface of search and of naming, and Nano behind it."""

import hashlib
from contextlib import contextmanager
from typing import Any, Iterator, List, Optional, Protocol, Sequence

import numpy as np

from ..cancel import CancelToken
from ..maps.glance import SIDE
from ..sharing.priority_lock import PriorityLock


class Embedder(Protocol):
    """A dual encoder. Any thread; calls wait for each other.

    ``name``: as results carry it. ``digest``: "sha256:…", changes with anything that changes a vector of a picture.
    ``dim``: length of a vector. ``side``: pixels a side of the square pictures it reads.
    """

    name: str
    digest: str
    dim: int
    side: int

    def pictures(
        self, rgb: np.ndarray, gsd: Sequence[Optional[float]], cancel: Optional[CancelToken] = None
    ) -> np.ndarray:
        """(n, dim) float32 unit vectors of (n, 3, side, side) float32 in 0..1; ``gsd``: (n,) metres a pixel of these, None
        or NaN where unknown. Normalising by mean and deviation is its own affair. Raises Cancelled.
        """

    def words(self, texts: Sequence[str], cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(m, dim) float32 unit vectors, of each text as it stands: templates are the caller's.

        Raises ValueError for a text without a letter or figure, Cancelled.
        """


class NanoEmbedder:
    """The embedded model's encoder with its text tower.

    ``scale`` and ``bias``: the sigmoid of ``scale · cosine + bias`` is the probability that a text is true of a picture; only
    towers trained that way have them.
    """

    side = SIDE

    def __init__(self, nano: Any, tower: Any, turn: Optional[PriorityLock] = None, interactive: bool = False) -> None:
        """``nano``: ``vision.nano.Nano``, ``tower``: ``language.text_tower.TextTower``; ``turn``: the lock of their engine."""
        self._nano, self._tower = nano, tower
        self._turn, self._interactive = turn or PriorityLock(), interactive
        self.name = str(nano.name)
        self.digest = "sha256:" + hashlib.sha256(f"{nano.digest} {tower.digest}".encode()).hexdigest()
        self.dim = int(tower.dim)
        #: Metres a pixel below which it was never trained: finer imagery is averaged down.
        self.finest = float(nano.gsd_range[0])
        self.scale, self.bias = float(tower.scale), float(tower.bias)

    def pictures(
        self, rgb: np.ndarray, gsd: Sequence[Optional[float]], cancel: Optional[CancelToken] = None
    ) -> np.ndarray:
        """See :class:`Embedder`."""
        if not len(rgb):
            return np.zeros((0, self.dim), np.float32)
        metres: List[Optional[float]] = [None if each is None or not np.isfinite(each) else float(each) for each in gsd]
        with self._held(cancel):
            grid = np.asarray(self._nano.grids(rgb, metres, cancel), np.float32)
            # Row by row from the upper left, as a glance orders them.
            tokens = grid.reshape(len(grid), grid.shape[1], -1).transpose(0, 2, 1)
            return np.asarray(self._tower.pictures(tokens, cancel), np.float32)

    def words(self, texts: Sequence[str], cancel: Optional[CancelToken] = None) -> np.ndarray:
        """See :class:`Embedder`."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        with self._held(cancel):
            return np.asarray(self._tower.phrases(list(texts)), np.float32)

    @contextmanager
    def _held(self, cancel: Optional[CancelToken]) -> Iterator[None]:
        with self._turn.hold(self._interactive, cancel):
            yield
