"""Byte pairs: text to the token ids of the language decoder and back, without loss for any UTF-8 text.

Byte-level byte-pair encoding (Sennrich et al. 2016, section 3.2; bytes instead of letters as in GPT-2, Radford et al. 2019,
section 2.2). Digits stand alone, at most with the space before
them, so that numbers are read and copied digit by digit. Special tokens are read only where a
caller allows them: what a user types never turns into a control token. Standard library only.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, List, Sequence, Set, Tuple

from ..errors import ModelMissing, ModelUnreadable

#: Largest number of tokens: what the decoder's table holds.
VOCABULARY = 2048
PAD, BOS, EOS, IMG, RET, SEG, QUESTION, ANSWER, FACTS = (
    "<pad>", "<bos>", "<eos>", "[IMG]", "[RET]", "[SEG]", "[Q]", "[A]", "[FACTS]")
TASK_WORDS = ("[caption]", "[vqa]", "[refer]", "[detection]", "[grounding]", "[identify]")
PART_WORDS = ("[theme]", "[objects]", "[relations]")
#: What opens a slot; a label and ``>`` close it.
SLOT_OPENERS = ("<n:", "<share:", "<area:", "<cell:")
SLOT_END = ">"
#: In the order of their ids; the 256 bytes follow, then the merges. The order is part of the weights: append, never reorder.
SPECIALS = (PAD, BOS, EOS, IMG, RET, SEG, QUESTION, ANSWER, FACTS, *TASK_WORDS, *PART_WORDS, *SLOT_OPENERS)
#: Specials that may be read in a question, and in a text of the data engine's.
ASKED = frozenset((*TASK_WORDS, *PART_WORDS))
ANSWERED = frozenset((RET, SEG, *PART_WORDS, *SLOT_OPENERS))

FORMAT = "terralogue byte pairs 1"
_SPECIAL = re.compile("|".join(re.escape(name) for name in SPECIALS))
# Pieces that no merge crosses. Bounded, so that a megabyte without a space takes no longer than one with spaces.
_PIECE = re.compile(r" ?[^\W\d_]{1,24}| ?\d|>| ?[^\s\w>]{1,8}|\s|_{1,8}")
_FIRST_BYTE = len(SPECIALS)
_KEPT_PIECES = 20000

Pair = Tuple[int, int]


class BytePairs:
    """Codes text with ``merges``: pairs of ids, each making the next id after the bytes' and the merges before it."""

    def __init__(self, merges: Sequence[Pair]) -> None:
        """Raises ValueError for a merge of ids that do not exist yet, of a special token, or more than fit."""
        self.merges = tuple((int(a), int(b)) for a, b in merges)
        self._bytes: List[bytes] = [name.encode() for name in SPECIALS] + [bytes([value]) for value in range(256)]
        if len(self._bytes) + len(self.merges) > VOCABULARY:
            raise ValueError(f"{len(self.merges)} merges are more than the vocabulary of {VOCABULARY} holds")
        for a, b in self.merges:
            if not (_FIRST_BYTE <= a < len(self._bytes) and _FIRST_BYTE <= b < len(self._bytes)):
                raise ValueError(f"merge {len(self._bytes)} joins {a} and {b}, which are no pieces of text")
            self._bytes.append(self._bytes[a] + self._bytes[b])
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self._special = {name: index for index, name in enumerate(SPECIALS)}
        self._pieces: Dict[str, Tuple[int, ...]] = {}

    @property
    def size(self) -> int:
        """How many ids are in use, at most ``VOCABULARY``."""
        return len(self._bytes)

    def id(self, special: str) -> int:
        """The id of a special token, or of ``>``. KeyError: it is none."""
        return _FIRST_BYTE + ord(SLOT_END) if special == SLOT_END else self._special[special]

    def encode(self, text: str, specials: FrozenSet[str] = frozenset()) -> List[int]:
        """Ids of ``text``; of special names only those in ``specials`` become tokens, others are plain letters.

        Lone surrogates, which are no UTF-8, become "?". Linear in the length of ``text``.
        """
        ids: List[int] = []
        start = 0
        for found in _SPECIAL.finditer(text) if specials else ():
            if found.group() in specials:
                ids += self._plain(text[start:found.start()])
                ids.append(self._special[found.group()])
                start = found.end()
        return ids + self._plain(text[start:])

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; b"" for ``<pad>``, ``<bos>``, ``<eos>`` and ids not in use."""
        return b"" if not 2 < token < len(self._bytes) else self._bytes[token]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ``ids``; specials by their names. Bytes that are no UTF-8 (only a model writes them) become U+FFFD."""
        return b"".join(self.piece(token) for token in ids).decode("utf-8", errors="replace")

    def save(self, path: Path) -> None:
        """Write as JSON."""
        content = {"format": FORMAT, "specials": list(SPECIALS), "merges": [list(pair) for pair in self.merges]}
        path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "BytePairs":
        """Read what :meth:`save` wrote. Raises ModelMissing, or ModelUnreadable for anything else than such a file."""
        if not path.is_file():
            raise ModelMissing(str(path))
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["format"] != FORMAT or tuple(content["specials"]) != SPECIALS:
                raise ValueError("not the byte pairs of this version")
            return cls([(a, b) for a, b in content["merges"]])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnreadable(str(path), str(error)) from error

    def _plain(self, text: str) -> List[int]:
        ids: List[int] = []
        for piece in _PIECE.findall(text):
            known = self._pieces.get(piece)
            if known is None:
                known = tuple(self._merged([_FIRST_BYTE + byte for byte in piece.encode("utf-8", errors="replace")]))
                if len(self._pieces) < _KEPT_PIECES:
                    self._pieces[piece] = known
            ids += known
        return ids

    def _merged(self, ids: List[int]) -> List[int]:
        while len(ids) > 1:
            rank, at = min((self._ranks.get(pair, VOCABULARY), i) for i, pair in enumerate(zip(ids, ids[1:])))
            if rank == VOCABULARY:
                break
            ids[at:at + 2] = [_FIRST_BYTE + 256 + rank]
        return ids


