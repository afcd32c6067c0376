"""Scores on disk: one byte per pixel and class, so that thresholds can be moved without running the model again."""

import errno
import os
import shutil
import tempfile
import uuid
from typing import Any, Dict, Optional, Sequence, Tuple

import numpy as np

from ..errors import RasterUnreadable, StorageFull
from .gdal_backends import gdal
from .gdal_backends.protocol import GdalFailure, TiledRaster
from .grid import Grid, Window

UNKNOWN = 255
_TOP = 254
#: Rows and columns of one block in the file; writing whole blocks keeps the file from growing with every touch.
BLOCK = 256


class ScoreStore:
    """A tiled, deflated uint8 GeoTIFF, one band per class: 0…254 = score × 254, 255 = unknown.

    Any one thread at a time. The file is removed by :meth:`close` unless :meth:`keep` was called.
    """

    def __init__(self, path: str, grid: Grid, labels: Tuple[str, ...], raster: TiledRaster) -> None:
        self.path, self.grid, self.labels = path, grid, labels
        self._raster: Optional[TiledRaster] = raster
        self._kept = False

    @classmethod
    def create(
        cls,
        path: Optional[str],
        grid: Grid,
        labels: Sequence[str],
        *,
        quota: Optional[int] = None,
        tags: Optional[Dict[str, str]] = None,
    ) -> "ScoreStore":
        """A new store, all unknown. ``path`` None: in the temporary folder. ``quota``: bytes it may take at most.

        ``tags`` go into the file (model, source …). Raises ``StorageFull`` before anything is written.
        """
        path = str(path) if path else os.path.join(tempfile.gettempdir(), f"terralogue-{uuid.uuid4().hex}.tif")
        needed = cls.estimate(grid, len(labels))
        free = shutil.disk_usage(os.path.dirname(os.path.abspath(path))).free
        available = free if quota is None else min(free, quota)
        if needed > available:
            raise StorageFull(needed, available)
        try:
            raster = gdal().create(path, grid, tuple(labels), UNKNOWN, dict(tags or {}))
        except GdalFailure as error:
            raise RasterUnreadable(os.path.basename(path), f"it cannot be written: {error}") from error
        return cls(path, grid, tuple(labels), raster)

    @staticmethod
    def estimate(grid: Grid, classes: int) -> int:
        """Bytes on disk at most: as if nothing could be compressed."""
        wide, high = -(-grid.width // BLOCK) * BLOCK, -(-grid.height // BLOCK) * BLOCK
        # Blocks at the seams of two panels (blending.PANEL_CELLS) are written twice.
        return int(wide * high * classes * 1.1) + 16384

    def index(self, label: Any) -> int:
        """Band index (0-based) of a label, or of an index given as int. Raises ``KeyError``."""
        if isinstance(label, (int, np.integer)) and 0 <= int(label) < len(self.labels):
            return int(label)
        if label in self.labels:
            return self.labels.index(label)
        raise KeyError(f"{label!r} is none of {', '.join(self.labels)}")

    def write(self, window: Window, scores: np.ndarray, valid: Optional[np.ndarray] = None) -> None:
        """Store float ``scores`` (K, h, w) in [0, 1] for ``window``; NaN and pixels that are not ``valid`` are unknown."""
        self.write_bytes(window, quantise(scores, valid))

    def write_bytes(self, window: Window, values: np.ndarray) -> None:
        """Store (K, h, w) uint8 as :func:`quantise` makes them. Raises ``StorageFull`` when the disk is full."""
        try:
            self._open().write(window, values)
        except GdalFailure as error:
            raise self._failed(error) from error

    def read(self, window: Window) -> np.ndarray:
        """(K, h, w) float32 in [0, 1], NaN where unknown or outside the grid."""
        values = self.read_bytes(window)
        return np.where(values == UNKNOWN, np.float32(np.nan), values * np.float32(1 / _TOP))

    def read_bytes(self, window: Window) -> np.ndarray:
        """(K, h, w) uint8, 255 where unknown or outside the grid."""
        part = window.intersection(self.grid.window)
        try:
            if part == window:
                return self._open().read(part)
            out = np.full((len(self.labels), window.height, window.width), UNKNOWN, np.uint8)
            if not part.empty:
                row, col = part.row - window.row, part.col - window.col
                out[:, row : row + part.height, col : col + part.width] = self._open().read(part)
            return out
        except GdalFailure as error:
            raise RasterUnreadable(os.path.basename(self.path), str(error)) from error

    def keep(self, path: str) -> None:
        """Finish the file, move it to ``path`` (replacing what is there) and keep it; reading goes on from there."""
        path = str(path)
        self.finish()
        if os.path.abspath(path) != os.path.abspath(self.path):
            shutil.move(self.path, path + ".part")
            os.replace(path + ".part", path)
        self.path, self._kept = path, True

    def close(self) -> None:
        """Release the file, and remove it unless it is kept. Safe to call twice."""
        raster, self._raster = self._raster, None
        try:
            if raster is not None:
                raster.close()
        except GdalFailure as error:
            if self._kept:
                raise self._failed(error) from error
        finally:
            if not self._kept and os.path.exists(self.path):
                os.remove(self.path)

    def __enter__(self) -> "ScoreStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def finish(self) -> None:
        """Complete the file, so that others may read it; reading goes on."""
        raster, self._raster = self._raster, None
        if raster is not None:
            try:
                raster.close()
            except GdalFailure as error:
                raise self._failed(error) from error

    def _open(self) -> TiledRaster:
        if self._raster is None:
            self._raster = gdal().reopen(self.path)
        return self._raster

    def _failed(self, error: GdalFailure) -> Exception:
        free = shutil.disk_usage(os.path.dirname(os.path.abspath(self.path))).free
        if free < 2**20 or os.strerror(errno.ENOSPC) in str(error):
            return StorageFull(self.estimate(self.grid, len(self.labels)), free)
        return RasterUnreadable(os.path.basename(self.path), f"it cannot be written: {error}")


def quantise(scores: np.ndarray, valid: Optional[np.ndarray] = None) -> np.ndarray:
    """Float scores (K, h, w) in [0, 1] → uint8 0…254; 255 where NaN or not ``valid`` (h, w)."""
    scaled = np.asarray(scores, np.float32) * np.float32(_TOP) + np.float32(0.5)
    known = scaled == scaled
    if not known.all():
        scaled[~known] = 0
    np.clip(scaled, 0, _TOP + 0.5, out=scaled)
    out = scaled.astype(np.uint8)
    if not known.all():
        out[~known] = UNKNOWN
    if valid is not None and not valid.all():
        out[:, ~valid] = UNKNOWN
    return out


def level(threshold: float) -> int:
    """The smallest stored byte that counts as ``score ≥ threshold``; scores are compared in steps of 1/254."""
    return int(np.clip(np.ceil(threshold * _TOP - 1e-6), 0, _TOP))
