"""One stretch per layer: the same ground gets the same values in every tile, in any dtype, without its nodata."""

import json
from dataclasses import dataclass, field
from typing import Dict, Iterable, Iterator, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..errors import NothingToAnalyse
from .geo_image import GeoImage
from .grid import Window
from .roles import COLOURS
from .source import Band, RasterSource

#: Side of the overview that is measured.
_SIDE = 1024
#: 8-bit colour whose bright end reaches this is taken as prepared for display and left as it is.
_DISPLAY_READY = 64
#: Stored pixels a band from which a few windows are looked at before a file is read through; most imagery is prepared
#: for display and shows it there, if they hold this many valid pixels.
_WORTH_A_GLANCE, _GLANCE = 4_000_000, 20_000
#: Without overviews, a raster of more pixels than this is sampled in small windows instead of read through.
_AFFORDABLE = 200_000_000


@dataclass(frozen=True)
class Stretch:
    """Linear per channel: ``low`` → 0, ``high`` → 1, cut off beyond. ``channels``: index into the source's bands of
    red, green and blue (the same one three times for one band).
    """

    low: Tuple[float, float, float]
    high: Tuple[float, float, float]
    channels: Tuple[int, int, int]
    _tables: dict = field(default_factory=dict, repr=False, compare=False)

    def apply(self, image: GeoImage) -> np.ndarray:
        """(3, H, W) float32 in [0, 1]; invalid pixels are 0. Any thread."""
        out = np.empty((3, *image.valid.shape), np.float32)
        for channel, band in enumerate(self.channels):
            if channel and (band, self.low[channel]) == (self.channels[channel - 1], self.low[channel - 1]):
                out[channel] = out[channel - 1]
                continue
            self._channel(image.pixels[band], channel, out[channel])
        if not image.valid.all():
            out *= image.valid
        return out

    def _channel(self, plane: np.ndarray, channel: int, out: np.ndarray) -> None:
        low, high = self.low[channel], self.high[channel]
        if plane.dtype == np.uint8 and (low, high) == (0, 255):
            np.multiply(plane, np.float32(1 / 255), out=out)
        elif plane.dtype in (np.uint8, np.uint16, np.int16):
            key = plane.dtype.str, channel
            if key not in self._tables:
                values = np.arange(2 ** (8 * plane.itemsize)).astype(f"u{plane.itemsize}").view(plane.dtype)
                self._tables[key] = _linear(values, low, high)
            np.take(self._tables[key], plane.view(f"u{plane.itemsize}"), out=out, mode="clip")
        else:
            out[:] = _linear(plane, low, high)

    def to_json(self) -> str:
        """For provenance; :meth:`from_json` gives an equal stretch."""
        return json.dumps({"low": self.low, "high": self.high, "channels": self.channels})

    @classmethod
    def from_json(cls, text: str) -> "Stretch":
        """The stretch that :meth:`to_json` wrote."""
        found = json.loads(text)
        return cls(tuple(found["low"]), tuple(found["high"]), tuple(found["channels"]))


def _linear(values: np.ndarray, low: float, high: float) -> np.ndarray:
    # float64 first: 32-bit counts and elevations lose their differences in float32 before low is taken off.
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = (values.astype(np.float64) - low) / (high - low)
    out: np.ndarray = np.clip(np.nan_to_num(scaled, nan=0.0), 0, 1).astype(np.float32)
    return out


def rgb_channels(bands: Tuple[Band, ...]) -> Tuple[int, int, int]:
    """Indices of red, green and blue among ``bands``; the first three, or the first thrice, where roles are missing."""
    roles = [b.role for b in bands]
    if all(colour in roles for colour in COLOURS):
        return roles.index("red"), roles.index("green"), roles.index("blue")
    return (0, 1, 2) if len(bands) >= 3 else (0, 0, 0)


