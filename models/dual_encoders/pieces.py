"""SentencePiece's unigram pieces: the likeliest way to put a text together (Kudo 2018), as SigLIP reads its words."""

import unicodedata
from typing import Dict, List, Sequence, Tuple

#: Stands for a space, and before the first word.
_SPACE = "\u2581"
#: What a letter costs that no piece has, below the worst piece: SentencePiece's own figure.
_UNKNOWN = 10.0


class Pieces:
    """``pieces``: (text, logarithm of its probability) by id; ``unknown``: the id of what no piece has. Any thread."""

    def __init__(self, pieces: Sequence[Tuple[str, float]], unknown: int) -> None:
        """Raises ValueError for none."""
        if not pieces:
            raise ValueError("there are no pieces")
        self._scores: Dict[str, Tuple[int, float]] = {text: (index, float(score)) for index, (text, score) in enumerate(pieces)}
        self._unknown = unknown
        self._worst = min(score for _, score in self._scores.values()) - _UNKNOWN
        self._longest = max(map(len, self._scores))

    def ids(self, text: str) -> List[int]:
        """Ids of ``text``, which has single spaces; no mark of its end. Letters that no piece has are one unknown in a row."""
        plain = _SPACE + unicodedata.normalize("NFKC", text).replace(" ", _SPACE)
        best: List[Tuple[float, int, int]] = [(0.0, 0, -1)]
        for end in range(1, len(plain) + 1):
            # What no piece has is taken letter by letter; among equals, the longer last piece is taken.
            chosen = best[end - 1][0] + self._worst, end - 1, self._unknown
            for start in range(max(0, end - self._longest), end):
                known = self._scores.get(plain[start:end])
                if known is not None and best[start][0] + known[1] > chosen[0]:
                    chosen = best[start][0] + known[1], start, known[0]
            best.append(chosen)
        found: List[int] = []
        end = len(plain)
        while end > 0:
            _, start, index = best[end]
            if not (index == self._unknown and found and found[-1] == self._unknown):
                found.append(index)
            end = start
        return found[::-1]
