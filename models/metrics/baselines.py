"""What an answer without looking reaches: chance and the best constant answer, for the row below every figure."""

from collections import Counter
from math import comb
from typing import Dict, Hashable, List, Sequence, Tuple, TypeVar

import numpy as np

from .boxes import Box
from .retrieval import KS
from .vqa import Answered

Label = TypeVar("Label", bound=Hashable)


def best_constant(truth: Sequence[Label]) -> Tuple[Label, float]:
    """The commonest label and its share, 0..1: the accuracy of always saying it. The first of equally common ones."""
    _require(truth)
    label, times = Counter(truth).most_common(1)[0]
    return label, times / len(truth)


def chance_accuracy(truth: Sequence[Label]) -> float:
    """Expected accuracy of guessing with the labels' own frequencies, ``Σ p²``; 1 / classes where they are equal."""
    _require(truth)
    return sum((times / len(truth)) ** 2 for times in Counter(truth).values())


def constant_by_type(answered: Sequence[Answered]) -> List[Answered]:
    """The same questions, each answered with the commonest truth of its type; give them to ``vqa_figures``."""
    truths: Dict[str, List[str]] = {}
    for each in answered:
        truths.setdefault(each.type, []).append(each.truth)
    common = {name: best_constant(column)[0] for name, column in truths.items()}
    return [Answered(each.type, common[each.type], each.truth) for each in answered]


def best_constant_count(truth: Sequence[int]) -> Dict[str, float]:
    """``mae`` of always saying the median, ``within1`` of the number that most truths are within one of, and that
    number ``within1_answer``. Each is the best its figure allows; no single constant need reach both."""
    _require(truth)
    numbers = np.asarray(truth, np.int64)
    # The best window of three need not be centred on a true value, so every number between the ends is tried.
    shares = {
        value: float((np.abs(numbers - value) <= 1).mean())
        for near in np.unique(numbers).tolist() for value in (near - 1, near, near + 1) if value >= 0
    }
    answer = max(shares, key=lambda value: (shares[value], -value))
    mae = float(np.abs(numbers - np.median(numbers)).mean())
    return {"mae": mae, "within1": shares[answer], "within1_answer": float(answer)}


def chance_recall(owner: np.ndarray, ks: Sequence[int] = KS) -> Dict[str, float]:
    """Expected ``retrieval_figures`` of a random order; ``owner`` (captions,) int, every image 0.. with a caption.

    ``t2i_rk = k / images``; ``i2t_rk`` = mean over images of ``1 - C(N - own, k) / C(N, k)``, N captions.
    """
    own = np.bincount(owner)
    if not len(own) or not own.all():
        raise ValueError("every image needs a caption")
    captions, images = int(own.sum()), len(own)
    figures = {
        f"i2t_r{k}": float(np.mean([1 - comb(captions - int(n), min(k, captions)) / comb(captions, min(k, captions))
                                    for n in own]))
        for k in ks
    }
    figures.update({f"t2i_r{k}": min(k / images, 1.0) for k in ks})
    mean = [float(np.mean([figures[f"{way}_r{k}"] for k in ks])) for way in ("i2t", "t2i")]
    return {**figures, "i2t_mr": mean[0], "t2i_mr": mean[1], "mr": (mean[0] + mean[1]) / 2}


def chance_pointing(truth: Sequence[Box], sizes: Sequence[Tuple[float, float]]) -> float:
    """Expected pointing accuracy of a random point: mean share of the (width, height) that the box covers, 0..1."""
    _require(truth)
    return float(np.mean([(x2 - x1) * (y2 - y1) / (w * h) for (x1, y1, x2, y2), (w, h) in zip(truth, sizes)]))


def most_frequent_caption(captions: Sequence[str]) -> str:
    """The commonest caption of the training set, to be given as the answer to every test image."""
    return best_constant(captions)[0]


def _require(truth: Sequence[object]) -> None:
    if not len(truth):
        raise ValueError("nothing to score")
