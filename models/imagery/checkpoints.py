"""Where a long blending run stands, kept in a folder: killed at any moment, the next one goes on from there."""

import os
import time
from pathlib import Path
from typing import IO, Any, Dict, Optional, Protocol, Sequence, Tuple
from zipfile import BadZipFile

import numpy as np

from ..errors import StorageFull
from .blending import Blend, BlendState
from .grid import Grid
from .piece_file import PieceFile

#: Raised whenever older states can no longer be read.
FORMAT = 2
#: Seconds between two checkpoints: what a kill costs at most, but for the rows of tiles under way.
EVERY = 10.0


class Aside(Protocol):
    """What a run gathers beside its scores, such as votes for the kind of scene."""

    def state(self) -> np.ndarray:
        """All of it, as numbers."""

    def restore(self, state: np.ndarray) -> None:
        """Go on from ``state``. Raises ValueError if it does not fit."""


class Checkpoints:
    """State of one run over one grid in ``folder``, which is that run's alone. One thread at a time.

    Finished rows go to :attr:`pieces`, what the blend holds in memory to ``state.npz``, which is replaced as a whole, so
    that on disk there is always one state to which everything else fits.
    """

    def __init__(self, folder: Path, grid: Grid, labels: Sequence[str], every: float = EVERY) -> None:
        self._folder, self._every = Path(folder), every
        self._folder.mkdir(parents=True, exist_ok=True)
        self._state = self._folder / "state.npz"
        self._saved = time.monotonic()
        self.pieces = PieceFile(self._folder / "pieces", grid, labels)
        #: Whether an earlier run left something.
        self.going_on = self.exist
        #: Kept and restored with the scores; set before the run, if there is any.
        self.aside: Optional[Aside] = None

    @property
    def exist(self) -> bool:
        """Whether there is something to go on with."""
        return self._state.exists()

    def spill(self, panel: int) -> IO[bytes]:
        """The file of what panel ``panel`` owes the next, as it was left."""
        path = self._folder / f"owed-{panel}"
        path.touch()
        return open(path, "r+b")

    def restore(self, blend: Blend) -> Tuple[int, int]:
        """Bring ``blend`` and the pieces to where the last run was kept; its (unreadable, asked) pixels.

        A state that is damaged, or of another version, is as good as none.
        """
        found = self._load()
        fresh = None if self.aside is None else self.aside.state()
        if found is not None:
            try:
                self.pieces.roll_back(found["pieces"])
                done, top, valid, unreadable, asked = (int(value) for value in found["numbers"])
                if self.aside is not None:
                    self.aside.restore(found["aside"])
                blend.restore(BlendState(done, top, found["below"], found["pending"], valid))
                return unreadable, asked
            except (ValueError, OSError, IndexError, KeyError):
                self.going_on = False
                if self.aside is not None and fresh is not None:
                    self.aside.restore(fresh)
        self.pieces.roll_back(np.zeros((0, 6), np.int64))
        return 0, 0

    def due(self, last: bool) -> bool:
        """Whether it is time for :meth:`save`; ``last``: there is nothing left to do."""
        return last or time.monotonic() - self._saved >= self._every

    def save(self, blend: Blend, unreadable: int, asked: int) -> None:
        """Keep where ``blend`` stands. Raises ``StorageFull``."""
        draft = self._folder / "state.part"
        try:
            self.pieces.sync()
            state = blend.state()
            numbers = [state.done, state.top, state.valid_pixels, unreadable, asked]
            with open(draft, "wb") as file:
                np.savez(
                    file, format=FORMAT, numbers=np.array(numbers, np.int64), below=state.below, pending=state.pending,
                    pieces=self.pieces.index, aside=np.zeros(0) if self.aside is None else self.aside.state(),
                )
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self._state)
        except OSError as error:
            raise StorageFull(int(blend.state().below.nbytes), 0) from error
        self._saved = time.monotonic()

    def close(self) -> None:
        """Let go of the files; they stay."""
        self.pieces.close()

    def _load(self) -> Optional[Dict[str, Any]]:
        try:
            with np.load(self._state, allow_pickle=False) as found:
                arrays = {name: found[name] for name in found.files}
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        return arrays if int(arrays.get("format", 0)) == FORMAT else None
