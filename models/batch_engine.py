"""The engine as long jobs use it: whoever waits at the panel goes first, tile by tile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence

from .cancel import CancelToken, Progress, no_progress
from .conversation import View
from .maps.cover_map import ChangeMap, CoverMap
from .maps.glance import Glance
from .maps.series_map import SeriesMap
from .maps.thing_map import ThingMap
from .retrieval.embedder import NanoEmbedder
from .tuned.tuned_class import TunedClass
from .tuned.tuned_map import TunedMap

if TYPE_CHECKING:
    from .engine import Engine


class BatchEngine:
    """An :class:`Engine` whose model calls wait for those of the panel."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.nano, self.speech, self.taught = engine.nano, engine.speech, engine.taught
        self.free_words, self.indexes = engine.free_words, engine.indexes
        self.key, self.estimate, self.spot, self.point = engine.key, engine.estimate, engine.spot, engine.point
        self.features, self.tile_vectors = engine.features, engine.tile_vectors

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

    def tuned(
        self, view: View, tuned: TunedClass, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
        working_gsd: Optional[float] = None,
    ) -> TunedMap:
        """See :meth:`Engine.tuned`."""
        return self._engine.tuned(view, tuned, progress, cancel, working_gsd, interactive=False)

    def change(
        self, before: View, after: View, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
    ) -> ChangeMap:
        """See :meth:`Engine.change`."""
        return self._engine.change(before, after, progress, cancel, interactive=False)

    def series(
        self, views: Sequence[View], progress: Progress = no_progress, cancel: Optional[CancelToken] = None
    ) -> SeriesMap:
        """See :meth:`Engine.series`."""
        return self._engine.series(views, progress, cancel, interactive=False)

    def glance(self, view: View, cancel: Optional[CancelToken] = None) -> Glance:
        """See :meth:`Engine.glance`."""
        return self._engine.glance(view, cancel, interactive=False)

    def embedder(self) -> NanoEmbedder:
        """See :meth:`Engine.embedder`."""
        return self._engine.embedder(interactive=False)
