"""Scores of a long run over two dates, kept while they are made: after a crash or a stop the same run goes on."""

import shutil
import time
from pathlib import Path
from typing import Callable, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..errors import RasterUnreadable
from ..imagery.checkpoints import Checkpoints
from ..imagery.grid import Grid, Window
from ..imagery.score_store import ScoreStore
from ..sharing.file_lock import FileLock
from .pair_stores import PairStores

#: Tiles of a date from which a run is worth going on with: a minute or so on two cores.
WORTH_KEEPING = 200
#: Seconds after which what nobody went on with is thrown away.
FORGOTTEN = 7 * 24 * 3600.0

MakeStores = Callable[[], Sequence[ScoreStore]]


class ResumableStores:
    """Looks like one store of all classes to ``blend_tiles``, as :class:`PairStores` does, which it becomes at the end.

    :meth:`close` leaves the folder for the next run of the same key; :meth:`discard` removes it.
    """

    def __init__(
        self, folder: Path, lock: FileLock, grid: Grid, groups: Sequence[Tuple[str, ...]], make: MakeStores,
        cancel: Optional[CancelToken] = None,
    ) -> None:
        labels = tuple(label for group in groups for label in group)
        self._folder, self._lock, self._make, self._cancel = folder, lock, make, cancel
        self.checkpoints: Optional[Checkpoints] = Checkpoints(folder, grid, labels)
        self.grid, self.labels = grid, labels
        self.parts: List[ScoreStore] = []

    @classmethod
    def open(
        cls, unfinished: Path, key: str, grid: Grid, groups: Sequence[Tuple[str, ...]], make: MakeStores,
        cancel: Optional[CancelToken] = None,
    ) -> "Optional[ResumableStores]":
        """What is kept under ``key`` in the folder ``unfinished``, or a beginning; None while another process is at it.

        ``groups``: the classes of each store that ``make`` makes at the end. ``cancel`` reaches into :meth:`finish`.

        Left-overs that are too old are removed on the way. Nothing is raised for a folder that cannot be written: then
        a run is just not kept.
        """
        folder = unfinished / key[:32]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            forget(unfinished, folder)
            lock = FileLock.taken(folder / "lock")
            return None if lock is None else cls(folder, lock, grid, groups, make, cancel)
        except OSError:
            return None

    @property
    def going_on(self) -> bool:
        """Whether an earlier run left something."""
        return self.checkpoints is not None and self.checkpoints.going_on

    def write_bytes(self, window: Window, values: np.ndarray) -> None:
        """Store (K, h, w) uint8 for ``window``."""
        if self.checkpoints is None:
            raise RuntimeError("these scores are let go of")
        self.checkpoints.pieces.write_bytes(window, values)

    def finish(self) -> None:
        """Move the scores into :attr:`parts`, complete files. What is kept stays: the files go with the map of them.

        Raises Cancelled, StorageFull, RasterUnreadable (the kept scores are damaged; they are gone then).
        """
        if self.checkpoints is None:
            raise RuntimeError("these scores are let go of")
        self.parts = list(self._make())
        whole = PairStores(self.parts)
        try:
            self.checkpoints.pieces.pour(whole.write_bytes, self._cancel)
            whole.finish()
        except ValueError as error:
            whole.close()
            self.discard()
            raise RasterUnreadable("the file of scores so far", str(error)) from error
        except BaseException:
            whole.close()
            raise

    def close(self) -> None:
        """Let go of the folder; the next run of the same key goes on with it. Safe to call twice."""
        checkpoints, self.checkpoints = self.checkpoints, None
        if checkpoints is not None:
            checkpoints.close()
        self._lock.release()

    def discard(self) -> None:
        """Remove what is kept: the result is there, or nobody wants it. Safe to call twice, and at the end of Python."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def forget(unfinished: Path, but: Path) -> None:
    """Remove the folders of runs that nobody went on with for a week, and that nobody is at."""
    for folder in unfinished.iterdir():
        state = folder / "state.npz"
        touched = (state if state.exists() else folder).stat().st_mtime
        if folder == but or time.time() - touched < FORGOTTEN:
            continue
        lock = FileLock.taken(folder / "lock")
        if lock is not None:
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)
