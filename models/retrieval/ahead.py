"""An iterator that runs ahead on a thread of its own, by so many items and no more."""

import queue
import threading
from typing import Any, Generic, Iterator, TypeVar

T = TypeVar("T")
_END = object()


class Ahead(Generic[T]):
    """Items of ``inner``, made on one other thread. What it raises is raised here. ``close`` it when done."""

    def __init__(self, inner: Iterator[T], most: int) -> None:
        self._inner = inner
        self._queue: "queue.Queue[Any]" = queue.Queue(max(1, most))
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="terralogue-ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        while True:
            item = self._queue.get()
            if item is _END:
                return
            if isinstance(item, _Raised):
                raise item.error
            yield item

    def close(self) -> None:
        """Stop the thread and wait until it has let go of what it uses. Safe to call twice."""
        self._closed.set()
        while self._thread.is_alive():
            try:
                self._queue.get_nowait()
            except queue.Empty:
                self._thread.join(0.01)

    def _run(self) -> None:
        try:
            for item in self._inner:
                if not self._put(item):
                    break
            else:
                self._put(_END)
        except BaseException as error:  # handed over, not lost
            self._put(_Raised(error))
        finally:
            close = getattr(self._inner, "close", None)
            if close is not None:
                close()

    def _put(self, item: Any) -> bool:
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=0.05)
                return True
            except queue.Full:
                continue
        return False


class _Raised:
    def __init__(self, error: BaseException) -> None:
        self.error = error
