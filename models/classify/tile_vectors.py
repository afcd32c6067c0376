"""Tiles as vectors: looked at once, remembered, or taken from an index that holds them already."""

import hashlib
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..errors import NothingToAnalyse, RasterUnreadable
from ..imagery.grid import Window
from ..imagery.stretch import measure_stretch
from ..retrieval.building import BATCH, look
from ..retrieval.embedder import Embedder
from .tiling import Tiling


@dataclass(frozen=True)
class TileVectors:
    """``vectors``: (cells, dim) float32 unit rows, noughts where ``seen`` (cells,) is False: nothing valid is shown there.

    ``unreadable``: share of the pixels asked for that the source did not deliver; ``encoded``: windows that went through the
    model, none of them where all came from an index.
    """

    vectors: np.ndarray
    seen: np.ndarray
    unreadable: float
    encoded: int


def vectors_key(view: View, tiles: Tiling, embedder: Embedder) -> str:
    """Equal for the same tiles of the same pixels, seen by the same encoder."""
    laid = np.array([(w.col, w.row, w.width, w.height) for w in tiles.windows], np.int64).tobytes()
    cells = np.array([(c.ground.col, c.ground.row, c.ground.width, c.ground.height) for c in tiles.cells], np.int64).tobytes()
    mark = f"{view.source.fingerprint()} {embedder.digest} ".encode()
    return hashlib.sha256(mark + laid + cells).hexdigest()


def tile_vectors(
    view: View, tiles: Tiling, embedder: Embedder, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
    memory: Any = None, indexes: Any = None,
) -> TileVectors:
    """``memory``: a ``Recent`` in which what was looked at is kept; ``indexes``: a ``KnownIndexes`` that may hold it.

    Raises NothingToAnalyse (nothing valid in any tile), RasterUnreadable (nothing could be read), Cancelled.
    """
    key = vectors_key(view, tiles, embedder)
    kept: Optional[TileVectors] = memory.get(key) if memory is not None else None
    if kept is None:
        kept = _looked(view, tiles, embedder, progress, cancel, _indexed(view, embedder, indexes))
        if memory is not None:
            memory.put(key, kept)
    return kept


def _indexed(view: View, embedder: Embedder, indexes: Any) -> Dict[Window, np.ndarray]:
    """Vectors by window of an index that holds all of the raster; {} without one, or of another encoder."""
    covering = indexes.covering(view.source) if indexes is not None and indexes.folders else None
    if covering is None or covering.search.index.digest != embedder.digest:
        return {}
    with indexes.searching:
        rows = covering.search.index.tiles()
        rows = rows[rows[:, 1] == covering.record.id]
        vectors = covering.search.vectors_of(rows[:, 0])
    return {Window(*(int(v) for v in row[2:])): vector for row, vector in zip(rows, vectors)}


def _looked(
    view: View, tiles: Tiling, embedder: Embedder, progress: Progress, cancel: Optional[CancelToken],
    known: Dict[Window, np.ndarray],
) -> TileVectors:
    source, windows = view.source, tiles.windows
    if not windows:
        raise NothingToAnalyse(source.name)
    found = np.zeros((len(windows), embedder.dim), np.float32)
    shown = np.zeros(len(windows), bool)
    stretch = None
    waiting: List[Tuple[int, Any]] = []
    unreadable, encoded, asked = 0.0, 0, 0

    def encode() -> int:
        if waiting:
            rgb, gsd = np.stack([seen.rgb for _, seen in waiting]), [seen.gsd for _, seen in waiting]
            found[[number for number, _ in waiting]] = embedder.pictures(rgb, gsd, cancel)
        count = len(waiting)
        waiting.clear()
        return count

    for number, window in enumerate(windows):
        if cancel is not None:
            cancel.raise_if_cancelled()
        if window in known:
            found[number], shown[number] = known[window], True
            continue
        stretch = stretch or measure_stretch(source, cancel)
        seen = look(source, window, stretch, embedder.side)
        unreadable, asked = unreadable + seen.unreadable, asked + 1
        if seen.rgb is not None:
            shown[number] = True
            waiting.append((number, seen))
        if len(waiting) >= BATCH:
            encoded += encode()
        progress((number + 1) / len(windows), "Looking at tiles")
    encoded += encode()
    share = unreadable / asked if asked else 0.0
    if not shown.any():
        if share > 0:
            raise RasterUnreadable(source.name, "the file is damaged or its server does not answer", share)
        raise NothingToAnalyse(source.name)
    return _cells(tiles, found, shown, share, encoded)


def _cells(tiles: Tiling, found: np.ndarray, shown: np.ndarray, unreadable: float, encoded: int) -> TileVectors:
    """What windows show, brought to cells: the mean over those that hold its middle, at unit length."""
    vectors = np.zeros((len(tiles.cells), found.shape[1]), np.float32)
    seen = np.zeros(len(tiles.cells), bool)
    for number, cell in enumerate(tiles.cells):
        own = [index for index in cell.windows if shown[index]]
        if own:
            mean = found[own].mean(0)
            vectors[number], seen[number] = mean / max(float(np.linalg.norm(mean)), 1e-12), True
    return TileVectors(vectors, seen, unreadable, encoded)
