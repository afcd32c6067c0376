"""Finished rows of scores on disk, appended as they come: a file that may be cut off anywhere and gone on with."""

import os
import zlib
from pathlib import Path
from typing import IO, Callable, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..errors import StorageFull
from .grid import Grid, Window
from .score_store import BLOCK


class PieceFile:
    """Pieces of (K, h, w) uint8, deflated one after the other; written like a :class:`ScoreStore`, read in one go.

    ``index``: (n, 6) int64 of the pieces so far: col, row, width, height, first byte, bytes.
    """

    def __init__(self, path: Path, grid: Grid, labels: Sequence[str]) -> None:
        self.grid, self.labels = grid, tuple(labels)
        path.touch()
        self._file: IO[bytes] = open(path, "r+b")
        self._pieces: List[Tuple[int, ...]] = []

    @property
    def index(self) -> np.ndarray:
        """See the class."""
        return np.array(self._pieces, np.int64).reshape(-1, 6)

    def write_bytes(self, window: Window, values: np.ndarray) -> None:
        """Append (K, h, w) uint8 for ``window``. Raises ``StorageFull``."""
        for top in range(0, window.height, BLOCK):
            part = np.ascontiguousarray(values[:, top : top + BLOCK])
            packed = zlib.compress(part, 1)
            start = self._file.tell()
            try:
                self._file.write(packed)
            except OSError as error:
                raise StorageFull(len(packed), 0) from error
            self._pieces.append((window.col, window.row + top, window.width, part.shape[1], start, len(packed)))

    def sync(self) -> None:
        """Everything written is on disk afterwards."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def roll_back(self, index: np.ndarray) -> None:
        """Forget what was written after ``index``. Raises ``ValueError`` if not all of it is there."""
        rows = np.asarray(index, np.int64).reshape(-1, 6)
        end = int(rows[-1, 4] + rows[-1, 5]) if len(rows) else 0
        if self._file.seek(0, os.SEEK_END) < end:
            raise ValueError("the file of pieces is cut short")
        self._file.truncate(end)
        self._file.seek(end)
        self._pieces = [tuple(int(value) for value in row) for row in rows]

    def pour(self, write: Callable[[Window, np.ndarray], None], cancel: Optional[CancelToken] = None) -> None:
        """Pass every piece on, row by row of pieces. Raises ``ValueError`` if one is damaged, Cancelled."""
        for col, row, width, height, start, length in sorted(self._pieces, key=lambda piece: (piece[1], piece[0])):
            if cancel is not None:
                cancel.raise_if_cancelled()
            self._file.seek(start)
            try:
                raw = zlib.decompress(self._file.read(length))
            except zlib.error as error:
                raise ValueError(f"a piece is damaged: {error}") from error
            write(Window(col, row, width, height), np.frombuffer(raw, np.uint8).reshape(len(self.labels), height, width))

    def close(self) -> None:
        """Let go of the file; it stays."""
        self._file.close()
