"""The reading side of a base: what a question looks up in it. Nothing here changes the file."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..errors import KnowledgeUnreadable
from .looks import restored
from .material import Box
from .schema import check_file, check_sqlite
from .wording import key_of, stems_of, words_of

#: Features that one lookup names at most; SQLite takes no more values in a statement.
_MANY = 900
_FEATURES = (  # the marks are question marks alone
    "SELECT id, source, fid, label, xmin, ymin, xmax, ymax, west, south, east, north, digest FROM feature WHERE id IN (%s)"
)


@dataclass(frozen=True)
class KnownSource:
    """``key``: layer id or path, ``notes``: what was left out."""

    id: int
    kind: str
    key: str
    name: str
    crs_wkt: str
    notes: str


@dataclass(frozen=True)
class KnownField:
    """A column of a source. ``stems``: of its words."""

    id: int
    source: int
    name: str
    words: str
    unit: str
    stems: Tuple[str, ...]


@dataclass(frozen=True)
class KnownFeature:
    """``box``: in the source's CRS, ``degrees``: in WGS 84; None without a place."""

    id: int
    source: int
    fid: str
    label: str
    box: Optional[Box]
    degrees: Optional[Box]
    digest: str


@dataclass(frozen=True)
class KnownChunk:
    """A piece of text. ``feature``: None of a document."""

    id: int
    source: int
    feature: Optional[int]
    place: str
    text: str


@dataclass(frozen=True)
class KnownValue:
    """What a feature has in a field."""

    feature: int
    field: int
    text: str
    number: Optional[float]
    unit: str


