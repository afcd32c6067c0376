"""How good a tuned class is on tiles that it never saw: ground, presence and number, beside the best constant answers."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Sequence, Tuple

import numpy as np

from ..facts.components import components
from ..facts.runs import RunsBuilder

#: Thresholds that are tried.
THRESHOLDS = tuple(round(0.1 + 0.05 * step, 2) for step in range(17))
#: Fewest pixels of a component that counts.
LEAST = 9


@dataclass(frozen=True)
class Judged:
    """A tile's (H, W) ``scores`` 0..1 and what was ``wanted`` (int8: 1 the class, 0 not, −1 unknown)."""

    scores: np.ndarray
    wanted: np.ndarray

    def marked(self, threshold: float) -> np.ndarray:
        """(H, W) bool of what is known and reaches ``threshold``."""
        return (self.scores >= threshold) & (self.wanted >= 0)


def best_threshold(tiles: Sequence[Judged]) -> float:
    """The threshold with the largest intersection over union of all tiles together, the lowest of equals."""
    return max(THRESHOLDS, key=lambda threshold: (iou(tiles, threshold), -threshold))


def best_floor(tiles: Sequence[Judged], threshold: float, usual: float) -> int:
    """Fewest pixels of a component, LEAST or a part of the ``usual`` smallest one, with the most right presences and
    numbers; the highest of equals, since specks are seldom what was meant."""
    floors = sorted({LEAST, *(max(LEAST, int(usual * part)) for part in (0.125, 0.25, 0.5, 0.75))})
    return max(floors, key=lambda floor: (sum(_answers(tiles, threshold, floor)[:2]), floor))


def iou(tiles: Iterable[Judged], threshold: float) -> float:
    """Intersection over union of what is marked and what is there, over all tiles; 1 if neither is anywhere."""
    both, one = _overlap(tiles, threshold)[:2]
    return both / one if one else 1.0


def measured(tiles: Sequence[Judged], threshold: float, floor: int) -> Dict[str, Any]:
    """JSON-able figures of ``tiles``: ``iou``, ``precision``, ``recall`` of ground; by tile ``presence`` (share of yes-or-no
    answers that are right), ``count`` (of numbers that are), ``count_near`` (off by one at most), with the best answer that
    never looks (``presence_constant``, ``count_constant``). ``vqa``: mean of presence and count, ``vqa_constant`` likewise.
    """
    both, one, marked, there = _overlap(tiles, threshold)
    presence, count, near, truth = _answers(tiles, threshold, floor)
    some = sum(number > 0 for number in truth) / max(len(truth), 1)
    usual = Counter(truth).most_common(1)[0][1] / len(truth) if truth else 0.0
    guess = max(some, 1 - some)
    figures = {
        "iou": both / one if one else 1.0, "precision": both / marked if marked else 0.0,
        "recall": both / there if there else 0.0, "presence": presence, "count": count, "count_near": near,
        "presence_constant": guess, "count_constant": usual, "vqa": (presence + count) / 2, "vqa_constant": (guess + usual) / 2,
    }
    return {**{name: round(float(value), 4) for name, value in figures.items()}, "tiles": len(tiles),
            "tiles_with_class": sum(number > 0 for number in truth)}


def sizes(wanted: Iterable[np.ndarray]) -> List[int]:
    """Pixels of every component of the class in masks as of :class:`Judged`."""
    return [int(pixels) for mask in wanted for pixels in _parts(mask == 1, LEAST)]


def _overlap(tiles: Iterable[Judged], threshold: float) -> Tuple[int, int, int, int]:
    both = one = marked = there = 0
    for tile in tiles:
        found, true = tile.marked(threshold), tile.wanted == 1
        both += int((found & true).sum())
        one += int((found | true).sum())
        marked += int(found.sum())
        there += int(true.sum())
    return both, one, marked, there


def _answers(tiles: Sequence[Judged], threshold: float, floor: int) -> Tuple[float, float, float, List[int]]:
    """Shares of right presences, numbers and near numbers, and the true numbers: what touches counts as one."""
    truth = [len(_parts(tile.wanted == 1, LEAST)) for tile in tiles]
    found = [len(_parts(tile.marked(threshold), floor)) for tile in tiles]
    pairs = list(zip(truth, found))
    whole = max(len(pairs), 1)
    return (sum((a > 0) == (b > 0) for a, b in pairs) / whole, sum(a == b for a, b in pairs) / whole,
            sum(abs(a - b) <= 1 for a, b in pairs) / whole, truth)


def _parts(mask: np.ndarray, floor: int) -> np.ndarray:
    builder = RunsBuilder(mask.shape[1])
    builder.add(mask, np.ones(mask.shape, np.float32), 0)
    return components(builder.runs(), floor).pixels