def measure_stretch(source: RasterSource, cancel: Optional[CancelToken] = None) -> Stretch:
    """The stretch of a whole layer, from an overview of at most 1024² pixels (or as many in small windows spread over it,
    where a huge file has no overviews), valid pixels only.

    8-bit imagery whose bright end reaches 64 of 255 stays as it is (0 → 0, 255 → 1): it was prepared for display, and
    models are trained on such values. Everything else, per band, runs from the 0.5th to the 99.5th percentile, with
    two guards for small bright things on flat ground: if that range is less than a tenth of the 0.01–99.99 % range,
    the wider one is taken; if it is nothing at all, minimum to maximum, of the whole raster if need be.
    Raises ``NothingToAnalyse`` if no pixel is valid, ``RasterUnreadable`` if none can be read.
    """
    channels = rgb_channels(source.bands)
    grid = source.grid
    factor = -(-max(grid.width, grid.height) // _SIDE)
    shape = max(1, grid.height // factor), max(1, grid.width // factor)
    # Whole multiples of the factor: averaging whole pixels is several times faster, the rest of a row tells nothing new.
    window = Window(0, 0, min(grid.width, shape[1] * factor), min(grid.height, shape[0] * factor))
    # Small windows are for files alone: what is drawn or served is asked for once.
    cost = source.native_pixels(window, shape) if hasattr(source, "native_pixels") else 0
    if cost > _WORTH_A_GLANCE:
        glance = _samples((source.read(part) for part in _spread(grid.width, grid.height, 5)), channels)
        if glance and min(len(values) for values in glance.values()) >= _GLANCE and _prepared_for_display(glance):
            return _as_displayed(channels)
    if cost <= _AFFORDABLE:
        samples = _samples([source.read(window, shape)], channels)
    else:
        samples = _samples((source.read(part) for part in _spread(grid.width, grid.height, 16)), channels)
    if not samples:
        return _from_whole(source, channels, cancel)
    if _prepared_for_display(samples):
        return _as_displayed(channels)
    bounds = {band: _bounds(sample) for band, sample in samples.items()}
    if any(low >= high for low, high in bounds.values()) and factor > 1:
        return _from_whole(source, channels, cancel)
    return _of(bounds, channels)


def _samples(images: Iterable[GeoImage], channels: Tuple[int, int, int]) -> Dict[int, np.ndarray]:
    """Valid pixels of each channel's band. Empty if none is valid."""
    found: Dict[int, List[np.ndarray]] = {band: [] for band in sorted(set(channels))}
    for image in images:
        for band, values in found.items():
            values.append(image.pixels[band][image.valid])
    joined = {band: np.concatenate(values) for band, values in found.items()}
    return {band: values for band, values in joined.items() if len(values)}


def _prepared_for_display(samples: Dict[int, np.ndarray]) -> bool:
    eight_bit = all(values.dtype == np.uint8 for values in samples.values())
    return eight_bit and max(float(np.percentile(values, 98)) for values in samples.values()) >= _DISPLAY_READY


def _as_displayed(channels: Tuple[int, int, int]) -> Stretch:
    return Stretch((0.0, 0.0, 0.0), (255.0, 255.0, 255.0), channels)


def _spread(width: int, height: int, count: int) -> Iterator[Window]:
    """``count`` × ``count`` windows of 64 px, evenly over a raster."""
    for row in np.linspace(0, max(0, height - 64), count).astype(int):
        for col in np.linspace(0, max(0, width - 64), count).astype(int):
            yield Window(int(col), int(row), min(64, width), min(64, height))


def _bounds(sample: np.ndarray) -> Tuple[float, float]:
    deep, low, high, top = (float(v) for v in np.percentile(sample.astype(np.float64), (0.01, 0.5, 99.5, 99.99)))
    if high - low < (top - deep) / 10:
        low, high = deep, top
    if high <= low:
        low, high = float(sample.min()), float(sample.max())
    return low, high


def _of(bounds: dict, channels: Tuple[int, int, int]) -> Stretch:
    low: List[float] = []
    high: List[float] = []
    for band in channels:
        bottom, top = bounds[band]
        low.append(bottom)
        # One value everywhere: any range does, as long as dividing by it is defined.
        high.append(top if top > bottom else bottom + 1.0)
    return Stretch((low[0], low[1], low[2]), (high[0], high[1], high[2]), channels)


def _from_whole(source: RasterSource, channels: Tuple[int, int, int], cancel: Optional[CancelToken]) -> Stretch:
    """Minimum and maximum over every pixel, strip by strip: for rasters whose overview shows one value, or none."""
    grid = source.grid
    bounds: dict = {}
    step = max(1, 8_000_000 // grid.width)
    for row in range(0, grid.height, step):
        if cancel is not None:
            cancel.raise_if_cancelled()
        image = source.read(Window(0, row, grid.width, min(step, grid.height - row)))
        if image.valid.any():
            for band in set(channels):
                values = image.pixels[band][image.valid]
                low, high = bounds.get(band, (np.inf, -np.inf))
                bounds[band] = min(low, float(values.min())), max(high, float(values.max()))
    if not bounds:
        raise NothingToAnalyse(source.name)
    return _of(bounds, channels)
