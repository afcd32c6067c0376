"""The lines that neighbouring outlines share, found once: what is done to a line is then done on both of its sides."""

from dataclasses import dataclass

import numpy as np

from .lattice import Corners, following


@dataclass(frozen=True)
class Arcs:
    """Lines between the places where more than two meet. Closed lines begin and end at their first place.

    ``place`` (P, 2) int64: distinct places on the lattice in order of (x, y); ``crs`` (P, 2): their coordinates.
    ``path``: numbers of places; line k is ``path[start[k]:start[k + 1]]``, both ends with it.
    Ring r is made of uses ``[ring_start[r], ring_start[r + 1])``: use u goes along line ``line[u]``, the other way round
    where ``back[u]``.
    """

    place: np.ndarray
    crs: np.ndarray
    path: np.ndarray
    start: np.ndarray
    line: np.ndarray
    back: np.ndarray
    ring_start: np.ndarray


def arcs_of(corners: Corners, shared: bool = True) -> Arcs:
    """Divide the rings into lines. ``shared`` False: each ring is a closed line by itself, whatever lies beside it."""
    place, first, of_corner = _distinct(corners.pixel)
    crs = corners.crs[first]
    if not shared:
        return _by_themselves(place, crs, of_corner, corners.start)
    path, start = _with_corners_of_others(place, of_corner, corners.start)
    after = following(start)
    low, high = np.minimum(path, path[after]), np.maximum(path, path[after])
    key = low * len(place) + high
    distinct = np.unique(key)
    degree = np.bincount(np.r_[distinct // len(place), distinct % len(place)], minlength=len(place))
    node = degree[path] != 2
    path, start, key, node = _begun_well(path, start, key, node)
    # Every ring once more with its first place at its end; a break is where a line begins.
    count = np.diff(start)
    closed = np.insert(path, start[1:], path[start[:-1]])
    closed_start = start + np.arange(len(start))
    breaks = np.insert(node, start[1:], True)
    breaks[closed_start[:-1]] = True
    breaks[closed_start[1:] - 1] = True
    at = np.flatnonzero(breaks)
    last = np.searchsorted(at, closed_start[1:] - 1)
    begin = np.delete(np.arange(len(at)), last)
    low_edge, high_edge = at[begin], at[begin + 1]
    ring = np.repeat(np.arange(len(count)), count + 1)[low_edge]
    uses = np.searchsorted(ring, np.arange(len(count) + 1))
    # A line is known by the least of its steps; its two uses go along that step in opposite directions.
    along = closed[:-1], closed[1:]
    steps = np.minimum(*along) * len(place) + np.maximum(*along)
    forward = along[0] < along[1]
    length = high_edge - low_edge
    use_of = np.repeat(np.arange(len(begin)), length)
    spot = np.repeat(low_edge, length) + np.arange(len(use_of)) - np.repeat(np.cumsum(length) - length, length)
    order = np.lexsort((steps[spot], use_of))
    least = spot[order][np.cumsum(length) - length]
    _, master, line = np.unique(steps[least], return_index=True, return_inverse=True)
    back = forward[least] != forward[least[master]][line]
    kept = length[master] + 1
    line_start = np.r_[0, np.cumsum(kept)]
    places = np.repeat(low_edge[master], kept) + np.arange(int(line_start[-1])) - np.repeat(line_start[:-1], kept)
    return Arcs(place, crs, closed[places], line_start, line, back, uses)


def _distinct(pixel: np.ndarray) -> tuple:
    """Distinct rows in order of (x, y), where each stands first, and which each row is."""
    low = pixel.min(axis=0)
    span = int(pixel[:, 1].max() - low[1]) + 1
    key, first, inverse = np.unique(
        (pixel[:, 0] - low[0]) * span + (pixel[:, 1] - low[1]), return_index=True, return_inverse=True
    )
    place = np.stack([key // span + low[0], key % span + low[1]], axis=1)
    return place, first, inverse.reshape(-1)


def _by_themselves(place: np.ndarray, crs: np.ndarray, of_corner: np.ndarray, start: np.ndarray) -> Arcs:
    none = np.zeros(len(of_corner), bool)
    path, start, _, _ = _begun_well(of_corner, start, of_corner, none)
    closed = np.insert(path, start[1:], path[start[:-1]])
    rings = len(start) - 1
    every = np.arange(rings)
    return Arcs(place, crs, closed, start + np.arange(rings + 1), every, np.zeros(rings, bool), np.arange(rings + 1))


def _with_corners_of_others(place: np.ndarray, path: np.ndarray, start: np.ndarray) -> tuple:
    """Rings of places with those corners put in that lie on their edges."""
    after = path[following(start)]
    put_at, put = [np.arange(len(path)) * 1.0], [path]
    for axis in (0, 1):
        # Edges along ``axis``; places on the same line, sorted along it.
        other = 1 - axis
        edge = np.flatnonzero(place[path, other] == place[after, other])
        span = int(place[:, axis].max()) + 2
        key = place[:, other] * span + place[:, axis]
        order = np.argsort(key, kind="stable")
        keys = key[order]
        one, two = key[path[edge]], key[after[edge]]
        low = np.searchsorted(keys, np.minimum(one, two), side="right")
        count = np.searchsorted(keys, np.maximum(one, two), side="left") - low
        of = np.repeat(np.arange(len(edge)), count)
        nth = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
        put.append(order[low[of] + nth])
        share = (nth + 1) / (count[of] + 1)
        put_at.append(edge[of] + np.where(one[of] < two[of], share, 1 - share))
    at, numbers = np.concatenate(put_at), np.concatenate(put)
    sorted_at = np.argsort(at, kind="stable")
    ends = np.searchsorted(at[sorted_at], start)
    return numbers[sorted_at], ends


def _begun_well(path: np.ndarray, start: np.ndarray, key: np.ndarray, node: np.ndarray) -> tuple:
    """Rings turned so that each begins at a node, or at its least place where it has none."""
    count = np.diff(start)
    ring = np.repeat(np.arange(len(count)), count)
    order = np.lexsort((path, ~node, ring))
    turn = order[start[:-1]] - start[:-1]
    spot = np.arange(len(path)) - start[ring] + turn[ring]
    source = start[ring] + spot % count[ring]
    return path[source], start, key[source], node[source]


def rings_of(arcs: Arcs, kept: np.ndarray) -> tuple:
    """(numbers of places, ring start): the rings again, with only the ``kept`` (of ``path``) places, not closed."""
    spots = np.flatnonzero(kept)
    first = np.searchsorted(spots, arcs.start)
    count = np.diff(first)[arcs.line] - 1
    use = np.repeat(np.arange(len(arcs.line)), count)
    nth = np.arange(len(use)) - np.repeat(np.cumsum(count) - count, count)
    line = arcs.line[use]
    forward = first[line] + nth
    backward = first[line + 1] - 1 - nth
    numbers = arcs.path[spots[np.where(arcs.back[use], backward, forward)]]
    return numbers, np.r_[0, np.cumsum(count)][arcs.ring_start]
