"""What is meant by clicks and a box: the mask predictor on remembered features, so that no encoder runs (NANO 5)."""

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence, Tuple

import numpy as np

from .cancel import CancelToken
from .facts.components import Components, components
from .facts.runs import RunsBuilder
from .imagery.grid import Window
from .sharing.priority_lock import PriorityLock
from .vision.prompts import Box, Point, prompt_maps

#: From this score a pixel belongs to what is pointed at.
INSIDE = 0.5
#: A mask is taken from this mean score of its pixels; below it the predictor does not know what is meant.
CONFIDENT = 0.7
#: Fewest pixels of a mask, and the largest share of its tile: what fills a tile is ground, which covers outline better.
_FEWEST, _LARGEST = 9, 0.6


@dataclass(frozen=True)
class Pointed:
    """``mask`` (h, w) bool of the tile at ``window`` (pixels of the grid); ``score``: mean over it, 0..1."""

    window: Window
    mask: np.ndarray
    scores: np.ndarray

    @property
    def score(self) -> float:
        """Mean score of its pixels."""
        return float(self.scores[self.mask].mean())

    def part(self, width: int) -> Components:
        """The mask as the one component of a grid ``width`` pixels wide."""
        rows = np.flatnonzero(self.mask.any(axis=1))
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        band, weight = np.zeros((bottom - top, width), bool), np.zeros((bottom - top, width), np.float32)
        # A tile may reach beyond a small grid.
        reach = min(width - self.window.col, self.mask.shape[1])
        place = np.s_[:, self.window.col:self.window.col + reach]
        band[place], weight[place] = self.mask[top:bottom, :reach], self.scores[top:bottom, :reach]
        builder = RunsBuilder(width)
        builder.add(band, weight, self.window.row + top)
        parts = components(builder.runs())
        return parts.keep(np.arange(len(parts)) == 0)


def pointed(
    nano: Any, plan: Sequence[Window], known: Mapping[Window, np.ndarray], turn: PriorityLock, interactive: bool,
    cancel: Optional[CancelToken], shape: Tuple[int, int], inside: Sequence[Point], outside: Sequence[Point] = (),
    box: Optional[Box] = None,
) -> Optional[Pointed]:
    """The thing that clicks ``inside`` and ``outside`` it and a ``box`` mean, all in pixels of a grid of ``shape`` (H, W).

    None where the tile is forgotten or the predictor is not sure. Only what hangs together with a click inside (of a box:
    its largest piece) is taken.
    """
    if not inside and box is None:
        return None
    x, y = inside[0] if inside else ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box is not None else (0.0, 0.0)
    window = _tile(plan, x, y)
    if window is None or window not in known:
        return None
    features = np.asarray(known[window], np.float32)[None]
    size = features.shape[2] * 4, features.shape[3] * 4
    near = [(px - window.col, py - window.row) for px, py in inside]
    far = [(px - window.col, py - window.row) for px, py in outside]
    around = None if box is None else (box[0] - window.col, box[1] - window.row, box[2] - window.col, box[3] - window.row)
    with turn.hold(interactive, cancel):
        scores = nano.mask(features, prompt_maps(size, near, far, around)[None], "", cancel)[0]
    scores = np.asarray(scores[:shape[0] - window.row, :shape[1] - window.col], np.float32)
    mask = together(scores >= INSIDE, near)
    if not _FEWEST <= mask.sum() <= _LARGEST * mask.size:
        return None
    found = Pointed(window, mask, scores)
    return found if found.score >= CONFIDENT else None


def _tile(plan: Sequence[Window], x: float, y: float) -> Optional[Window]:
    """The tile in whose middle (x, y) lies best; None if none holds it."""
    holding = [w for w in plan if w.col <= x < w.col + w.width and w.row <= y < w.row + w.height]
    return min(holding, key=lambda w: max(
        abs(x - w.col - w.width / 2) / w.width, abs(y - w.row - w.height / 2) / w.height), default=None)


def together(mask: np.ndarray, clicks: Sequence[Point]) -> np.ndarray:
    """(H, W) bool: the pieces of ``mask`` under ``clicks``; its largest piece without any."""
    builder = RunsBuilder(mask.shape[1])
    builder.add(mask, mask.astype(np.float32), 0)
    parts = components(builder.runs())
    number = np.full(mask.shape, -1, np.int64)
    for cols, rows, run in parts.runs.chunks():
        number[rows, cols] = parts.label[run]
    if not clicks:
        return number == 0
    height, width = mask.shape
    under = {int(number[int(y), int(x)]) for x, y in clicks if 0 <= int(y) < height and 0 <= int(x) < width} - {-1}
    return np.isin(number, sorted(under))
