"""Tiles over a raster: where they lie, and how their overlapping scores become one seamless raster."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import RasterUnreadable
from .grid import Window
from .score_store import BLOCK, UNKNOWN, ScoreStore, quantise
from .source import RasterSource
from .stretch import Stretch


@dataclass(frozen=True)
class TilePixels:
    """A tile ready for a model. ``rgb``: (3, h, w) float32 in [0, 1], invalid pixels 0; ``valid``: (h, w) bool."""

    rgb: np.ndarray
    valid: np.ndarray
    unreadable: int = 0


@dataclass(frozen=True)
class BlendReport:
    """What a run saw. ``valid`` and ``pixels``: of the grid, without overlaps. ``unreadable``: share of the pixels
    read (overlaps count twice) that the source failed to deliver. ``seconds``: wall time, of which
    ``infer_seconds`` in the model.
    """

    tiles: int
    pixels: int
    valid: int
    unreadable: float
    seconds: float
    infer_seconds: float


def _offsets(length: int, size: int, overlap: int) -> List[int]:
    if length <= size:
        return [0]
    count = -(-(length - size) // (size - overlap)) + 1
    return [round(i * (length - size) / (count - 1)) for i in range(count)]


def plan_tiles(window_shape: Tuple[int, int], size: int, overlap: int) -> List[Window]:
    """Tiles of ``size`` × ``size`` px over (H, W), row by row; neighbours share at least ``overlap`` px.

    The tiles are spread evenly, so none is narrower and the last overlaps no more than the others. A side shorter than
    a tile gets one tile that reaches beyond it (padded when read). Raises ``ValueError`` unless 0 ≤ overlap < size.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"an overlap of {overlap} px does not fit tiles of {size} px")
    height, width = window_shape
    rows, cols = _offsets(height, size, overlap), _offsets(width, size, overlap)
    return [Window(col, row, size, size) for row in rows for col in cols]


def tile_reader(source: RasterSource, stretch: Stretch) -> Callable[[Window], TilePixels]:
    """``read_tile`` for :func:`blend_tiles`. A tile that cannot be read at all is unknown and counted, not raised."""

    def read(window: Window) -> TilePixels:
        try:
            image = source.read(window)
        except RasterUnreadable:
            shape = window.height, window.width
            inside = window.intersection(source.grid.window)
            return TilePixels(np.zeros((3, *shape), np.float32), np.zeros(shape, bool), inside.width * inside.height)
        return TilePixels(stretch.apply(image), image.valid, image.unreadable)

    return read


def _weights(offsets: Sequence[int], size: int, length: int) -> List[np.ndarray]:
    """Per tile (size,) float32 along one axis: ramps over the overlaps, adding up to 1 at every pixel of the axis."""
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


class _Blend:
    """Sums weighted tiles that arrive row by row, and passes finished rows on, a row of blocks at a time.

    Held in memory: what later tiles will still add to (one overlap to the right, one row of overlaps below) as
    float32, and finished rows as bytes. Never a whole raster.
    """

    def __init__(
        self, plan: Sequence[Window], shape: Tuple[int, int], emit: Callable[[Window, np.ndarray], None]
    ) -> None:
        self._rows = sorted({w.row for w in plan})
        self._cols = sorted({w.col for w in plan})
        if [(w.row, w.col) for w in plan] != [(r, c) for r in self._rows for c in self._cols]:
            raise ValueError("the tiles must form a grid, row by row, as plan_tiles makes them")
        self._size = plan[0].width
        self._shape, self._emit = shape, emit
        self._row_weights = _weights(self._rows, self._size, shape[0])
        self._col_weights = _weights(self._cols, self._size, shape[1])
        self._below: Optional[np.ndarray] = None
        self._right: Optional[np.ndarray] = None
        self._pending: Optional[np.ndarray] = None
        self._valid = np.zeros((self._size, shape[1]), bool)
        self._top = 0
        self._done = 0
        self.valid_pixels = 0

    def add(self, index: int, scores: np.ndarray, valid: np.ndarray) -> None:
        """Add tile ``index`` of the plan: ``scores`` (K, size, size) float32, ``valid`` (size, size)."""
        i, j = divmod(index, len(self._cols))
        size, width, col = self._size, self._shape[1], self._cols[j]
        weighted = scores * (self._row_weights[i][:, None] * self._col_weights[j])
        if self._below is None:
            self._start(len(scores))
        if j and self._right is not None:
            weighted[:, :, : self._right.shape[2]] += self._right
        last_col = j + 1 == len(self._cols)
        done = (width - col) if last_col else self._cols[j + 1] - col
        self._right = None if last_col else weighted[:, :, done:].copy()
        self._valid[:, col : min(col + size, width)] = valid[:, : width - col]
        self._column(i, weighted[:, :, :done], col)
        if last_col:
            self._finish_row(i)

    def _start(self, classes: int) -> None:
        steps = [b - a for a, b in zip(self._rows, self._rows[1:])]
        carry = self._size - min(steps) if steps else 0
        most = max(steps + [min(self._size, self._shape[0])])
        width = self._shape[1]
        self._below = np.zeros((classes, carry, width), np.float32)
        self._pending = np.full((classes, most + BLOCK, width), UNKNOWN, np.uint8)

    def _column(self, i: int, weighted: np.ndarray, col: int) -> None:
        """Columns that no further tile of this row touches: join them to the row above, keep what the next row needs."""
        if self._below is None or self._pending is None:
            raise RuntimeError("add() starts the sums")
        cols = slice(col, col + weighted.shape[2])
        if i:
            above = self._rows[i - 1] + self._size - self._rows[i]
            weighted[:, :above] += self._below[:, :above, cols]
        last = i + 1 == len(self._rows)
        done = (self._shape[0] - self._rows[i]) if last else self._rows[i + 1] - self._rows[i]
        if not last:
            rest = self._size - done
            self._below[:, :rest, cols] = weighted[:, done:]
        at = self._rows[i] - self._top
        self._pending[:, at : at + done, cols] = quantise(weighted[:, :done], self._valid[:done, cols])

    def _finish_row(self, i: int) -> None:
        if self._pending is None:
            raise RuntimeError("add() starts the sums")
        height, width = self._shape
        last = i + 1 == len(self._rows)
        end = height if last else self._rows[i + 1]
        self.valid_pixels += int(np.count_nonzero(self._valid[: end - self._rows[i]]))
        flush = end if last else end // BLOCK * BLOCK
        if flush > self._top:
            count = flush - self._top
            self._emit(Window(0, self._top, width, count), self._pending[:, :count].copy())
            rest = end - flush
            self._pending[:, :rest] = self._pending[:, count : count + rest].copy()
            self._top = flush


