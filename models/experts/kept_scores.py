"""The scores under an answer about two dates, kept: another threshold makes another answer, and no model runs again."""

import os
import uuid
from dataclasses import dataclass
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import Turn
from ..facts.region_rows import RegionRows
from ..facts.survey import bands
from ..imagery.score_store import ScoreStore
from ..maps.cover_map import ChangeMap
from .change import ChangeResult, RoutedChange, answer_from, links, wanted
from .measured import MeasuredPair, change_threshold, measure_changes

#: The only band of a score raster.
LABEL = "change"


@dataclass(frozen=True)
class MovedAnswer:
    """An answer with another threshold: ``links`` are the words of ``result.caption`` that stand for its polygons."""

    threshold: float
    result: ChangeResult
    links: Tuple[Tuple[str, Tuple[int, ...]], ...]


class KeptScores:
    """``threshold``: of the answer as it was given; ``own``: the model's. Any thread, one at a time; best on a worker.

    The score files live as long as this object and the engine. Raises RasterUnreadable once the engine is closed.
    """

    def __init__(self, request: RoutedChange, change: ChangeMap, nano: Any) -> None:
        self._request, self._change, self._nano = request, change, nano
        self.own = change_threshold(nano)
        self.threshold = self.own if request.threshold is None else request.threshold

    def count(self, threshold: float, cancel: Optional[CancelToken] = None) -> int:
        """How many polygons :meth:`answer` would have; no polygon is traced. Raises Cancelled."""
        measured = self._measured(threshold, cancel)
        return int(wanted(measured, self._request.intent).sum())

    def answer(self, threshold: float, cancel: Optional[CancelToken] = None) -> MovedAnswer:
        """What the question's answer is at ``threshold`` (0..1): equal to a run of the whole with it. Raises Cancelled."""
        result = answer_from(self._request, self._measured(threshold, cancel), cancel)
        intent = self._request.intent
        found: List[Tuple[str, Tuple[int, ...]]] = []
        for words, indices in links(intent, result.facts, result.features):
            start = result.caption.lower().find(words.lower())
            if start >= 0:
                found.append((result.caption[start:start + len(words)], indices))
        return MovedAnswer(float(threshold), result, tuple(found))

    def write(self, path: str, cancel: Optional[CancelToken] = None) -> str:
        """The score that the threshold is compared with, as a GeoTIFF of bytes; the path.

        One band on the change's own grid: 0…254 = score × 254, 255 = unknown or outside the region. What stood at
        ``path`` is replaced once the file is whole. Raises StorageFull, RasterUnreadable, Cancelled.
        """
        change = self._change
        inside = RegionRows(self._request.before, change.grid)
        draft = f"{path}.{uuid.uuid4().hex[:8]}.tif"
        with ScoreStore.create(draft, change.grid, (LABEL,), tags={"model": str(self._nano.name)}) as store:
            for window in bands(change.grid):
                if cancel is not None:
                    cancel.raise_if_cancelled()
                scores = change.pair_change.read(window)
                part = inside[window.row:window.row + window.height]
                known = part & ~np.isnan(scores).any(axis=0)
                store.write(window, np.where(known, scores.max(axis=0), np.nan)[None])
            store.keep(path)
        return os.path.abspath(path)

    def _measured(self, threshold: float, cancel: Optional[CancelToken]) -> MeasuredPair:
        cells = self._request.intent.narrowing.cells
        return measure_changes(self._change, self._request.before, self._nano, cancel, cells, float(threshold))


def moved_threshold(history: Sequence[Turn]) -> Optional[float]:
    """The threshold under the latest answer about two dates: what "those" are is what was shown. None without one.

    Facts may come from somebody else's project: what is no threshold is passed over.
    """
    for turn in reversed(history):
        if turn.facts.get("kind") == "pair":
            found = turn.facts.get("threshold")
            if isinstance(found, (int, float)) and not isinstance(found, bool) and 0 <= found <= 1:
                return float(found)
            return None
    return None
