"""Looks at rasters tile by tile and writes what it saw into an index; stopped at any moment, it goes on from there."""

import hashlib
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple, Union

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import Cancelled, NothingToAnalyse, RasterUnreadable, TerralogueError, UnsupportedPixels
from ..estimate import Estimate
from ..imagery.geodesy import transform_points
from ..imagery.grid import Grid, Window
from ..imagery.regions import window_ring
from ..imagery.source import RasterSource
from ..imagery.stretch import Stretch, measure_stretch
from .ahead import Ahead
from .embedder import Embedder
from .geopackage import LONGITUDE_LATITUDE
from .index import Batch, Record, Tile, TileIndex
from .tiling import windows

#: Tiles that go through the model at once, and seconds of work that a kill costs at most.
BATCH, EVERY = 8, 2.0
#: Share of a window that must show something for it to be looked at.
LEAST_VALID = 0.25
_NOWHERE = np.full((5, 2), np.nan)


@dataclass(frozen=True)
class RasterInput:
    """A raster to look at. ``open``: on the calling thread; ``recipe``: what opens it again, kept in the index."""

    path: str
    name: str
    open: Callable[[], RasterSource]
    recipe: Dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BuildReport:
    """``encoded``: tiles through the model; ``reused``: whose pixels are those of before; ``empty``: that show nothing;
    ``kept``: rasters that had not changed; ``refused``: why others could not be read, by name. ``encoder_seconds``: of
    ``seconds``, in the model.
    """

    encoded: int
    reused: int
    empty: int
    rasters: int
    kept: int
    refused: Dict[str, str]
    seconds: float
    encoder_seconds: float


class _Begun(NamedTuple):
    record: Record


class Seen(NamedTuple):
    """A window of a raster. ``rgb``: (3, side, side) float32 in 0..1, None: it shows nothing; ``gsd``: metres a pixel of
    that; ``unreadable``: share of its pixels; ``ring``: (5, 2) longitude and latitude, of no use before it is known.
    """

    window: Window
    rgb: Optional[np.ndarray]
    gsd: Optional[float]
    unreadable: float
    ring: np.ndarray = _NOWHERE


class _Ended(NamedTuple):
    """The raster is done, was done before (``kept``), or cannot be read."""

    kept: bool = False
    error: Optional[TerralogueError] = None


_Step = Union[_Begun, Seen, _Ended]


def build(
    index: TileIndex, inputs: Sequence[RasterInput], embedder: Embedder, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, batch: int = BATCH, every: float = EVERY,
) -> BuildReport:
    """Bring ``index`` up to date with ``inputs``; other rasters in it stay as they are.

    A raster that has not changed is left alone, one that an earlier run left is gone on with, and of one that changed only
    tiles whose pixels differ go through the model. A file that moved is known by its name and grid. Memory is bounded by
    ``batch``. Raises IndexBusy, StorageFull, Cancelled (``kept``: what was committed stays), and, where not one raster could
    be read, what the last one raised.
    """
    begun = time.perf_counter()
    index.take()
    try:
        known = index.records()
        run = _Run(index, embedder, max(1, batch), every, cancel)
        given = list({each.path: each for each in inputs}.values())
        steps = Ahead(_all_steps(given, known, embedder, cancel), 2 * max(1, batch))
        kept = done = 0
        refused: Dict[str, str] = {}
        last: Optional[TerralogueError] = None
        planned = looked = 0
        try:
            for number, step in steps:
                if isinstance(step, _Begun):
                    planned, looked = step.record.planned, step.record.looked
                    run.begin(step.record)
                elif isinstance(step, Seen):
                    run.take(step)
                    looked += 1
                    progress((number + looked / max(1, planned)) / len(given), "Looking at tiles")
                elif step.error is not None:
                    refused[given[number].name], last = str(step.error), step.error
                    run.drop()
                else:
                    done += 1
                    kept += step.kept
                    run.end(step.kept)
                    progress((number + 1) / len(given), "Looking at tiles")
            run.flush()
        except Cancelled as stopped:
            stopped.kept = True
            raise
        finally:
            steps.close()
        if run.encoded or run.reused:
            index.measure()
    finally:
        index.give_back()
    if last is not None and not done:
        raise last
    return BuildReport(
        run.encoded, run.reused, run.empty, done, kept, refused, time.perf_counter() - begun, run.encoder_seconds)


