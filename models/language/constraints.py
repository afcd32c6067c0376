"""What the decoder may write next: one of some answers, a given beginning, slots of labels that facts know.

Each is asked before every token with what was written so far (``decoding.Constraint``).
"""

from typing import Dict, FrozenSet, Iterable, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from .bpe import ANSWERED, EOS, SLOT_END, SLOT_OPENERS, SPECIALS, VOCABULARY, BytePairs
from .decoding import Constraint

_STOP = SPECIALS.index(EOS)
Ids = Tuple[int, ...]


class Choices:
    """Token sequences as a tree of what may follow each beginning."""

    def __init__(self, sequences: Iterable[Sequence[int]]) -> None:
        self._next: Dict[Ids, FrozenSet[int]] = {}
        found: Dict[Ids, set] = {}
        for sequence in sequences:
            for i, token in enumerate(sequence):
                found.setdefault(tuple(sequence[:i]), set()).add(token)
        self._next = {start: frozenset(tokens) for start, tokens in found.items()}

    def after(self, start: Sequence[int]) -> Optional[FrozenSet[int]]:
        """The tokens that may follow ``start``; None if nothing goes on from it."""
        return self._next.get(tuple(start))


class OneOf:
    """Exactly one of ``answers`` and then the end. Raises ValueError without any."""

    def __init__(self, coder: BytePairs, answers: Sequence[str]) -> None:
        if not answers:
            raise ValueError("a choice of nothing")
        self._choices = Choices([[*coder.encode(answer, ANSWERED), _STOP] for answer in answers])

    def allowed(self, written: Sequence[int]) -> Optional[np.ndarray]:
        """See ``decoding.Constraint``."""
        return only(self._choices.after(written) or ())


class Beginning:
    """``text`` word for word, then what ``after`` allows of the rest."""

    def __init__(self, coder: BytePairs, text: str, after: Optional[Constraint] = None) -> None:
        self._ids, self._after = coder.encode(text, ANSWERED), after

    def allowed(self, written: Sequence[int]) -> Optional[np.ndarray]:
        """See ``decoding.Constraint``."""
        if len(written) < len(self._ids):
            return only([self._ids[len(written)]])
        return None if self._after is None else self._after.allowed(written[len(self._ids):])


class Without:
    """Never one of ``tokens``, in the first ``until`` tokens or at all (None)."""

    def __init__(self, tokens: Iterable[int], until: Optional[int] = None) -> None:
        self._mask = ~only(tokens)
        self._until = until

    def allowed(self, written: Sequence[int]) -> Optional[np.ndarray]:
        """See ``decoding.Constraint``."""
        return self._mask if self._until is None or len(written) < self._until else None


class Slots:
    """Slots open only for kinds that have labels, and hold one of them: every slot written can be filled.

    ``labels``: by kind ("n", "share", "area", "cell"), see ``prompting.slot_labels``.
    """

    def __init__(self, coder: BytePairs, labels: Mapping[str, Iterable[str]]) -> None:
        self._end = coder.id(SLOT_END)
        self._inside: Dict[int, Choices] = {}
        for opener in SLOT_OPENERS:
            known = list(labels.get(opener[1:-1], ()))
            if known:
                self._inside[coder.id(opener)] = Choices([coder.encode(label + SLOT_END) for label in known])
        self._openers = frozenset(coder.id(opener) for opener in SLOT_OPENERS)
        self._outside = ~only(self._openers - self._inside.keys())

    def allowed(self, written: Sequence[int]) -> Optional[np.ndarray]:
        """See ``decoding.Constraint``."""
        for i in range(len(written) - 1, -1, -1):
            if written[i] == self._end:
                break
            if written[i] in self._openers:
                choices = self._inside.get(written[i])
                return only((choices.after(written[i + 1:]) if choices else None) or ())
        return self._outside


class Both:
    """All of several constraints."""

    def __init__(self, *constraints: Constraint) -> None:
        self._constraints = constraints

    def allowed(self, written: Sequence[int]) -> Optional[np.ndarray]:
        """See ``decoding.Constraint``."""
        masks: List[np.ndarray] = [m for m in (c.allowed(written) for c in self._constraints) if m is not None]
        return np.logical_and.reduce(masks) if masks else None


def only(tokens: Iterable[int]) -> np.ndarray:
    """(V,) bool, true at ``tokens``."""
    mask = np.zeros(VOCABULARY, bool)
    mask[list(tokens)] = True
    return mask
