"""The things of one label found in a view: detections, and blended scores of the ground they cover."""

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..imagery.grid import Window
from ..imagery.score_store import ScoreStore
from ..imagery.tiles import TilePixels
from ..sharing.priority_lock import PriorityLock
from ..vision.detections import Detection, distinct
from ..vision.prompts import prompt_maps
from .cover_map import ScoreMap
from .reaching_tiles import ReachingTiles

#: (left, top, right, bottom) in pixels of the grid.
Core = Tuple[float, float, float, float]

#: No threshold lies below this score.
SURE = 0.15
#: Score down to which detections are kept, so that a lower threshold than the model's own can be asked for.
LOWEST = 0.1


class ThingMap(ScoreMap):
    """``detections``: of ``label``, best first, boxes in pixels of the grid; down to LOWEST, so that a count can be given
    an interval and other thresholds can be asked for. ``threshold``: the model's own, from which they count.
    """

    def __init__(self, store: ScoreStore, label: str, detections: Sequence[Detection], threshold: float) -> None:
        super().__init__(store)
        self.label, self.detections, self.threshold = label, tuple(detections), threshold


class ThingFinder:
    """One run over one view for one label. One thread, but for the reader of ``tiles``, through which the view is read."""

    def __init__(
        self, nano: Any, label: str, plan: Sequence[Window], gsd: Optional[float], turn: PriorityLock, interactive: bool,
        cancel: Optional[CancelToken], known: Mapping[Window, np.ndarray],
    ) -> None:
        """``known``: the features (C, h, w) of tiles that were looked at before."""
        self.tiles = ReachingTiles()
        self._known = known
        self._nano, self._label, self._gsd, self._turn = nano, label, gsd, turn
        self._interactive, self._cancel = interactive, cancel
        self._cores = dict(zip(plan, cores(plan)))
        self._found: List[Detection] = []

    def __call__(self, rgb: np.ndarray) -> np.ndarray:
        """(n, 3, h, w) → (n, 1, h, w) scores of the label's ground; zero in tiles without one of its things.

        The pixels of tiles that are known are not looked at.
        """
        windows = [window for window, _ in self.tiles.take(len(rgb))]
        with self._turn.hold(self._interactive, self._cancel):
            features = self._features(rgb, windows)
            tiles = self._nano.find(features, LOWEST, self._cancel)
        scores = np.zeros((len(rgb), 1, *rgb.shape[2:]), np.float32)
        for index, (window, things) in enumerate(zip(windows, tiles)):
            mine = [thing for thing in things if thing.label == self._label]
            if not mine:
                continue
            self._found += own(mine, window, self._cores[window])
            everywhere = prompt_maps((rgb.shape[2], rgb.shape[3]))[None]
            with self._turn.hold(self._interactive, self._cancel):
                part = features[index:index + 1]
                scores[index, 0] = self._nano.mask(part, everywhere, self._label, self._cancel)[0]
        return scores

    def detections(self) -> List[Detection]:
        """What was found, each thing once."""
        return distinct(self._found)

    def state(self) -> np.ndarray:
        """(n, 5) float64: score and box of what was found so far."""
        return np.array([(one.score, *one.box) for one in self._found], np.float64).reshape(-1, 5)

    def restore(self, state: np.ndarray) -> None:
        """Go on from ``state``. Raises ValueError if it does not fit."""
        if state.ndim != 2 or state.shape[1] != 5:
            raise ValueError(f"the things found so far are {state.shape}")
        self._found = [Detection(self._label, row[0], (row[1], row[2], row[3], row[4])) for row in state.tolist()]

    def _features(self, rgb: np.ndarray, windows: Sequence[Window]) -> np.ndarray:
        parts = [self._known.get(window) for window in windows]
        new = [index for index, part in enumerate(parts) if part is None]
        if new:
            seen = self._nano.see(np.ascontiguousarray(rgb[new]), self._gsd, self._cancel)
            for index, part in zip(new, seen.features):
                parts[index] = part
        return np.stack([np.asarray(part, np.float32) for part in parts])


def spot(
    nano: Any, plan: Sequence[Window], known: Mapping[Window, np.ndarray], turn: PriorityLock, interactive: bool,
    cancel: Optional[CancelToken],
) -> Optional[List[Detection]]:
    """Every thing of a view that was looked at before, from its features (C, h, w) alone, each once; None if they are
    forgotten.

    Tiles without a valid pixel were never looked at: they count as empty where others are known.
    """
    if not any(window in known for window in plan):
        return None
    found: Dict[str, List[Detection]] = {}
    for window, core in zip(plan, cores(plan)):
        if window not in known:
            continue
        with turn.hold(interactive, cancel):
            things = nano.find(np.asarray(known[window], np.float32)[None], SURE, cancel)[0]
        for one in own(things, window, core):
            if one.score >= nano.thing_threshold(one.label):
                found.setdefault(one.label, []).append(one)
    return [one for label in sorted(found) for one in distinct(found[label])]


def known_tiles(
    read: Callable[[Window], TilePixels], cover: ScoreMap, known: Mapping[Window, np.ndarray]
) -> Callable[[Window], TilePixels]:
    """``read`` for a view whose ``cover`` map is at hand: tiles that are ``known`` or empty are not read again. Which of
    their pixels are valid is taken from the map; the pixels themselves are left black.
    """
    def quick(window: Window) -> TilePixels:
        valid = cover.valid(window)
        if window not in known and valid.any():
            return read(window)
        return TilePixels(np.zeros((3, *valid.shape), np.float32), valid)

    return quick


def own(things: Sequence[Detection], window: Window, core: Core) -> List[Detection]:
    """``things`` of the tile at ``window``, in pixels of the grid, as far as their centre lies in the tile's ``core``."""
    left, top, right, bottom = core
    moved = [thing.moved(window.col, window.row) for thing in things]
    return [one for one in moved if left <= one.centre[0] < right and top <= one.centre[1] < bottom]


def cores(plan: Sequence[Window]) -> List[Core]:
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
