"""The engine: one model, its caches and their locks. A view asked about twice is encoded once."""

import hashlib
import logging
import uuid
import weakref
from functools import partial
from pathlib import Path
from typing import Any, Callable, List, Optional, Sequence, Tuple, Union

import numpy as np

from .batch_engine import BatchEngine
from .cancel import CancelToken, Progress, no_progress
from .conversation import View
from .doubt import Doubt
from .errors import Cancelled, ModelUnreadable, NothingToAnalyse, RasterUnreadable
from .estimate import Estimate
from .imagery.grid import Grid, Window
from .imagery.pairs import common_frame
from .imagery.score_store import ScoreStore
from .imagery.series_frame import series_frame
from .imagery.source import RasterSource
from .imagery.stretch import Stretch, measure_stretch
from .imagery.tiles import BlendReport, TilePixels, blend_tiles, plan_tiles, tile_reader
from .language.free_words import FreeWords
from .maps.alignment import align
from .maps.cover_map import ChangeMap, CoverMap, ScoreMap
from .maps.encoding import Encoder
from .maps.feature_memory import FeatureMemory
from .maps.glance import Glance, GlanceFrame, look
from .maps.pair_stores import PairStores, pair_reader
from .maps.resumable_stores import WORTH_KEEPING, ResumableStores
from .maps.score_cache import ScoreCache
from .maps.series_alignment import align_series
from .maps.series_encoding import SeriesEncoder, series_reader
from .maps.series_map import SeriesMap
from .maps.thing_map import ThingFinder, ThingMap, known_tiles, spot
from .maps.working_frame import FramedSource, WorkingFrame
from .pointing import Pointed, pointed
from .sharing.priority_lock import PriorityLock
from .sharing.recent import Recent
from .sharing.scratch import Scratch
from .sharing.single_flight import Cache, SingleFlight, T
from .tuned.taught import TaughtClasses
from .tuned.tuned_class import TunedClass
from .tuned.tuned_map import TunedMap, TunedScorer
from .vision.detections import Detection
from .vision.legend import CHANGES
from .vision.prompts import Box, Point
from .voice.loading import Speech

log = logging.getLogger(__name__)

