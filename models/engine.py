"""The engine: one model, its caches and their locks. A view asked about twice is encoded once."""

import hashlib
import logging
import shutil
import threading
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Sequence, Tuple

from .cancel import CancelToken, Progress, no_progress
from .conversation import View
from .cover_map import ChangeMap, CoverMap, ScoreMap
from .encoding import Encoder
from .errors import NothingToAnalyse, RasterUnreadable
from .feature_memory import FeatureMemory
from .imagery.grid import Grid
from .imagery.pairs import common_frame
from .imagery.score_store import ScoreStore
from .imagery.source import RasterSource
from .imagery.stretch import Stretch, measure_stretch
from .imagery.tiles import BlendReport, blend_tiles, plan_tiles, tile_reader
from .pair_stores import PairStores, pair_reader
from .priority_lock import PriorityLock
from .score_cache import ScoreCache
from .thing_map import ThingFinder, ThingMap, spot
from .vision.detections import Detection
from .vision.legend import CHANGES
from .working_frame import FramedSource, WorkingFrame

log = logging.getLogger(__name__)

#: Bytes of score files kept for further questions.
CACHE_BYTES = 2_000_000_000
#: Seconds a tile takes until the first run has measured it.
_TILE_SECONDS = 0.15
_BATCH = 2
#: Sides of tiles are whole multiples of the encoder's stride, and at least the smallest crop it was trained on.
_STRIDE, _SMALLEST_TILE = 32, 64


@dataclass(frozen=True)
class Estimate:
    """What a run would cost: tiles through the model, seconds, bytes on disk, and the metres a pixel it works at."""

    tiles: int
    seconds: float
    bytes: int
    working_gsd: Optional[float]


