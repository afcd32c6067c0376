"""A tile index on disk: a folder with a GeoPackage of what was looked at and an .npy of what it looked like."""

import json
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from affine import Affine

from ..errors import IndexBusy, IndexForAnotherModel, IndexUnreadable, StorageFull
from ..imagery.grid import Grid, Window
from ..sharing.file_lock import FileLock
from . import geopackage
from .embedder import Embedder
from .vector_file import VectorFile

FILE, LOCK = "index.gpkg", "lock"
#: Raised whenever older indexes can no longer be read.
FORMAT = 1


_WITHIN = """
SELECT fid FROM tiles WHERE stale = 0
    AND (:everywhere OR fid IN (SELECT id FROM rtree_tiles_geom
        WHERE maxx >= :west AND minx <= :east AND maxy >= :south AND miny <= :north))
    AND (:since = '' OR (time != '' AND time >= substr(:since, 1, length(time))))
    AND (:until = '' OR (time != '' AND substr(time, 1, length(:until)) <= :until))
ORDER BY fid
"""


@dataclass(frozen=True)
class Record:
    """A raster as it was when it was looked at. ``recipe``: what opens it again (JSON-able); ``looked``: windows of
    ``planned`` that are done; ``unreadable``: share of the pixels asked for that the file did not deliver.
    """

    id: int
    path: str
    name: str
    grid: Grid
    gsd: Optional[float]
    time: str
    fingerprint: str
    recipe: Dict[str, Any] = field(default_factory=dict)
    stretch: str = ""
    planned: int = 0
    looked: int = 0
    finished: bool = False
    unreadable: float = 0.0


class Tile(NamedTuple):
    """A window that was looked at, on its way into the index. ``pixels``: digest of what the model was shown; ``ring``:
    (5, 2) longitude and latitude, not finite where the raster has no place on earth.
    """

    raster: int
    window: Window
    gsd: Optional[float]
    pixels: str
    ring: np.ndarray


@dataclass(frozen=True)
class Batch:
    """``records``: rasters that are new or have changed, with their id; ``tiles`` with their (n, dim) ``vectors``;
    ``revived``: tiles of an earlier state that still hold, by id; ``looked``: by raster, windows done and the share that
    could not be read; ``finished``: rasters that are done.
    """

    records: Sequence[Record]
    tiles: Sequence[Tile]
    vectors: np.ndarray
    revived: Sequence[Tuple[int, Tile]]
    looked: Dict[int, Tuple[int, float]]
    finished: Sequence[int]


