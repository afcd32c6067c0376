"""What a user might point at: simulated clicks, boxes and classes with the mask that is meant."""

from typing import List, NamedTuple, Optional

import numpy as np

from ..vision.legend import COVERS, MASK_CLASSES, THINGS
from ..vision.prompts import prompt_maps
from . import labels


class Asked(NamedTuple):
    """``maps`` (3, S/4, S/4); ``classes`` (C,) one-hot or zero; ``mask`` and ``judged`` (S, S) bool."""

    maps: np.ndarray
    classes: np.ndarray
    mask: np.ndarray
    judged: np.ndarray


def one_thing(ids: np.ndarray, number: int, label: int, rng: np.random.Generator) -> Asked:
    """The visible pixels of thing ``number``, asked for by clicks or by a box drawn by hand; its class sometimes said."""
    mask = ids == number
    rows, cols = np.nonzero(mask)
    kind = rng.random()
    inside, outside, box = [], [], None
    if kind < 0.6:
        for pick in rng.integers(0, len(rows), int(rng.choice((1, 1, 1, 2, 3)))):
            inside.append((cols[pick] + rng.uniform(0, 1), rows[pick] + rng.uniform(0, 1)))
        if rng.random() < 0.4:
            outside = _beside(mask, rng)
    if kind >= 0.6 or rng.random() < 0.1:
        x0, y0, x1, y1 = cols.min(), rows.min(), cols.max() + 1, rows.max() + 1
        slack = rng.normal(0, 0.06, 4) * np.array([x1 - x0, y1 - y0, x1 - x0, y1 - y0]) + rng.uniform(-1, 1, 4)
        box = tuple(np.array([x0, y0, x1, y1]) + slack)
    classes = np.zeros(len(MASK_CLASSES), np.float32)
    if rng.random() < 0.4:
        classes[MASK_CLASSES.index(THINGS[label])] = 1.0
    return Asked(prompt_maps(mask.shape, inside, outside, box), classes, mask, np.ones(mask.shape, bool))


def _beside(mask: np.ndarray, rng: np.random.Generator) -> list:
    """A click near the thing but not on it."""
    rows, cols = np.nonzero(mask)
    reach = 0.5 * max(np.ptp(rows), np.ptp(cols)) + 8
    for _ in range(8):
        y, x = rows.mean() + rng.normal(0, reach), cols.mean() + rng.normal(0, reach)
        if 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1] and not mask[int(y), int(x)]:
            return [(x, y)]
    return []


def one_class(ids: np.ndarray, roster: np.ndarray, complete: np.ndarray, label: np.ndarray, rng: np.random.Generator
              ) -> Optional[Asked]:
    """Every pixel of a class, present or (as often as chance has it) absent; None where the crop cannot tell."""
    pick = int(rng.integers(len(MASK_CLASSES)))
    name = MASK_CLASSES[pick]
    if rng.random() < 0.6:  # rather one that is there
        there: List[str] = [THINGS[k] for k in np.unique(roster[np.unique(ids)]) if k < len(THINGS)]
        there += [cover for bit, cover in enumerate(COVERS) if (label == 1 << bit).any()]
        if there:
            name = str(rng.choice(there))
            pick = MASK_CLASSES.index(name)
    if name in COVERS:
        bit = np.uint8(1 << COVERS.index(name))
        mask = label == bit
        judged = mask | ((label & bit) == 0)
    elif complete[THINGS.index(name)]:
        mask = np.append(roster, np.full(256 - len(roster), 255, np.uint8))[np.minimum(ids, 255)] == THINGS.index(name)
        judged = np.ones(mask.shape, bool)
    else:
        return None
    if judged.mean() < 0.05 or (label == labels.UNKNOWN).mean() > 0.95 and name in COVERS:
        return None
    classes = np.zeros(len(MASK_CLASSES), np.float32)
    classes[pick] = 1.0
    return Asked(prompt_maps(mask.shape), classes, mask, judged)
