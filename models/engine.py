"""The engine: one model, its caches and their locks. A view asked about twice is encoded once."""

import logging
from functools import partial
from pathlib import Path
from typing import Any, Callable, Optional, Sequence, Tuple

import numpy as np

from .batch_engine import BatchEngine
from .cancel import CancelToken, Progress, no_progress
from .classify.tile_vectors import TileVectors
from .conversation import View
from .doubt import Doubt
from .errors import ModelUnreadable
from .estimate import Estimate
from .imagery.grid import Window
from .imagery.score_store import ScoreStore
from .language.free_words import FreeWords
from .maps.blender import Blender
from .maps.cover_map import ChangeMap, CoverMap
from .maps.dates import Dates
from .maps.encoding import Encoder
from .maps.feature_memory import FeatureMemory
from .maps.glance import Glance, GlanceFrame, look
from .maps.keys import digest, iso, place
from .maps.long_runs import LongRuns, going_on, keep_with
from .maps.score_cache import ScoreCache
from .maps.series_map import SeriesMap
from .maps.thing_map import ThingFinder, ThingMap, known_tiles, spot
from .maps.working_frame import WorkingFrame
from .masks.nano_masks import NanoMasks
from .pointing import Pointed, pointed
from .retrieval.embedder import NanoEmbedder
from .retrieval.known import KnownIndexes
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
#: Glances that are kept, 0.14 MB each.
_GLANCES = 64
#: Rasters of which tiles are remembered as vectors; a thousand tiles take half a megabyte.
_TILE_VECTORS = 8


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
        #: The tile indexes that the user has made: they answer what they cover.
        self.indexes = KnownIndexes(lambda: self.embedder(), Path(cache) / "cells")
        self._scratch = Scratch(Path(cache))
        self._cache = ScoreCache(cache_bytes)
        self._memory = FeatureMemory()
        self._glances: Recent[Glance] = Recent(_GLANCES)
        #: Tiles of the last rasters that were named, as vectors: other classes cost no run of the encoder.
        self.tile_vectors: Recent[TileVectors] = Recent(_TILE_VECTORS)
        self._flights = SingleFlight()
        self._blender = Blender(nano, self._scratch.path, self._flights)
        self._long = LongRuns(self._blender, Path(cache) / "unfinished")
        self._dates = Dates(self._blender, self._long)
        self._closed = False

    @property
    def batch(self) -> BatchEngine:
        """The same engine for long jobs: whoever waits at the panel goes first, tile by tile."""
        return BatchEngine(self)

    @property
    def masks(self) -> NanoMasks:
        """The model as a mask engine for clicks and boxes; it takes turns with everything that runs here."""
        return NanoMasks(self.nano, self._blender.turn)

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
        frame = self._blender.frame(view, working_gsd)
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
        frame = self._blender.frame(view, working_gsd)
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
        frame = self._blender.frame(view, working_gsd)
        key = self._key(frame, view, tuned.digest)
        return self._once(self._cache, key, cancel, lambda: self._tuned(view, tuned, frame, progress, cancel, interactive))

    def features(
        self, rgb: np.ndarray, gsd: Optional[float], cancel: Optional[CancelToken] = None, interactive: bool = False
    ) -> np.ndarray:
        """(n, 3, H, W) float32 0..1 → (n, C, H / 4, W / 4) of the encoder, for tuning: waits for the panel by default."""
        with self._blender.turn.hold(interactive, cancel):
            return np.asarray(self.nano.see(np.ascontiguousarray(rgb), gsd, cancel).features)

    def spot(
        self, view: View, cancel: Optional[CancelToken] = None, working_gsd: Optional[float] = None,
        interactive: bool = True,
    ) -> Optional[Tuple[Detection, ...]]:
        """Single things of every label in a view after :meth:`cover`, boxes in pixels of its grid, without a run of the
        encoder; None for views too large to be remembered."""
        frame = self._blender.frame(view, working_gsd)
        known = self._memory.get(self._key(frame, view))
        found = spot(self.nano, self._blender.plan(frame.grid), known, self._blender.turn, interactive, cancel)
        return None if found is None else tuple(found)

    def point(
        self, view: View, inside: Sequence[Point], outside: Sequence[Point] = (), box: Optional[Box] = None,
        cancel: Optional[CancelToken] = None, interactive: bool = True,
    ) -> Optional[Pointed]:
        """What clicks and a box, in pixels of the grid of :meth:`cover`, mean in a view after it, without a run of the
        encoder; None where the model is not sure, and for views too large to be remembered."""
        frame = self._blender.frame(view, None)
        known = self._memory.get(self._key(frame, view))
        shape = frame.grid.height, frame.grid.width
        plan, turn = self._blender.plan(frame.grid), self._blender.turn
        return pointed(self.nano, plan, known, turn, interactive, cancel, shape, inside, outside, box)

    def glance(self, view: View, cancel: Optional[CancelToken] = None, interactive: bool = True) -> Glance:
        """The region of ``view`` looked at once, as a whole: what the decoder of language and the retrieval read.

        Cached by pixels, place and model. Raises as :meth:`cover`, and ModelUnreadable for a model without image tokens.
        """
        if not getattr(self.nano, "has_grid", False):
            raise ModelUnreadable(self.nano.name, "it has no image tokens; its graph has no output “grid”")
        frame = GlanceFrame.of(view)
        key = digest("glance", view.source.fingerprint(), frame, self.nano.digest)

        def make() -> Glance:
            stretch = self._blender.stretch(view.source, cancel)
            return look(self.nano, view, frame, stretch, key, self._blender.turn, interactive, cancel)

        return self._once(self._glances, key, cancel, make)

    def embedder(self, interactive: bool = True) -> NanoEmbedder:
        """What turns pictures and words into vectors. Raises ModelUnreadable where the text tower cannot be loaded."""
        tower = self.free_words.tower
        if tower is None:
            raise ModelUnreadable("nano-text.onnx", self.free_words.reason)
        return NanoEmbedder(self.nano, tower, self._blender.turn, interactive)

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
        dated = self._dates.laid((before, after))
        return self._once(
            self._cache, dated.key, cancel, lambda: self._dates.change(dated, progress, cancel, interactive))

    def series(
        self, views: Sequence[View], progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
        interactive: bool = True,
    ) -> SeriesMap:
        """Cover maps of several dates, in the order of ``views``, and the change from each to the next, on one grid in the
        CRS of the first; every date is encoded once. Raises as :meth:`change`.
        """
        dated = self._dates.laid(views)
        # Two dates as a series are another map than the pair they are.
        return self._once(
            self._cache, f"series {dated.key}", cancel, lambda: self._dates.series(dated, progress, cancel, interactive))

    def key(self, view: View, working_gsd: Optional[float] = None) -> str:
        """Equal for views that :meth:`cover` answers with the same map."""
        return self._key(self._blender.frame(view, working_gsd), view)

    def estimate(self, views: Sequence[View]) -> Estimate:
        """What :meth:`cover` (one view), :meth:`change` (two) or :meth:`series` would cost now; nothing if it is cached."""
        if len(views) > 1:
            _, _, frame, key = self._dates.laid(views)
            key = f"series {key}" if len(views) > 2 else key
        else:
            frame = self._blender.frame(views[0])
            key = self._key(frame, views[0])
        if self._cache.get(key) is not None:
            return Estimate(0, 0.0, 0, frame.gsd)
        tiles = len(self._blender.plan(frame.grid)) * len(views)
        classes = len(self.nano.covers) * len(views) + len(CHANGES) * (len(views) - 1)
        return Estimate(tiles, tiles * self._blender.tile_seconds, ScoreStore.estimate(frame.grid, classes), frame.gsd)

    def estimate_glances(self, number: int) -> Estimate:
        """What as many :meth:`glance` would cost: one tile each, nothing on disk."""
        return Estimate(number, number * self._blender.tile_seconds, 0, None)

    def close(self) -> None:
        """Drop every cached map and remove the folder. Results that are still held can no longer be read."""
        self._closed = True
        self.taught.clear()
        self.indexes.clear()
        for cache in (self._cache, self._memory, self._glances, self.tile_vectors, self._blender):
            cache.clear()
        self.speech.clear()
        self._scratch.close()

    def _cover(
        self, view: View, frame: WorkingFrame, key: str, progress: Progress, cancel: Optional[CancelToken], interactive: bool
    ) -> CoverMap:
        reader = self._blender.reader(view.source, view.source, frame, cancel)
        stores = self._long.stores(frame, key, (tuple(self.nano.covers),), cancel, interactive)
        # Of a run that goes on only some tiles are seen again: a part of a view must not be taken for all of it.
        remember = _forget if going_on(stores) else partial(self._memory.put, key)
        encoder = Encoder(self.nano, self._blender.turn, frame.gsd, interactive, cancel, remember)
        read = encoder.tiles.noting(reader)
        report = self._blender.blend(read, encoder.cover, frame, stores, view.source.name, progress, cancel, encoder)
        found = CoverMap(
            stores.parts[0], key=key, source=view.source.name, time=iso(view.source), gsd=frame.gsd,
            native_gsd=view.source.gsd, scenes=encoder.scenes(), unreadable=report.unreadable,
        )
        keep_with(stores, found)
        return found

    def _things(
        self, view: View, label: str, frame: WorkingFrame, progress: Progress, cancel: Optional[CancelToken],
        interactive: bool,
    ) -> ThingMap:
        covered = self._key(frame, view)
        known = self._memory.get(covered)
        plan = self._blender.plan(frame.grid)
        finder = ThingFinder(self.nano, label, plan, frame.gsd, self._blender.turn, interactive, cancel, known)
        read = self._blender.reader(view.source, view.source, frame, cancel)
        cover = self._cache.get(covered)
        if cover is not None:
            read = known_tiles(read, cover, known)
        stores = self._long.stores(frame, self._key(frame, view, label), ((label,),), cancel, interactive)
        self._blender.blend(finder.tiles.noting(read), finder, frame, stores, view.source.name, progress, cancel, finder)
        found = ThingMap(stores.parts[0], label, finder.detections(), self.nano.thing_threshold(label))
        keep_with(stores, found)
        return found

    def _tuned(
        self, view: View, tuned: TunedClass, frame: WorkingFrame, progress: Progress, cancel: Optional[CancelToken],
        interactive: bool,
    ) -> TunedMap:
        known = self._memory.get(self._key(frame, view))
        scorer = TunedScorer(self.nano, tuned, frame.gsd, self._blender.turn, interactive, cancel, known)
        read = scorer.tiles.noting(self._blender.reader(view.source, view.source, frame, cancel))
        stores = self._long.stores(
            frame, self._key(frame, view, tuned.digest), ((tuned.about.label,),), cancel, interactive)
        self._blender.blend(read, scorer, frame, stores, view.source.name, progress, cancel)
        found = TunedMap(stores.parts[0], tuned)
        keep_with(stores, found)
        return found

    def _once(self, cache: Cache[T], key: str, cancel: Optional[CancelToken], make: Callable[[], T]) -> T:
        if self._closed:
            raise RuntimeError("the engine is closed")
        return self._flights.get(cache, key, cancel, make)

    def _key(self, frame: WorkingFrame, view: View, label: str = "") -> str:
        """Equal for the same pixels of the same source at the same scale, asked for the same, by the same model."""
        return digest(view.source.fingerprint(), label, place(frame), self.nano.digest)


def _forget(window: Window, features: np.ndarray) -> None:
    """Remember nothing."""