def blend_tiles(
    read_tile: Callable[[Window], TilePixels],
    infer: Callable[[np.ndarray], np.ndarray],
    plan: Sequence[Window],
    store: ScoreStore,
    batch: int = 1,
    progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
    prefetch: bool = True,
) -> BlendReport:
    """Run ``infer`` over every tile of ``plan`` and write the feathered scores to ``store``.

    ``infer``: (n, 3, h, w) float32 in [0, 1] → (n, K, h, w) scores in [0, 1], called on this thread; tiles without a
    valid pixel are not passed. ``read_tile`` runs on one other thread, a batch ahead, unless ``prefetch`` is False.
    Invalid pixels are unknown. Raises ``Cancelled``, ``StorageFull`` and whatever ``read_tile`` and ``infer`` raise.
    """
    begun = time.perf_counter()
    grid = store.grid
    spent = 0.0
    unreadable = asked = 0
    with ThreadPoolExecutor(1, "terralogue-read") as reader, ThreadPoolExecutor(1, "terralogue-write") as writer:
        writing: List["Future[None]"] = []

        def emit(window: Window, values: np.ndarray) -> None:
            if writing:  # one write under way at most: memory stays bounded, errors surface here
                writing.pop().result()
            writing.append(writer.submit(store.write_bytes, window, values))

        blend = _Blend(plan, (grid.height, grid.width), emit)
        index = 0
        for tiles in _batches(read_tile, plan, batch, reader if prefetch else None):
            if cancel is not None:
                cancel.raise_if_cancelled()
            seen = [t for t in tiles if t.valid.any()]
            started = time.perf_counter()
            scores = iter(infer(np.stack([t.rgb for t in seen])) if seen else ())
            spent += time.perf_counter() - started
            for tile in tiles:
                if tile.valid.any():
                    found = np.asarray(next(scores), np.float32)
                else:
                    found = np.zeros((len(store.labels), *tile.valid.shape), np.float32)
                if found.shape != (len(store.labels), *tile.valid.shape):
                    raise ValueError(f"the model returns {found.shape}, the store holds {len(store.labels)} classes")
                blend.add(index, found, tile.valid)
                inside = plan[index].intersection(grid.window)
                unreadable += tile.unreadable
                asked += inside.width * inside.height
                index += 1
            progress(index / len(plan), "")
        if writing:
            writing.pop().result()
    seconds = time.perf_counter() - begun
    share = unreadable / asked if asked else 0.0
    return BlendReport(len(plan), grid.width * grid.height, blend.valid_pixels, share, seconds, spent)


def _batches(
    read_tile: Callable[[Window], TilePixels], plan: Sequence[Window], batch: int, reader: Optional[ThreadPoolExecutor]
) -> Iterator[List[TilePixels]]:
    groups = [list(plan[i : i + max(1, batch)]) for i in range(0, len(plan), max(1, batch))]

    def read(group: List[Window]) -> List[TilePixels]:
        return [read_tile(window) for window in group]

    if reader is None:
        for group in groups:
            yield read(group)
        return
    ahead = reader.submit(read, groups[0])
    for following in groups[1:] + [[]]:
        tiles = ahead.result()
        ahead = reader.submit(read, following)
        yield tiles
