"""Outlines of labelled pixels as exact integer rings, traced with numpy a band of rows at a time.

Only horizontal boundary segments are collected while the rows go by; vertical ones follow from their ends, and rings
are the cycles of "which segment comes next". Memory grows with the outlines, not with the raster. Knows no CRS.

Frame: pixel corners, x to the right, y down. Segments run clockwise around their pixels (on the right-hand side):
top edges to the right, right edges down, bottom edges to the left, left edges up.
"""

from dataclasses import dataclass
from typing import Iterable, List, Optional, Tuple

import numpy as np

#: A band of rows: labels (h, W) integer, 0 = not traced; and the values to average (h, W) or None.
Rows = Tuple[np.ndarray, Optional[np.ndarray]]


@dataclass(frozen=True)
class Outlines:
    """Regions of equal label, 4-connected, each with one shell and its holes.

    Per region: ``value`` (its label), ``pixels`` (exact count), ``mean`` (of the values; NaN without), ``centre``
    (N, 2) = mean (col, row) of its pixels' centres, ``size`` (N, 2) = (width, height) in pixels of its bounding box.
    ``vertices``: (V, 2) int64 closed rings one after the other; ring k is ``vertices[ring_start[k]:ring_start[k + 1]]``.
    Region i owns rings ``region_start[i]:region_start[i + 1]``, its shell first.
    """

    value: np.ndarray
    pixels: np.ndarray
    mean: np.ndarray
    centre: np.ndarray
    size: np.ndarray
    vertices: np.ndarray
    ring_start: np.ndarray
    region_start: np.ndarray


@dataclass
class _Segments:
    """Horizontal segments. ``x0`` < ``x1`` on line ``y``; ``top``: a top edge (runs right), else a bottom edge.

    ``start_convex``/``end_convex``: how the ring turns there; a convex turn stays on the same pixel.
    """

    y: np.ndarray
    x0: np.ndarray
    x1: np.ndarray
    top: np.ndarray
    start_convex: np.ndarray
    end_convex: np.ndarray
    value: np.ndarray


@dataclass
class _Runs:
    """Pixels [``col``, ``col`` + ``length``) of ``row`` with one label, which is not 0; in reading order."""

    row: np.ndarray
    col: np.ndarray
    length: np.ndarray
    total: np.ndarray


def outlines(bands: Iterable[Rows], width: int, min_pixels: int = 1) -> Outlines:
    """Trace every 4-connected region of equal label ≠ 0 with at least ``min_pixels`` pixels.

    Rings never touch themselves, so polygons are valid: where a region touches itself at a corner, the ring is divided
    into shell and hole there.
    """
    segments, runs = _collect(bands, width)
    if len(segments.y) == 0:
        none = np.zeros(0, np.int64)
        pairs = np.zeros((0, 2))
        start = np.zeros(1, np.int64)
        return Outlines(none, none, np.zeros(0), pairs, pairs, np.zeros((0, 2), np.int64), start, start)
    following, left_edges = _link(segments)
    ring = _cycles(following)
    changed = _part_at_corners(segments, following, left_edges, ring)
    if changed is not None:
        ring = changed
    region_of_ring, region_of_run = _regions(segments, runs, left_edges, following, ring, width)
    return _assemble(segments, runs, following, ring, region_of_ring, region_of_run, min_pixels)


def _collect(bands: Iterable[Rows], width: int) -> Tuple[_Segments, _Runs]:
    edges: List[Tuple[np.ndarray, ...]] = []
    runs: List[Tuple[np.ndarray, ...]] = []
    above = np.zeros((1, width), np.int32)
    row = 0
    for labels, values in bands:
        labels = np.asarray(labels)
        both = np.concatenate([above.astype(labels.dtype), labels])
        _edges(both, row, edges)
        runs.append(_row_runs(labels, values, row))
        above = labels[-1:]
        row += len(labels)
    _edges(np.concatenate([above, np.zeros_like(above)]), row, edges)
    if not edges:
        none = np.zeros(0, np.int64)
        return _Segments(*[none] * 7), _Runs(*[none] * 4)
    found = [np.concatenate(column) for column in zip(*edges)]
    return _Segments(*found), _Runs(*(np.concatenate(column) for column in zip(*runs)))


