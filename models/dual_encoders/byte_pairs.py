"""CLIP's byte pairs: words cut as OpenAI cuts them, then joined pair by pair (Sennrich et al. 2016), ends marked ``</w>``."""

import unicodedata
from functools import lru_cache
from typing import Dict, Iterator, List, Mapping, Sequence, Tuple

_SHORT = ("'re", "'ve", "'ll", "'s", "'t", "'m", "'d")
_END = "</w>"


class BytePairs:
    """``vocabulary``: token → id; ``merges``: pairs in order of rank. Any thread."""

    def __init__(self, vocabulary: Mapping[str, int], merges: Sequence[Tuple[str, str]]) -> None:
        """Raises ValueError if a byte is missing from the vocabulary."""
        self._ids = dict(vocabulary)
        self._ranks: Dict[Tuple[str, str], int] = {pair: rank for rank, pair in enumerate(merges)}
        self._letters = byte_letters()
        missing = [each for each in self._letters.values() if each not in self._ids or each + _END not in self._ids]
        if missing:
            raise ValueError(f"{len(missing)} bytes are missing from the vocabulary")
        self._word = lru_cache(maxsize=4096)(self._join)

    def ids(self, text: str) -> List[int]:
        """Ids of ``text``, which is in lower case with single spaces; no marks of start or end."""
        found: List[int] = []
        for word in words_of(unicodedata.normalize("NFC", text)):
            found += self._word(word)
        return found

    def _join(self, word: str) -> Tuple[int, ...]:
        parts = [self._letters[byte] for byte in word.encode("utf-8")]
        parts[-1] += _END
        while len(parts) > 1:
            ranks = [self._ranks.get(pair, len(self._ranks)) for pair in zip(parts, parts[1:])]
            best = min(ranks)
            if best == len(self._ranks):
                break
            joined, place = [], 0
            while place < len(parts):
                both = place < len(ranks) and ranks[place] == best
                joined.append(parts[place] + parts[place + 1] if both else parts[place])
                place += 2 if both else 1
            parts = joined
        return tuple(self._ids[part] for part in parts)


def words_of(text: str) -> Iterator[str]:
    """Runs of letters, single figures, runs of anything else, and the short forms behind an apostrophe."""
    place = 0
    while place < len(text):
        short = next((each for each in _SHORT if text.startswith(each, place)), "")
        end, kind = place + len(short), _kind(text[place])
        if not short:
            end = place + 1
            while kind in "LO" and end < len(text) and _kind(text[end]) == kind:
                end += 1
        if kind != " ":
            yield text[place:end]
        place = end


def _kind(letter: str) -> str:
    """"L" letter, "N" figure, " " space, "O" anything else."""
    if letter.isspace():
        return " "
    first = unicodedata.category(letter)[0]
    return first if first in "LN" else "O"


@lru_cache(maxsize=1)
def byte_letters() -> Dict[int, str]:
    """A printable letter for each byte, in the order of CLIP's vocabulary: those that print as they are go first."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {**{byte: chr(byte) for byte in plain}, **{byte: chr(256 + place) for place, byte in enumerate(others)}}
