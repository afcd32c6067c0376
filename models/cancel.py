"""Cancelling and progress, shared by every long function in ``models``. Knows no threads of its own."""

import threading
from typing import Callable, List

from .errors import Cancelled

#: ``progress(fraction, message)``: fraction in [0, 1]; message is a short English phrase or "".
Progress = Callable[[float, str], None]


def no_progress(fraction: float, message: str = "") -> None:
    """Ignore progress."""


class CancelToken:
    """A flag that one thread sets and another polls; callbacks reach into a running model.

    Any thread. ``on_cancel`` callbacks (for instance ``RunOptions.terminate``) run on the cancelling thread.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: List[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """True once :meth:`cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Set the flag and run the callbacks registered so far. Safe to call twice."""
        with self._lock:
            self._event.set()
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Run ``callback`` at cancel (at once if already cancelled); returns a function that unregisters it."""
        with self._lock:
            self._callbacks.append(callback)
            late = self._event.is_set()
        if late:
            callback()

        def unregister() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return unregister

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` once the flag is set."""
        if self._event.is_set():
            raise Cancelled()
