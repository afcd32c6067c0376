"""The writing side of a base: rows and passages go into a draft, which takes the base's place only when it is whole."""

import errno
import os
import shutil
import sqlite3
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..errors import KnowledgeUnreadable, StorageFull
from .chunks import Chunk, digest_of_text, label_of
from .looks import look_of, stored
from .material import Column, Picture, Row, Source
from .schema import APPLICATION, TABLES, VERSION, check_file, check_sqlite
from .wording import clean, key_of, number_of, said

#: Bytes that must be free beside what a draft starts with.
_SPARE = 20_000_000
#: Seconds after which nobody writes a draft any more.
_STALE = 86_400


@contextmanager
def draft_of(path: Path) -> Iterator["Draft"]:
    """A draft with what ``path`` holds so far; it becomes ``path`` when the block ends well, else nothing is left of it.

    Raises KnowledgeUnreadable for a file that is no whole base, StorageFull, OSError.
    """
    path = Path(path)
    draft = path.with_name(f"_{uuid.uuid4().hex[:12]}.draft")
    _clear(path.parent)
    before = path.stat().st_size if path.is_file() else 0
    free = shutil.disk_usage(path.parent).free
    if free < before + _SPARE:
        raise StorageFull(before + _SPARE, free)
    base: Optional[sqlite3.Connection] = None
    try:
        if before:
            shutil.copyfile(path, draft)
        base = sqlite3.connect(str(draft), isolation_level=None, check_same_thread=False)
        if before:
            check_file(base, path.name)
        else:
            check_sqlite()
            base.executescript(TABLES)
            base.execute(f"PRAGMA application_id = {APPLICATION:d}")
            base.execute(f"PRAGMA user_version = {VERSION:d}")
        # The draft is thrown away unless it is finished: no journal is needed, and nothing is written twice.
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        base.execute("INSERT OR REPLACE INTO about VALUES ('whole', 'no')")
        yield Draft(base)
        base.execute("INSERT INTO chunk_text (chunk_text) VALUES ('optimize')")
        base.execute("INSERT OR REPLACE INTO about VALUES ('whole', 'yes')")
        base.execute("COMMIT")
        base.close()
        base = None
        with open(draft, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(draft, path)
    except sqlite3.Error as error:
        if "full" in str(error) or "disk" in str(error):
            raise StorageFull(before + _SPARE, shutil.disk_usage(path.parent).free) from error
        raise KnowledgeUnreadable(path.name, "it is damaged") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull(before + _SPARE, shutil.disk_usage(path.parent).free) from error
        raise
    finally:
        if base is not None:
            base.close()
        for left in (draft, Path(f"{draft}-journal")):
            if left.exists():
                left.unlink()


def _clear(folder: Path) -> None:
    """Remove drafts that a process which was killed has left."""
    for left in folder.glob("_????????????.draft*"):
        try:
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()
        except OSError:
            continue  # another process was quicker, or holds it


class Draft:
    """What a base is written through. One thread."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def note(self, key: str, value: str) -> None:
        """Keep a line about the whole base."""
        self._base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))

    def noted(self, key: str) -> str:
        """The line kept under ``key``, "" if there is none."""
        row = self._base.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def sources(self) -> Dict[str, Tuple[int, str, str]]:
        """By key: id, name and fingerprint of the imagery of each source that is in it."""
        rows = self._base.execute("SELECT key, id, name, pixels FROM source")
        return {str(key): (int(id_), str(name), str(pixels)) for key, id_, name, pixels in rows}

    def put_source(self, source: Source) -> int:
        """Add a source, or bring what is said of it up to date; its id."""
        pixels = source.chips.fingerprint if source.chips is not None else ""
        self._base.execute(
            "INSERT INTO source (kind, key, name, crs, pixels, notes) VALUES (?, ?, ?, ?, ?, '') ON CONFLICT (key) DO UPDATE "
            "SET kind = excluded.kind, name = excluded.name, crs = excluded.crs, pixels = excluded.pixels, notes = ''",
            (source.kind, source.key, clean(source.name), source.crs_wkt, pixels))
        return int(self._base.execute("SELECT id FROM source WHERE key = ?", (source.key,)).fetchone()[0])

    def put_note(self, source: int, text: str) -> None:
        """What of a source was left out."""
        self._base.execute("UPDATE source SET notes = ? WHERE id = ?", (text, source))

    def put_columns(self, source: int, columns: Sequence[Column]) -> Dict[str, int]:
        """Ids of the columns by name; columns that are gone are taken out with their values."""
        rows = self._base.execute("SELECT id, name FROM field WHERE source = ?", (source,))
        known = {str(name): int(id_) for id_, name in rows}
        for name in set(known) - {column.name for column in columns}:
            self._base.execute("DELETE FROM field WHERE id = ?", (known.pop(name),))
        for column in columns:
            if column.name not in known:
                done = self._base.execute("INSERT INTO field (source, name, words, unit) VALUES (?, ?, ?, ?)",
                                          (source, column.name, clean(column.words), column.unit))
                known[column.name] = int(done.lastrowid or 0)
        return known

    def features(self, source: int) -> Dict[str, Tuple[int, str]]:
        """By id in the source: id in the base and digest."""
        rows = self._base.execute("SELECT fid, id, digest FROM feature WHERE source = ?", (source,))
        return {str(fid): (int(id_), str(digest)) for fid, id_, digest in rows}

    def put_feature(
        self, source: int, row: Row, digest: str, columns: Sequence[Column], fields: Dict[str, int],
        chunks: Sequence[Chunk], picture: Optional[Picture],
    ) -> None:
        """Add a feature with its values, chunks, box and picture."""
        vector = None if picture is None else np.ascontiguousarray(picture.vector, np.float16).tobytes()
        look = None if picture is None else stored(look_of(picture.rgb))
        done = self._base.execute(
            "INSERT INTO feature (source, fid, label, digest, xmin, ymin, xmax, ymax, west, south, east, north, vector, look) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (source, row.fid, label_of(row, columns), digest, *(row.box or (None,) * 4), *(row.degrees or (None,) * 4), vector,
             look))
        feature = int(done.lastrowid or 0)
        if row.degrees is not None:
            west, south, east, north = row.degrees
            self._base.execute("INSERT INTO feature_box VALUES (?, ?, ?, ?, ?)", (feature, west, east, south, north))
        values = []
        for column in columns:
            value = row.values.get(column.name)
            text = said(value)
            if text:
                number, unit = number_of(value)
                values.append((feature, fields[column.name], text, key_of(text), number, unit or column.unit))
        self._base.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?, ?, ?)", values)
        self.put_chunks(source, chunks, feature)

    def put_chunks(self, source: int, chunks: Sequence[Chunk], feature: Optional[int] = None) -> None:
        """Add chunks to the full text."""
        for chunk in chunks:
            done = self._base.execute(
                "INSERT INTO chunk (source, feature, kind, place, text, digest) VALUES (?, ?, ?, ?, ?, ?)",
                (source, feature, chunk.kind, chunk.place, chunk.text, digest_of_text(chunk.text)))
            self._base.execute("INSERT INTO chunk_text (rowid, text) VALUES (?, ?)", (done.lastrowid, chunk.text))

    def texts(self, source: int) -> List[str]:
        """Digests of the chunks of a document, in order."""
        rows = self._base.execute("SELECT digest FROM chunk WHERE source = ? AND feature IS NULL ORDER BY id", (source,))
        return [str(row[0]) for row in rows]

    def drop_features(self, ids: Sequence[int]) -> None:
        """Take features out, with all that belongs to them."""
        for id_ in ids:
            self._drop_chunks("feature", id_)
            for statement in ("DELETE FROM value WHERE feature = ?", "DELETE FROM feature_box WHERE id = ?",
                              "DELETE FROM feature WHERE id = ?"):
                self._base.execute(statement, (id_,))

    def drop_texts(self, source: int) -> None:
        """Take the chunks of a document out."""
        self._drop_chunks("source", source)

    def drop_source(self, source: int) -> int:
        """Take a source out; how many features it had."""
        ids = [id_ for id_, _ in self.features(source).values()]
        self.drop_features(ids)
        self.drop_texts(source)
        self._base.execute("DELETE FROM field WHERE source = ?", (source,))
        self._base.execute("DELETE FROM source WHERE id = ?", (source,))
        return len(ids)

    def drop_vectors(self) -> None:
        """Forget every picture: another model sees them otherwise."""
        self._base.execute("UPDATE feature SET vector = NULL, look = NULL, digest = ''")

    def amounts(self) -> Tuple[int, int]:
        """How many features and chunks there are."""
        one = self._base.execute("SELECT count(*) FROM feature").fetchone()[0]
        return int(one), int(self._base.execute("SELECT count(*) FROM chunk").fetchone()[0])

    def _drop_chunks(self, of: str, id_: int) -> None:
        find, drop = {
            "feature": ("SELECT id, text FROM chunk WHERE feature = ?", "DELETE FROM chunk WHERE feature = ?"),
            "source": ("SELECT id, text FROM chunk WHERE source = ?", "DELETE FROM chunk WHERE source = ?"),
        }[of]
        for chunk, text in self._base.execute(find, (id_,)).fetchall():
            self._base.execute("INSERT INTO chunk_text (chunk_text, rowid, text) VALUES ('delete', ?, ?)", (chunk, text))
        self._base.execute(drop, (id_,))
