"""Fewer corners on lines that stay apart: Douglas and Peucker (1973) on all lines at once, then what met is undone.

Every corner left is one that was there, on whole numbers, so that whether two lines meet is decided without rounding.
"""

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..cancel import CancelToken
from .arcs import Arcs
from .crossings import meeting_segments, swallowed_places


@dataclass(frozen=True)
class _Spans:
    """Stretches of path ``[first, last]`` between kept places; those with something between them are ``wide``."""

    first: np.ndarray
    last: np.ndarray


def thinned(
    arcs: Arcs, tolerance: float, metric: np.ndarray, apart: bool = True, cancel: Optional[CancelToken] = None
) -> np.ndarray:
    """(len(path),) bool: which places are kept, so that none left out is farther than ``tolerance`` from its line.

    ``metric`` (2, 2): metres per pixel step. ``apart``: lines that were apart stay so, and on the same side of each
    other; without, rings may come to cross. Raises Cancelled.
    """
    kept = np.zeros(len(arcs.path), bool)
    kept[arcs.start[:-1]] = kept[arcs.start[1:] - 1] = True
    metres = arcs.place[arcs.path] @ metric.T
    closed = np.flatnonzero(arcs.path[arcs.start[:-1]] == arcs.path[arcs.start[1:] - 1])
    _split(kept, metres, _Spans(arcs.start[closed], arcs.start[closed + 1] - 1), -1.0)
    _refine(kept, metres, arcs, tolerance, cancel)
    if apart:
        _part(kept, metres, arcs, cancel)
    return kept


def finer(
    arcs: Arcs, kept: np.ndarray, lines: np.ndarray, metric: np.ndarray, cancel: Optional[CancelToken] = None
) -> bool:
    """Keep one place more on every stretch of ``lines`` (bool, by line), in ``kept`` itself; False if all are kept."""
    metres = arcs.place[arcs.path] @ metric.T
    spans = _spans(kept, arcs)
    line = np.searchsorted(arcs.start, spans.first, side="right") - 1
    wanted = lines[line] & (spans.last - spans.first > 1)
    if not wanted.any():
        return False
    _split(kept, metres, _Spans(spans.first[wanted], spans.last[wanted]), -1.0)
    _part(kept, metres, arcs, cancel)
    return True


def _part(kept: np.ndarray, metres: np.ndarray, arcs: Arcs, cancel: Optional[CancelToken]) -> None:
    """Keep more places where lines have come to meet, until none do."""
    while True:
        if cancel is not None:
            cancel.raise_if_cancelled()
        spans = _spans(kept, arcs)
        at_fault = _at_fault(spans, arcs)
        at_fault = at_fault[spans.last[at_fault] - spans.first[at_fault] > 1]
        if len(at_fault) == 0:
            return
        _split(kept, metres, _Spans(spans.first[at_fault], spans.last[at_fault]), -1.0)


def _spans(kept: np.ndarray, arcs: Arcs) -> _Spans:
    at = np.flatnonzero(kept)
    begins = np.ones(len(at), bool)
    begins[np.searchsorted(at, arcs.start[1:] - 1)] = False
    first = np.flatnonzero(begins)
    return _Spans(at[first], at[first + 1])


def _refine(kept: np.ndarray, metres: np.ndarray, arcs: Arcs, tolerance: float, cancel: Optional[CancelToken]) -> None:
    """Keep the farthest place of every span until none is too far."""
    spans = _spans(kept, arcs)
    while True:
        if cancel is not None:
            cancel.raise_if_cancelled()
        wide = spans.last - spans.first > 1
        spans = _Spans(spans.first[wide], spans.last[wide])
        spans = _split(kept, metres, spans, tolerance)
        if len(spans.first) == 0:
            return


def _split(kept: np.ndarray, metres: np.ndarray, spans: _Spans, tolerance: float) -> _Spans:
    """Keep the farthest place of each span that is farther than ``tolerance``; the spans that makes."""
    if len(spans.first) == 0:
        return spans
    count = spans.last - spans.first - 1
    of = np.repeat(np.arange(len(count)), count)
    begin = np.cumsum(count) - count
    spot = spans.first[of] + 1 + np.arange(len(of)) - begin[of]
    far = _distance(metres[spot], metres[spans.first[of]], metres[spans.last[of]])
    most = np.maximum.reduceat(far, begin)
    # The first of equally far places.
    hit = np.where(far >= most[of] - 1e-9, np.arange(len(far)), len(far))
    pick = np.minimum.reduceat(hit, begin)
    over = most > tolerance + 1e-9
    at = spot[pick[over]]
    kept[at] = True
    first, last = spans.first[over], spans.last[over]
    return _Spans(np.r_[first, at], np.r_[at, last])


def _distance(point: np.ndarray, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """From each point to the segment beside it."""
    along, to = two - one, point - one
    square = (along**2).sum(axis=1)
    share = np.clip((to * along).sum(axis=1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    away = to - along * share[:, None]
    distance: np.ndarray = np.hypot(away[:, 0], away[:, 1])
    return distance


def _at_fault(spans: _Spans, arcs: Arcs) -> np.ndarray:
    """Numbers of the spans whose chords meet others, or have jumped over a place that is still there."""
    one, two = arcs.path[spans.first], arcs.path[spans.last]
    ends = arcs.place[one], arcs.place[two]
    fault = np.zeros(len(one), bool)
    fault[one == two] = True
    for i, j in meeting_segments(*ends, np.stack([one, two], axis=1)):
        fault[i] = fault[j] = True
    found = np.flatnonzero(fault)
    if len(found) and (spans.last[found] - spans.first[found] > 1).any():
        return found
    wide = np.flatnonzero(spans.last - spans.first > 1)
    there = np.unique(np.concatenate([one, two]))
    return wide[swallowed_places(arcs.place, arcs.path, spans.first[wide], spans.last[wide], there)]