class Engine:
    """Owns the model. Any thread; every call blocks until done, cancelled or failed.

    ``resources``: the folder that holds ``nano``; ``cache``: a folder of which a part of its own is used and removed by
    :meth:`close`. Raises what ``Nano.load`` raises.
    """

    def __init__(self, resources: Path, cache: Path, nano: Optional[Any] = None, cache_bytes: int = CACHE_BYTES) -> None:
        if nano is None:
            from .vision.nano import Nano

            nano = Nano.load(Path(resources) / "nano")
        self.nano: Any = nano
        self._folder = Path(cache) / f"scores-{uuid.uuid4().hex[:12]}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._cache = ScoreCache(cache_bytes)
        self._memory = FeatureMemory()
        self._turn = PriorityLock()
        self._stretches: Dict[str, Stretch] = {}
        self._running: Dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._tile_seconds = _TILE_SECONDS
        self._closed = False

    @property
    def batch(self) -> "BatchEngine":
        """The same engine for long jobs: whoever waits at the panel goes first, tile by tile."""
        return BatchEngine(self)

    def cover(
        self,
        view: View,
        progress: Progress = no_progress,
        cancel: Optional[CancelToken] = None,
        working_gsd: Optional[float] = None,
        interactive: bool = True,
    ) -> CoverMap:
        """What covers ``view``, with context around its region, cached by pixels, place, scale and model.

        Raises NothingToAnalyse (no valid pixel), RasterUnreadable (no pixel could be read), Cancelled, StorageFull.
        """
        frame = self._frame(view, working_gsd)
        key = self.key(view, working_gsd)
        return self._once(key, cancel, lambda: self._cover(view, frame, key, progress, cancel, interactive))

    def things(
        self,
        view: View,
        label: str,
        progress: Progress = no_progress,
        cancel: Optional[CancelToken] = None,
        working_gsd: Optional[float] = None,
        interactive: bool = True,
    ) -> ThingMap:
        """The things called ``label`` (a name of ``legend.THINGS``) in ``view``, on the grid of :meth:`cover`.

        Cached like it, raises like it.
        """
        frame = self._frame(view, working_gsd)
        key = _digest(view.source.fingerprint(), label, frame, self.nano.digest)
        return self._once(key, cancel, lambda: self._things(view, label, frame, progress, cancel, interactive))

    def spot(
        self, view: View, cancel: Optional[CancelToken] = None, working_gsd: Optional[float] = None,
        interactive: bool = True,
    ) -> Optional[Tuple[Detection, ...]]:
        """Single things of every label in a view after :meth:`cover`, boxes in pixels of its grid, without a run of the
        encoder; None for views too large to be remembered."""
        frame = self._frame(view, working_gsd)
        recall = partial(self._memory.get, _place(view.source, frame))
        found = spot(self.nano, self._plan(frame.grid), recall, self._turn, interactive, cancel)
        return None if found is None else tuple(found)

    def change(
        self,
        before: View,
        after: View,
        progress: Progress = no_progress,
        cancel: Optional[CancelToken] = None,
        interactive: bool = True,
    ) -> ChangeMap:
        """Cover maps of both dates and the change scores between them, on one grid in the CRS of ``before``.

        Pixels unknown on either date are unknown in all three. Tiles whose pixels are equal have changed nowhere.
        Raises as :meth:`cover`, and CrsMissing, DatesDisjoint.
        """
        pair = common_frame(View(before.source), View(after.source))
        frame = self._frame(View(pair.before, before.region), None)
        key = _digest(before.source.fingerprint(), after.source.fingerprint(), frame, self.nano.digest)
        sources = pair.before, pair.after
        return self._once(
            key, cancel, lambda: self._change((before, after), sources, frame, key, progress, cancel, interactive)
        )

    def key(self, view: View, working_gsd: Optional[float] = None) -> str:
        """Equal for views that :meth:`cover` answers with the same map."""
        return _digest(view.source.fingerprint(), "", self._frame(view, working_gsd), self.nano.digest)

    def estimate(self, views: Sequence[View]) -> Estimate:
        """What :meth:`cover` (one view) or :meth:`change` (two) would cost now; next to nothing if it is cached."""
        if len(views) == 2:
            pair = common_frame(View(views[0].source), View(views[1].source))
            frame = self._frame(View(pair.before, views[0].region), None)
            key = _digest(views[0].source.fingerprint(), views[1].source.fingerprint(), frame, self.nano.digest)
        else:
            frame, key = self._frame(views[0], None), self.key(views[0])
        if self._cache.get(key) is not None:
            return Estimate(0, 0.0, 0, frame.gsd)
        tiles = len(self._plan(frame.grid)) * len(views)
        classes = len(self.nano.covers) * len(views) + (len(CHANGES) if len(views) == 2 else 0)
        return Estimate(tiles, tiles * self._tile_seconds, ScoreStore.estimate(frame.grid, classes), frame.gsd)

    def close(self) -> None:
        """Drop every cached map and remove the folder. Results that are still held can no longer be read."""
        with self._lock:
            self._closed = True
        self._cache.clear()
        self._memory.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _cover(
        self, view: View, frame: WorkingFrame, key: str, progress: Progress, cancel: Optional[CancelToken], interactive: bool
    ) -> CoverMap:
        source = FramedSource(view.source, frame)
        remember = partial(self._memory.put, _place(view.source, frame))
        encoder = Encoder(self.nano, self._turn, frame.gsd, interactive, cancel, remember)
        read = encoder.weighing(tile_reader(source, self._stretch(view.source, cancel)))
        store = self._store(frame.grid, self.nano.covers)
        try:
            report = self._blend(read, encoder.cover, frame, store, source.name, progress, cancel)
        except BaseException:
            store.close()
            raise
        return CoverMap(
            store, key=key, source=view.source.name, time=_iso(view.source), gsd=frame.gsd,
            native_gsd=view.source.gsd, scenes=encoder.scenes(), unreadable=report.unreadable,
        )

    def _things(
        self, view: View, label: str, frame: WorkingFrame, progress: Progress, cancel: Optional[CancelToken],
        interactive: bool,
    ) -> ThingMap:
        source, threshold = FramedSource(view.source, frame), self.nano.thing_threshold(label)
        finder = ThingFinder(
            self.nano, label, threshold, self._plan(frame.grid), frame.gsd, self._turn, interactive, cancel,
            partial(self._memory.get, _place(view.source, frame)))
        store = self._store(frame.grid, (label,))
        try:
            read = finder.placing(tile_reader(source, self._stretch(view.source, cancel)))
            self._blend(read, finder, frame, store, source.name, progress, cancel)
        except BaseException:
            store.close()
            raise
        return ThingMap(store, label, finder.detections(), threshold)

    def _change(
        self, views: Tuple[View, View], sources: Tuple[RasterSource, RasterSource], frame: WorkingFrame, key: str,
        progress: Progress, cancel: Optional[CancelToken], interactive: bool,
    ) -> ChangeMap:
        encoder = Encoder(self.nano, self._turn, frame.gsd, interactive, cancel)
        readers = [
            tile_reader(FramedSource(source, frame), self._stretch(view.source, cancel))
            for source, view in zip(sources, views)
        ]
        stores = PairStores([self._store(frame.grid, names) for names in (self.nano.covers, self.nano.covers, CHANGES)])
        try:
            report = self._blend(
                encoder.weighing(pair_reader(*readers)), encoder.pair, frame, stores, views[0].source.name, progress, cancel
            )
        except BaseException:
            stores.close()
            raise
        maps = [
            CoverMap(
                store, key=key, source=view.source.name, time=_iso(view.source), gsd=frame.gsd,
                native_gsd=view.source.gsd, unreadable=report.unreadable,
            )
            for store, view in zip(stores.parts, views)
        ]
        return ChangeMap(key, ScoreMap(stores.parts[2]), maps[0], maps[1])

    def _blend(
        self, read: Callable, infer: Callable, frame: WorkingFrame, store: Any, name: str, progress: Progress,
        cancel: Optional[CancelToken],
    ) -> BlendReport:
        plan = self._plan(frame.grid)

        def tell(fraction: float, message: str = "") -> None:
            progress(fraction, message or "Looking at the image")

        report = blend_tiles(read, infer, plan, store, _BATCH, tell, cancel)
        if report.tiles and report.infer_seconds:
            self._tile_seconds = 0.5 * self._tile_seconds + 0.5 * report.seconds / report.tiles
        if report.valid == 0:
            if report.unreadable > 0:
                raise RasterUnreadable(name, "the file is damaged or its server does not answer", report.unreadable)
            raise NothingToAnalyse(name)
        store.finish()
        return report

    def _once(self, key: str, cancel: Optional[CancelToken], make: Callable[[], Any]) -> Any:
        """The cached map of ``key``, or the one ``make`` makes; a second thread that wants it waits for the first."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the engine is closed")
            busy = self._running.setdefault(key, threading.Lock())
        while not busy.acquire(timeout=0.05):
            if cancel is not None:
                cancel.raise_if_cancelled()
        try:
            found = self._cache.get(key)
            if found is None:
                found = make()
                self._cache.put(key, found)
            return found
        finally:
            busy.release()
            with self._lock:
                if not busy.locked():
                    self._running.pop(key, None)

    def _frame(self, view: View, working_gsd: Optional[float]) -> WorkingFrame:
        frame = WorkingFrame.of(view, self.nano.tile, self.nano.gsd_range, working_gsd)
        if frame.window.empty:
            raise NothingToAnalyse(view.source.name)
        return frame

    def _plan(self, grid: Grid) -> list:
        # A raster smaller than a tile gets a tile that just holds it: padding is no context, and costs time.
        longest = max(grid.height, grid.width)
        size = min(self.nano.tile, max(_SMALLEST_TILE, -(-longest // _STRIDE) * _STRIDE))
        return plan_tiles((grid.height, grid.width), size, min(self.nano.overlap, size - 1))

    def _store(self, grid: Grid, labels: Sequence[str]) -> ScoreStore:
        path = self._folder / f"{uuid.uuid4().hex}.tif"
        return ScoreStore.create(str(path), grid, tuple(labels), tags={"model": self.nano.name})

    def _stretch(self, source: RasterSource, cancel: Optional[CancelToken]) -> Stretch:
        mark = source.fingerprint()
        if mark not in self._stretches:
            if len(self._stretches) > 256:
                self._stretches.clear()
            self._stretches[mark] = measure_stretch(source, cancel)
        return self._stretches[mark]


class BatchEngine:
    """An :class:`Engine` whose model calls wait for those of the panel."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.nano = engine.nano
        self.key, self.estimate, self.spot = engine.key, engine.estimate, engine.spot

    def cover(
        self, view: View, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
        working_gsd: Optional[float] = None,
    ) -> CoverMap:
        """See :meth:`Engine.cover`."""
        return self._engine.cover(view, progress, cancel, working_gsd, interactive=False)

    def things(
        self, view: View, label: str, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
        working_gsd: Optional[float] = None,
    ) -> ThingMap:
        """See :meth:`Engine.things`."""
        return self._engine.things(view, label, progress, cancel, working_gsd, interactive=False)

    def change(
        self, before: View, after: View, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
    ) -> ChangeMap:
        """See :meth:`Engine.change`."""
        return self._engine.change(before, after, progress, cancel, interactive=False)


def _digest(first: str, second: str, frame: WorkingFrame, model: str) -> str:
    place = (tuple(frame.grid.affine), frame.grid.width, frame.grid.height, frame.factor)
    return hashlib.sha256(repr((first, second, place, model)).encode()).hexdigest()


def _place(source: RasterSource, frame: WorkingFrame) -> str:
    """Equal for the same pixels of the same source at the same scale."""
    return _digest(source.fingerprint(), "", frame, "")


def _iso(source: RasterSource) -> str:
    return source.time.iso if source.time is not None else ""
