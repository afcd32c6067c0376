"""ROUGE-L (Lin 2004): the longest common subsequence of words, in the two forms that papers print. 0..1."""

from typing import Sequence

from .ngrams import require_pairs
from .tokens import Words

#: Recall counts 1.44 times as much as precision (coco-caption).
BETA = 1.2


def rouge_l(answer: Words, references: Sequence[Words], beta: float = BETA) -> float:
    """coco-caption's ROUGE-L of one answer, 0..1.

    ``F = (1 + β²) P R / (R + β² P)`` with P the best ``lcs / |answer|`` and R the best ``lcs / |reference|`` over all
    references. P and R may come from different references: a value above that of every single reference is possible.
    """
    require_pairs([answer], [references])
    lengths = [(lcs_length(answer, given), len(given)) for given in references]
    precision = max(common for common, _ in lengths) / len(answer) if len(answer) else 0.0
    recall = max(common / size if size else 0.0 for common, size in lengths)
    if precision == 0.0 or recall == 0.0:
        return 0.0
    return (1 + beta ** 2) * precision * recall / (recall + beta ** 2 * precision)


def rouge_l_f1(answer: Words, references: Sequence[Words]) -> float:
    """The best F1 over the references, 0..1, as the package rouge_score (RS-RAG; SYSTEMS-B 2.3).

    Use with ``rouge_words``. Differs from ``rouge_l`` in beta, stemming and in taking one reference for P and R.
    """
    require_pairs([answer], [references])
    return max(2 * lcs_length(answer, given) / (len(answer) + len(given) or 1) for given in references)


def lcs_length(first: Words, second: Words) -> int:
    """Length of the longest common subsequence (order kept, gaps allowed); O(n · m)."""
    row = [0] * (len(second) + 1)
    for word in first:
        corner = 0
        for column, other in enumerate(second, 1):
            above = row[column]
            row[column] = corner + 1 if word == other else max(above, row[column - 1])
            corner = above
    return row[-1]
