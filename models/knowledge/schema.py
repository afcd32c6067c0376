"""The tables of a base: one SQLite file with full text (FTS5), boxes (R*Tree) and vectors (float16) side by side."""

import sqlite3

from ..errors import KnowledgeUnreadable, RuntimeMissing

#: "TLKB": tells a base from any other SQLite file.
APPLICATION = 0x544C4B42
VERSION = 1

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, crs TEXT NOT NULL,
  pixels TEXT NOT NULL, notes TEXT NOT NULL);
CREATE TABLE field (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, unit TEXT NOT NULL);
CREATE TABLE feature (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, fid TEXT NOT NULL, label TEXT NOT NULL, digest TEXT NOT NULL,
  xmin REAL, ymin REAL, xmax REAL, ymax REAL, west REAL, south REAL, east REAL, north REAL, vector BLOB,
  look BLOB,
  UNIQUE (source, fid));
CREATE TABLE value (
  feature INTEGER NOT NULL, field INTEGER NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL, number REAL,
  unit TEXT NOT NULL, PRIMARY KEY (feature, field)) WITHOUT ROWID;
CREATE INDEX value_by_key ON value (key, field);
CREATE INDEX value_by_field ON value (field, key);
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, feature INTEGER, kind TEXT NOT NULL, place TEXT NOT NULL,
  text TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX chunk_by_feature ON chunk (feature);
CREATE INDEX chunk_by_source ON chunk (source);
CREATE VIRTUAL TABLE chunk_text USING fts5 (
  text, content='chunk', content_rowid='id', tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE chunk_words USING fts5vocab (chunk_text, 'row');
CREATE VIRTUAL TABLE feature_box USING rtree (id, west, east, south, north);
"""


def check_sqlite() -> None:
    """Raises RuntimeMissing where Python's SQLite was built without full text or boxes."""
    memory = sqlite3.connect(":memory:")
    try:
        memory.executescript(TABLES)
    except sqlite3.OperationalError as error:
        raise RuntimeMissing("sqlite3 with FTS5 and R*Tree") from error
    finally:
        memory.close()


def check_file(base: sqlite3.Connection, name: str) -> None:
    """Raises KnowledgeUnreadable unless ``base`` is a whole base of this version."""
    try:
        if base.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise KnowledgeUnreadable(name, "it is not a knowledge base")
        if base.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            raise KnowledgeUnreadable(name, "it was made by another version of the plugin")
        # A base may come from anyone: what its schema calls may not reach outside SQLite, and nothing but our own
        # tables may stand in for them.
        base.execute("PRAGMA trusted_schema = OFF")
        kinds = {row[0] for row in base.execute("SELECT DISTINCT type FROM sqlite_master")}
        if kinds & {"view", "trigger"}:
            raise KnowledgeUnreadable(name, "it holds more than a knowledge base does")
        whole = base.execute("SELECT value FROM about WHERE key = 'whole'").fetchone()
        if whole is None or whole[0] != "yes":
            raise KnowledgeUnreadable(name, "it was not finished")
        if base.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise KnowledgeUnreadable(name, "it is damaged")
    except (sqlite3.DatabaseError, TypeError) as error:
        raise KnowledgeUnreadable(name, "it is damaged or not a knowledge base") from error