def _edges(rows: np.ndarray, first: int, out: List[Tuple[np.ndarray, ...]]) -> None:
    """Segments on the lines between successive ``rows``; line i of the raster lies above its row i."""
    differs = rows[1:] != rows[:-1]
    lines = np.flatnonzero(differs.any(axis=1))
    if len(lines) == 0:
        return
    differs, upper, lower = differs[lines], rows[:-1][lines], rows[1:][lines]
    for own, top in ((lower, True), (upper, False)):
        # Two columns of 0 as a frame: every segment then starts and ends inside the padded line.
        framed = np.zeros((len(lines), own.shape[1] + 2), own.dtype)
        framed[:, 1:-1] = own
        edge = np.zeros(framed.shape, bool)
        edge[:, 1:-1] = differs & (own != 0)
        flat, on = framed.ravel(), edge.ravel()
        same = flat[1:] == flat[:-1]
        start = np.flatnonzero(on[1:] & ~(on[:-1] & same)) + 1
        end = np.flatnonzero(on[:-1] & ~(on[1:] & same))
        line, x0 = np.divmod(start, framed.shape[1])
        value = flat[start]
        left_convex, right_convex = flat[start - 1] != value, flat[end + 1] != value
        out.append(
            (
                (lines[line] + first).astype(np.int64),
                (x0 - 1).astype(np.int64),
                (end - line * framed.shape[1]).astype(np.int64),
                np.full(len(start), top),
                left_convex if top else right_convex,
                right_convex if top else left_convex,
                value.astype(np.int64),
            )
        )


def _row_runs(labels: np.ndarray, values: Optional[np.ndarray], first: int) -> Tuple[np.ndarray, ...]:
    width = labels.shape[1]
    fresh = np.ones(labels.shape, bool)
    np.not_equal(labels[:, 1:], labels[:, :-1], out=fresh[:, 1:])
    start = np.flatnonzero(fresh.ravel())
    length = np.diff(np.r_[start, labels.size])
    wanted = labels.ravel()[start] != 0
    total = np.full(int(wanted.sum()), np.nan)
    if values is not None and len(total):
        # Sums of the wanted runs only, from the running sum over the band.
        total = np.add.reduceat(values.ravel(), start, dtype=np.float64)[wanted]
    row, col = np.divmod(start[wanted], width)
    return row + first, col, length[wanted], total


