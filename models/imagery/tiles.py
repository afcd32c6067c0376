"""Tiles over a raster: where they lie, and how their overlapping scores become one seamless raster."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Callable, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import RasterUnreadable
from .blending import Blend, temporary
from .checkpoints import Checkpoints
from .grid import Window
from .score_store import ScoreStore
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
    """What a run saw. ``tiles``: looked at by it, without what an earlier run left. ``valid`` and ``pixels``: of the grid,
    without overlaps. ``unreadable``: share of the pixels read (overlaps count twice) that the source failed to deliver.
    ``seconds``: wall time, of which ``infer_seconds`` in the model.
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


def blend_tiles(
    read_tile: Callable[[Window], TilePixels],
    infer: Callable[[np.ndarray], np.ndarray],
    plan: Sequence[Window],
    store: ScoreStore,
    batch: int = 1,
    progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
    prefetch: Optional[bool] = None,
    checkpoints: Optional[Checkpoints] = None,
) -> BlendReport:
    """Run ``infer`` over every tile of ``plan`` and write the feathered scores to ``store``.

    ``infer``: (n, 3, h, w) float32 in [0, 1] → (n, K, h, w) scores in [0, 1], called on this thread; tiles without a
    valid pixel are not passed. ``prefetch``: whether ``read_tile`` runs on one other thread, a batch ahead; None: where
    the first batch mostly waited for its pixels (a server, a slow disk, QGIS's drawing). Reading that computes takes the
    processor from the model and is faster in turn. Invalid pixels are unknown. ``checkpoints``: where a run that was
    broken off goes on, with the same result as if it had not been. Raises ``Cancelled``, ``StorageFull`` and whatever
    ``read_tile`` and ``infer`` raise.
    """
    begun = time.perf_counter()
    grid = store.grid
    spent = 0.0
    unreadable = asked = 0
    with ExitStack() as closing:
        reader = closing.enter_context(ThreadPoolExecutor(1, "terralogue-read"))
        writer = closing.enter_context(ThreadPoolExecutor(1, "terralogue-write"))
        writing: List["Future[None]"] = []

        def emit(window: Window, values: np.ndarray) -> None:
            if writing:  # one write under way at most: memory stays bounded, errors surface here
                writing.pop().result()
            writing.append(writer.submit(store.write_bytes, window, values))

        spill = temporary if checkpoints is None else checkpoints.spill
        blend = Blend(plan, (grid.height, grid.width), len(store.labels), emit, spill=spill)
        closing.callback(blend.close)
        if checkpoints is not None:
            unreadable, asked = checkpoints.restore(blend)
        index = first = blend.done
        for tiles in _batches(read_tile, blend.order[first:], batch, reader, prefetch):
            if cancel is not None:
                cancel.raise_if_cancelled()
            seen = [t for t in tiles if t.valid.any()]
            started = time.perf_counter()
            # One tile is passed as it is: copying it costs half as much as reading it.
            rgb = seen[0].rgb[None] if len(seen) == 1 else np.stack([t.rgb for t in seen]) if seen else None
            scores = iter(infer(rgb) if rgb is not None else ())
            spent += time.perf_counter() - started
            for tile in tiles:
                if tile.valid.any():
                    found = np.asarray(next(scores), np.float32)
                else:
                    found = np.zeros((len(store.labels), *tile.valid.shape), np.float32)
                if found.shape != (len(store.labels), *tile.valid.shape):
                    raise ValueError(f"the model returns {found.shape}, the store holds {len(store.labels)} classes")
                blend.add(found, tile.valid)
                inside = blend.order[index].intersection(grid.window)
                unreadable += tile.unreadable
                asked += inside.width * inside.height
                index += 1
                # Between whole batches only: a model may round by what else is in a batch.
                if checkpoints is not None and blend.between_rows and (index - first) % max(1, batch) == 0:
                    if checkpoints.due(index == len(plan)):
                        if writing:
                            writing.pop().result()
                        checkpoints.save(blend, unreadable, asked)
            progress(index / len(plan), "")
        if writing:
            writing.pop().result()
    seconds = time.perf_counter() - begun
    share = unreadable / asked if asked else 0.0
    return BlendReport(len(plan) - first, grid.width * grid.height, blend.valid_pixels, share, seconds, spent)


def _batches(
    read_tile: Callable[[Window], TilePixels], plan: Sequence[Window], batch: int, reader: ThreadPoolExecutor,
    prefetch: Optional[bool],
) -> Iterator[List[TilePixels]]:
    groups = [list(plan[i : i + max(1, batch)]) for i in range(0, len(plan), max(1, batch))]
    if not groups:
        return

    def read(group: List[Window]) -> List[TilePixels]:
        return [read_tile(window) for window in group]

    if prefetch is None:
        started, worked = time.perf_counter(), time.thread_time()
        tiles = read(groups.pop(0))
        prefetch = time.thread_time() - worked < 0.5 * (time.perf_counter() - started)
        yield tiles
    if not groups:
        return
    if not prefetch:
        yield from map(read, groups)
        return
    ahead = reader.submit(read, groups[0])
    for following in groups[1:] + [[]]:
        tiles = ahead.result()
        ahead = reader.submit(read, following)
        yield tiles