#: Bytes of score files kept for further questions.
CACHE_BYTES = 2_000_000_000
#: Seconds a tile takes until the first run has measured it.
_TILE_SECONDS = 0.15
_BATCH = 2
#: Sides of tiles are whole multiples of the encoder's stride, and at least the smallest crop it was trained on.
_STRIDE, _SMALLEST_TILE = 32, 64
#: Stretches and glances that are kept; a glance takes 0.14 MB.
_STRETCHES, _GLANCES = 256, 64


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
        self.speech = Speech(Path(resources) / "nano")
        self.free_words = FreeWords(Path(resources) / "nano")
        self.doubt = Doubt(Path(resources) / "nano")
        #: The classes that the user tuned; :meth:`tuned` finds them.
        self.taught = TaughtClasses(nano)
        self._scratch = Scratch(Path(cache))
        self._folder = self._scratch.path
        #: Long runs that were broken off; unlike the folder above it outlives the engine.
        self._unfinished = Path(cache) / "unfinished"
        self._cache = ScoreCache(cache_bytes)
        self._memory = FeatureMemory()
        self._turn = PriorityLock()
        self._stretches: Recent[Stretch] = Recent(_STRETCHES)
        self._glances: Recent[Glance] = Recent(_GLANCES)
        self._flights = SingleFlight()
        self._tile_seconds = _TILE_SECONDS
        self._closed = False

    @property
    def batch(self) -> BatchEngine:
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
        key = self._key(frame, view)
        return self._once(self._cache, key, cancel, lambda: self._cover(view, frame, key, progress, cancel, interactive))

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
        key = self._key(frame, view, label)
        return self._once(self._cache, key, cancel, lambda: self._things(view, label, frame, progress, cancel, interactive))

    def tuned(
        self,
        view: View,
        tuned: TunedClass,
        progress: Progress = no_progress,
        cancel: Optional[CancelToken] = None,
        working_gsd: Optional[float] = None,
        interactive: bool = True,
    ) -> TunedMap:
        """Where a tuned class lies in ``view``, on the grid of :meth:`cover`. Cached like it, raises like it."""
        frame = self._frame(view, working_gsd)
        key = self._key(frame, view, tuned.digest)
        return self._once(self._cache, key, cancel, lambda: self._tuned(view, tuned, frame, progress, cancel, interactive))

    def features(
        self, rgb: np.ndarray, gsd: Optional[float], cancel: Optional[CancelToken] = None, interactive: bool = False
    ) -> np.ndarray:
        """(n, 3, H, W) float32 0..1 → (n, C, H / 4, W / 4) of the encoder, for tuning: waits for the panel by default."""
        with self._turn.hold(interactive, cancel):
            return np.asarray(self.nano.see(np.ascontiguousarray(rgb), gsd, cancel).features)

    def spot(
        self, view: View, cancel: Optional[CancelToken] = None, working_gsd: Optional[float] = None,
        interactive: bool = True,
    ) -> Optional[Tuple[Detection, ...]]:
        """Single things of every label in a view after :meth:`cover`, boxes in pixels of its grid, without a run of the
        encoder; None for views too large to be remembered."""
        frame = self._frame(view, working_gsd)
        known = self._memory.get(self._key(frame, view))
        found = spot(self.nano, self._plan(frame.grid), known, self._turn, interactive, cancel)
        return None if found is None else tuple(found)

    def point(
        self, view: View, inside: Sequence[Point], outside: Sequence[Point] = (), box: Optional[Box] = None,
        cancel: Optional[CancelToken] = None, interactive: bool = True,
    ) -> Optional[Pointed]:
        """What clicks and a box, in pixels of the grid of :meth:`cover`, mean in a view after it, without a run of the
        encoder; None where the model is not sure, and for views too large to be remembered."""
        frame = self._frame(view, None)
        known = self._memory.get(self._key(frame, view))
        shape = frame.grid.height, frame.grid.width
        return pointed(
            self.nano, self._plan(frame.grid), known, self._turn, interactive, cancel, shape, inside, outside, box)

    def glance(self, view: View, cancel: Optional[CancelToken] = None, interactive: bool = True) -> Glance:
        """The region of ``view`` looked at once, as a whole: what the decoder of language and the retrieval read.

        Cached by pixels, place and model. Raises as :meth:`cover`, and ModelUnreadable for a model without image tokens.
        """
        if not getattr(self.nano, "has_grid", False):
            raise ModelUnreadable(self.nano.name, "it has no image tokens; its graph has no output “grid”")
        frame = GlanceFrame.of(view)
        key = _digest("glance", view.source.fingerprint(), frame, self.nano.digest)

        def make() -> Glance:
            stretch = self._stretch(view.source, cancel)
            return look(self.nano, view, frame, stretch, key, self._turn, interactive, cancel)

        return self._once(self._glances, key, cancel, make)

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
        sources, frame, key = self._pair(before, after)
        return self._once(
            self._cache, key, cancel,
            lambda: self._change((before, after), sources, frame, key, progress, cancel, interactive),
        )

    def series(
        self, views: Sequence[View], progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
        interactive: bool = True,
    ) -> SeriesMap:
        """Cover maps of several dates, in the order of ``views``, and the change from each to the next, on one grid in the
        CRS of the first; every date is encoded once. Raises as :meth:`change`.
        """
        sources, frame, key = self._dates(views)
        return self._once(
            self._cache, key, cancel, lambda: self._series(views, sources, frame, key, progress, cancel, interactive))

    def key(self, view: View, working_gsd: Optional[float] = None) -> str:
        """Equal for views that :meth:`cover` answers with the same map."""
        return self._key(self._frame(view, working_gsd), view)

    def estimate(self, views: Sequence[View]) -> Estimate:
        """What :meth:`cover` (one view), :meth:`change` (two) or :meth:`series` would cost now; nothing if it is cached."""
        if len(views) > 2:
            _, frame, key = self._dates(views)
        elif len(views) == 2:
            _, frame, key = self._pair(*views)
        else:
            frame = self._frame(views[0], None)
            key = self._key(frame, views[0])
        if self._cache.get(key) is not None:
            return Estimate(0, 0.0, 0, frame.gsd)
        tiles = len(self._plan(frame.grid)) * len(views)
        classes = len(self.nano.covers) * len(views) + len(CHANGES) * (len(views) - 1)
        return Estimate(tiles, tiles * self._tile_seconds, ScoreStore.estimate(frame.grid, classes), frame.gsd)

    def estimate_glances(self, number: int) -> Estimate:
        """What as many :meth:`glance` would cost: one tile each, nothing on disk."""
        return Estimate(number, number * self._tile_seconds, 0, None)

    def close(self) -> None:
        """Drop every cached map and remove the folder. Results that are still held can no longer be read."""
        self._closed = True
        self.taught.clear()
        for cache in (self._cache, self._memory, self._glances, self._stretches):
            cache.clear()
        self.speech.clear()
        self._scratch.close()

    def _cover(
        self, view: View, frame: WorkingFrame, key: str, progress: Progress, cancel: Optional[CancelToken], interactive: bool
    ) -> CoverMap:
        encoder = Encoder(self.nano, self._turn, frame.gsd, interactive, cancel, partial(self._memory.put, key))
        read = encoder.tiles.noting(self._reader(view.source, view.source, frame, cancel))
        store = self._store(frame.grid, self.nano.covers)
        report = self._blend(read, encoder.cover, frame, store, view.source.name, progress, cancel)
        return CoverMap(
            store, key=key, source=view.source.name, time=_iso(view.source), gsd=frame.gsd,
            native_gsd=view.source.gsd, scenes=encoder.scenes(), unreadable=report.unreadable,
        )

    def _things(
        self, view: View, label: str, frame: WorkingFrame, progress: Progress, cancel: Optional[CancelToken],
        interactive: bool,
    ) -> ThingMap:
        covered = self._key(frame, view)
        known = self._memory.get(covered)
        plan = self._plan(frame.grid)
        finder = ThingFinder(self.nano, label, plan, frame.gsd, self._turn, interactive, cancel, known)
        read = self._reader(view.source, view.source, frame, cancel)
        cover = self._cache.get(covered)
        if cover is not None:
            read = known_tiles(read, cover, known)
        store = self._store(frame.grid, (label,))
        self._blend(finder.tiles.noting(read), finder, frame, store, view.source.name, progress, cancel)
        return ThingMap(store, label, finder.detections(), self.nano.thing_threshold(label))

    def _tuned(
        self, view: View, tuned: TunedClass, frame: WorkingFrame, progress: Progress, cancel: Optional[CancelToken],
        interactive: bool,
    ) -> TunedMap:
        known = self._memory.get(self._key(frame, view))
        scorer = TunedScorer(self.nano, tuned, frame.gsd, self._turn, interactive, cancel, known)
        read = scorer.tiles.noting(self._reader(view.source, view.source, frame, cancel))
        store = self._store(frame.grid, (tuned.about.label,))
        self._blend(read, scorer, frame, store, view.source.name, progress, cancel)
        return TunedMap(store, tuned)

    def _change(
        self, views: Tuple[View, View], sources: Tuple[RasterSource, RasterSource], frame: WorkingFrame, key: str,
        progress: Progress, cancel: Optional[CancelToken], interactive: bool,
    ) -> ChangeMap:
        encoder = Encoder(self.nano, self._turn, frame.gsd, interactive, cancel)
        readers, alignment = align(
            views, sources, frame, lambda source, layer: self._reader(source, layer, frame, cancel), cancel)
        stores = self._pair_stores(frame, key, cancel, interactive)
        report = self._blend(pair_reader(*readers), encoder.pair, frame, stores, views[0].source.name, progress, cancel)
        maps = [
            CoverMap(
                store, key=key, source=view.source.name, time=_iso(view.source), gsd=frame.gsd,
                native_gsd=view.source.gsd, unreadable=report.unreadable,
            )
            for store, view in zip(stores.parts, views)
        ]
        change = ChangeMap(key, ScoreMap(stores.parts[2]), maps[0], maps[1])
        change.alignment = alignment
        if isinstance(stores, ResumableStores):
            # Kept until the result is no longer wanted: measuring it may be broken off too.
            weakref.finalize(change.pair_change, stores.discard)
        return change

    def _series(
        self, views: Sequence[View], sources: Sequence[RasterSource], frame: WorkingFrame, key: str, progress: Progress,
        cancel: Optional[CancelToken], interactive: bool,
    ) -> SeriesMap:
        encoder = SeriesEncoder(self.nano, self._turn, frame.gsd, interactive, cancel)
        readers, alignments = align_series(
            views, sources, frame, lambda source, layer: self._reader(source, layer, frame, cancel), cancel)
        groups = [tuple(self.nano.covers)] * len(views) + [CHANGES] * (len(views) - 1)
        stores = PairStores([self._store(frame.grid, names) for names in groups])
        report = self._blend(series_reader(readers), encoder.series, frame, stores, views[0].source.name, progress, cancel)
        maps = [
            CoverMap(
                store, key=key, source=view.source.name, time=_iso(view.source), gsd=frame.gsd,
                native_gsd=view.source.gsd, unreadable=report.unreadable,
            )
            for store, view in zip(stores.parts, views)
        ]
        changes = tuple(ScoreMap(store) for store in stores.parts[len(views):])
        return SeriesMap(key, tuple(maps), changes, alignments)

    def _pair_stores(
        self, frame: WorkingFrame, key: str, cancel: Optional[CancelToken], interactive: bool
    ) -> Union[PairStores, ResumableStores]:
        """Stores for the covers of both dates and the change. Those of a long job can be gone on with after a crash."""
        groups = (tuple(self.nano.covers), tuple(self.nano.covers), CHANGES)

        def make() -> List[ScoreStore]:
            return [self._store(frame.grid, names) for names in groups]

        kept = None
        if not interactive and len(self._plan(frame.grid)) >= WORTH_KEEPING:
            kept = ResumableStores.open(self._unfinished, key, frame.grid, groups, make, cancel)
        return kept or PairStores(make())

    def _blend(
        self, read: Callable, infer: Callable, frame: WorkingFrame, store: Any, name: str, progress: Progress,
        cancel: Optional[CancelToken],
    ) -> BlendReport:
        """Fill and finish ``store``; close it if that fails."""
        plan = self._plan(frame.grid)

        def tell(fraction: float, message: str = "") -> None:
            progress(fraction, message or "Looking at the image")

        checkpoints = getattr(store, "checkpoints", None)
        try:
            if checkpoints is not None and checkpoints.going_on:
                tell(0.0, "Going on where an earlier run stopped")
            report = blend_tiles(read, infer, plan, store, _BATCH, tell, cancel, checkpoints=checkpoints)
            if report.tiles and report.infer_seconds:
                self._tile_seconds = 0.5 * self._tile_seconds + 0.5 * report.seconds / report.tiles
            if report.valid == 0:
                if report.unreadable > 0:
                    raise RasterUnreadable(name, "the file is damaged or its server does not answer", report.unreadable)
                raise NothingToAnalyse(name)
            store.finish()
        except Cancelled as stopped:
            stopped.kept = checkpoints is not None and checkpoints.exist
            store.close()
            raise
        except BaseException:
            store.close()
            raise
        return report

    def _once(self, cache: Cache[T], key: str, cancel: Optional[CancelToken], make: Callable[[], T]) -> T:
        if self._closed:
            raise RuntimeError("the engine is closed")
        return self._flights.get(cache, key, cancel, make)

    def _key(self, frame: WorkingFrame, view: View, label: str = "") -> str:
        """Equal for the same pixels of the same source at the same scale, asked for the same, by the same model."""
        return _digest(view.source.fingerprint(), label, _place(frame), self.nano.digest)

    def _pair(self, before: View, after: View) -> Tuple[Tuple[RasterSource, RasterSource], WorkingFrame, str]:
        """Both dates on one grid, what of it is looked at, and the key of what comes of it."""
        pair = common_frame(View(before.source), View(after.source))
        frame = self._frame(View(pair.before, before.region), None)
        marks = before.source.fingerprint(), after.source.fingerprint()
        aligned = before.aligned and after.aligned
        return (pair.before, pair.after), frame, _digest(*marks, _place(frame), self.nano.digest, aligned)

    def _dates(self, views: Sequence[View]) -> Tuple[Tuple[RasterSource, ...], WorkingFrame, str]:
        """All dates on one grid, what of it is looked at, and the key of what comes of it."""
        sources = series_frame([View(view.source) for view in views])
        frame = self._frame(View(sources[0], views[0].region), None)
        marks = [view.source.fingerprint() for view in views]
        aligned = all(view.aligned for view in views)
        return sources, frame, _digest("series", *marks, _place(frame), self.nano.digest, aligned)

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

    def _reader(
        self, source: RasterSource, stretched: RasterSource, frame: WorkingFrame, cancel: Optional[CancelToken]
    ) -> Callable[[Window], TilePixels]:
        """Reads tiles of ``source`` in ``frame``, in the colours of ``stretched``: the layer that it shows."""
        return tile_reader(FramedSource(source, frame), self._stretch(stretched, cancel))

    def _stretch(self, source: RasterSource, cancel: Optional[CancelToken]) -> Stretch:
        return self._flights.get(
            self._stretches, source.fingerprint(), cancel, lambda: measure_stretch(source, cancel))


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _place(frame: WorkingFrame) -> Tuple[object, ...]:
    return tuple(frame.grid.affine), frame.grid.width, frame.grid.height, frame.factor


def _iso(source: RasterSource) -> str:
    return source.time.iso if source.time is not None else ""