def learn(texts: Iterable[str], vocabulary: int = VOCABULARY) -> BytePairs:
    """The merges that join the commonest pairs of ``texts``, one after the other, until ``vocabulary`` ids are in use.

    The same for the same texts in any order: of pairs equally common the one of smaller ids is joined first. Pairs that
    occur only once are left apart.
    """
    pieces: "Counter[str]" = Counter()
    for text in texts:
        for part in _SPECIAL.split(text):
            pieces.update(_PIECE.findall(part))
    words = [[_FIRST_BYTE + byte for byte in piece.encode("utf-8", errors="replace")] for piece in sorted(pieces)]
    counts = [pieces[piece] for piece in sorted(pieces)]
    pairs: Dict[Pair, int] = defaultdict(int)
    where: Dict[Pair, Set[int]] = defaultdict(set)
    for index, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += counts[index]
            where[pair].add(index)
    merges: List[Pair] = []
    while _FIRST_BYTE + 256 + len(merges) < vocabulary and pairs:
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        if pairs[best] < 2:
            break
        made = _FIRST_BYTE + 256 + len(merges)
        merges.append(best)
        for index in sorted(where[best]):
            word = words[index]
            for pair in zip(word, word[1:]):
                pairs[pair] -= counts[index]
                where[pair].discard(index)
            words[index] = word = _joined(word, best, made)
            for pair in zip(word, word[1:]):
                pairs[pair] += counts[index]
                where[pair].add(index)
        pairs.pop(best, None)
    return BytePairs(merges)


def _joined(word: List[int], pair: Pair, made: int) -> List[int]:
    found: List[int] = []
    i = 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            found.append(made)
            i += 2
        else:
            found.append(word[i])
            i += 1
    return found
