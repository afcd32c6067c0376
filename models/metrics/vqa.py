"""Accuracy of short answers by type of question, and the two averages papers print. 0..1."""

from dataclasses import dataclass
from typing import Any, Collection, Dict, List, Sequence

import numpy as np

from .decisions import balanced

#: RSVQA papers print neither: counts are ranges (LR) or have no fixed set of answers, areas are ranges (SYSTEMS-A 7.2).
RSVQA_EXCLUDED = ("count", "area")


@dataclass(frozen=True)
class Answered:
    """One question: its ``type`` as the data set names it, what was answered and what is right."""

    type: str
    found: str
    truth: str


def plain(answer: str) -> str:
    """Lower case without outer white space and a closing full stop: "Yes." is "yes". Nothing else is forgiven."""
    return answer.strip().lower().rstrip(".").rstrip()


def vqa_figures(answered: Sequence[Answered], excluded: Collection[str] = ()) -> Dict[str, Any]:
    """``overall``, ``average``, ``by_type`` and ``n`` by type, of the types not ``excluded`` (SYSTEMS-A 4.6, 7.2).

    ``overall``: share of right questions, ruled by the commonest type. ``average``: mean of the types' shares, which
    RSVQA calls average accuracy. They differ by points as soon as types are unequally common. Raises ValueError if no
    question remains.
    """
    kept = [each for each in answered if each.type not in excluded]
    if not kept:
        raise ValueError("no question to score")
    right: Dict[str, List[bool]] = {}
    for each in kept:
        right.setdefault(each.type, []).append(plain(each.found) == plain(each.truth))
    by_type = {name: float(np.mean(column)) for name, column in sorted(right.items())}
    return {
        "overall": float(np.mean([hit for column in right.values() for hit in column])),
        "average": float(np.mean(list(by_type.values()))),
        "by_type": by_type,
        "n": {name: len(column) for name, column in sorted(right.items())},
    }


def balanced_presence(answered: Sequence[Answered], name: str = "presence") -> float:
    """Mean of the shares right among true "yes" and among true "no": 0.5 for a constant answer, 0..1.

    An answer that is neither is wrong. Raises ValueError without a question of type ``name``.
    """
    chosen = [each for each in answered if each.type == name]
    return balanced([plain(each.found) for each in chosen], [plain(each.truth) for each in chosen])
