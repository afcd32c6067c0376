"""What became of what between two dates: change scores and two cover maps read once into labelled components."""

from dataclasses import dataclass, replace
from typing import Dict, List, Mapping, Optional, Tuple, Union

import numpy as np

from ..cancel import CancelToken
from ..imagery.grid import Grid
from .cells import CellFrame
from .components import Components, components
from .region_rows import RegionRows
from .runs import Runs, RunsBuilder
from .specks import SpeckFilter
from .survey import STEP, ScoreReader, bands

#: Covers whose coming or going makes one object, whatever was there before: a house on grass and soil is one house.
OBJECTS = ("building", "water")
#: Pixels read at once: of each come some twenty scores, and as many numbers in between.
_BAND_PIXELS = 1 << 18


@dataclass(frozen=True)
class Changes:
    """The changed parts of a region, largest first, each with the cover it was and the cover it became.

    ``valid_pixels``: known on both dates. ``before``/``after``: valid pixels by cover on each date (threshold reached).
    """

    grid: Grid
    frame: CellFrame
    labels: Tuple[str, ...]
    region_pixels: int
    valid_pixels: int
    parts: Components
    was: Tuple[str, ...]
    became: Tuple[str, ...]
    before: Dict[str, int]
    after: Dict[str, int]

    def only(self, chosen: np.ndarray) -> "Changes":
        """The same with only the parts of the boolean (n,) ``chosen``."""
        was, became = (tuple(name for name, wanted in zip(names, chosen) if wanted) for names in (self.was, self.became))
        return replace(self, parts=self.parts.keep(chosen), was=was, became=became)


