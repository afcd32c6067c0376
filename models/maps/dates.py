"""Two dates or more, compared in one run over all of them: cover maps of each and the change from each to the next."""

from contextlib import ExitStack
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

from ..cancel import CancelToken, Progress
from ..conversation import View
from ..imagery.pairs import common_frame
from ..imagery.series_frame import series_frame
from ..imagery.source import RasterSource
from ..imagery.tiles import BlendReport
from ..vision.legend import CHANGES
from .alignment import align
from .blender import Blender
from .cover_map import ChangeMap, CoverMap, ScoreMap
from .encoding import Encoder
from .keys import digest, iso, place
from .land_cover import marks as land_cover_marks
from .land_cover import told_pair
from .long_runs import LongRuns, keep_with
from .pair_stores import PairStores, pair_reader
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
    """Compares dates with one ``blender``. ``long``: where what long runs see goes."""

    def __init__(self, blender: Blender, long: LongRuns) -> None:
        self._blender, self._long = blender, long

    def laid(self, views: Sequence[View]) -> Dated:
        """``views`` on one grid in the CRS of the first. Raises CrsMissing, DatesDisjoint, NothingToAnalyse."""
        plain = [View(view.source) for view in views]
        if len(views) == 2:
            pair = common_frame(*plain)
            sources: Tuple[RasterSource, ...] = (pair.before, pair.after)
        else:
            sources = series_frame(plain)
        frame = self._blender.frame(View(sources[0], views[0].region))
        marks = (*(view.source.fingerprint() for view in views), *land_cover_marks(views))
        aligned = all(view.aligned for view in views)
        return Dated(tuple(views), sources, frame, digest(marks, place(frame), self._blender.nano.digest, aligned))

    def change(self, dated: Dated, progress: Progress, cancel: Optional[CancelToken], interactive: bool) -> ChangeMap:
        """What ``Engine.change`` promises, of two dates."""
        views, sources, frame, key = dated
        blender = self._blender
        encoder = Encoder(blender.nano, blender.turn, frame.gsd, interactive, cancel)
        readers, alignment = align(
            views, sources, frame, lambda source, layer: blender.reader(source, layer, frame, cancel), cancel)
        covers = tuple(blender.nano.covers)
        with ExitStack() as opened:
            read = told_pair(pair_reader(*readers), views, frame, alignment, opened)
            stores = self._long.stores(frame, key, (covers, covers, CHANGES), cancel, interactive)
            report = blender.blend(read, encoder.pair, frame, stores, views[0].source.name, progress, cancel)
        before, after = self._covers(dated, stores, report)
        change = ChangeMap(key, ScoreMap(stores.parts[2]), before, after)
        change.alignment = alignment
        keep_with(stores, change.pair_change)
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
