"""How one model goes over views: tiles planned, read in the colours of their layer, scored, blended into a store."""

import uuid
from pathlib import Path
from typing import Any, Callable, List, Optional, Sequence

from ..cancel import CancelToken, Progress
from ..conversation import View
from ..errors import Cancelled, NothingToAnalyse, RasterUnreadable
from ..imagery.checkpoints import Aside
from ..imagery.grid import Grid, Window
from ..imagery.score_store import ScoreStore
from ..imagery.source import RasterSource
from ..imagery.stretch import Stretch, measure_stretch
from ..imagery.tiles import BlendReport, TilePixels, blend_tiles, plan_tiles, tile_reader
from ..sharing.priority_lock import PriorityLock
from ..sharing.recent import Recent
from ..sharing.single_flight import SingleFlight
from .working_frame import FramedSource, WorkingFrame

#: Seconds a tile takes until the first run has measured it.
_TILE_SECONDS = 0.15
_BATCH = 2
#: Sides of tiles are whole multiples of the encoder's stride, and at least the smallest crop it was trained on.
_STRIDE, _SMALLEST_TILE = 32, 64
#: Stretches that are kept.
_STRETCHES = 256

Reader = Callable[[Window], TilePixels]


class Blender:
    """``turn``: who may run the model; ``tile_seconds``: what a tile took of late. Any thread."""

    def __init__(self, nano: Any, folder: Path, flights: SingleFlight) -> None:
        """``folder``: where stores are made."""
        self.nano, self._folder, self._flights = nano, folder, flights
        self.turn = PriorityLock()
        self.tile_seconds = _TILE_SECONDS
        self._stretches: Recent[Stretch] = Recent(_STRETCHES)

    def frame(self, view: View, working_gsd: Optional[float] = None) -> WorkingFrame:
        """What of ``view`` is looked at. Raises NothingToAnalyse if its region misses the raster."""
        frame = WorkingFrame.of(view, self.nano.tile, self.nano.gsd_range, working_gsd)
        if frame.window.empty:
            raise NothingToAnalyse(view.source.name)
        return frame

    def plan(self, grid: Grid) -> List[Window]:
        """The tiles of ``grid``. A raster smaller than a tile gets one that just holds it: padding is no context, and costs
        time."""
        longest = max(grid.height, grid.width)
        size = min(self.nano.tile, max(_SMALLEST_TILE, -(-longest // _STRIDE) * _STRIDE))
        return plan_tiles((grid.height, grid.width), size, min(self.nano.overlap, size - 1))

    def store(self, grid: Grid, labels: Sequence[str]) -> ScoreStore:
        """A new store for scores of ``labels``. Raises StorageFull."""
        path = self._folder / f"{uuid.uuid4().hex}.tif"
        return ScoreStore.create(str(path), grid, tuple(labels), tags={"model": self.nano.name})

    def reader(
        self, source: RasterSource, stretched: RasterSource, frame: WorkingFrame, cancel: Optional[CancelToken]
    ) -> Reader:
        """Reads tiles of ``source`` in ``frame``, in the colours of ``stretched``: the layer that it shows."""
        return tile_reader(FramedSource(source, frame), self.stretch(stretched, cancel))

    def stretch(self, source: RasterSource, cancel: Optional[CancelToken]) -> Stretch:
        """How the values of ``source`` become colours, measured once."""
        return self._flights.get(
            self._stretches, source.fingerprint(), cancel, lambda: measure_stretch(source, cancel))

    def blend(
        self, read: Callable, infer: Callable, frame: WorkingFrame, store: Any, name: str, progress: Progress,
        cancel: Optional[CancelToken], aside: Optional[Aside] = None,
    ) -> BlendReport:
        """Fill and finish ``store``; close it if that fails. ``aside``: what the run gathers besides, kept with the scores.

        Raises NothingToAnalyse, RasterUnreadable, Cancelled.
        """
        def tell(fraction: float, message: str = "") -> None:
            progress(fraction, message or "Looking at the image")

        checkpoints = getattr(store, "checkpoints", None)
        if checkpoints is not None:
            checkpoints.aside = aside
        try:
            if checkpoints is not None and checkpoints.going_on:
                tell(0.0, "Going on where an earlier run stopped")
            report = blend_tiles(read, infer, self.plan(frame.grid), store, _BATCH, tell, cancel, checkpoints=checkpoints)
            if report.tiles and report.infer_seconds:
                self.tile_seconds = 0.5 * self.tile_seconds + 0.5 * report.seconds / report.tiles
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

    def clear(self) -> None:
        """Forget every stretch."""
        self._stretches.clear()