def _order(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.lexsort((y, x))


@dataclass
class _LeftEdges:
    """Left edges in order of (x, upper end), with the segment each leads to (up) and comes from."""

    x: np.ndarray
    y: np.ndarray
    leads_to: np.ndarray


def _link(s: _Segments) -> Tuple[np.ndarray, _LeftEdges]:
    """For every horizontal segment the one that follows it on its ring.

    On each line x the right edges are disjoint intervals of y, so their starts and ends, each sorted, pair up; so do
    the left edges'.
    """
    start_x, end_x = np.where(s.top, s.x0, s.x1), np.where(s.top, s.x1, s.x0)
    following = np.empty(len(s.y), np.int64)
    # A top edge turns right (convex) into a right edge, or left (concave) up a left edge; a bottom edge the reverse.
    down = np.flatnonzero(s.top == s.end_convex)
    up = np.flatnonzero(s.top != s.end_convex)
    after_down = np.flatnonzero(s.top != s.start_convex)
    after_up = np.flatnonzero(s.top == s.start_convex)
    down = down[_order(end_x[down], s.y[down])]
    after_down = after_down[_order(start_x[after_down], s.y[after_down])]
    up = up[_order(end_x[up], s.y[up])]
    after_up = after_up[_order(start_x[after_up], s.y[after_up])]
    following[down] = after_down
    following[up] = after_up
    return following, _LeftEdges(start_x[after_up], s.y[after_up], after_up)


def _cycles(following: np.ndarray) -> np.ndarray:
    """Per element the smallest element of its cycle, by pointer doubling; cycles that are settled are left alone."""
    result = np.arange(len(following))
    reach = following.copy()
    active = np.arange(len(following))
    while True:
        result[active] = np.minimum(result[active], result[reach[active]])
        unsettled = active[result[active] != result[following[active]]]
        if len(unsettled) == 0:
            return result
        # Every value on an unsettled cycle stands at some place where it gives way to another.
        marked = np.zeros(len(following), bool)
        marked[result[unsettled]] = True
        marked[result[following[unsettled]]] = True
        active = active[marked[result[active]]]
        reach[active] = reach[reach[active]]


def _part_at_corners(s: _Segments, following: np.ndarray, left: _LeftEdges, ring: np.ndarray) -> Optional[np.ndarray]:
    """Where a ring passes a corner twice, exchange what follows: the ring falls into two that touch there.

    Both passes lie outside the region, so the chords between such corners never cross, and all exchanges can be made
    at once. ``following`` and ``left.leads_to`` are changed in place; returns the new rings, or None.
    """
    span = int(s.x1.max()) + 1
    start_key = s.y * span + np.where(s.top, s.x0, s.x1)
    end_key = s.y * span + np.where(s.top, s.x1, s.x0)
    starting = _meeting(s, ring, start_key, s.start_convex)
    ending = _meeting(s, ring, end_key, s.end_convex)
    if len(starting[0]) == 0 and len(ending[0]) == 0:
        return None
    touched = np.zeros(len(ring), bool)
    one, other = starting
    if len(one):
        before = np.empty(len(following), np.int64)
        before[following] = np.arange(len(following))
        following[before[one]], following[before[other]] = other, one
        exchanged = np.arange(len(following))
        exchanged[one], exchanged[other] = other, one
        left.leads_to[:] = exchanged[left.leads_to]
        touched[ring[one]] = True
    one, other = ending
    if len(one):
        following[one], following[other] = following[other], following[one]
        touched[ring[one]] = True
    members = np.flatnonzero(touched[ring])
    place = np.empty(len(ring), np.int64)
    place[members] = np.arange(len(members))
    ring = ring.copy()
    ring[members] = members[_cycles(place[following[members]])]
    return ring


def _meeting(s: _Segments, ring: np.ndarray, key: np.ndarray, convex: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Pairs (top edge, bottom edge) of one ring that meet at a corner with convex turns."""
    tops, bottoms = np.flatnonzero(convex & s.top), np.flatnonzero(convex & ~s.top)
    _, at_top, at_bottom = np.intersect1d(key[tops], key[bottoms], assume_unique=True, return_indices=True)
    tops, bottoms = tops[at_top], bottoms[at_bottom]
    same = ring[tops] == ring[bottoms]
    return tops[same], bottoms[same]


def _regions(
    s: _Segments, runs: _Runs, left: _LeftEdges, following: np.ndarray, ring: np.ndarray, width: int
) -> Tuple[np.ndarray, np.ndarray]:
    """Per segment its region (a shell's ring number), and per run.

    Left of a hole's leftmost edge lies a run of the region; it starts at a left edge of a ring that reaches further
    left: follow those until a shell.
    """
    doubled = np.bincount(ring, np.where(s.top, -1.0, 1.0) * s.y * (s.x1 - s.x0), minlength=len(ring))
    parent = np.arange(len(ring))
    # left edges by (x, y): one search key for all
    height = int(s.y.max()) + 1
    left_key = left.x * height + left.y
    ring_of_left = ring[left.leads_to]

    def ring_at(row: np.ndarray, col: np.ndarray) -> np.ndarray:
        found: np.ndarray = ring_of_left[np.searchsorted(left_key, col * height + row, side="right") - 1]
        return found

    ring_of_run = ring_at(runs.row, runs.col)
    inner = np.flatnonzero(doubled[ring] < 0)
    inner = inner[~s.top[inner]]
    if len(inner):
        inner = inner[np.lexsort((s.x0[inner], ring[inner]))]
        leftmost = inner[np.r_[True, ring[inner][1:] != ring[inner][:-1]]]
        run_key = runs.row * width + runs.col
        beside = s.y[leftmost] * width + s.x0[leftmost] - 1
        run = np.searchsorted(run_key, beside, side="right") - 1
        parent[ring[leftmost]] = ring_of_run[run]
        while True:
            further = parent[parent]
            if (further == parent).all():
                break
            parent = further
    return parent[ring], parent[ring_of_run]


def _assemble(
    s: _Segments,
    runs: _Runs,
    following: np.ndarray,
    ring: np.ndarray,
    region: np.ndarray,
    region_of_run: np.ndarray,
    min_pixels: int,
) -> Outlines:
    size = len(ring)
    pixels = np.bincount(region_of_run, runs.length, minlength=size)
    keep = np.flatnonzero(pixels >= max(1, min_pixels))
    number = np.full(size, -1)
    number[keep] = np.arange(len(keep))
    run_number = number[region_of_run]
    kept = run_number >= 0
    r = run_number[kept]
    length, row, col = runs.length[kept].astype(np.float64), runs.row[kept], runs.col[kept]
    count = np.bincount(r, length, minlength=len(keep))
    mean = np.bincount(r, runs.total[kept], minlength=len(keep)) / count
    centre = np.stack(
        [
            np.bincount(r, length * (col + length / 2), minlength=len(keep)) / count,
            np.bincount(r, length * (row + 0.5), minlength=len(keep)) / count,
        ],
        axis=1,
    )
    members = np.flatnonzero(number[region] >= 0)
    rank = _rank(following, ring, members)
    shell = ring[members] == region[members]
    order = np.lexsort((rank, ring[members], ~shell, number[region[members]]))
    members = members[order]
    rings = ring[members]
    fresh = np.flatnonzero(np.r_[True, rings[1:] != rings[:-1]]) if len(members) else np.zeros(0, np.int64)
    corners = np.diff(np.r_[fresh, len(members)])
    # Each segment gives its two ends; the first point comes again at the end of its ring.
    ring_start = np.r_[0, np.cumsum(2 * corners + 1)]
    vertices = np.empty((int(ring_start[-1]), 2), np.int64)
    at = 2 * np.arange(len(members)) + np.repeat(np.arange(len(fresh)), corners)
    top, x0, x1, y = s.top[members], s.x0[members], s.x1[members], s.y[members]
    vertices[at, 0], vertices[at + 1, 0] = np.where(top, x0, x1), np.where(top, x1, x0)
    vertices[at, 1], vertices[at + 1, 1] = y, y
    vertices[ring_start[1:] - 1] = vertices[ring_start[:-1]]
    of_ring = number[region[members[fresh]]]
    region_start = np.searchsorted(of_ring, np.arange(len(keep) + 1))
    shells = region_start[:-1]
    box = _boxes(vertices, ring_start, shells)
    value = s.value[members[fresh[shells]]]
    return Outlines(value, count.astype(np.int64), mean, centre, box, vertices, ring_start, region_start)


def _boxes(vertices: np.ndarray, ring_start: np.ndarray, shells: np.ndarray) -> np.ndarray:
    if len(vertices) == 0:
        return np.zeros((0, 2))
    low, high = np.minimum.reduceat(vertices, ring_start[:-1]), np.maximum.reduceat(vertices, ring_start[:-1])
    sides: np.ndarray = (high - low)[shells].astype(np.float64)
    return sides


def _rank(following: np.ndarray, ring: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Place of each member on its ring, as minus the steps left to its end; by pointer doubling."""
    place = np.empty(len(following), np.int64)
    place[members] = np.arange(len(members))
    ahead = place[following[members]]
    head = members == ring[members]
    # Steps to the head: pointers stop at the segment whose successor is the head.
    steps = np.where(head[ahead], 0, 1)
    jump = np.where(head[ahead], np.arange(len(members)), ahead)
    active = np.flatnonzero(steps)
    while len(active):
        target = jump[active]
        steps[active], jump[active] = steps[active] + steps[target], jump[target]
        active = active[jump[jump[active]] != jump[active]]
    return -steps
