"""Features of tiles already looked at, so that another question about the same view runs no encoder."""

import threading
from collections import OrderedDict
from typing import Dict, Mapping

import numpy as np

from ..imagery.grid import Window

#: Bytes of features that are kept; one tile of 256 px takes 0.8 MB.
MEMORY_BYTES = 96_000_000


class FeatureMemory:
    """Features by view and tile, whole views forgotten oldest first. Any thread.

    A view that alone would not fit is not kept at all: a part of it would save nothing.
    """

    def __init__(self, most: int = MEMORY_BYTES) -> None:
        self._most, self._lock = most, threading.Lock()
        self._views: "OrderedDict[str, Dict[Window, np.ndarray]]" = OrderedDict()
        self._bytes = 0
        self._too_large: Dict[str, bool] = {}

    def put(self, view: str, window: Window, features: np.ndarray) -> None:
        """Keep ``features`` (C, h, w) of a tile, in half precision."""
        kept = features.astype(np.float16)
        with self._lock:
            if self._too_large.get(view):
                return
            tiles = self._views.setdefault(view, {})
            before = tiles.get(window)
            tiles[window] = kept
            self._views.move_to_end(view)
            self._bytes += kept.nbytes - (0 if before is None else before.nbytes)
            while self._bytes > self._most:
                name, oldest = self._views.popitem(last=False)
                self._bytes -= sum(part.nbytes for part in oldest.values())
                if name == view:
                    self._too_large[view] = True

    def get(self, view: str) -> Mapping[Window, np.ndarray]:
        """Features (C, h, w) float16 of the tiles of a view, empty if none were kept or they are forgotten.

        As they are now: what is forgotten later stays in the answer.
        """
        with self._lock:
            tiles = self._views.get(view)
            if tiles is None:
                return {}
            self._views.move_to_end(view)
            return dict(tiles)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._views.clear()
            self._too_large.clear()
            self._bytes = 0
