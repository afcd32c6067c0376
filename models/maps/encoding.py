"""What runs per batch of tiles: the model under its lock, scene votes on the side, equal pixels never changed."""

from typing import Any, Callable, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..imagery.grid import Window
from ..sharing.priority_lock import PriorityLock
from ..vision.legend import CHANGES
from .land_cover import believed
from .reaching_tiles import ReachingTiles
from .scene_votes import SceneVotes

#: The first so many tiles of a view are looked at in two sizes for its scene; over a large raster votes abound.
CLOSER = 16


class Encoder:
    """One run over one view or pair. One thread, but for the reader of ``tiles``, through which a single view is read."""

    def __init__(
        self, nano: Any, turn: PriorityLock, gsd: Optional[float], interactive: bool, cancel: Optional[CancelToken],
        remember: Callable[[Window, np.ndarray], None] = lambda window, features: None,
    ) -> None:
        """``remember``: takes the features (C, h, w) of every tile of a single view."""
        self._nano, self._turn, self._gsd = nano, turn, gsd
        self._interactive, self._cancel = interactive, cancel
        self._votes = SceneVotes(nano.scenes, gsd)
        self.tiles = ReachingTiles()
        self._remember = remember
        self._closer = CLOSER

    def cover(self, rgb: np.ndarray) -> np.ndarray:
        """(n, 3, h, w) → (n, covers, h, w)."""
        seen = self._see(rgb)
        logits = seen.scenes
        if self._closer > 0:
            self._closer -= len(rgb)
            with self._turn.hold(self._interactive, self._cancel):
                logits = self._nano.scene_logits(rgb, self._gsd, seen, self._cancel)
        tiles = self.tiles.take(len(rgb))
        self._votes.add(logits, [weight for _, weight in tiles])
        for (window, _), features in zip(tiles, seen.features):
            self._remember(window, features)
        return np.asarray(seen.cover)

    def pair(self, rgb: np.ndarray) -> np.ndarray:
        """(n, 6, h, w), before then after, or 8 planes with land cover told → (n, covers + covers + changes, h, w)."""
        one, two, told = rgb[:, :3], rgb[:, 3:6], rgb[:, 6:]
        before = self._see(one)
        equal = np.array([np.array_equal(a, b) for a, b in zip(one, two)])
        after = before if equal.all() else self._see(two)
        if told.shape[1]:
            before, after = believed(before, told[:, 0]), believed(after, told[:, 1])
            equal &= np.array([np.array_equal(a, b) for a, b in told])
        return np.concatenate([before.cover, after.cover, self._moved(before, after, equal)], axis=1)

    def scenes(self) -> Tuple[Tuple[str, float], ...]:
        """What the tiles so far look like, best first."""
        return self._votes.ranked()

    def state(self) -> np.ndarray:
        """Float64 numbers: the scene votes so far, and how many tiles are still looked at in two sizes."""
        return np.append(self._votes.state(), self._closer)

    def restore(self, state: np.ndarray) -> None:
        """Go on from ``state``. Raises ValueError if it does not fit."""
        if not state.size:
            raise ValueError("the votes are missing")
        self._votes.restore(state[:-1])
        self._closer = int(state[-1])

    def _moved(self, before: Any, after: Any, equal: np.ndarray) -> np.ndarray:
        """(n, changes, h, w) float32 between two looks at the same places; 0 in tiles whose pixels are ``equal`` ((n,) bool)."""
        if equal.all():
            return np.zeros((len(equal), len(CHANGES), *before.cover.shape[2:]), np.float32)
        with self._turn.hold(self._interactive, self._cancel):
            moved = np.array(self._nano.compare(before, after, self._cancel), np.float32)
        moved[equal] = 0
        return moved

    def _see(self, rgb: np.ndarray) -> Any:
        with self._turn.hold(self._interactive, self._cancel):
            return self._nano.see(np.ascontiguousarray(rgb), self._gsd, self._cancel)
