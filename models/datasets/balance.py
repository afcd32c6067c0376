"""Questions with their truth, and an even choice among them: yes as often as no, small numbers no more than large ones."""

from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple

import numpy as np

from .chip import Turn

#: Numbers are kept at most this many times as often as the middle one.
_CROWDED = 1.5


@dataclass(frozen=True)
class Posed:
    """A turn, what it is about (task and label) and the truth in one word: "yes", "no", "3", "red"; "" has no balance."""

    turn: Turn
    about: Tuple[str, str]
    truth: str = ""


def balanced(posed: Sequence[Posed], rng: np.random.Generator) -> List[Posed]:
    """A subset in the same order. Of each (task, label): as many "yes" as "no"; of each count task an even spread of n.

    A label that is only ever present (or absent) loses its yes/no questions: they would teach to answer without looking.
    """
    kept = np.ones(len(posed), bool)
    for group in _groups(posed, yes_no=True).values():
        fewest = min(len(group.get(word, ())) for word in ("yes", "no"))
        for indices in group.values():
            _drop(kept, indices, fewest, rng)
    for group in _groups(posed, yes_no=False).values():
        middle = float(np.median([len(indices) for indices in group.values()]))
        for indices in group.values():
            _drop(kept, indices, max(1, int(_CROWDED * middle)), rng)
    return [item for item, keep in zip(posed, kept) if keep]


def _groups(posed: Sequence[Posed], yes_no: bool) -> Dict[Tuple[str, ...], Dict[str, List[int]]]:
    """Indices by group and truth: of yes/no questions by task and label, of counts by task."""
    found: Dict[Tuple[str, ...], Dict[str, List[int]]] = {}
    for i, item in enumerate(posed):
        fits = item.truth in ("yes", "no") if yes_no else item.truth.isdigit()
        if fits:
            key = item.about if yes_no else item.about[:1]
            found.setdefault(key, {}).setdefault(item.truth, []).append(i)
    return found


def _drop(kept: np.ndarray, indices: Sequence[int], most: int, rng: np.random.Generator) -> None:
    if len(indices) > most:
        kept[rng.choice(np.asarray(indices), len(indices) - most, replace=False)] = False
