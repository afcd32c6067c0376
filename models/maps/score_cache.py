"""A cache of score maps with a limit in bytes; what falls out is closed as soon as nobody uses it."""

import os
import threading
from collections import OrderedDict
from typing import Any, Optional

from .cover_map import ChangeMap, ScoreMap
from .series_map import SeriesMap


class ScoreCache:
    """Least recently used goes first. Any thread."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._entries: "OrderedDict[str, Any]" = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Optional[Any]:
        """The map kept under ``key``, now the most recently used; None if there is none."""
        with self._lock:
            found = self._entries.get(key)
            if found is not None:
                self._entries.move_to_end(key)
            return found

    def put(self, key: str, found: Any) -> None:
        """Keep ``found``; the newest entry stays even if it alone exceeds the limit."""
        with self._lock:
            self._entries[key] = found
            while len(self._entries) > 1 and self.bytes > self.limit:
                self._entries.popitem(last=False)

    @property
    def bytes(self) -> int:
        """Bytes on disk of everything kept."""
        return sum(map(_size, self._entries.values()))

    def clear(self) -> None:
        """Close everything now."""
        with self._lock:
            entries, self._entries = list(self._entries.values()), OrderedDict()
        for found in entries:
            found.close()


def _size(found: Any) -> int:
    maps = found.parts if isinstance(found, (ChangeMap, SeriesMap)) else (found,)
    paths = [part.store.path for part in maps if isinstance(part, ScoreMap)]
    return sum(os.path.getsize(path) for path in paths if os.path.exists(path))
