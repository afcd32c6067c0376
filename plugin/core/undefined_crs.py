"""GeoPackage tables without a CRS: GDAL labels them geographic (or EPSG:4326), which puts them in the Atlantic."""

import sqlite3
from contextlib import closing
from pathlib import Path

#: "Undefined Cartesian" of the GeoPackage standard.
CARTESIAN = -1


def mark_undefined(path: Path, table: str) -> None:
    """Say that ``table`` has plane coordinates of unknown place. Raises ``sqlite3.Error``."""
    with closing(sqlite3.connect(str(path))) as database, database:
        for catalogue in ("gpkg_geometry_columns", "gpkg_contents"):
            database.execute(f"UPDATE {catalogue} SET srs_id = ? WHERE table_name = ?", (CARTESIAN, table))  # nosec B608 - two fixed names