class TileIndex:
    """Any one thread at a time. ``name``: of the folder; ``model``, ``digest``, ``dim``, ``side``: of the embedder."""

    def __init__(self, folder: Path, database: sqlite3.Connection) -> None:
        """Use :meth:`open` or :meth:`create`."""
        self.folder, self.name = Path(folder), Path(folder).name
        self._database = database
        self._lock: Optional[FileLock] = None
        with self._reading():
            about = dict(database.execute("SELECT key, value FROM about").fetchall())
            if int(about["format"]) != FORMAT:
                raise IndexUnreadable(self.name, "it has another form than this version writes")
            self.model, self.digest = about["model"], about["digest"]
            self.dim, self.side = int(about["dim"]), int(about["side"])
            if not (0 < self.dim <= 65536 and Path(about["vectors"]).name == about["vectors"]):
                raise IndexUnreadable(self.name, "what it says of itself cannot be read")
            self.vectors = VectorFile(self.folder / about["vectors"], self.dim, int(about["rows"]))
        if not self.vectors.whole:
            raise IndexUnreadable(self.name, "its vectors are missing or cut short")

    @classmethod
    def create(cls, folder: Path, embedder: Embedder) -> "TileIndex":
        """A new index in ``folder``, which is made if need be and may hold no other. Raises StorageFull, OSError."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / (FILE + ".part")
        draft.unlink(missing_ok=True)
        about = {"format": FORMAT, "model": embedder.name, "digest": embedder.digest, "dim": embedder.dim,
                 "side": embedder.side, "rows": 0, "vectors": "vectors.npy"}
        with _writing(folder, 1 << 16):
            VectorFile(folder / "vectors.npy", embedder.dim, 0).create()
            with closing(geopackage.create(draft)) as database:
                database.executemany("INSERT INTO about VALUES (?, ?)", [(k, str(v)) for k, v in about.items()])
                database.commit()
            draft.replace(folder / FILE)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, embedder: Optional[Embedder] = None) -> "TileIndex":
        """The index in ``folder``; ``embedder``: what it is to be searched with.

        Raises IndexUnreadable (damaged, foreign, half copied) and IndexForAnotherModel.
        """
        folder = Path(folder)
        if not (folder / FILE).is_file():
            raise IndexUnreadable(folder.name, "there is no index in this folder")
        try:
            database = geopackage.connect(folder / FILE)
        except sqlite3.Error as error:
            raise IndexUnreadable(folder.name, str(error)) from error
        try:
            found = cls(folder, database)
            if embedder is not None and (embedder.digest, embedder.dim) != (found.digest, found.dim):
                raise IndexForAnotherModel(found.name, found.model, embedder.name)
        except BaseException:
            database.close()
            raise
        return found

    def take(self) -> None:
        """Become the one that writes. Raises IndexBusy."""
        self._lock = FileLock.taken(self.folder / LOCK)
        if self._lock is None:
            raise IndexBusy(self.name)

    def give_back(self) -> None:
        """Let others write. Safe to call twice."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def close(self) -> None:
        """Let go of the files. Safe to call twice."""
        self.give_back()
        self._database.close()

    def __enter__(self) -> "TileIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def state(self) -> Tuple[int, int]:
        """Equal as long as nothing was added or taken out."""
        with self._reading():
            live = self._database.execute("SELECT count(*) FROM tiles WHERE stale = 0").fetchone()
            rows = self._database.execute("SELECT value FROM about WHERE key = 'rows'").fetchone()
        return int(live[0]), int(rows[0])

    def records(self) -> List[Record]:
        """The rasters, in the order in which they were added."""
        with self._reading():
            rows = self._database.execute(
                "SELECT id, path, name, width, height, affine, crs_wkt, gsd, time, fingerprint, recipe, stretch, planned, "
                "looked, finished, unreadable FROM rasters ORDER BY id").fetchall()
            return [_record(row) for row in rows]

    def pool(self, raster: int, live: bool) -> Dict[Tuple[Window, str], int]:
        """Tiles of a raster by window and digest of their pixels: those of an earlier state, and with ``live`` all."""
        with self._reading():
            rows = self._database.execute(
                "SELECT fid, col, row, width, height, pixels FROM tiles WHERE raster = ? AND (stale = 1 OR ?)",
                (raster, int(live))).fetchall()
        return {(Window(*row[1:5]), row[5]): int(row[0]) for row in rows}

    def commit(self, batch: "Batch") -> None:
        """One batch, as a whole or not at all. Raises StorageFull, and then the index is as it was."""
        first = self.vectors.rows
        with self._changing(batch.vectors.nbytes // 2 + 4096):
            try:
                if batch.tiles:
                    self.vectors.append(batch.vectors)
                self._write(batch, first)
            except BaseException:
                self.vectors.rows = first
                raise

    def _write(self, batch: "Batch", first: int) -> None:
        run = self._database.execute
        many = self._database.executemany
        for record in batch.records:
            run("UPDATE tiles SET stale = 1 WHERE raster = ?", (record.id,))
            run("INSERT OR REPLACE INTO rasters VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", _values(record))
        named = {tile.raster for tile in (*batch.tiles, *(tile for _, tile in batch.revived))}
        names = {raster: run("SELECT name, time FROM rasters WHERE id = ?", (raster,)).fetchone() for raster in named}
        many("INSERT INTO tiles (fid, geom, raster, source, time, gsd, col, row, width, height, pixels) "
             "VALUES (?,?,?,?,?,?,?,?,?,?,?)", [
                 (first + number + 1, geopackage.polygon(tile.ring.tolist()), tile.raster, *names[tile.raster], tile.gsd,
                  *_numbers(tile.window), tile.pixels) for number, tile in enumerate(batch.tiles)])
        many("UPDATE tiles SET stale = 0, geom = ?, gsd = ?, source = ?, time = ? WHERE fid = ?", [
            (geopackage.polygon(tile.ring.tolist()), tile.gsd, *names[tile.raster], fid) for fid, tile in batch.revived])
        many("UPDATE rasters SET looked = ?, unreadable = ? WHERE id = ?",
             [(number, share, raster) for raster, (number, share) in batch.looked.items()])
        many("UPDATE rasters SET finished = 1 WHERE id = ?", [(raster,) for raster in batch.finished])
        many("DELETE FROM tiles WHERE raster = ? AND stale = 1", [(raster,) for raster in batch.finished])
        run("UPDATE about SET value = ? WHERE key = 'rows'", (str(self.vectors.rows),))

    def measure(self) -> None:
        """Note the extent of all tiles where other programs look for it."""
        with self._changing():
            self._database.execute(
                "UPDATE gpkg_contents SET (min_x, max_x, min_y, max_y) = (SELECT min(minx), max(maxx), min(miny), max(maxy) "
                "FROM rtree_tiles_geom) WHERE table_name = ?", (geopackage.TABLE,))

    def forget(self, rasters: Sequence[int]) -> None:
        """Take rasters and their tiles out."""
        with self._changing():
            for raster in rasters:
                self._database.execute("DELETE FROM tiles WHERE raster = ?", (raster,))
                self._database.execute("DELETE FROM rasters WHERE id = ?", (raster,))

    def tiles(self) -> np.ndarray:
        """(n, 6) int64 of every tile that holds: id, raster, col, row, width, height, by id."""
        with self._reading():
            rows = self._database.execute(
                "SELECT fid, raster, col, row, width, height FROM tiles WHERE stale = 0 ORDER BY fid").fetchall()
        found = np.array(rows, np.int64).reshape(-1, 6)
        if len(found) and not (found[0, 0] >= 1 and found[-1, 0] <= self.vectors.rows):
            raise IndexUnreadable(self.name, "it lists tiles without vectors")
        return found

    def kept(self, raster: int) -> Tuple[List[Tile], np.ndarray]:
        """The tiles of one raster and their (n,) ids."""
        with self._reading():
            rows = self._database.execute(
                "SELECT fid, col, row, width, height, gsd, pixels, geom FROM tiles WHERE raster = ? AND stale = 0 ORDER BY fid",
                (raster,)).fetchall()
            tiles = [Tile(raster, Window(*row[1:5]), row[5], row[6], _ring(row[7])) for row in rows]
        return tiles, np.array([row[0] for row in rows], np.int64)

    def within(
        self, box: Optional[Tuple[float, float, float, float]], since: str = "", until: str = ""
    ) -> np.ndarray:
        """Sorted ids of tiles whose outline meets ``box`` (west, south, east, north in degrees) and whose date, as far as it
        goes, lies from ``since`` to ``until`` (ISO 8601, "" open); tiles without a date lie in no span of time.
        """
        west, south, east, north = box or (0.0, 0.0, 0.0, 0.0)
        with self._reading():
            rows = self._database.execute(_WITHIN, {
                "everywhere": box is None, "west": west, "south": south, "east": east, "north": north,
                "since": since, "until": until}).fetchall()
        return np.array([row[0] for row in rows], np.int64)

    def rings(self, ids: Sequence[int]) -> List[Optional[np.ndarray]]:
        """(5, 2) longitude and latitude of each tile, None without a place on earth."""
        found: List[Optional[np.ndarray]] = []
        with self._reading():
            for fid in ids:
                row = self._database.execute("SELECT geom FROM tiles WHERE fid = ?", (int(fid),)).fetchone()
                blob = row[0] if row else None
                found.append(None if blob is None else _ring(blob))
        return found

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, KeyError, ValueError, TypeError) as error:
            raise IndexUnreadable(self.name, f"{type(error).__name__}: {error}") from error

    @contextmanager
    def _changing(self, size: int = 4096) -> Iterator[None]:
        with _writing(self.folder, size), self._database:
            yield