def find_changes(
    change: ScoreReader,
    before: ScoreReader,
    after: ScoreReader,
    inside: Optional[Union[np.ndarray, RegionRows]] = None,
    threshold: float = 0.5,
    min_pixels: Optional[Mapping[str, int]] = None,
    cover_thresholds: Optional[Mapping[str, float]] = None,
    cancel: Optional[CancelToken] = None,
    frame: Optional[CellFrame] = None,
) -> Changes:
    """Changed components where ``inside``; pixels unknown on either date are never changed and never unchanged.

    ``change`` has one score per cover of ``before`` and ``after`` (present on exactly one date), then "any".
    """
    grid, labels = before.grid, tuple(before.labels)
    kinds = len(labels)
    limits = np.array([float((cover_thresholds or {}).get(name, 0.5)) for name in labels], np.float32)
    floors = dict(min_pixels or {})
    smallest = min((floors.get(name, 1) for name in labels), default=1)
    builder, specks = RunsBuilder(grid.width), SpeckFilter(grid.width, smallest)
    region = valid = 0
    present = np.zeros((2, kinds), np.int64)
    for window in bands(grid, _BAND_PIXELS):
        if cancel is not None:
            cancel.raise_if_cancelled()
        moved, was, now = change.read(window), before.read(window), after.read(window)
        part = np.ones(moved.shape[1:], bool) if inside is None else inside[window.row:window.row + window.height]
        known = part & ~(np.isnan(moved).any(axis=0) | np.isnan(was).any(axis=0) | np.isnan(now).any(axis=0))
        region, valid = region + int(part.sum()), valid + int(known.sum())
        strength = np.where(known, moved.max(axis=0), 0)
        for date, scores in enumerate((was, now)):
            relative = np.where(known, scores / limits[:, None, None], 0)
            winner = relative.argmax(axis=0)
            reached = relative.max(axis=0) >= 1 - STEP
            present[date] += np.bincount(winner[reached], minlength=kinds)
        changed = known & (strength >= threshold - STEP)
        # Most ground has not changed: what became of it need not be worked out.
        there = [scores[:kinds, changed][:, None] for scores in (moved, was, now)]
        start, end = from_to(there[0], there[1], there[2], threshold)
        code = np.zeros(changed.shape, np.int64)
        code[changed] = (start * kinds + end)[0]
        band = RunsBuilder(grid.width)
        band.add(changed, strength, window.row, code)
        builder.add_runs(specks.passed(band.runs(), window.row + window.height - 1))
    runs = builder.runs()
    parts, codes = _events(runs.take(runs.order()), labels, smallest, cancel)
    least = np.array([_floor(labels[c // kinds], labels[c % kinds], floors) for c in codes], np.int64)
    big = parts.pixels >= least if len(parts) else np.zeros(0, bool)
    codes = codes[big]
    return Changes(
        grid, frame or CellFrame.around(grid, inside), labels, region, valid, parts.keep(big),
        tuple(labels[c // kinds] for c in codes), tuple(labels[c % kinds] for c in codes),
        dict(zip(labels, map(int, present[0]))), dict(zip(labels, map(int, present[1]))),
    )


def from_to(moved: np.ndarray, was: np.ndarray, now: np.ndarray, threshold: float) -> Tuple[np.ndarray, np.ndarray]:
    """(h, w) cover indices of both dates for changed pixels; all inputs (K, h, w). Swapping the dates swaps the result.

    The cover that the change head names most strongly came or went, by the sign of its scores; the other date shows
    the best other cover. Where the head names none above ``threshold`` the two cover maps speak for themselves.
    """
    moved, was, now = (np.where(np.isnan(x), 0, x) for x in (moved, was, now))
    named = moved.argmax(axis=0)
    strong = moved.max(axis=0) >= threshold - STEP
    first, last = was.argmax(axis=0), now.argmax(axis=0)
    rise = _pick(now, named) - _pick(was, named)
    decide = (strong | (first == last)) & (rise != 0)
    other_was, other_now = _best_but(was, named), _best_but(now, named)
    start = np.where(decide, np.where(rise > 0, other_was, named), first)
    end = np.where(decide, np.where(rise > 0, named, other_now), last)
    return start, end


def _pick(scores: np.ndarray, index: np.ndarray) -> np.ndarray:
    return np.take_along_axis(scores, index[None], axis=0)[0]


def _best_but(scores: np.ndarray, index: np.ndarray) -> np.ndarray:
    """The index of the largest score other than ``index``."""
    rest = scores.copy()
    np.put_along_axis(rest, index[None], -1.0, axis=0)
    return rest.argmax(axis=0)


def _events(
    runs: Runs, labels: Tuple[str, ...], smallest: int, cancel: Optional[CancelToken]
) -> Tuple[Components, np.ndarray]:
    """Components of like change of at least ``smallest`` pixels, largest first, and the commonest code (from × K + to)."""
    kinds = len(labels)
    group = np.array([_group(labels[c // kinds], labels[c % kinds], c) for c in range(kinds * kinds)])
    found: List[Components] = []
    codes: List[np.ndarray] = []
    own = group[runs.value] if len(runs) else np.zeros(0, np.int64)
    for number in np.unique(own):
        if cancel is not None:
            cancel.raise_if_cancelled()
        parts = components(runs.take(own == number), smallest)
        if not len(parts):
            continue
        tally = np.bincount(
            parts.label * kinds * kinds + parts.runs.value, parts.runs.length, len(parts) * kinds * kinds
        )
        found.append(parts)
        codes.append(tally.reshape(len(parts), kinds * kinds).argmax(axis=1))
    if not found:
        return components(runs.take(np.zeros(len(runs), bool))), np.zeros(0, np.int64)
    return _joined(found, np.concatenate(codes))


def _joined(found: List[Components], codes: np.ndarray) -> Tuple[Components, np.ndarray]:
    """One numbering over all ``found``, largest first, runs sorted by row and column."""
    shifts = np.cumsum([0] + [len(parts) for parts in found[:-1]])
    label = np.concatenate([parts.label + shift for parts, shift in zip(found, shifts)])
    width = found[0].runs.width
    runs = Runs(width, *(
        np.concatenate([getattr(parts.runs, name) for parts in found])
        for name in ("row", "start", "stop", "weight", "value")
    ))
    pixels, score, col, row = (
        np.concatenate([getattr(parts, name) for parts in found]) for name in ("pixels", "score", "col", "row")
    )
    order = np.lexsort((col, row, -pixels))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    place = np.argsort(runs.row * (width + 1) + runs.start, kind="stable")
    joined = Components(
        runs.take(place), rank[label][place], pixels[order], score[order], col[order], row[order]
    )
    return joined, codes[order]


def _group(was: str, became: str, code: int) -> int:
    """Negative numbers for the coming and going of objects, else the code itself."""
    for i, name in enumerate(OBJECTS):
        if (was == name) != (became == name):
            return -2 * i - (1 if became == name else 2)
    return code


def _floor(was: str, became: str, floors: Mapping[str, int]) -> int:
    """The larger of the two covers' floors, but an object's own floor where one came or went."""
    for name in OBJECTS:
        if name in (was, became):
            return floors.get(name, 1)
    return max(floors.get(was, 1), floors.get(became, 1))
