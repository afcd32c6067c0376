"""ONNX Runtime sessions: which provider really runs, how a run is cancelled, what happens when memory is full.

Knows nothing of what a graph computes. Importing this module does not import onnxruntime.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from .cancel import CancelToken
from .errors import Cancelled, MemoryShort, ModelUnreadable, RuntimeMissing
from .runtimes.choice import chosen
from .runtimes.climbing import climb, opened
from .runtimes.memory import HALVINGS, batch_axis, out_of_memory, parts, row_bytes, rows_of
from .runtimes.rungs import CPU, LADDER
from .runtimes.self_test import TOLERANCE, first_line, short

__all__ = ["LADDER", "TOLERANCE", "Session", "available"]

log = logging.getLogger(__name__)


def available() -> Optional[str]:
    """The version of onnxruntime that would be used, or None if it is not installed."""
    try:
        import onnxruntime
    except ImportError:
        return None
    return str(onnxruntime.__version__)


class Session:
    """One graph, loaded and ready. :meth:`run` may be called from any thread, one at a time.

    ``provider``: what it runs on; ``fallback``: why not on an earlier rung of the ladder, "" if on the first. Both change
    when a device fails in a run: the CPU does that run and all further ones.
    """

    def __init__(self, path: Path, threads: Optional[int] = None, providers: Sequence[str] = LADDER) -> None:
        """Load ``path``. Raises RuntimeMissing without onnxruntime, ModelUnreadable if it refuses the graph."""
        try:
            import onnxruntime
        except ImportError as error:
            raise RuntimeMissing("onnxruntime") from error
        self.path = path
        self._ort, self._threads = onnxruntime, threads
        self._session, self.provider, self.fallback = climb(onnxruntime, Path(path), threads, providers, chosen())
        self._splits = batch_axis(self._session.get_inputs(), self._session.get_outputs())
        #: By bytes of a row, how many were found to fit at once.
        self._fits: Dict[int, int] = {}

    @property
    def inputs(self) -> Dict[str, List[Any]]:
        """Names and shapes of the inputs; symbolic dimensions are text."""
        return {node.name: list(node.shape) for node in self._session.get_inputs()}

    @property
    def outputs(self) -> Tuple[str, ...]:
        """Names of the outputs."""
        return tuple(node.name for node in self._session.get_outputs())

    @property
    def metadata(self) -> Dict[str, str]:
        """The custom properties stored in the graph."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(
        self, feeds: Dict[str, np.ndarray], cancel: Optional[CancelToken] = None, outputs: Optional[Sequence[str]] = None
    ) -> List[np.ndarray]:
        """All outputs for ``feeds``, or those named, for which alone it then works.

        A batch that does not fit the memory is run in halves, at most ``HALVINGS`` times, then on the CPU. Raises Cancelled
        within about 0.1 s of ``cancel`` being set, MemoryShort if the CPU's memory is too small as well, ModelUnreadable.
        """
        cancel = cancel or CancelToken()
        cancel.raise_if_cancelled()
        rows, key = rows_of(feeds) if self._splits else 1, row_bytes(feeds) if self._splits else 0
        most = min(rows, self._fits.get(key, rows))
        halved = 0
        while True:
            try:
                return self._in_parts(feeds, most if most < rows else None, cancel, outputs)
            except _Full as error:
                if most > 1 and halved < HALVINGS:
                    most, halved = -(-most // 2), halved + 1
                    self._fits[key] = most
                elif self.provider == CPU:
                    raise MemoryShort(str(self.path), str(error)) from error
                else:
                    self._fall_back(f"its memory is full ({most} at once did not fit)")
                    halved = 0

    def _in_parts(
        self, feeds: Dict[str, np.ndarray], most: Optional[int], cancel: CancelToken, outputs: Optional[Sequence[str]]
    ) -> List[np.ndarray]:
        found = [self._once(part, cancel, outputs) for part in parts(feeds, most)]
        return found[0] if len(found) == 1 else [np.concatenate(arrays) for arrays in zip(*found)]

    def _once(
        self, feeds: Dict[str, np.ndarray], cancel: CancelToken, outputs: Optional[Sequence[str]]
    ) -> List[np.ndarray]:
        try:
            return self._terminable(self._session, feeds, cancel, outputs)
        except Exception as error:
            _cancel_or_full(error, cancel)
            if self.provider == CPU:
                raise ModelUnreadable(str(self.path), _plain(error)) from error
            # Inputs that the graph does not take fail on the CPU too, and say nothing against the device.
            spare = opened(self._ort, self.path, CPU, self._threads)
            try:
                found = self._terminable(spare, feeds, cancel, outputs)
            except Exception as second:
                _cancel_or_full(second, cancel)
                raise ModelUnreadable(str(self.path), _plain(second)) from second
            self._fall_back(f"it failed in a run: {first_line(error)}", spare)
            return found

    def _terminable(
        self, session: Any, feeds: Dict[str, np.ndarray], cancel: CancelToken, outputs: Optional[Sequence[str]]
    ) -> List[np.ndarray]:
        cancel.raise_if_cancelled()
        options = self._ort.RunOptions()
        options.only_execute_path_to_fetches = outputs is not None

        def terminate() -> None:
            options.terminate = True

        unregister = cancel.on_cancel(terminate)
        try:
            return list(session.run(outputs, feeds, options))
        finally:
            unregister()

    def _fall_back(self, why: str, session: Optional[Any] = None) -> None:
        """From now on on the CPU; what the device held is let go."""
        reason = f"{short(self.provider)}: {why}"
        log.warning("%s runs on the processor from now on: %s", self.path.name, reason)
        self._session = session or opened(self._ort, self.path, CPU, self._threads)
        self.provider, self.fallback = CPU, "; ".join(part for part in (self.fallback, reason) if part)
        self._fits.clear()


class _Full(Exception):
    """Memory ran out in a run."""


def _cancel_or_full(error: Exception, cancel: CancelToken) -> None:
    """Raise what an error of a run stands for, if it is a cancel or memory that ran out."""
    if isinstance(error, Cancelled):
        raise error
    if cancel.cancelled:
        raise Cancelled() from error
    if out_of_memory(error):
        raise _Full(_plain(error)) from error


def _plain(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