class Base:
    """An open base. One thread; close it after the question, so that it can be built anew meanwhile."""

    def __init__(self, path: Path) -> None:
        """Raises KnowledgeUnreadable, RuntimeMissing."""
        path = Path(path)
        check_sqlite()
        if not path.is_file():
            raise KnowledgeUnreadable(path.name, "it is no longer there")
        self.path = path
        try:
            self._base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise KnowledgeUnreadable(path.name, "it cannot be opened") from error
        try:
            check_file(self._base, path.name)
            rows = self._base.execute("SELECT id, kind, key, name, crs, notes FROM source ORDER BY id")
            self.sources: Dict[int, KnownSource] = {row[0]: KnownSource(*row) for row in rows}
            fields = self._base.execute("SELECT id, source, name, words, unit FROM field ORDER BY id")
            self.fields: Dict[int, KnownField] = {
                id_: KnownField(id_, source, name, words, unit, stems_of(words)) for id_, source, name, words, unit in fields}
            self.name, self.model = self._noted("name") or path.stem, self._noted("model")
        except (sqlite3.Error, TypeError) as error:
            self._base.close()
            raise KnowledgeUnreadable(path.name, "it is damaged") from error
        except KnowledgeUnreadable:
            self._base.close()
            raise

    def close(self) -> None:
        """Release the file."""
        self._base.close()

    def __enter__(self) -> "Base":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def fields_with(self, key: str) -> Tuple[int, ...]:
        """The fields in which some feature has the value of this key (see ``wording.key_of``)."""
        return tuple(row[0] for row in self._all("SELECT DISTINCT field FROM value WHERE key = ?", (key,)))

    def features_with(self, field: int, key: str, words: str = "") -> Tuple[int, ...]:
        """Features whose value in ``field`` has this key; where some are written just as ``words``, these alone: "mix" is
        not "mixed"."""
        rows = self._all("SELECT feature, text FROM value WHERE field = ? AND key = ?", (field, key))
        alike = [feature for feature, text in rows if " ".join(words_of(text)) == words]
        return tuple(alike) if alike else tuple(feature for feature, _ in rows)

    def features_having(self, field: int) -> Tuple[int, ...]:
        """Features with any value in ``field``."""
        return tuple(row[0] for row in self._all("SELECT feature FROM value WHERE field = ?", (field,)))

    def numbers(self, field: int) -> List[Tuple[int, float, str]]:
        """(feature, number, unit) of every number in ``field``."""
        return self._all("SELECT feature, number, unit FROM value WHERE field = ? AND number IS NOT NULL", (field,))

    def values(self, field: int, most: int = 200) -> List[Tuple[str, int]]:
        """The different values of a field with how often each is there, the most frequent first."""
        return self._all(
            "SELECT min(text), count(*) FROM value WHERE field = ? GROUP BY lower(text) "
            "ORDER BY count(*) DESC, min(text) LIMIT ?", (field, most))

    def filled(self, field: int, words: str) -> float:
        """0..1: the share of its source's features whose value in a field is ``words``."""
        rows = self._all(
            "SELECT (SELECT count(*) FROM value WHERE field = ?1 AND key = ?3), "
            "(SELECT count(*) FROM feature WHERE source = ?2)", (field, self.fields[field].source, key_of(words)))
        return float(rows[0][0]) / max(1, rows[0][1])

    def text_of(self, field: int, key: str, words: str = "") -> str:
        """How a value of this key is written, "" if none has it; as ``words`` where one is."""
        rows = self._all("SELECT DISTINCT text FROM value WHERE field = ? AND key = ?", (field, key))
        texts = [str(row[0]) for row in rows]
        return next((text for text in texts if " ".join(words_of(text)) == words), texts[0] if texts else "")

    def value(self, feature: int, field: int) -> Optional[KnownValue]:
        """What a feature has in a field."""
        rows = self._all("SELECT feature, field, text, number, unit FROM value WHERE feature = ? AND field = ?", (feature, field))
        return KnownValue(*rows[0]) if rows else None

    def values_of(self, feature: int) -> List[KnownValue]:
        """All that is known of a feature, in the order of its columns."""
        rows = self._all("SELECT feature, field, text, number, unit FROM value WHERE feature = ? ORDER BY field", (feature,))
        return [KnownValue(*row) for row in rows]

    def features_of(self, source: int) -> Tuple[int, ...]:
        """All features of a source."""
        return tuple(row[0] for row in self._all("SELECT id FROM feature WHERE source = ?", (source,)))

    def feature(self, id_: int) -> KnownFeature:
        """A feature by its id in the base. Raises KeyError."""
        found = self.features((id_,))
        if not found:
            raise KeyError(id_)
        return found[0]

    def features(self, ids: Sequence[int]) -> List[KnownFeature]:
        """Features by their ids, in the order of ``ids``; what is not there is left out."""
        found: Dict[int, KnownFeature] = {}
        for start in range(0, len(ids), _MANY):
            part = list(ids[start:start + _MANY])
            for row in self._all(_FEATURES % ",".join("?" * len(part)), part):
                number, source, fid, label, *corners, digest = row
                found[number] = KnownFeature(number, source, fid, label, _box(corners[:4]), _box(corners[4:]), digest)
        return [found[id_] for id_ in ids if id_ in found]

    def boxes(self, ids: Sequence[int]) -> np.ndarray:
        """(n, 4) west, south, east, north of features, NaN without a place."""
        found = np.full((len(ids), 4), np.nan)
        place = {id_: number for number, id_ in enumerate(ids)}
        for start in range(0, len(ids), _MANY):
            part = list(ids[start:start + _MANY])
            marks = ",".join("?" * len(part))
            for row in self._all("SELECT id, west, south, east, north FROM feature WHERE id IN (%s)" % marks, part):  # nosec B608
                found[place[row[0]]] = [np.nan if v is None else v for v in row[1:]]
        return found

    def inside(self, box: Box) -> Tuple[int, ...]:
        """Features whose box meets ``box`` (WGS 84); boxes in the tree are a little wider than the features."""
        west, south, east, north = box
        rows = self._all(
            "SELECT id FROM feature_box WHERE east >= ? AND west <= ? AND north >= ? AND south <= ?", (west, east, south, north))
        return tuple(row[0] for row in rows)

    def pictures(self) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of all features with a picture: ids (n,), vectors (n, d) and looks (n, k), float32 unit vectors both.

        Raises KnowledgeUnreadable.
        """
        rows = self._all("SELECT id, vector, look FROM feature WHERE vector IS NOT NULL ORDER BY id")
        if not rows:
            return np.zeros(0, np.int64), np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32)
        try:
            vectors = np.frombuffer(b"".join(row[1] for row in rows), np.float16).reshape(len(rows), -1).astype(np.float32)
            looks = restored(b"".join(row[2] for row in rows), len(rows))
        except (ValueError, TypeError) as error:
            raise KnowledgeUnreadable(self.path.name, "its pictures are damaged") from error
        return np.array([row[0] for row in rows]), np.nan_to_num(vectors), looks

    def search(self, match: str, most: int) -> List[Tuple[int, float]]:
        """Chunks that match an FTS5 expression with their BM25, larger is better, best first."""
        rows = self._all(
            "SELECT rowid, bm25(chunk_text) FROM chunk_text WHERE chunk_text MATCH ? ORDER BY rank LIMIT ?", (match, most))
        return [(int(id_), -float(rank)) for id_, rank in rows]

    def number_with(self, match: str) -> int:
        """How many chunks match."""
        return int(self._all("SELECT count(*) FROM chunk_text WHERE chunk_text MATCH ?", (match,))[0][0])

    def chunk(self, id_: int) -> KnownChunk:
        """A chunk by its id."""
        return KnownChunk(*self._all("SELECT id, source, feature, place, text FROM chunk WHERE id = ?", (id_,))[0])

    def chunks(self) -> List[KnownChunk]:
        """All chunks."""
        return [KnownChunk(*row) for row in self._all("SELECT id, source, feature, place, text FROM chunk ORDER BY id")]

    @property
    def size(self) -> Tuple[int, int]:
        """How many features and chunks there are."""
        features, chunks = (self._all(text)[0][0] for text in ("SELECT count(*) FROM feature", "SELECT count(*) FROM chunk"))
        return int(features), int(chunks)

    def _noted(self, key: str) -> str:
        row = self._base.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _all(self, statement: str, values: Sequence[object] = ()) -> List[Tuple]:
        try:
            return self._base.execute(statement, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise KnowledgeUnreadable(self.path.name, "it is damaged") from error


def _box(values: Sequence[Optional[float]]) -> Optional[Box]:
    x0, y0, x1, y1 = values
    return None if x0 is None or y0 is None or x1 is None or y1 is None else (float(x0), float(y0), float(x1), float(y1))
