"""Numbers of objects: absolute and relative errors, share within one."""

from typing import Dict, Optional, Sequence

import numpy as np


def count_figures(found: Sequence[Optional[float]], truth: Sequence[int]) -> Dict[str, float]:
    """Figures of counts (SYSTEMS-B 1.6); ``truth`` >= 0, None is an answer without a number.

    ``mae``, ``rmse``: over all items, an answer without a number counted as 0 (and wrong even where the truth is 0).
    ``exact``, ``within1``: share of items with error 0, at most 1. ``relative``, ``relative_median``: mean and median of
    ``|found - truth| / truth`` over items with truth > 0, 0 without any: the share of zeros in a set, which rules MAE, is
    not in them. ``bias``: mean of found - truth. ``answered``: share with a number. Raises ValueError for nothing.
    """
    if len(found) != len(truth):
        raise ValueError(f"{len(found)} answers but {len(truth)} truths")
    if not len(truth):
        raise ValueError("nothing to score")
    answered = np.array([value is not None for value in found])
    values = np.array([0.0 if value is None else float(value) for value in found])
    true = np.asarray(truth, np.float64)
    error = np.abs(values - true)
    some = true > 0
    relative = error[some] / true[some]
    return {
        "mae": float(error.mean()),
        "rmse": float(np.sqrt((error ** 2).mean())),
        "bias": float((values - true).mean()),
        "exact": float(((error == 0) & answered).mean()),
        "within1": float(((error <= 1) & answered).mean()),
        "relative": float(relative.mean()) if some.any() else 0.0,
        "relative_median": float(np.median(relative)) if some.any() else 0.0,
        "answered": float(answered.mean()),
    }
