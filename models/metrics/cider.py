"""CIDEr and CIDEr-D (Vedantam et al. 2015): n-grams weighted by how rare they are among the references' images.

Both are returned with the factor 10 inside: 0..10, and papers print that number, or 100 times it. What coco-caption and
nearly every paper call "CIDEr" is ``cider_d``.
"""

import math
from collections import Counter
from dataclasses import dataclass
from typing import Dict, Iterable, List, Optional, Sequence

import numpy as np

from .ngrams import NGram, NGrams, ngrams, require_pairs
from .tokens import Words

ORDER = 4
SIGMA = 6.0


@dataclass(frozen=True)
class DocumentFrequency:
    """In how many of ``images`` each n-gram (1 to 4 words) occurs in at least one reference."""

    images: int
    counts: NGrams

    @classmethod
    def of(cls, references: Iterable[Sequence[Words]]) -> "DocumentFrequency":
        """Counted over the references of each image, as coco-caption does over the evaluated set ("corpus")."""
        counts: NGrams = Counter()
        images = 0
        for given in references:
            images += 1
            counts.update({gram for words in given for n in range(1, ORDER + 1) for gram in ngrams(words, n)})
        return cls(images, counts)

    def weight(self, gram: NGram) -> float:
        """``ln images - ln max(1, count)``: 0 for what every image has. With one image every weight is 0."""
        return math.log(self.images) - math.log(max(1, self.counts[gram]))


def cider(
    answers: Sequence[Words], references: Sequence[Sequence[Words]], frequency: Optional[DocumentFrequency] = None,
) -> np.ndarray:
    """The CIDEr of each answer, (n,) float64, 0..10; the figure is their mean.

    ``10 · mean over n = 1..4 and references of cos(g_n(answer), g_n(reference))``, ``g_n`` = counts × idf. No clipping and
    no length penalty: repeating a rare word pays. ``frequency`` defaults to the given references.
    """
    return _scores(answers, references, frequency, gaming_punished=False)


def cider_d(
    answers: Sequence[Words], references: Sequence[Sequence[Words]], frequency: Optional[DocumentFrequency] = None,
) -> np.ndarray:
    """The CIDEr-D of each answer, (n,) float64, 0..10; the figure is their mean.

    As ``cider``, with the answer's weights clipped to the reference's in the product and each cosine times
    ``exp(-(l_a - l_r)² / (2 · 6²))``. Lengths are counted in word pairs as coco-caption does. Equals coco-caption's
    "CIDEr". Depends on the evaluated set: a subset ("changed only") has other idf weights, a single image scores 0.
    """
    return _scores(answers, references, frequency, gaming_punished=True)


@dataclass(frozen=True)
class _Weighted:
    """The n-grams of one text times their idf, by n, with the vectors' norms and the number of word pairs."""

    vectors: List[Dict[NGram, float]]
    norms: List[float]
    pairs: int


def _scores(
    answers: Sequence[Words], references: Sequence[Sequence[Words]], frequency: Optional[DocumentFrequency],
    gaming_punished: bool,
) -> np.ndarray:
    require_pairs(answers, references)
    table = DocumentFrequency.of(references) if frequency is None else frequency
    scores = np.zeros(len(answers))
    for index, (answer, given) in enumerate(zip(answers, references)):
        mine = _weighted(answer, table)
        each = [_similarity(mine, _weighted(words, table), gaming_punished) for words in given]
        scores[index] = 10.0 * math.fsum(each) / len(each)
    return scores


def _weighted(words: Words, table: DocumentFrequency) -> _Weighted:
    vectors = [
        {gram: count * table.weight(gram) for gram, count in ngrams(words, n).items()} for n in range(1, ORDER + 1)
    ]
    norms = [math.sqrt(math.fsum(value * value for value in vector.values())) for vector in vectors]
    return _Weighted(vectors, norms, max(len(words) - 1, 0))


def _similarity(answer: _Weighted, reference: _Weighted, gaming_punished: bool) -> float:
    total = 0.0
    for mine, theirs, norm, other in zip(answer.vectors, reference.vectors, answer.norms, reference.norms):
        if norm == 0.0 or other == 0.0:
            continue
        shared = (gram for gram in mine if gram in theirs)
        if gaming_punished:
            product = math.fsum(min(mine[gram], theirs[gram]) * theirs[gram] for gram in shared)
        else:
            product = math.fsum(mine[gram] * theirs[gram] for gram in shared)
        total += product / (norm * other)
    if gaming_punished:
        total *= math.exp(-(answer.pairs - reference.pairs) ** 2 / (2 * SIGMA ** 2))
    return total / ORDER
