"""Two threads that want the same thing at once: one makes it, the other waits for it."""

import threading
from typing import Callable, Dict, Optional, Protocol, TypeVar

from ..cancel import CancelToken

T = TypeVar("T")
_POLL = 0.05


class Cache(Protocol[T]):
    """Where what was made is kept, until it falls out."""

    def get(self, key: str) -> Optional[T]:
        """What is kept under ``key``, or None."""

    def put(self, key: str, found: T) -> None:
        """Keep ``found``."""


class SingleFlight:
    """Any thread. Keys are unique over all caches that are filled through one of these."""

    def __init__(self) -> None:
        self._running: Dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, cache: Cache[T], key: str, cancel: Optional[CancelToken], make: Callable[[], T]) -> T:
        """What ``cache`` keeps under ``key``, else what ``make`` makes. If the thread that makes it fails, the next of
        those that wait makes it. Raises Cancelled while waiting, and what ``make`` raises.
        """
        with self._lock:
            busy = self._running.setdefault(key, threading.Lock())
        while not busy.acquire(timeout=_POLL):
            if cancel is not None:
                cancel.raise_if_cancelled()
        try:
            found = cache.get(key)
            if found is None:
                found = make()
                cache.put(key, found)
            return found
        finally:
            busy.release()
            with self._lock:
                if not busy.locked():
                    self._running.pop(key, None)
