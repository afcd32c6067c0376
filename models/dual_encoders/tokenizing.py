"""Texts as token ids: CLIP's byte pairs or SigLIP's pieces, read from one ``tokenizer.json`` as the package tokenizers keeps it.

Without that package: it is not among those that a first start installs.
"""

import html
import json
import re
import string
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple, Union

import numpy as np

from ..errors import ModelUnreadable
from .byte_pairs import BytePairs, byte_letters
from .pieces import Pieces

FILE = "tokenizer.json"
#: Letters of a text beyond which nobody looks.
MOST_LETTERS = 1000
_START, _END, _STOP = "<|startoftext|>", "<|endoftext|>", "</s>"
#: What ftfy makes plain before OpenAI's tokenizer sees it: curled quotes and Latin ligatures.
_PLAIN = str.maketrans({
    **dict.fromkeys("\u02bc\u2018\u2019\u201a\u201b", "'"), **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"})
_ENDS_TEXT = re.compile(r"<\|.*?\|>|</?s>|<pad>|<unk>")


class Tokenizer:
    """``context``: ids of a text at most; ``size``: how many tokens there are. Any thread."""

    def __init__(self, folder: Path, family: str, context: int) -> None:
        """The tokenizer.json of ``folder``. Raises ModelUnreadable."""
        path = folder / FILE
        try:
            self._coder, vocabulary = coder_of(path.read_text(encoding="utf-8"))
            self._start, self._end = (vocabulary[name] for name in ((_START, _END) if family == "clip" else (_STOP, _STOP)))
        except KeyError as error:
            raise ModelUnreadable(str(path), f"it has no token {error.args[0]}") from error
        except (OSError, ValueError) as error:
            raise ModelUnreadable(str(path), str(error)[:120]) from error
        if isinstance(self._coder, BytePairs) != (family == "clip"):
            raise ModelUnreadable(str(path), f"it is no tokenizer of {family}")
        self._family, self.context, self.size = family, context, len(vocabulary)

    def ids(self, texts: Sequence[str]) -> np.ndarray:
        """(m, tokens) int64. CLIP: as many columns as the longest needs; SigLIP: always ``context``.

        What is too long is cut, with its end marked all the same. Text is data: marks of the tokenizer in it are dropped.
        """
        rows = [self._row(text) for text in texts]
        filled = self._end if self._family == "siglip" else 0
        width = self.context if self._family == "siglip" else max((len(row) for row in rows), default=2)
        out = np.full((len(rows), width), filled, np.int64)
        for line, row in zip(out, rows):
            line[:len(row)] = row
        return out

    def _row(self, text: str) -> List[int]:
        plain = _ENDS_TEXT.sub(" ", text[:MOST_LETTERS].encode("utf-8", "ignore").decode("utf-8"))
        if self._family == "siglip":
            # As SigLIP was trained: lower case, no punctuation, single spaces (big_vision's canonical form).
            plain = plain.replace("_", " ").translate(str.maketrans("", "", string.punctuation))
            return [*self._coder.ids(" ".join(plain.lower().split()))[:self.context - 1], self._end]
        plain = html.unescape(html.unescape(plain.translate(_PLAIN)))
        return [self._start, *self._coder.ids(" ".join(plain.split()).lower())[:self.context - 2], self._end]


def coder_of(text: str) -> Tuple[Union[BytePairs, Pieces], Dict[str, int]]:
    """What a tokenizer.json cuts words with, and its token → id. Raises ValueError for one of another kind or damaged."""
    try:
        read: Dict[str, Any] = json.loads(text)
        model = read["model"]
        added = {str(each["content"]): int(each["id"]) for each in read.get("added_tokens") or ()}
        if model.get("type") == "Unigram":
            pieces = [(str(piece), float(score)) for piece, score in model["vocab"]]
            return Pieces(pieces, int(model.get("unk_id") or 0)), {**{piece: i for i, (piece, _) in enumerate(pieces)}, **added}
        if model.get("end_of_word_suffix") != "</w>":
            raise ValueError("neither CLIP's byte pairs nor SentencePiece's pieces")
        vocabulary = {str(name): int(index) for name, index in model["vocab"].items()}
        # Older files write a pair as "a b", newer ones as ["a", "b"].
        pairs = [tuple(pair.split(" ")) if isinstance(pair, str) else tuple(map(str, pair)) for pair in model["merges"]]
        if any(len(pair) != 2 or "".join(pair) not in vocabulary for pair in pairs):
            raise ValueError("a merge is no pair of known tokens")
        return BytePairs(vocabulary, [(pair[0], pair[1]) for pair in pairs]), {**vocabulary, **added}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def clip_tokenizer(merges: Sequence[str]) -> str:
    """A tokenizer.json of CLIP's byte pairs. ``merges``: "a b" in order of rank, as in ``bpe_simple_vocab_16e6.txt``.

    The vocabulary is every byte, every byte at the end of a word, one token a merge, and the marks of start and end.
    """
    letters = list(byte_letters().values())
    pairs = [line.split(" ") for line in merges]
    names = [*letters, *(f"{letter}</w>" for letter in letters), *("".join(pair) for pair in pairs), _START, _END]
    marks = [{"id": len(names) - 2 + place, "content": mark, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for place, mark in enumerate((_START, _END))]
    made: Dict[str, Any] = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": marks,
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "behavior": "Removed", "invert": True, "pattern": {
                "Regex": r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"}},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": None, "decoder": None,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": _END, "continuing_subword_prefix": "", "end_of_word_suffix": "</w>",
            "fuse_unk": False, "byte_fallback": False, "vocab": {name: index for index, name in enumerate(names)},
            "merges": pairs},
    }
    return json.dumps(made, ensure_ascii=False)
