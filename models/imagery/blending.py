"""How overlapping tiles of scores add up to one raster without seams, in memory that does not grow with it."""

import os
import tempfile
from dataclasses import dataclass
from typing import IO, Callable, List, Optional, Sequence, Tuple

import numpy as np

from .grid import Window
from .score_store import BLOCK, UNKNOWN, quantise

#: Wider rasters are blended in panels of columns of at most this width, and of so many columns × classes that what is
#: held of them stays small; what one panel owes the next waits on disk.
PANEL, PANEL_CELLS = 8192, 49_152


@dataclass(frozen=True)
class BlendState:
    """What a :class:`Blend` holds in memory between two rows of tiles. ``done``: tiles added; ``top``: first row that is
    not passed on. ``below``: (K, rows, w) float32 that the next row of tiles adds to; ``pending``: (K, rows, w) uint8
    finished rows from ``top`` on.
    """

    done: int
    top: int
    below: np.ndarray
    pending: np.ndarray
    valid_pixels: int


def feathers(offsets: Sequence[int], size: int, length: int) -> List[np.ndarray]:
    """Per tile (size,) float32 weights along one axis: ramps over the overlaps, adding up to 1 at every pixel."""
    raw = []
    for i, start in enumerate(offsets):
        weight = np.ones(size)
        place = np.arange(size) + 0.5
        if i > 0:
            weight = np.minimum(weight, place / max(offsets[i - 1] + size - start, 1))
        if i + 1 < len(offsets):
            weight = np.minimum(weight, (size - place) / max(start + size - offsets[i + 1], 1))
        raw.append(weight)
    total = np.zeros(max(length, offsets[-1] + size))
    for start, weight in zip(offsets, raw):
        total[start : start + size] += weight
    return [(w / total[s : s + size]).astype(np.float32) for s, w in zip(offsets, raw)]


def temporary(panel: int) -> IO[bytes]:
    """A file for what a panel owes the next that nobody can go on with."""
    return tempfile.TemporaryFile()


