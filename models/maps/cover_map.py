"""What the model saw of a view, kept as scores on disk: cover maps of one date and of a pair."""

import threading
import weakref
from typing import Any, Dict, Optional, Tuple

import numpy as np

from ..imagery.grid import Grid, Window
from ..imagery.score_store import UNKNOWN, ScoreStore


class ScoreMap:
    """A finished score store that several threads may read, one at a time; closed when nobody holds it any more."""

    def __init__(self, store: ScoreStore) -> None:
        self.store = store
        self.grid: Grid = store.grid
        self.labels: Tuple[str, ...] = tuple(store.labels)
        self.lock = threading.Lock()
        #: What was measured on these scores, by region; kept with them, gone with them.
        self.memo: Dict[Any, Any] = {}
        self._finalizer = weakref.finalize(self, store.close)

    def read(self, window: Window) -> np.ndarray:
        """(K, h, w) float32 scores in 0..1, NaN where unknown. Any thread."""
        with self.lock:
            return self.store.read(window)

    def valid(self, window: Window) -> np.ndarray:
        """(h, w) bool: pixels of the grid with scores. Any thread."""
        with self.lock:
            return self.store.read_bytes(window)[0] != UNKNOWN

    def keep(self, path: str) -> None:
        """Move the score raster to ``path`` and keep it there."""
        with self.lock:
            self.store.keep(path)

    def close(self) -> None:
        """Release the file, and remove it unless it is kept."""
        with self.lock:
            self._finalizer()


class CoverMap(ScoreMap):
    """Cover scores of one view.

    ``gsd``: metres a pixel, None unknown; ``native_gsd``: of the source. ``scenes``: (word, probability), best first.
    ``unreadable``: share of the pixels that the source failed to deliver. ``key``: equal for equal pixels, place,
    scale and model.
    """

    def __init__(
        self,
        store: ScoreStore,
        *,
        key: str,
        source: str,
        time: str,
        gsd: Optional[float],
        native_gsd: Optional[float],
        scenes: Tuple[Tuple[str, float], ...] = (),
        unreadable: float = 0.0,
    ) -> None:
        super().__init__(store)
        self.key, self.source, self.time = key, source, time
        self.gsd, self.native_gsd = gsd, native_gsd
        self.scenes, self.unreadable = scenes, unreadable


class ChangeMap:
    """Two cover maps and the change scores between them, all on one grid. ``key``: as for :class:`CoverMap`."""

    def __init__(self, key: str, pair_change: ScoreMap, before: CoverMap, after: CoverMap) -> None:
        self.key = key
        self.pair_change, self.before, self.after = pair_change, before, after
        self.grid = pair_change.grid
        self.memo = pair_change.memo
        #: How the dates were laid on each other before they were compared (``alignment.Alignment``); None: as they are.
        self.alignment: Optional[Any] = None

    @property
    def parts(self) -> Tuple[ScoreMap, ...]:
        """Every map of it, each with a file."""
        return self.pair_change, self.before, self.after

    def close(self) -> None:
        """Release all three files."""
        for part in self.parts:
            part.close()