@contextmanager
def _writing(folder: Path, size: int) -> Iterator[None]:
    """What a full disk raises, in sqlite3 or not, becomes StorageFull."""
    try:
        yield
    except OSError as error:
        raise StorageFull(size, shutil.disk_usage(folder).free) from error
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise StorageFull(size, shutil.disk_usage(folder).free) from error
        if "locked" in str(error):
            raise IndexBusy(folder.name) from error
        raise IndexUnreadable(folder.name, str(error)) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnreadable(folder.name, str(error)) from error


def _numbers(window: Window) -> Tuple[int, int, int, int]:
    return window.col, window.row, window.width, window.height


def _ring(blob: Optional[bytes]) -> np.ndarray:
    """(5, 2) of what :func:`geopackage.polygon` wrote; NaN of None."""
    return np.full((5, 2), np.nan) if blob is None else np.frombuffer(blob, "<f8", offset=53).reshape(-1, 2)


def _values(record: Record) -> Tuple[Any, ...]:
    return (
        record.id, record.path, record.name, record.grid.width, record.grid.height,
        json.dumps(tuple(record.grid.affine)[:6]), record.grid.crs_wkt, record.gsd, record.time, record.fingerprint,
        json.dumps(record.recipe), record.stretch, record.planned, record.looked, int(record.finished), record.unreadable)


def _record(row: Sequence[Any]) -> Record:
    grid = Grid(int(row[3]), int(row[4]), Affine(*json.loads(row[5])), str(row[6]))
    gsd = None if row[7] is None else float(row[7])
    return Record(
        int(row[0]), str(row[1]), str(row[2]), grid, gsd, str(row[8]), str(row[9]), dict(json.loads(row[10])), str(row[11]),
        int(row[12]), int(row[13]), bool(row[14]), float(row[15]))
