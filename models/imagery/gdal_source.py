"""A raster file as a :class:`RasterSource`: true geotransform, own dtype, overviews, and every broken block counted."""

import hashlib
import logging
import os
from dataclasses import dataclass, replace
from typing import Dict, Iterator, List, Optional, Tuple

import numpy as np

from ..errors import RasterUnreadable
from .gdal_backends.protocol import GdalFailure, OpenRaster
from .geo_image import GeoImage
from .geodesy import ground_sample_distance
from .grid import Grid, Window
from .resample import resample, share
from .source import AcquisitionTime, Band

log = logging.getLogger(__name__)

#: Most pixels (over all bands) held at once while a large window is averaged down.
_PIECE_PIXELS = 6_000_000


@dataclass(frozen=True)
class _Native:
    """Pixels as stored, before resampling. ``broken``: (h, w) bool or None if every block could be read."""

    pixels: np.ndarray
    valid: np.ndarray
    broken: Optional[np.ndarray]


class GdalSource:
    """See :class:`RasterSource`. Made by ``opening.open_raster``."""

    def __init__(
        self,
        raster: OpenRaster,
        path: str,
        name: str,
        grid: Grid,
        bands: Tuple[Band, ...],
        time: Optional[AcquisitionTime],
        gsd: Optional[float] = None,
        codes: bool = False,
    ) -> None:
        self.name, self.grid, self.bands, self.time = name, grid, bands, time
        self.path = path
        self._raster = raster
        facts = {b.number: b for b in raster.facts.bands}
        numbers = [b.number for b in bands]
        self._numbers = list(dict.fromkeys(numbers))
        self._facts = [replace(facts[n], nodata=None) if codes else facts[n] for n in self._numbers]
        self._palette = self._facts[0].palette if len(self._numbers) == 1 and not codes else None
        self._planes = [self._numbers.index(n) for n in numbers]
        self._alphas = [b.number for b in raster.facts.bands if b.interpretation == "alpha" and b.number not in numbers]
        self._given_gsd = gsd
        self._gsd: Optional[float] = None

    @property
    def tags(self) -> Dict[str, str]:
        """The file's metadata as GDAL names it."""
        return dict(self._raster.facts.tags)

    @property
    def gsd(self) -> Optional[float]:
        """Metres on the ellipsoid at the centre; what the caller gave for an image without georeference; else None."""
        if self._gsd is None:
            self._gsd = self._given_gsd or ground_sample_distance(self.grid)
        return self._gsd

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """See :class:`RasterSource`. Integers are rounded when averaged; a pixel of which less than half is valid,
        or any part of which is unreadable, is invalid.
        """
        height, width = out_shape or (window.height, window.width)
        if window.empty or height < 1 or width < 1:
            raise ValueError(f"{window} read as {height} × {width} holds no pixel")
        count = 3 if self._palette is not None else len(self._planes)
        pixels = np.zeros((count, height, width), self._dtype)
        valid = np.zeros((height, width), bool)
        unreadable = self._fill(pixels, valid, window)
        if unreadable and unreadable >= self._inside(window, height, width):
            raise RasterUnreadable(self.name, "the file is damaged or cut short", 1.0)
        return GeoImage(pixels, valid, self.grid.part(window, (height, width)), unreadable)

    def _inside(self, window: Window, height: int, width: int) -> int:
        """Roughly how many of the pixels asked for lie on the raster (exactly, where nothing is resampled)."""
        part = window.intersection(self.grid.window)
        return int(np.floor(part.width * width / window.width) * np.floor(part.height * height / window.height))

    @property
    def _dtype(self) -> np.dtype:
        return np.dtype("uint8") if self._palette is not None else np.dtype(self._facts[0].dtype)

    def _fill(self, pixels: np.ndarray, valid: np.ndarray, window: Window) -> int:
        height, width = valid.shape
        scale_x, scale_y = window.width / width, window.height / height
        if scale_x == 1 and scale_y == 1:
            return self._copy(pixels, valid, window)
        level, (over_w, over_h) = self._level(min(scale_x, scale_y))
        to_x, to_y = over_w / self.grid.width, over_h / self.grid.height
        cols = (window.col + np.arange(width + 1) * scale_x) * to_x
        rows = (window.row + np.arange(height + 1) * scale_y) * to_y
        # Pieces keep memory bounded when a huge window is read small and the file has no overviews.
        unreadable = 0
        for piece in _pieces(height, width, max(1.0, scale_y * to_y), max(1.0, scale_x * to_x), len(self._numbers)):
            edges = rows[piece[0].start : piece[0].stop + 1], cols[piece[1].start : piece[1].stop + 1]
            unreadable += self._resampled(pixels[(slice(None), *piece)], valid[piece], *edges, level, (over_h, over_w))
        return unreadable

    def native_pixels(self, window: Window, out_shape: Tuple[int, int]) -> int:
        """Stored pixels per band that :meth:`read` would go through: what it costs, before it is paid."""
        scale = min(window.width / out_shape[1], window.height / out_shape[0])
        _, (width, height) = self._level(scale)
        return int(window.width * width / self.grid.width) * int(window.height * height / self.grid.height)

    def _copy(self, pixels: np.ndarray, valid: np.ndarray, window: Window) -> int:
        part = window.intersection(self.grid.window)
        if part.empty:
            return 0
        native = self._native(part, -1)
        rows = slice(part.row - window.row, part.row - window.row + part.height)
        cols = slice(part.col - window.col, part.col - window.col + part.width)
        pixels[:, rows, cols] = native.pixels
        valid[rows, cols] = native.valid
        return 0 if native.broken is None else int(native.broken.sum())

    def _resampled(
        self,
        pixels: np.ndarray,
        valid: np.ndarray,
        rows: np.ndarray,
        cols: np.ndarray,
        level: int,
        size: Tuple[int, int],
    ) -> int:
        """Fill a strip from the source pixels under it; one more pixel each way, so that tiles interpolate alike."""
        top, left = int(np.floor(rows[0])) - 1, int(np.floor(cols[0])) - 1
        bottom, right = int(np.ceil(rows[-1])) + 1, int(np.ceil(cols[-1])) + 1
        part = Window(left, top, right - left, bottom - top).intersection(Window(0, 0, size[1], size[0]))
        if part.empty:
            return 0
        native = self._native(part, level)
        rows, cols = rows - part.row, cols - part.col
        found, good = resample(native.pixels, native.valid, rows, cols)
        row_centre, col_centre = (rows[:-1] + rows[1:]) / 2, (cols[:-1] + cols[1:]) / 2
        on = ((row_centre >= 0) & (row_centre <= part.height))[:, None]
        on = on & ((col_centre >= 0) & (col_centre <= part.width))
        broken = np.zeros_like(good)
        if native.broken is not None:
            broken = (share(native.broken, rows, cols) > 1e-9) & on
        pixels[:] = found
        valid[:] = good & on & ~broken
        pixels[:, ~valid] = 0
        return int(broken.sum())

    def _level(self, scale: float) -> Tuple[int, Tuple[int, int]]:
        """The coarsest overview that is still as fine as asked for."""
        best = -1, (self.grid.width, self.grid.height)
        for level, (width, height) in enumerate(self._raster.facts.overviews):
            fits = self.grid.width / width <= scale * 1.01 and self.grid.height / height <= scale * 1.01
            if fits and width < best[1][0]:
                best = level, (width, height)
        return best

    def _native(self, window: Window, level: int) -> _Native:
        try:
            pixels, valid = self._read_once(window, level)
            broken = None
        except GdalFailure as error:
            log.warning("%s: %s; reading block by block", self.name, error)
            pixels, valid, broken = self._read_blocks(window, level)
        if self._palette is not None:
            pixels, opaque = _expand(pixels[0], self._palette)
            valid = valid & opaque
        elif self._planes != list(range(len(self._numbers))):
            pixels = pixels[self._planes]
        return _Native(pixels, valid, broken)

    def _read_once(self, window: Window, level: int) -> Tuple[np.ndarray, np.ndarray]:
        pixels = self._raster.read(self._numbers, window, level)
        valid = np.ones(pixels.shape[1:], bool)
        kinds = {b.mask for b in self._facts}
        for plane, band in zip(pixels, self._facts):
            if band.nodata is not None and not np.isnan(band.nodata):
                valid &= ~_equals(plane, band.nodata)
        if pixels.dtype.kind == "f":
            finite = np.isfinite(pixels)
            if not finite.all():
                valid &= finite.all(axis=0)
        if kinds & {"alpha", "dataset"}:
            valid &= self._raster.read_mask(self._numbers[0], window, level) != 0
        for number, band in zip(self._numbers, self._facts):
            if band.mask == "band":
                valid &= self._raster.read_mask(number, window, level) != 0
        if self._alphas and "alpha" not in kinds:
            for alpha in self._raster.read(self._alphas, window, level):
                valid &= alpha != 0
        return pixels, valid

    def _read_blocks(self, window: Window, level: int) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The same window, one block at a time, so that a broken block costs only itself."""
        pixels = np.zeros((len(self._numbers), window.height, window.width), self._facts[0].dtype)
        valid = np.zeros((window.height, window.width), bool)
        broken = np.zeros_like(valid)
        for part in self._blocks(window):
            rows = slice(part.row - window.row, part.row - window.row + part.height)
            cols = slice(part.col - window.col, part.col - window.col + part.width)
            try:
                pixels[:, rows, cols], valid[rows, cols] = self._read_once(part, level)
            except GdalFailure as error:
                log.info("%s: %s cannot be read: %s", self.name, part, error)
                broken[rows, cols] = True
        return pixels, valid, broken

    def _blocks(self, window: Window) -> List[Window]:
        high, wide = self._raster.facts.block
        rows = range(window.row // high, (window.row + window.height - 1) // high + 1)
        cols = range(window.col // wide, (window.col + window.width - 1) // wide + 1)
        return [Window(c * wide, r * high, wide, high).intersection(window) for r in rows for c in cols]

    def fingerprint(self) -> str:
        """Hash of the files' paths, sizes and modification times, the bands and the CRS. Reads no pixels."""
        parts = [self.path, self.grid.crs_wkt, repr(tuple(self.grid.affine)[:6]), repr(self._given_gsd)]
        parts += [f"{b.number}:{b.role}" for b in self.bands]
        for file in (self.path, *self._raster.facts.files[:1000]):
            try:
                stat = os.stat(file)
            except OSError:
                continue  # a connection string, or gone: its name is in the hash already
            parts.append(f"{file}|{stat.st_size}|{stat.st_mtime_ns}")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def close(self) -> None:
        """Release the file."""
        self._raster.close()


