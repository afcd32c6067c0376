"""Texts as token ids: CLIP's byte pairs or SigLIP's pieces, by the ``tokenizers`` package from one ``tokenizer.json``."""

import html
import json
import re
import string
from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np

from ..errors import ModelUnreadable, RuntimeMissing

FILE = "tokenizer.json"
#: Letters of a text beyond which nobody looks.
MOST_LETTERS = 1000
_START, _END = "<|startoftext|>", "<|endoftext|>"
_ENDS_TEXT = re.compile(r"<\|.*?\|>|</?s>|<pad>|<unk>")


class Tokenizer:
    """``context``: ids of a text at most. Any thread."""

    def __init__(self, folder: Path, family: str, context: int) -> None:
        """The tokenizer.json of ``folder``. Raises ModelUnreadable, RuntimeMissing without ``tokenizers``."""
        try:
            from tokenizers import Tokenizer as Read
        except ImportError as error:
            raise RuntimeMissing("tokenizers") from error
        path = folder / FILE
        try:
            self._read: Any = Read.from_file(str(path))
            self._read.no_truncation()
            self._read.no_padding()
        except Exception as error:  # whatever the package makes of a damaged file
            raise ModelUnreadable(str(path), (str(error).splitlines() or [""])[0]) from error
        self._family, self.context = family, context
        names = (_START, _END) if family == "clip" else ("</s>", "</s>")
        start, end = (self._read.token_to_id(name) for name in names)
        if start is None or end is None:
            raise ModelUnreadable(str(path), f"it has no token {names[1]}")
        self._start, self._end = int(start), int(end)

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return int(self._read.get_vocab_size(with_added_tokens=True))

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
            found = self._read.encode(" ".join(plain.lower().split()), add_special_tokens=False).ids
            return [*found[:self.context - 1], self._end]
        plain = html.unescape(html.unescape(plain))
        found = self._read.encode(" ".join(plain.split()).lower(), add_special_tokens=False).ids
        return [self._start, *found[:self.context - 2], self._end]


def clip_tokenizer(merges: Sequence[str]) -> str:
    """A tokenizer.json of CLIP's byte pairs. ``merges``: "a b" in order of rank, as in ``bpe_simple_vocab_16e6.txt``.

    The vocabulary is every byte, every byte at the end of a word, one token a merge, and the marks of start and end.
    """
    letters = _byte_letters()
    pairs = [tuple(line.split(" ")) for line in merges]
    names = [*letters, *(f"{letter}</w>" for letter in letters), *("".join(pair) for pair in pairs), _START, _END]
    pattern = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    made: Dict[str, Any] = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": names.index(mark), "content": mark, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True} for mark in (_START, _END)],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Removed", "invert": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": None, "decoder": None,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": _END, "continuing_subword_prefix": "",
            "end_of_word_suffix": "</w>", "fuse_unk": False, "byte_fallback": False,
            "vocab": {name: index for index, name in enumerate(names)}, "merges": [list(pair) for pair in pairs]},
    }
    return json.dumps(made, ensure_ascii=False)


def _byte_letters() -> List[str]:
    """A printable letter for each byte, in the order of CLIP's vocabulary: those that print as they are go first."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + place) for place in range(len(others))]
