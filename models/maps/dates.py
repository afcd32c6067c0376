"""Two dates or more, compared in one run over all of them: cover maps of each and the change from each to the next."""

import weakref
from pathlib import Path
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple, Union

from ..cancel import CancelToken, Progress
from ..conversation import View
from ..imagery.pairs import common_frame
from ..imagery.score_store import ScoreStore
from ..imagery.series_frame import series_frame
from ..imagery.source import RasterSource
from ..imagery.tiles import BlendReport
from ..vision.legend import CHANGES
from .alignment import align
from .blender import Blender
from .cover_map import ChangeMap, CoverMap, ScoreMap
from .encoding import Encoder
from .keys import digest, iso, place
from .pair_stores import PairStores, pair_reader
from .resumable_stores import WORTH_KEEPING, ResumableStores
from .series_alignment import align_series
from .series_encoding import SeriesEncoder, series_reader
from .series_map import SeriesMap
from .working_frame import WorkingFrame


class Dated(NamedTuple):
    """``views``: as they were asked about; ``sources``: the same on one grid; ``frame``: what of it is looked at; ``key``:
    of what comes of it."""

    views: Tuple[View, ...]
    sources: Tuple[RasterSource, ...]
    frame: WorkingFrame
    key: str


class Dates:
    """Compares dates with one ``blender``. ``unfinished``: a folder for long runs that are broken off; it outlives this."""

    def __init__(self, blender: Blender, unfinished: Path) -> None:
        self._blender, self._unfinished = blender, unfinished

    def laid(self, views: Sequence[View]) -> Dated:
        """``views`` on one grid in the CRS of the first. Raises CrsMissing, DatesDisjoint, NothingToAnalyse."""
        plain = [View(view.source) for view in views]
        if len(views) == 2:
            pair = common_frame(*plain)
            sources: Tuple[RasterSource, ...] = (pair.before, pair.after)
        else:
            sources = series_frame(plain)
        frame = self._blender.frame(View(sources[0], views[0].region))
        marks = tuple(view.source.fingerprint() for view in views)
        aligned = all(view.aligned for view in views)
        return Dated(tuple(views), sources, frame, digest(marks, place(frame), self._blender.nano.digest, aligned))

    def change(self, dated: Dated, progress: Progress, cancel: Optional[CancelToken], interactive: bool) -> ChangeMap:
        """What ``Engine.change`` promises, of two dates."""
        views, sources, frame, key = dated
        blender = self._blender
        encoder = Encoder(blender.nano, blender.turn, frame.gsd, interactive, cancel)
        readers, alignment = align(
            views, sources, frame, lambda source, layer: blender.reader(source, layer, frame, cancel), cancel)
        stores = self._stores(frame, key, cancel, interactive)
        report = blender.blend(pair_reader(*readers), encoder.pair, frame, stores, views[0].source.name, progress, cancel)
        before, after = self._covers(dated, stores, report)
        change = ChangeMap(key, ScoreMap(stores.parts[2]), before, after)
        change.alignment = alignment
        if isinstance(stores, ResumableStores):
            # Kept until the result is no longer wanted: measuring it may be broken off too.
            weakref.finalize(change.pair_change, stores.discard)
        return change

    def series(self, dated: Dated, progress: Progress, cancel: Optional[CancelToken], interactive: bool) -> SeriesMap:
        """What ``Engine.series`` promises."""
        views, sources, frame, key = dated
        blender = self._blender
        encoder = SeriesEncoder(blender.nano, blender.turn, frame.gsd, interactive, cancel)
        readers, alignments = align_series(
            views, sources, frame, lambda source, layer: blender.reader(source, layer, frame, cancel), cancel)
        groups = [tuple(blender.nano.covers)] * len(views) + [CHANGES] * (len(views) - 1)
        stores = PairStores([blender.store(frame.grid, names) for names in groups])
        report = blender.blend(
            series_reader(readers), encoder.series, frame, stores, views[0].source.name, progress, cancel)
        changes = tuple(ScoreMap(store) for store in stores.parts[len(views):])
        return SeriesMap(key, tuple(self._covers(dated, stores, report)), changes, alignments)

    def _covers(self, dated: Dated, stores: Any, report: BlendReport) -> List[CoverMap]:
        return [
            CoverMap(
                store, key=dated.key, source=view.source.name, time=iso(view.source), gsd=dated.frame.gsd,
                native_gsd=view.source.gsd, unreadable=report.unreadable,
            )
            for store, view in zip(stores.parts, dated.views)
        ]

    def _stores(
        self, frame: WorkingFrame, key: str, cancel: Optional[CancelToken], interactive: bool
    ) -> Union[PairStores, ResumableStores]:
        """Stores for the covers of both dates and the change. Those of a long job can be gone on with after a crash."""
        groups = (tuple(self._blender.nano.covers), tuple(self._blender.nano.covers), CHANGES)

        def make() -> List[ScoreStore]:
            return [self._blender.store(frame.grid, names) for names in groups]

        kept = None
        if not interactive and len(self._blender.plan(frame.grid)) >= WORTH_KEEPING:
            kept = ResumableStores.open(self._unfinished, key, frame.grid, groups, make, cancel)
        return kept or PairStores(make())