def estimate(inputs: Sequence[Tuple[Grid, Optional[float]]], embedder: Embedder, tile_seconds: float) -> Estimate:
    """What :func:`build` would cost for rasters of these grids and metres a pixel, all of them new."""
    finest = float(getattr(embedder, "finest", 0.0))
    tiles = sum(len(windows(grid, gsd, finest)) for grid, gsd in inputs)
    # A tile takes its vector and about 300 bytes of the GeoPackage.
    return Estimate(tiles, tiles * tile_seconds, tiles * (embedder.dim * 2 + 300), None)


class _Run:
    """One run of the writer: gathers tiles into batches and batches into commits."""

    def __init__(
        self, index: TileIndex, embedder: Embedder, batch: int, every: float, cancel: Optional[CancelToken]
    ) -> None:
        self._index, self._embedder, self._batch, self._every, self._cancel = index, embedder, batch, every, cancel
        self.encoded = self.reused = self.empty = 0
        self.encoder_seconds = 0.0
        self._waiting: List[Tuple[Tile, np.ndarray]] = []
        self._records: List[Record] = []
        self._tiles: List[Tile] = []
        self._vectors: List[np.ndarray] = []
        self._revived: List[Tuple[int, Tile]] = []
        self._looked: Dict[int, Tuple[int, float]] = {}
        self._finished: List[int] = []
        self._committed = time.monotonic()
        self._next = max((record.id for record in index.records()), default=0) + 1
        self._raster = 0
        self._pool: Dict[Tuple[Window, str], int] = {}

    def begin(self, record: Record) -> None:
        """A raster, new or known (then with its id)."""
        self._pool = self._index.pool(record.id, live=not record.looked) if record.id else {}
        if not record.id:
            record, self._next = replace(record, id=self._next), self._next + 1
        if not record.looked:
            self._records.append(record)
        self._raster = record.id
        self._looked[self._raster] = record.looked, record.unreadable

    def take(self, seen: Seen) -> None:
        """A window of it."""
        number, share = self._looked[self._raster]
        self._looked[self._raster] = number + 1, (share * number + seen.unreadable) / (number + 1)
        if seen.rgb is None:
            self.empty += 1
            return
        mark = hashlib.blake2b(seen.rgb.tobytes() + repr(seen.gsd).encode(), digest_size=12).hexdigest()
        tile = Tile(self._raster, seen.window, seen.gsd, mark, seen.ring)
        old = self._pool.pop((seen.window, mark), None)
        if old is not None:
            self.reused += 1
            self._revived.append((old, tile))
            return
        self._waiting.append((tile, seen.rgb))
        if len(self._waiting) >= self._batch:
            self._encode()
            if time.monotonic() - self._committed >= self._every:
                self.flush()

    def end(self, kept: bool) -> None:
        """It is done."""
        if not kept:
            self._finished.append(self._raster)

    def drop(self) -> None:
        """It could not be read to its end: next time it begins anew."""
        if self._raster in self._looked:
            self._looked[self._raster] = 0, self._looked[self._raster][1]
        self._pool = {}

    def flush(self) -> None:
        """Write what there is."""
        self._encode()
        if self._records or self._tiles or self._revived or self._looked or self._finished:
            vectors = np.concatenate(self._vectors) if self._vectors else np.zeros((0, self._index.dim), np.float32)
            self._index.commit(
                Batch(self._records, self._tiles, vectors, self._revived, self._looked, self._finished))
        under_way = self._looked.get(self._raster)
        self._records, self._tiles, self._vectors, self._revived, self._finished = [], [], [], [], []
        self._looked = {} if under_way is None else {self._raster: under_way}
        self._committed = time.monotonic()

    def _encode(self) -> None:
        if not self._waiting:
            return
        started = time.perf_counter()
        rgb = np.stack([pixels for _, pixels in self._waiting])
        self._vectors.append(self._embedder.pictures(rgb, [tile.gsd for tile, _ in self._waiting], self._cancel))
        self.encoder_seconds += time.perf_counter() - started
        self._tiles += [tile for tile, _ in self._waiting]
        self.encoded += len(self._waiting)
        self._waiting = []


def _all_steps(
    inputs: Sequence[RasterInput], known: Sequence[Record], embedder: Embedder, cancel: Optional[CancelToken]
) -> Iterator[Tuple[int, _Step]]:
    """What happens to each raster, by its number. Runs on the thread that reads."""
    adopted: Set[int] = set()
    for number, given in enumerate(inputs):
        if cancel is not None:
            cancel.raise_if_cancelled()
        before = [record for record in _known(given, known) if record.id not in adopted]
        try:
            for step in _steps(given, before, embedder, cancel):
                if isinstance(step, _Begun):
                    adopted.add(step.record.id)
                yield number, step
        except (RasterUnreadable, NothingToAnalyse, UnsupportedPixels) as error:
            yield number, _Ended(error=error)


