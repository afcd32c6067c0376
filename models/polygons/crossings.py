"""Which straight lines meet, and which closed stretches hold a place: in whole numbers, without rounding."""

from typing import Iterator, Tuple

import numpy as np

from .pairs import meeting_boxes, points_in_boxes


def meeting_segments(one: np.ndarray, two: np.ndarray, ends: np.ndarray) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Pairs of segments ``one`` (N, 2) to ``two`` (N, 2) that have more in common than an end.

    ``ends`` (N, 2): numbers of the places they run between. Segments that share an end meet if they run the same way.
    """
    for i, j in meeting_boxes(np.minimum(one, two), np.maximum(one, two)):
        hit = _meet(one[i], two[i], one[j], two[j], ends[i], ends[j])
        if hit.any():
            yield i[hit], j[hit]


def turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Twice the signed area of each triangle."""
    doubled: np.ndarray = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return doubled


def _meet(
    p: np.ndarray, q: np.ndarray, r: np.ndarray, s: np.ndarray, of_one: np.ndarray, of_two: np.ndarray
) -> np.ndarray:
    shared = (of_one[:, :, None] == of_two[:, None, :]).reshape(-1, 4)
    apart = ~shared.any(axis=1)
    # The boxes meet, so lines that touch or cross are told by the sides their ends lie on.
    sides = np.sign(turn(p, q, r)), np.sign(turn(p, q, s)), np.sign(turn(r, s, p)), np.sign(turn(r, s, q))
    meet = apart & (sides[0] * sides[1] <= 0) & (sides[2] * sides[3] <= 0)
    some = np.flatnonzero(~apart)
    if len(some):
        # From the common end outwards: the same direction means that one lies on the other.
        which = np.argmax(shared[some], axis=1)
        first, second = which // 2, which % 2
        here = np.where((first == 0)[:, None], p[some], q[some])
        away = np.where((first == 0)[:, None], q[some], p[some])
        other = np.where((second == 0)[:, None], s[some], r[some])
        straight = turn(here, away, other) == 0
        same_way = ((away - here) * (other - here)).sum(axis=1) > 0
        meet[some] = (straight & same_way) | (shared[some].sum(axis=1) > 1)
    return meet


def swallowed_places(
    place: np.ndarray, path: np.ndarray, first: np.ndarray, last: np.ndarray, there: np.ndarray
) -> np.ndarray:
    """Numbers of the stretches ``path[first..last]`` that, closed by their chord, hold one of the places ``there``.

    Places of the stretch itself do not count.
    """
    if len(first) == 0:
        return np.zeros(0, np.int64)
    count = last - first + 1
    begin = np.cumsum(count) - count
    of = np.repeat(np.arange(len(first)), count)
    spots = place[path[first[of] + np.arange(len(of)) - begin[of]]]
    low, high = np.minimum.reduceat(spots, begin), np.maximum.reduceat(spots, begin)
    held = np.zeros(len(first), bool)
    for stretch, point in points_in_boxes(low, high, place[there]):
        held[stretch[_inside(place, path, first, last, stretch, there[point])]] = True
    return np.flatnonzero(held)


def _inside(
    place: np.ndarray, path: np.ndarray, first: np.ndarray, last: np.ndarray, stretch: np.ndarray, point: np.ndarray
) -> np.ndarray:
    """(pairs,) bool by the even-odd rule; False for places of the stretch."""
    inside = np.zeros(len(stretch), bool)
    if len(stretch) == 0:
        return inside
    count = last[stretch] - first[stretch] + 1
    pair = np.repeat(np.arange(len(stretch)), count)
    begin = np.cumsum(count) - count
    nth = np.arange(len(pair)) - begin[pair]
    spot = first[stretch[pair]] + nth
    after = np.where(nth + 1 == count[pair], first[stretch[pair]], spot + 1)
    a, b, c = place[path[spot]], place[path[after]], place[point[pair]]
    own = np.logical_or.reduceat(path[spot] == point[pair], begin)
    spans = (a[:, 1] > c[:, 1]) != (b[:, 1] > c[:, 1])
    side = turn(a, b, c)
    left = spans & ((side > 0) == (b[:, 1] > a[:, 1]))
    inside = np.logical_xor.reduceat(left, begin) & ~own
    return inside
