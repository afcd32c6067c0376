"""A METEOR-like measure with exact and stem matches only. Not the Java METEOR: never print it as "METEOR".

METEOR 1.5 (coco-caption) also matches synonyms and paraphrases, weights function words and has tuned parameters; NLTK's
METEOR needs WordNet. This one is the formula of Banerjee and Lavie 2005 with their first two matchers, in pure Python.
"""

from typing import List, Sequence, Tuple

from .ngrams import require_pairs
from .porter import stem
from .tokens import Words

#: (position in the answer, position in the reference) of matched words.
Matches = List[Tuple[int, int]]


def meteor_stem(answer: Words, references: Sequence[Words]) -> float:
    """The best value over the references, 0 to just below 1 (SYSTEMS-B 6: "do not compare with the jar's values").

    ``F · (1 - 0.5 (chunks / matches)³)``, ``F = 10 P R / (R + 9 P)``: words match when equal in lower case, then when
    their Porter stems are; a chunk is a run of matches adjacent in both. The same n words score ``1 - 0.5 / n³``.
    """
    require_pairs([answer], [references])
    return max(_score(answer, given) for given in references)


def aligned(answer: Words, reference: Words) -> Matches:
    """Pairs of matched positions, each word used once, by position in the answer.

    As many as possible of the exact ones, then of the stems; longest common runs first, which keeps the chunks few.
    """
    lower = [[word.lower() for word in words] for words in (answer, reference)]
    stems = [[stem(word) for word in words] for words in lower]
    free = ([True] * len(answer), [True] * len(reference))
    return sorted(_tiled(lower[0], lower[1], *free) + _tiled(stems[0], stems[1], *free))


def _score(answer: Words, reference: Words) -> float:
    matches = aligned(answer, reference)
    if not matches:
        return 0.0
    precision, recall = len(matches) / len(answer), len(matches) / len(reference)
    mean = 10 * precision * recall / (recall + 9 * precision)
    chunks = 1 + sum(b != (a[0] + 1, a[1] + 1) for a, b in zip(matches, matches[1:]))
    return mean * (1 - 0.5 * (chunks / len(matches)) ** 3)


def _tiled(first: Words, second: Words, free: List[bool], other: List[bool]) -> Matches:
    """Longest runs of free equal words taken one by one until no word is left; marks them used."""
    matches: Matches = []
    while True:
        length, start, at = _longest_run(first, second, free, other)
        if not length:
            return matches
        for step in range(length):
            free[start + step] = other[at + step] = False
            matches.append((start + step, at + step))


def _longest_run(first: Words, second: Words, free: List[bool], other: List[bool]) -> Tuple[int, int, int]:
    """(length, start in ``first``, start in ``second``) of the longest common run of free words, the first of equals."""
    best = (0, 0, 0)
    lengths = [0] * (len(second) + 1)
    for row, word in enumerate(first):
        for column in range(len(second), 0, -1):
            same = free[row] and other[column - 1] and word == second[column - 1]
            lengths[column] = lengths[column - 1] + 1 if same else 0
            if lengths[column] > best[0]:
                best = (lengths[column], row - lengths[column] + 1, column - lengths[column])
    return best
