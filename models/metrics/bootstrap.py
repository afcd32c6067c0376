"""How far a figure may be off by the luck of the sample: percentile bootstrap (Efron 1979), the same for a seed."""

from dataclasses import dataclass
from typing import Callable, Hashable, Optional, Sequence

import numpy as np


@dataclass(frozen=True)
class Interval:
    """``low`` to ``high`` hold the figure with probability ``level``; ``value`` is that of the whole sample."""

    value: float
    low: float
    high: float
    level: float


def interval(
    statistic: Callable[[np.ndarray], float], n: int, groups: Optional[Sequence[Hashable]] = None,
    level: float = 0.95, rounds: int = 1000, seed: int = 0,
) -> Interval:
    """Interval of ``statistic``, which takes (k,) int64 indices into the ``n`` items, some of them repeated.

    ``groups``: one key per item, such as its place; whole groups are then drawn. Tiles of one place are not
    independent, and drawing single tiles gives an interval that is too narrow. Raises ValueError for no item.
    """
    if n < 1 or (groups is not None and len(groups) != n):
        raise ValueError("nothing to draw from, or not one group per item")
    random = np.random.default_rng(seed)
    keys = range(n) if groups is None else groups
    order = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    number = np.array([order[key] for key in keys], np.int64)
    members = [np.flatnonzero(number == each) for each in range(len(order))]
    drawn = [
        float(statistic(np.concatenate([members[each] for each in random.integers(0, len(members), len(members))])))
        for _ in range(rounds)
    ]
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(statistic(np.arange(n))), float(low), float(high), level)


def mean_interval(
    values: Sequence[float], groups: Optional[Sequence[Hashable]] = None,
    level: float = 0.95, rounds: int = 1000, seed: int = 0,
) -> Interval:
    """Interval of the mean of ``values``: an accuracy from its 0s and 1s, CIDEr-D from its answers' values."""
    column = np.asarray(values, np.float64)
    return interval(lambda chosen: float(column[chosen].mean()), len(column), groups, level, rounds, seed)


def difference_interval(
    values: Sequence[float], others: Sequence[float], groups: Optional[Sequence[Hashable]] = None,
    level: float = 0.95, rounds: int = 1000, seed: int = 0,
) -> Interval:
    """Interval of the mean of ``values - others``, item by item: one model against another or a control on the same
    items. Without 0 in it the difference is not luck. Far narrower than two separate intervals suggest."""
    if len(values) != len(others):
        raise ValueError(f"{len(values)} values but {len(others)} others")
    return mean_interval(np.subtract(values, others).tolist(), groups, level, rounds, seed)
