"""BLEU (Papineni et al. 2002): clipped n-gram precision with a penalty for short answers. 0..1; papers print × 100."""

import math
from collections import Counter
from typing import List, Sequence, Tuple

from .ngrams import NGrams, ngrams, require_pairs
from .tokens import Words

#: Weights of 1-gram to n-gram precision for BLEU-1..4 as published: the geometric mean.
EVEN: Tuple[Tuple[float, ...], ...] = tuple((1.0 / n,) * n for n in range(1, 5))
#: What RS-RAG's script passes to NLTK: BLEU-3 adds up to 0.99, a little above the true one (SYSTEMS-B 2.3).
RS_RAG: Tuple[Tuple[float, ...], ...] = ((1.0,), (0.5, 0.5), (0.33, 0.33, 0.33), (0.25, 0.25, 0.25, 0.25))


def corpus_bleu(answers: Sequence[Words], references: Sequence[Sequence[Words]], order: int = 4) -> List[float]:
    """BLEU-1..``order`` over all answers together, 0..1, as coco-caption prints them.

    ``BLEU-n = BP · (p_1 … p_n)^(1/n)``, ``p_n`` = clipped n-grams of all answers / n-grams of all answers, each n-gram
    clipped to its largest count in one reference; ``BP = exp(min(0, 1 - r / c))``, ``r`` the sum of the reference
    lengths closest to each answer (the shorter one on a tie), ``c`` the length of all answers. It is not the mean of
    sentence BLEUs. 0 where one precision is 0. Raises ValueError for nothing to score.
    """
    require_pairs(answers, references)
    right, all_ = [0] * order, [0] * order
    answered = wanted = 0
    for answer, given in zip(answers, references):
        answered += len(answer)
        wanted += closest_length(len(answer), given)
        for n in range(order):
            matches, whole = _clipped(answer, given, n + 1)
            right[n] += matches
            all_[n] += whole
    penalty = brevity_penalty(answered, wanted)
    figures: List[float] = []
    log_sum = 0.0
    for n in range(order):
        if right[n] == 0:
            return figures + [0.0] * (order - n)
        log_sum += math.log(right[n] / all_[n])
        figures.append(penalty * math.exp(log_sum / (n + 1)))
    return figures


def sentence_bleu(answer: Words, references: Sequence[Words], weights: Sequence[float] = EVEN[3]) -> float:
    """BLEU of one answer, 0..1, as NLTK with smoothing "method1" (RS-RAG; SYSTEMS-B 2.3).

    A precision of 0 becomes 0.1 / n-grams (at least 1), so an answer with one right word is above 0 for every n. 0
    when no word is right. ``weights`` need not add up to 1: RS-RAG's BLEU-3 does not.
    """
    require_pairs([answer], [references])
    right, whole = _clipped(answer, references, 1)
    if right == 0:
        return 0.0
    log_sum = weights[0] * math.log(right / whole)
    for n, weight in enumerate(weights[1:], 2):
        right, whole = _clipped(answer, references, n)
        log_sum += weight * math.log((right or 0.1) / max(whole, 1))
    return brevity_penalty(len(answer), closest_length(len(answer), references)) * math.exp(log_sum)


def mean_sentence_bleu(
    answers: Sequence[Words], references: Sequence[Sequence[Words]],
    weights: Sequence[Sequence[float]] = EVEN,
) -> List[float]:
    """The means of ``sentence_bleu`` over all answers, one for each of ``weights``."""
    require_pairs(answers, references)
    return [
        math.fsum(sentence_bleu(answer, given, each) for answer, given in zip(answers, references)) / len(answers)
        for each in weights
    ]


def closest_length(length: int, references: Sequence[Words]) -> int:
    """The reference length nearest to ``length``; the shorter of two that are equally near."""
    return min((abs(len(given) - length), len(given)) for given in references)[1]


def brevity_penalty(answered: int, wanted: int) -> float:
    """1 for answers at least as long as wanted, else ``exp(1 - wanted / answered)``; 0 for no word at all."""
    if answered >= wanted:
        return 1.0
    return math.exp(1.0 - wanted / answered) if answered else 0.0


def _clipped(answer: Words, references: Sequence[Words], n: int) -> Tuple[int, int]:
    """(n-grams of the answer that a reference has as often, n-grams of the answer)."""
    found = ngrams(answer, n)
    allowed: NGrams = Counter()
    for given in references:
        allowed |= ngrams(given, n)
    return sum((found & allowed).values()), sum(found.values())
