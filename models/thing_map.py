"""The things of one label found in a view: detections, and blended scores of the ground they cover."""

from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Sequence, Tuple

import numpy as np

from .cancel import CancelToken
from .cover_map import ScoreMap
from .imagery.grid import Window
from .imagery.score_store import ScoreStore
from .imagery.tiles import TilePixels
from .priority_lock import PriorityLock
from .vision.detections import Detection, distinct

#: No threshold lies below this score.
SURE = 0.15


class ThingMap(ScoreMap):
    """``detections``: of ``label``, best first, boxes in pixels of the grid; down to a score below the threshold, so
    that a count can be given an interval. ``threshold``: the score from which they count.
    """

    def __init__(self, store: ScoreStore, label: str, detections: Sequence[Detection], threshold: float) -> None:
        super().__init__(store)
        self.label, self.detections, self.threshold = label, tuple(detections), threshold


class ThingFinder:
    """One run over one view for one label. One thread, but for :meth:`placing`'s reader."""

    #: How far below the threshold detections are kept for the interval of a count.
    DOUBT = 0.1

    def __init__(
        self, nano: Any, label: str, threshold: float, plan: Sequence[Window], gsd: Optional[float], turn: PriorityLock,
        interactive: bool, cancel: Optional[CancelToken],
        recall: Callable[[Window], Optional[np.ndarray]] = lambda window: None,
    ) -> None:
        """``recall``: the features (C, h, w) of a tile if it was looked at before."""
        self._recall = recall
        self._nano, self._label, self._gsd, self._turn = nano, label, gsd, turn
        self._threshold, self._interactive, self._cancel = threshold, interactive, cancel
        self._cores = {(w.col, w.row): core for w, core in zip(plan, cores(plan))}
        self._windows: Deque[Window] = deque()
        self._found: List[Detection] = []

    def placing(self, read: Callable[[Window], TilePixels]) -> Callable[[Window], TilePixels]:
        """``read``, noting which tiles reach the model."""
        def placed(window: Window) -> TilePixels:
            tile = read(window)
            if tile.valid.any():
                self._windows.append(window)
            return tile

        return placed

    def __call__(self, rgb: np.ndarray) -> np.ndarray:
        """(n, 3, h, w) → (n, 1, h, w) scores of the label's ground; zero in tiles without one of its things."""
        windows = [self._windows.popleft() for _ in rgb]
        known = [self._recall(window) for window in windows]
        with self._turn.hold(self._interactive, self._cancel):
            if any(part is None for part in known):
                features = self._nano.see(np.ascontiguousarray(rgb), self._gsd, self._cancel).features
            else:
                features = np.stack(known)
            tiles = self._nano.find(features, self._threshold - self.DOUBT, self._cancel)
        scores = np.zeros((len(rgb), 1, *rgb.shape[2:]), np.float32)
        for index, (window, things) in enumerate(zip(windows, tiles)):
            mine = [thing.moved(window.col, window.row) for thing in things if thing.label == self._label]
            if not mine:
                continue
            left, top, right, bottom = self._cores[window.col, window.row]
            self._found += [one for one in mine if left <= one.centre[0] < right and top <= one.centre[1] < bottom]
            with self._turn.hold(self._interactive, self._cancel):
                nothing = np.zeros((1, 3, rgb.shape[2] // 4, rgb.shape[3] // 4), np.float32)
                part = features[index:index + 1]
                scores[index, 0] = self._nano.mask(part, nothing, self._label, self._cancel)[0]
        return scores

    def detections(self) -> List[Detection]:
        """What was found, each thing once."""
        return distinct(self._found)


def spot(
    nano: Any, plan: Sequence[Window], recall: Callable[[Window], Optional[np.ndarray]], turn: PriorityLock,
    interactive: bool, cancel: Optional[CancelToken],
) -> Optional[List[Detection]]:
    """Every thing of a view that was looked at before, from its features alone, each once; None if any are forgotten.

    Tiles without a valid pixel were never looked at: they count as empty where others are known.
    """
    known = [(window, core, recall(window)) for window, core in zip(plan, cores(plan))]
    if all(features is None for _, _, features in known):
        return None
    found: Dict[str, List[Detection]] = {}
    for window, (left, top, right, bottom), features in known:
        if features is None:
            continue
        with turn.hold(interactive, cancel):
            things = nano.find(features[None], SURE, cancel)[0]
        for one in (thing.moved(window.col, window.row) for thing in things):
            if left <= one.centre[0] < right and top <= one.centre[1] < bottom and one.score >= nano.thing_threshold(one.label):
                found.setdefault(one.label, []).append(one)
    return [one for label in sorted(found) for one in distinct(found[label])]


def cores(plan: Sequence[Window]) -> List[Tuple[float, float, float, float]]:
    """(left, top, right, bottom) of the part of each tile in which its own detections count: up to the middle of what
    it shares with its neighbours, without end where it has none. The parts cover everything once.
    """
    spans = {}
    for axis in ("col", "row"):
        starts = sorted({getattr(w, axis) for w in plan})
        ends = [start + (plan[0].width if axis == "col" else plan[0].height) for start in starts]
        middles = [(ends[k] + starts[k + 1]) / 2 for k in range(len(starts) - 1)]
        spans[axis] = dict(zip(starts, zip([-np.inf, *middles], [*middles, np.inf])))
    return [(spans["col"][w.col][0], spans["row"][w.row][0], spans["col"][w.col][1], spans["row"][w.row][1]) for w in plan]
