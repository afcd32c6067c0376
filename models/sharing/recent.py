"""A small cache in memory: so many things, least recently used forgotten first."""

import threading
from collections import OrderedDict
from typing import Generic, Optional, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Keeps the last ``most`` things that were put or asked for. Any thread."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: "OrderedDict[str, T]" = OrderedDict()

    def get(self, key: str) -> Optional[T]:
        """What is kept under ``key``, now the most recently used; None if there is none."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, found: T) -> None:
        """Keep ``found``."""
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