def _known(given: RasterInput, known: Sequence[Record]) -> List[Record]:
    """The record of ``given``, or those of files that are gone and may be it under another path."""
    same = [record for record in known if record.path == given.path]
    return same or [r for r in known if r.path != given.path and Path(r.path).name == Path(given.path).name
                    and not Path(r.path).exists()]


def _steps(
    given: RasterInput, before: Sequence[Record], embedder: Embedder, cancel: Optional[CancelToken]
) -> Iterator[_Step]:
    """What happens to one raster, in order."""
    source = given.open()
    try:
        record = _record(given, source, before, embedder)
        if record is None:
            yield _Ended(kept=True)
            return
        plan = windows(source.grid, source.gsd, float(getattr(embedder, "finest", 0.0)))
        stretch = Stretch.from_json(record.stretch) if record.stretch else measure_stretch(source, cancel)
        yield _Begun(replace(record, stretch=stretch.to_json(), planned=len(plan)))
        rings = _rings(source.grid, plan)
        failed = 0
        for window, ring in zip(plan[record.looked:], rings[record.looked:]):
            if cancel is not None:
                cancel.raise_if_cancelled()
            seen = look(source, window, stretch, embedder.side)
            failed += seen.unreadable >= 1
            yield seen._replace(ring=ring)
        if plan and failed == len(plan):
            raise RasterUnreadable(source.name, "the file is damaged or cut short", 1.0)
        if source.fingerprint() != record.fingerprint:
            raise RasterUnreadable(source.name, "it was changed while it was read")
        yield _Ended()
    finally:
        source.close()


def _record(
    given: RasterInput, source: RasterSource, before: Sequence[Record], embedder: Embedder
) -> Optional[Record]:
    """What is to be written of a raster; with ``looked`` where an earlier run stopped; None if there is nothing to do."""
    mark = source.fingerprint()
    gsd = source.gsd
    fresh = Record(
        0, given.path, given.name, source.grid, gsd, source.time.iso if source.time is not None else "", mark,
        dict(given.recipe))
    for record in before:
        if record.path == given.path:
            if record.fingerprint == mark and record.recipe == fresh.recipe and record.finished:
                return None
            if record.fingerprint == mark and record.recipe == fresh.recipe and record.looked:
                return record
            return replace(fresh, id=record.id)
        if record.grid == source.grid:
            return replace(fresh, id=record.id)
    return fresh


def _rings(grid: Grid, plan: Sequence[Window]) -> np.ndarray:
    """(n, 5, 2) longitude and latitude of windows; NaN without a place on earth."""
    rings = np.stack([np.asarray(window_ring(grid, window), float) for window in plan])
    if not grid.crs_wkt:
        return np.full(rings.shape, np.nan)
    try:
        flat = transform_points(rings.reshape(-1, 2), grid.crs_wkt, f"EPSG:{LONGITUDE_LATITUDE}")
    except ValueError:
        return np.full(rings.shape, np.nan)
    return np.where(np.isfinite(flat), flat, np.nan).reshape(rings.shape)


def look(source: RasterSource, window: Window, stretch: Stretch, side: int, least: float = LEAST_VALID) -> Seen:
    """``window`` in the upper left of a square of ``side`` px, its longer side as long, black beyond: as a glance sees it.

    Nothing if it shows less than the share ``least`` of valid pixels.
    """
    scale = max(window.width, window.height) / side
    shape = max(1, round(window.height / scale)), max(1, round(window.width / scale))
    gsd = None if source.gsd is None else source.gsd * scale
    try:
        image = source.read(window, shape)
    except RasterUnreadable:
        return Seen(window, None, gsd, 1.0)
    unreadable = image.unreadable / (shape[0] * shape[1])
    if not image.valid.any() or image.valid.mean() < least:
        return Seen(window, None, gsd, unreadable)
    if shape == (side, side):
        return Seen(window, stretch.apply(image), gsd, unreadable)
    rgb = np.zeros((3, side, side), np.float32)
    rgb[:, :shape[0], :shape[1]] = stretch.apply(image)
    return Seen(window, rgb, gsd, unreadable)
