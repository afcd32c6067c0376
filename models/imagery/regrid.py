"""A source seen on another grid: another pixel size, another CRS, another extent. Any source, one window at a time."""

import hashlib
from typing import Optional, Tuple

import numpy as np
from affine import Affine

from .geo_image import GeoImage
from .geodesy import ground_sample_distance, same_crs, transform_points
from .grid import Grid, Window
from .resample import VALID_SHARE, as_dtype, resample
from .source import AcquisitionTime, Band, RasterSource

#: Grids whose pixels lie closer together than this, in pixels, are the same grid: nothing is resampled.
SAME_PLACE = 1e-3
#: Coordinates are transformed every so many pixels and interpolated between: the error is far below SAME_PLACE.
_LATTICE = 16


def regridded(source: RasterSource, grid: Grid) -> RasterSource:
    """``source`` on ``grid``: itself if the grids coincide, else read through :class:`Regridded`."""
    own = source.grid
    if (own.width, own.height) == (grid.width, grid.height) and _shift(own, grid) == (0, 0):
        return source
    return Regridded(source, grid)


def at_gsd(source: RasterSource, gsd: float) -> RasterSource:
    """``source`` with pixels of about ``gsd`` metres over exactly its extent; itself if within 1 %, or without GSD."""
    own = source.gsd
    if not own or abs(gsd / own - 1) < 0.01:
        return source
    grid = source.grid
    shape = max(1, round(grid.height * own / gsd)), max(1, round(grid.width * own / gsd))
    return Regridded(source, grid.part(grid.window, shape))