def _pieces(height: int, width: int, tall: float, wide: float, bands: int) -> Iterator[Tuple[slice, slice]]:
    """Rectangles of output pixels, each ``tall`` × ``wide`` stored pixels, that fit into ``_PIECE_PIXELS``."""
    cols = int(np.clip(_PIECE_PIXELS / (bands * tall * wide), 1, width))
    rows = int(np.clip(_PIECE_PIXELS / (bands * tall * wide * cols), 1, height))
    for top in range(0, height, rows):
        for left in range(0, width, cols):
            yield slice(top, min(height, top + rows)), slice(left, min(width, left + cols))


def _equals(plane: np.ndarray, nodata: float) -> np.ndarray:
    """Pixels that hold the nodata value; a value the dtype cannot hold marks none (GDAL's own rule)."""
    if plane.dtype.kind == "f":
        # Compared in the band's own precision: nodata is often written as -3.40282e+38.
        with np.errstate(over="ignore"):
            same: np.ndarray = plane == plane.dtype.type(nodata)
        return same
    bounds = np.iinfo(plane.dtype)
    if nodata != int(nodata) or not bounds.min <= nodata <= bounds.max:
        return np.zeros(plane.shape, bool)
    found: np.ndarray = plane == plane.dtype.type(int(nodata))
    return found


def _expand(index: np.ndarray, palette: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Palette indices (h, w) → RGB (3, h, w) uint8 and opaque (h, w); indices beyond the palette are not opaque."""
    table = np.zeros((max(256, len(palette), int(index.max(initial=0)) + 1), 4), np.uint8)
    table[: len(palette)] = palette
    colours = table[index]
    return np.ascontiguousarray(np.moveaxis(colours[..., :3], -1, 0)), colours[..., 3] != 0
