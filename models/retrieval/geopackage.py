"""A GeoPackage of tile outlines written with sqlite3 alone, with the spatial index of the standard.

OGC 12-128r17: sections 1.1 (tables), 2.1.3 (geometry), annex F.3 (R-tree; its triggers call functions that GDAL has and
sqlite3 has not: :func:`connect` brings them).
"""

import sqlite3
import struct
from pathlib import Path
from typing import Optional, Sequence, Tuple

TABLE = "tiles"
#: "GPKG" and version 1.2, as the standard wants them in the file's head.
_APPLICATION, _VERSION = 0x47504B47, 10200
LONGITUDE_LATITUDE = 4326
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]')
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL,
    PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
    scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name));
CREATE TABLE about (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rasters (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, width INTEGER NOT NULL,
    height INTEGER NOT NULL, affine TEXT NOT NULL, crs_wkt TEXT NOT NULL, gsd DOUBLE, time TEXT NOT NULL,
    fingerprint TEXT NOT NULL, recipe TEXT NOT NULL, stretch TEXT NOT NULL, planned INTEGER NOT NULL,
    looked INTEGER NOT NULL, finished INTEGER NOT NULL, unreadable DOUBLE NOT NULL);
CREATE TABLE tiles (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POLYGON, raster INTEGER NOT NULL,
    source TEXT NOT NULL, time TEXT NOT NULL, gsd DOUBLE, col INTEGER NOT NULL, row INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, pixels TEXT NOT NULL, stale INTEGER NOT NULL DEFAULT 0);
CREATE INDEX tiles_raster ON tiles (raster, stale);
CREATE INDEX tiles_time ON tiles (time);
CREATE VIRTUAL TABLE rtree_tiles_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_tiles_geom_insert AFTER INSERT ON tiles
    WHEN (new.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    BEGIN INSERT OR REPLACE INTO rtree_tiles_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom),
        ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_tiles_geom_update1 AFTER UPDATE OF geom ON tiles
    WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    BEGIN INSERT OR REPLACE INTO rtree_tiles_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom),
        ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_tiles_geom_update2 AFTER UPDATE OF geom ON tiles
    WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
    BEGIN DELETE FROM rtree_tiles_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_tiles_geom_update3 AFTER UPDATE ON tiles
    WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    BEGIN DELETE FROM rtree_tiles_geom WHERE id = OLD.fid;
        INSERT OR REPLACE INTO rtree_tiles_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom),
        ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_tiles_geom_update4 AFTER UPDATE ON tiles
    WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
    BEGIN DELETE FROM rtree_tiles_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_tiles_geom_delete AFTER DELETE ON tiles WHEN old.geom NOT NULL
    BEGIN DELETE FROM rtree_tiles_geom WHERE id = OLD.fid; END;
"""


def create(path: Path) -> sqlite3.Connection:
    """A new index file at ``path``, which must not exist. Raises sqlite3.Error."""
    database = connect(path)
    database.executescript(f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION};")
    database.executescript("BEGIN;" + _SCHEMA)
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", (
        ("Undefined Cartesian", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
        ("Undefined geographic", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
        ("WGS 84", LONGITUDE_LATITUDE, "EPSG", LONGITUDE_LATITUDE, _WGS84, "longitude/latitude"),
    ))
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)",
        (TABLE, TABLE, LONGITUDE_LATITUDE))
    database.executemany(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'attributes', ?, 0)",
        (("about", "about"), ("rasters", "rasters")))
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POLYGON', ?, 0, 0)", (TABLE, LONGITUDE_LATITUDE))
    database.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', "
        "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", (TABLE,))
    database.commit()
    return database


def connect(path: Path) -> sqlite3.Connection:
    """The file with the functions its triggers call; any one thread at a time. Raises sqlite3.Error."""
    database = sqlite3.connect(str(path), timeout=10.0, check_same_thread=False)
    database.create_function("ST_IsEmpty", 1, lambda blob: 0 if blob else 1)
    for name, place in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        database.create_function(name, 1, lambda blob, place=place: envelope(blob)[place])
    return database


def polygon(ring: Sequence[Tuple[float, float]]) -> Optional[bytes]:
    """A closed ring of (longitude, latitude) as GeoPackage writes it; None for one without a place on earth."""
    xs, ys = [float(x) for x, _ in ring], [float(y) for _, y in ring]
    if not all(abs(value) < 1e9 for value in (*xs, *ys)):
        return None
    head = struct.pack("<2sBBi4d", b"GP", 0, 0b11, LONGITUDE_LATITUDE, min(xs), max(xs), min(ys), max(ys))
    points = [value for pair in zip(xs, ys) for value in pair]
    return head + struct.pack(f"<BIII{len(points)}d", 1, 3, 1, len(xs), *points)


def envelope(blob: bytes) -> Tuple[float, float, float, float]:
    """minx, maxx, miny, maxy of what :func:`polygon` wrote."""
    values: Tuple[float, float, float, float] = struct.unpack_from("<4d", blob, 8)
    return values
