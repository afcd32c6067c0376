"""Where an export goes: checks before the first byte, and the rename of all its files at the end. No layers here."""

import os
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import List

from .errors import ExportFailed

DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON", ".json": "GeoJSON", ".fgb": "FlatGeobuf"}
SIDECARS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx", ".shp.xml")
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}


def driver_for(path: Path, driver: str = "") -> str:
    """The driver asked for, or that of the file's ending. Raises ExportFailed("format")."""
    found = driver or DRIVERS.get(path.suffix.lower(), "")
    if found not in DRIVERS.values():
        raise ExportFailed("format", path.name)
    return found


class ExportTarget:
    """``path``: the final name. ``draft``: the name to write to, in the same folder and with the same ending.

    Raises ExportFailed when constructed for a place that cannot be written. Any thread.
    """

    def __init__(self, path: Path, driver: str, overwrite: bool) -> None:
        self.path, self.driver = path, driver
        self._check_name()
        self._check_folder()
        if path.exists():
            self._check_existing(overwrite)
        self.draft = path.with_name(f"_{uuid.uuid4().hex[:12]}{path.suffix}")

    def _fail(self, kind: str, cause: object = "") -> None:
        raise ExportFailed(kind, self.path.name, str(cause))

    def _check_name(self) -> None:
        name = self.path.name
        bad = any(c in '<>:"|?*\\/' or ord(c) < 32 for c in name) or name != name.rstrip(" .")
        if not self.path.stem or bad or name.split(".")[0].strip().lower() in _RESERVED or len(name.encode()) > 240:
            self._fail("reserved")

    def _check_folder(self) -> None:
        if self.path.is_dir():
            self._fail("folder")
        if not self.path.parent.is_dir():
            self._fail("no-folder")
        # os.access says yes to root on a read-only disk, so try.
        probe = self.path.parent / f"_{uuid.uuid4().hex[:12]}.tmp"
        try:
            probe.touch(exist_ok=False)
            probe.unlink()
        except OSError as error:
            self._fail("read-only", error)

    def _check_existing(self, overwrite: bool) -> None:
        if not os.access(self.path, os.W_OK):
            self._fail("read-only")
        if self.driver == "GPKG":
            self._check_geopackage()
        if not overwrite:
            self._fail("exists")

    def _check_geopackage(self) -> None:
        """A file of that name must be a GeoPackage, and nobody may be writing it."""
        with open(self.path, "rb") as file:
            if not file.read(16).startswith(b"SQLite format 3"):
                self._fail("not-geopackage")
        try:
            with closing(sqlite3.connect(str(self.path), timeout=0.2, isolation_level=None)) as database:
                if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_contents'").fetchall():
                    self._fail("not-geopackage")
                database.execute("BEGIN EXCLUSIVE")
                database.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            self._fail("locked", error)
        except sqlite3.DatabaseError as error:
            self._fail("not-geopackage", error)

    def start(self) -> bool:
        """Copy an existing GeoPackage to the draft, so that its other tables are kept; whether there was one."""
        if self.driver != "GPKG" or not self.path.exists():
            return False
        try:
            with closing(sqlite3.connect(str(self.path))) as old, closing(sqlite3.connect(str(self.draft))) as new:
                old.backup(new)
        except sqlite3.Error as error:
            self._fail("disk-full" if "full" in str(error) or "I/O" in str(error) else "incomplete", error)
        return True

    def _parts(self, path: Path) -> List[Path]:
        """Every file of ``path``: itself, or a Shapefile's family."""
        if self.driver != "ESRI Shapefile":
            return [path] if path.exists() else []
        family = [path.with_suffix(suffix) for suffix in SIDECARS]
        return [part for part in family if part.exists()]

    def finish(self) -> None:
        """Put the draft in the place of the final name, all files or none."""
        new, old = self._parts(self.draft), self._parts(self.path)
        try:
            for part in new:
                with open(part, "rb+") as file:
                    os.fsync(file.fileno())
        except OSError as error:
            self._fail("disk-full", error)
        aside = [(part, part.with_name(f"_{uuid.uuid4().hex[:12]}.old")) for part in old if len(old) + len(new) > 2]
        done = []
        try:
            for part, away in aside:
                os.replace(part, away)
                done.append((away, part))
            for part in new:
                final = self.path.with_name(self.path.stem + part.name[len(self.draft.stem) :])
                os.replace(part, final)
        except OSError as error:
            for away, part in reversed(done):
                os.replace(away, part)
            self._fail("locked", error)
        for _, away in aside:
            away.unlink()

    def abandon(self) -> None:
        """Remove whatever the draft left."""
        for leftover in self.path.parent.glob(self.draft.stem + "*"):
            leftover.unlink()