class Regridded:
    """See :class:`RasterSource`. Averages by area when coarser, interpolates linearly when finer; validity is kept."""

    def __init__(self, source: RasterSource, grid: Grid) -> None:
        self.source, self.grid = source, grid
        self.name: str = source.name
        self.bands: Tuple[Band, ...] = source.bands
        self.time: Optional[AcquisitionTime] = source.time
        self._same = source.grid.crs_wkt == grid.crs_wkt or same_crs(source.grid.crs_wkt, grid.crs_wkt)
        self._gsd: Optional[float] = None

    @property
    def gsd(self) -> Optional[float]:
        """Metres at the centre of the new grid."""
        if self._gsd is None:
            self._gsd = ground_sample_distance(self.grid)
        if self._gsd is None and self.source.gsd and self._same:
            # No CRS, but the source was told its size.
            self._gsd = self.source.gsd * float(np.sqrt(self.grid.pixel_area / self.source.grid.pixel_area))
        return self._gsd

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """See :class:`RasterSource`. ``unreadable`` is carried over by area."""
        shape = out_shape or (window.height, window.width)
        target = self.grid.part(window, shape)
        if self._same:
            to_source = ~self.source.grid.affine * target.affine
            if abs(to_source.b) * target.height < SAME_PLACE and abs(to_source.d) * target.width < SAME_PLACE:
                return self._along_axes(target, to_source)
        return self._across(target)

    def native_pixels(self, window: Window, out_shape: Tuple[int, int]) -> int:
        """As of :class:`GdalSource`; 0 if the source cannot say."""
        cost = getattr(self.source, "native_pixels", None)
        if cost is None:
            return 0
        high, wide = self.grid.height / window.height, self.grid.width / window.width
        whole = max(1, round(out_shape[0] * high)), max(1, round(out_shape[1] * wide))
        return int(cost(self.source.grid.window, whole) * min(1.0, 1 / (high * wide)))

    def fingerprint(self) -> str:
        """The source's, and the grid's."""
        text = f"{self.source.fingerprint()}|{self.grid}"
        return hashlib.sha256(text.encode()).hexdigest()

    def close(self) -> None:
        """Release the source."""
        self.source.close()

    def _along_axes(self, target: Grid, to_source: Affine) -> GeoImage:
        """Rows stay rows: exact area averages, or nothing at all to do."""
        cols = to_source.c + to_source.a * np.arange(target.width + 1)
        rows = to_source.f + to_source.e * np.arange(target.height + 1)
        flip = slice(None, None, -1 if to_source.e < 0 else 1), slice(None, None, -1 if to_source.a < 0 else 1)
        cols, rows = np.sort(cols), np.sort(rows)
        if _whole(abs(to_source.a), abs(to_source.e), cols[0], rows[0]):
            # Pixels of whole source pixels: the source can do it alone, with its overviews. This holds for every window
            # of a grid or for none, so that neighbouring tiles are never read in two ways.
            window = Window(round(cols[0]), round(rows[0]), round(cols[-1] - cols[0]), round(rows[-1] - rows[0]))
            whole = self.source.read(window, (target.height, target.width))
            pixels, valid = whole.pixels[(slice(None), *flip)], whole.valid[flip]
            return GeoImage(np.ascontiguousarray(pixels), np.ascontiguousarray(valid), target, whole.unreadable)
        factor = max(1, int(min(abs(to_source.a), abs(to_source.e)) + 1e-6))
        image, origin = self._reduced(cols[0], rows[0], cols[-1], rows[-1], factor)
        if image is None:
            return self._nothing(target)
        pixels, valid = resample(image.pixels, image.valid, (rows - origin[1]) / factor, (cols - origin[0]) / factor)
        pixels, valid = pixels[(slice(None), *flip)], valid[flip]
        return GeoImage(
            np.ascontiguousarray(pixels), np.ascontiguousarray(valid), target, _carried(image, target, factor)
        )

    def _reduced(
        self, left: float, top: float, right: float, bottom: float, factor: int
    ) -> Tuple[Optional[GeoImage], Tuple[int, int]]:
        """Source pixels from (left, top) to (right, bottom) and one more, averaged by ``factor``; and their origin."""
        col, row = (int(np.floor(v / factor)) - 1 for v in (left, top))
        wide, high = int(np.ceil(right / factor)) + 1 - col, int(np.ceil(bottom / factor)) + 1 - row
        window = Window(col * factor, row * factor, wide * factor, high * factor)
        if window.intersection(self.source.grid.window).empty:
            return None, (0, 0)
        return self.source.read(window, (high, wide)), (window.col, window.row)

    def _nothing(self, target: Grid) -> GeoImage:
        probe = self.source.read(Window(0, 0, 1, 1))
        shape = target.height, target.width
        return GeoImage(np.zeros((len(probe.pixels), *shape), probe.pixels.dtype), np.zeros(shape, bool), target)

    def _across(self, target: Grid) -> GeoImage:
        """Rotated against the source, or in another CRS: bilinear at every pixel's centre, on averaged source pixels."""
        x, y = self._places(target)
        grid = self.source.grid
        on = (x >= 0) & (x <= grid.width) & (y >= 0) & (y <= grid.height)
        if not on.any():
            return self._nothing(target)
        factor = max(1, round(_scale(x, y)))
        xs, ys = x[on], y[on]
        image, origin = self._reduced(xs.min(), ys.min(), xs.max(), ys.max(), factor)
        if image is None:
            return self._nothing(target)
        high, wide = image.valid.shape
        u = np.where(on, (x - origin[0]) / factor - 0.5, 0)
        v = np.where(on, (y - origin[1]) / factor - 0.5, 0)
        col, row = np.clip(np.floor(u).astype(int), 0, wide - 2), np.clip(np.floor(v).astype(int), 0, high - 2)
        du, dv = u - col, v - row
        corners = (
            (row, col, (1 - du) * (1 - dv)),
            (row, col + 1, du * (1 - dv)),
            (row + 1, col, (1 - du) * dv),
            (row + 1, col + 1, du * dv),
        )
        good = image.valid
        weight = sum((w * good[r, c] for r, c, w in corners), np.zeros(x.shape))
        keep = on & (weight >= VALID_SHARE - 1e-9)
        divisor = np.where(keep, weight, 1.0)
        out = np.zeros((len(image.pixels), *x.shape), image.pixels.dtype)
        for band, plane in enumerate(image.pixels):
            clean = np.where(good, plane, 0).astype(np.float64)
            values = sum((w * clean[r, c] for r, c, w in corners), np.zeros(x.shape)) / divisor
            values[~keep] = 0
            out[band] = as_dtype(values, out.dtype)
        return GeoImage(out, keep, target, _carried(image, target, factor))

    def _places(self, target: Grid) -> Tuple[np.ndarray, np.ndarray]:
        """Where the centres of ``target``'s pixels lie in the source: two (H, W) arrays of source pixels."""
        rows = np.linspace(0.5, target.height - 0.5, -(-target.height // _LATTICE) + 1)
        cols = np.linspace(0.5, target.width - 0.5, -(-target.width // _LATTICE) + 1)
        col, row = (a.ravel() for a in np.meshgrid(cols, rows))
        points = np.stack(target.affine * (col, row), axis=1)
        if not self._same:
            points = transform_points(points, target.crs_wkt, self.source.grid.crs_wkt)
        inverse = ~self.source.grid.affine
        with np.errstate(invalid="ignore"):
            x = inverse.a * points[:, 0] + inverse.b * points[:, 1] + inverse.c
            y = inverse.d * points[:, 0] + inverse.e * points[:, 1] + inverse.f
        # Beyond the CRS's domain: a place that is off every raster, finite so that it can be interpolated.
        x, y = (np.where(np.isfinite(v), v, -1e12).reshape(len(rows), len(cols)) for v in (x, y))
        return _bilinear(x, target), _bilinear(y, target)


def _whole(*values: float) -> bool:
    return min(values[:2]) > 0.5 and all(abs(v - round(v)) < SAME_PLACE / 256 for v in values)


def _bilinear(lattice: np.ndarray, target: Grid) -> np.ndarray:
    """Values of a lattice that spans the pixel centres, at every pixel centre."""
    out = lattice
    for axis, length in ((0, target.height), (1, target.width)):
        count = lattice.shape[axis]
        place = np.linspace(0, count - 1, length) if length > 1 else np.zeros(1)
        low = np.minimum(place.astype(int), max(count - 2, 0))
        part = place - low
        part = part[:, None] if axis == 0 else part[None, :]
        high = np.minimum(low + 1, count - 1)
        out = np.take(out, low, axis) * (1 - part) + np.take(out, high, axis) * part
    return out


def _scale(x: np.ndarray, y: np.ndarray) -> float:
    """Source pixels per target pixel, at the middle."""
    row, col = x.shape[0] // 2, x.shape[1] // 2
    across = np.hypot(*(np.diff(v[row, max(0, col - 1) : col + 1]) for v in (x, y)))
    down = np.hypot(*(np.diff(v[max(0, row - 1) : row + 1, col]) for v in (x, y)))
    sides = [float(s[0]) for s in (across, down) if len(s)]
    return min(float(np.sqrt(np.prod(sides))) if len(sides) == 2 else (sides or [1.0])[0], 4096.0)


def _carried(image: GeoImage, target: Grid, factor: int) -> int:
    """Unreadable pixels of the reduced image, in pixels of the target grid; at least one if there is any."""
    if not image.unreadable:
        return 0
    ratio = target.width * target.height / image.valid.size
    return min(target.width * target.height, max(1, round(image.unreadable * ratio)))


def _shift(own: Grid, other: Grid) -> Optional[Tuple[int, int]]:
    """Whole pixels by which ``other`` is shifted against ``own``; None if they are different grids."""
    if own.crs_wkt != other.crs_wkt and not same_crs(own.crs_wkt, other.crs_wkt):
        return None
    between = ~own.affine * other.affine
    col, row = round(between.c), round(between.f)
    shifted = Affine.translation(col, row)
    places = [(0, 0), (other.width, 0), (0, other.height)]
    off = max(np.abs(np.subtract(between * p, shifted * p)).max() for p in places)
    return (col, row) if off < SAME_PLACE else None


def axis_aligned(own: Grid, other: Grid) -> bool:
    """True if rows of ``other`` run along rows of ``own`` (same CRS assumed), whatever the pixel sizes."""
    between = ~own.affine * other.affine
    return abs(between.b) * other.height < SAME_PLACE and abs(between.d) * other.width < SAME_PLACE
