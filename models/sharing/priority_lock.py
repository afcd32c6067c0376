"""One lock for the model, where a waiting person goes before a waiting batch."""

import threading
from contextlib import contextmanager
from typing import Iterator, Optional

from ..cancel import CancelToken

_POLL = 0.05


class PriorityLock:
    """Not reentrant. ``hold`` it for one short step at a time: a batch lets go between steps."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._held = False
        self._interactive_waiting = 0

    @contextmanager
    def hold(self, interactive: bool = True, cancel: Optional[CancelToken] = None) -> Iterator[None]:
        """Hold the lock; raises ``Cancelled`` while waiting if ``cancel`` is set."""
        self._acquire(interactive, cancel)
        try:
            yield
        finally:
            with self._condition:
                self._held = False
                self._condition.notify_all()

    def _acquire(self, interactive: bool, cancel: Optional[CancelToken]) -> None:
        with self._condition:
            self._interactive_waiting += interactive
            try:
                while self._held or (not interactive and self._interactive_waiting):
                    if cancel is not None:
                        cancel.raise_if_cancelled()
                    self._condition.wait(_POLL)
                self._held = True
            finally:
                self._interactive_waiting -= interactive
