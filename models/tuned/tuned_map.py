"""Where a tuned class lies in a view: its head over every tile, on features that are remembered where they can be."""

from typing import Any, Mapping, Optional

import numpy as np

from ..cancel import CancelToken
from ..imagery.grid import Window
from ..imagery.score_store import ScoreStore
from ..maps.cover_map import ScoreMap
from ..maps.reaching_tiles import ReachingTiles
from ..sharing.priority_lock import PriorityLock
from .cells import cells, enlarged
from .tuned_class import TunedClass


class TunedMap(ScoreMap):
    """Scores of one tuned class on the grid of a cover map."""

    def __init__(self, store: ScoreStore, tuned: TunedClass) -> None:
        super().__init__(store)
        self.tuned = tuned


class TunedScorer:
    """One run over one view. One thread, but for the reader of ``tiles``, through which the view is read."""

    def __init__(
        self, nano: Any, tuned: TunedClass, gsd: Optional[float], turn: PriorityLock, interactive: bool,
        cancel: Optional[CancelToken], known: Mapping[Window, np.ndarray],
    ) -> None:
        """``known``: the features (C, h, w) of tiles that were looked at before."""
        self.tiles = ReachingTiles()
        self._nano, self._tuned, self._gsd, self._turn = nano, tuned, gsd, turn
        self._interactive, self._cancel, self._known = interactive, cancel, known

    def __call__(self, rgb: np.ndarray) -> np.ndarray:
        """(n, 3, h, w) → (n, 1, h, w) scores 0..1."""
        windows = [window for window, _ in self.tiles.take(len(rgb))]
        return np.stack([self._scores(tile, window)[None] for tile, window in zip(rgb, windows)])

    def _scores(self, rgb: np.ndarray, window: Window) -> np.ndarray:
        features = self._known.get(window)
        if features is None:
            with self._turn.hold(self._interactive, self._cancel):
                features = self._nano.see(np.ascontiguousarray(rgb[None]), self._gsd, self._cancel).features[0]
        # Learned in half precision: what is remembered in it and what is seen now give the same scores.
        given = cells(np.asarray(features, np.float16), rgb).astype(np.float16)
        height, across, d = given.shape
        return enlarged(self._tuned.head.scores(given.reshape(-1, d)).reshape(height, across))
