"""Counts of word sequences, and the check every text measure starts with."""

from collections import Counter
from typing import Counter as CounterOf
from typing import Sequence, Sized, Tuple

NGram = Tuple[str, ...]
NGrams = CounterOf[NGram]


def ngrams(words: Sequence[str], n: int) -> NGrams:
    """How often each sequence of ``n`` words occurs; empty when there are fewer words."""
    return Counter(tuple(words[start:start + n]) for start in range(len(words) - n + 1))


def require_pairs(answers: Sized, references: Sequence[Sized]) -> None:
    """Raise ValueError unless there is at least one answer and each has at least one reference."""
    if len(answers) != len(references):
        raise ValueError(f"{len(answers)} answers but {len(references)} sets of references")
    if not len(answers):
        raise ValueError("nothing to score")
    if not all(len(each) for each in references):
        raise ValueError("an answer has no reference")
