"""Sets of named cells, as ChangeChat's "where did it change" asks for, with both readings of two empty sets."""

from typing import AbstractSet, Dict, Sequence


def cell_figures(found: Sequence[AbstractSet[str]], truth: Sequence[AbstractSet[str]], cells: int = 9) -> Dict[str, float]:
    """Figures of one class, 0..1 (SYSTEMS-B 1.6); ``found[i]``, ``truth[i]``: the cells of item i, of ``cells`` in all.

    ``precision``, ``recall``, ``f1``: over all cells of all items (micro); nothing to divide by is 0. ``subset``: share of
    items with exactly the true set, empty against empty being right. ``hamming``: share of wrong cells.
    ``jaccard``: mean of ``|both| / |either|`` with two empty sets as **0**, as sklearn's average="samples" has it: what
    DeltaVLM prints, why its Jaccard is 14 beside an F1 of 68 where most pairs are unchanged. ``jaccard_empty_right``:
    the same with two empty sets as 1. ``jaccard_changed``: mean over items with a true cell. Raises ValueError for
    nothing to score.
    """
    if len(found) != len(truth):
        raise ValueError(f"{len(found)} answers but {len(truth)} truths")
    if not len(truth):
        raise ValueError("nothing to score")
    both = [len(a & b) for a, b in zip(found, truth)]
    either = [len(a | b) for a, b in zip(found, truth)]
    said, true = sum(map(len, found)), sum(map(len, truth))
    changed = [x / y for x, y, wanted in zip(both, either, truth) if wanted]
    return {
        "precision": sum(both) / said if said else 0.0,
        "recall": sum(both) / true if true else 0.0,
        "f1": 2 * sum(both) / (said + true) if said + true else 0.0,
        "subset": sum(x == y for x, y in zip(both, either)) / len(truth),
        "hamming": (sum(either) - sum(both)) / (cells * len(truth)),
        "jaccard": sum(x / y for x, y in zip(both, either) if y) / len(truth),
        "jaccard_empty_right": sum(x / y if y else 1.0 for x, y in zip(both, either)) / len(truth),
        "jaccard_changed": sum(changed) / len(changed) if changed else 0.0,
    }
