"""Rows and passages to chunks of about 60 words: what is indexed, found and quoted (RS-RAG keeps longer ones, of which its
encoder reads no more than the first 77 tokens).
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Iterator, List, Sequence, Tuple

from .material import Column, Passage, Row
from .wording import clean, said, words_of

#: Words of a chunk. A single longer value or sentence is cut.
WORDS = 60
#: Letters of a word-less script that stand for a chunk, and of a chunk whatever it is made of.
LETTERS = 600
_NAMES = ("name", "title", "label", "designation", "nom", "nombre", "bezeichnung", "naam", "nome")
_END = re.compile(r"(?<=[.!?。！？])\s+(?=[\"'“(\[]?\w)")


@dataclass(frozen=True)
class Chunk:
    """``kind``: "attributes" or "text"; ``place``: where in a document, "" of a row."""

    kind: str
    text: str
    place: str = ""


def label_of(row: Row, columns: Sequence[Column]) -> str:
    """What a row calls itself: its name, if it has one, else "feature" and its id."""
    for wanted in _NAMES:
        for column in columns:
            if column.words.split(" ")[-1:] == [wanted] and isinstance(row.values.get(column.name), str):
                name = said(row.values[column.name])
                if name:
                    return name
    return f"feature {clean(row.fid)}"


def chunks_of_row(row: Row, columns: Sequence[Column], source: str) -> List[Chunk]:
    """The attributes of a row as "k: v; …" (RS-RAG's form), each chunk with the row's label and layer in front."""
    head = f"{label_of(row, columns)} ({clean(source)[:80]})"
    room = max(20, WORDS - len(words_of(head)))
    found: List[Chunk] = []
    parts: List[str] = []
    used = 0
    for column in columns:
        text = said(row.values.get(column.name), column.unit)
        if not text:
            continue
        part = f"{column.words}: {_cut(text, room)}"
        size = len(words_of(part))
        if parts and used + size > room:
            found.append(Chunk("attributes", f"{head}. {'; '.join(parts)}."))
            parts, used = [], 0
        parts.append(part)
        used += size
    if parts:
        found.append(Chunk("attributes", f"{head}. {'; '.join(parts)}."))
    return found


def chunks_of_passage(passage: Passage) -> Iterator[Chunk]:
    """Whole sentences together up to ``WORDS`` words; a longer sentence by itself, cut into pieces."""
    together: List[str] = []
    used = 0
    for sentence in sentences_of(passage.text):
        for piece in _pieces(sentence):
            size = len(words_of(piece))
            if together and (used + size > WORDS or sum(map(len, together)) + len(piece) > LETTERS):
                yield Chunk("text", " ".join(together), passage.place)
                together, used = [], 0
            together.append(piece)
            used += size
    if together:
        yield Chunk("text", " ".join(together), passage.place)


def sentences_of(text: str) -> Tuple[str, ...]:
    """The sentences of a text, each on one line without control characters."""
    return tuple(part for part in (piece.strip() for piece in _END.split(clean(text, len(text)))) if part)


def digest_of_row(row: Row, crs_wkt: str, pixels: str) -> str:
    """Equal for rows that give equal chunks, box and picture."""
    values = {key: value for key, value in sorted(row.values.items()) if value is not None}
    whole = json.dumps([row.fid, values, row.box, crs_wkt, pixels], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def digest_of_text(text: str) -> str:
    """Equal for equal text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _cut(text: str, words: int) -> str:
    parts = text.split(" ")
    short = text if len(parts) <= words else " ".join(parts[:words]) + " …"
    return short if len(short) <= LETTERS // 2 else short[:LETTERS // 2] + "…"


def _pieces(sentence: str) -> Iterator[str]:
    parts = sentence.split(" ")
    for start in range(0, len(parts), WORDS):
        piece = " ".join(parts[start:start + WORDS])
        for letter in range(0, len(piece), LETTERS):
            yield piece[letter:letter + LETTERS]