class Blend:
    """Sums weighted tiles and passes finished rows on, as bytes, a row of blocks at a time.

    Held in memory: what later tiles of a panel still add to (one overlap to the right, one row of overlaps below) as
    float32, and finished rows as bytes. Overlaps into the next panel go through a temporary file.
    """

    def __init__(
        self,
        plan: Sequence[Window],
        shape: Tuple[int, int],
        classes: int,
        emit: Callable[[Window, np.ndarray], None],
        panel: Optional[int] = None,
        spill: Callable[[int], IO[bytes]] = temporary,
    ) -> None:
        """``spill``: the file for what a panel, given by its number, owes the next, as it was left; kept by name it
        outlives the process, and a :meth:`restore` in another one goes on from it.
        """
        self._rows = sorted({w.row for w in plan})
        self._cols = sorted({w.col for w in plan})
        self._size, self._shape, self._classes, self._emit = plan[0].width, shape, classes, emit
        grid = [(r, c, self._size, self._size) for r in self._rows for c in self._cols]
        if [(w.row, w.col, w.width, w.height) for w in plan] != grid:
            raise ValueError("the tiles must form a grid, row by row, as plan_tiles makes them")
        self._row_weights = feathers(self._rows, self._size, shape[0])
        self._col_weights = feathers(self._cols, self._size, shape[1])
        self._panels = self._divide(panel or min(PANEL, PANEL_CELLS // classes))
        #: The plan in the order in which :meth:`add` wants it: panel by panel, in each row by row.
        self.order = [
            Window(self._cols[j], row, self._size, self._size)
            for first, end in self._panels
            for row in self._rows
            for j in range(first, end)
        ]
        self._places = [
            (p, i, j) for p, (a, b) in enumerate(self._panels) for i in range(len(self._rows)) for j in range(a, b)
        ]
        self._next = 0
        self._left, self._top = 0, 0
        self._right = np.zeros((classes, self._size, 0), np.float32)
        self._spill = spill
        self._owed: Optional[IO[bytes]] = None
        self._owing: Optional[IO[bytes]] = None
        self.valid_pixels = 0

    def close(self) -> None:
        """Release the files of :class:`Blend`'s ``spill``."""
        for file in (self._owed, self._owing):
            if file is not None:
                file.close()

    @property
    def done(self) -> int:
        """Tiles added so far."""
        return self._next

    @property
    def between_rows(self) -> bool:
        """Whether the last tile added was the last of its row in its panel: only then :meth:`state` says it all."""
        return self._next > 0 and self._places[self._next - 1][2] + 1 == self._panels[self._places[self._next - 1][0]][1]

    def state(self) -> BlendState:
        """What :meth:`restore` needs besides the files of ``spill``, which are on disk afterwards as far as they matter."""
        _, i, _ = self._places[self._next - 1]
        rest = self._rows[i] + self._done(i) - self._top
        if self._owing is not None:
            self._owing.flush()
            os.fsync(self._owing.fileno())
        return BlendState(self._next, self._top, self._below, self._pending[:, :rest], self.valid_pixels)

    def restore(self, state: BlendState) -> None:
        """Go on where ``state`` was taken of a blend of the same plan. Raises ``ValueError`` if it does not fit."""
        panel, i, _ = self._places[state.done - 1]
        if panel:
            self._owing = self._spill(panel - 1)
        self._start(panel, i + 1)
        rest = state.pending.shape[1]
        if state.below.shape != self._below.shape or state.pending.shape != self._pending[:, :rest].shape:
            raise ValueError("the state is that of another run")
        self._below[:] = state.below
        self._pending[:, :rest] = state.pending
        self._next, self._top, self.valid_pixels = state.done, state.top, state.valid_pixels

    def _divide(self, panel: int) -> List[Tuple[int, int]]:
        """Ranges of tile columns, each at most ``panel`` px wide but at least two tiles."""
        panels, first = [], 0
        for j in range(1, len(self._cols) + 1):
            if j == len(self._cols):
                panels.append((first, j))
            elif j - first >= 2 and self._cols[j] + self._size - self._cols[first] > panel:
                panels.append((first, j))
                first = j
        return panels

    def add(self, scores: np.ndarray, valid: np.ndarray) -> None:
        """Add the next tile of :attr:`order`: ``scores`` (K, size, size) float32, ``valid`` (size, size) bool."""
        panel, i, j = self._places[self._next]
        self._next += 1
        first, end = self._panels[panel]
        if i == 0 and j == first:
            self._start(panel)
        weighted = scores * (self._row_weights[i][:, None] * self._col_weights[j])
        if j == first and panel:
            self._right = self._take(self._cols[j - 1] + self._size - self._cols[j])
        if j:
            weighted[:, :, : self._right.shape[2]] += self._right
        last = j + 1 == len(self._cols)
        col = self._cols[j]
        done = (self._shape[1] - col) if last else self._cols[j + 1] - col
        if not last:
            self._right = weighted[:, :, done:].copy()
            if j + 1 == end and self._owing is not None:
                self._owing.write(self._right.tobytes())
        at = col - self._left
        self._valid[:, at : at + done] = valid[:, :done]
        self._finish_columns(i, weighted[:, :, :done], at)
        if j + 1 == end:
            self._finish_row(i)

    def _start(self, panel: int, rows: int = 0) -> None:
        """Begin a panel, or go on after its first ``rows`` rows of tiles."""
        first, end = self._panels[panel]
        self._left, self._top = self._cols[first], 0
        width = (self._shape[1] if end == len(self._cols) else self._cols[end]) - self._left
        steps = [b - a for a, b in zip(self._rows, self._rows[1:])]
        carry = self._size - min(steps) if steps else 0
        most = max(steps + [min(self._size, self._shape[0])])
        self._below = np.zeros((self._classes, carry, width), np.float32)
        self._pending = np.full((self._classes, most + BLOCK, width), UNKNOWN, np.uint8)
        self._valid = np.zeros((self._size, width), bool)
        # What the last panel wrote is what this one reads.
        if self._owed is not None:
            self._owed.close()
        self._owed, self._owing = self._owing, None
        if self._owed is not None:
            self._seek(self._owed, rows * self._owed_bytes(first))
        if end < len(self._cols):
            self._owing = self._spill(panel)
            self._seek(self._owing, rows * self._owed_bytes(end))
            self._owing.truncate()

    def _owed_bytes(self, j: int) -> int:
        """Bytes that the tile left of column ``j`` of the plan owes it in each row of tiles."""
        return self._classes * self._size * (self._cols[j - 1] + self._size - self._cols[j]) * 4

    @staticmethod
    def _seek(file: IO[bytes], place: int) -> None:
        if file.seek(0, os.SEEK_END) < place:
            raise ValueError("what a panel owes the next is cut short")
        file.seek(place)

    def _take(self, columns: int) -> np.ndarray:
        shape = self._classes, self._size, columns
        count = int(np.prod(shape)) * 4
        owed = b"" if self._owed is None else self._owed.read(count)
        return np.frombuffer(owed, np.float32).reshape(shape)

    def _finish_columns(self, i: int, weighted: np.ndarray, at: int) -> None:
        """Columns that no further tile of this row touches: join them to the row above, keep what the next row needs."""
        cols = slice(at, at + weighted.shape[2])
        if i:
            above = self._rows[i - 1] + self._size - self._rows[i]
            weighted[:, :above] += self._below[:, :above, cols]
        done = self._done(i)
        if i + 1 < len(self._rows):
            self._below[:, : self._size - done, cols] = weighted[:, done:]
        start = self._rows[i] - self._top
        self._pending[:, start : start + done, cols] = quantise(weighted[:, :done], self._valid[:done, cols])

    def _done(self, i: int) -> int:
        """Rows of tile row ``i`` that no later row touches."""
        return (self._shape[0] if i + 1 == len(self._rows) else self._rows[i + 1]) - self._rows[i]

    def _finish_row(self, i: int) -> None:
        end = self._rows[i] + self._done(i)
        self.valid_pixels += int(np.count_nonzero(self._valid[: self._done(i)]))
        flush = end if i + 1 == len(self._rows) else end // BLOCK * BLOCK
        if flush > self._top:
            count, rest = flush - self._top, end - flush
            self._emit(Window(self._left, self._top, self._pending.shape[2], count), self._pending[:, :count].copy())
            self._pending[:, :rest] = self._pending[:, count : count + rest].copy()
            self._top = flush
