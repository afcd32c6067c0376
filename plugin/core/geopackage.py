"""What GDAL leaves open in the GeoPackages it writes: tables without a CRS, and indexes that did not fit the disk."""

import sqlite3
from contextlib import closing
from pathlib import Path

#: "Undefined Cartesian" of the GeoPackage standard.
CARTESIAN = -1


def mark_undefined(path: Path, table: str) -> None:
    """Say that ``table`` has plane coordinates of unknown place; GDAL labels them geographic, which puts them in the
    Atlantic. Raises ``sqlite3.Error``."""
    with closing(sqlite3.connect(str(path))) as database, database:
        database.execute("UPDATE gpkg_geometry_columns SET srs_id = ? WHERE table_name = ?", (CARTESIAN, table))
        database.execute("UPDATE gpkg_contents SET srs_id = ? WHERE table_name = ?", (CARTESIAN, table))


def is_whole(path: Path, table: str) -> bool:
    """Whether the file's pages are in order and ``table`` has its spatial index: on a nearly full disk GDAL writes
    every feature, fails at the index and reports success."""
    try:
        with closing(sqlite3.connect(str(path))) as database:
            if database.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                return False
            column = database.execute(
                "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
            ).fetchall()
            if not column:
                return True
            index = f"rtree_{table}_{column[0][0]}"
            count = "SELECT count(*) FROM sqlite_master WHERE name IN (?, ?)"
            return database.execute(count, (index, index + "_insert")).fetchall() == [(2,)]
    except sqlite3.Error:
        return False
