"""Windows to another pixel size, axis by axis: averaged when coarser, linear when finer, nodata left out of both."""

from typing import Tuple

import numpy as np

#: A resampled pixel is valid when at least this share of what it covers is.
VALID_SHARE = 0.5


def resample(
    pixels: np.ndarray, valid: np.ndarray, rows: np.ndarray, cols: np.ndarray
) -> Tuple[np.ndarray, np.ndarray]:
    """``pixels`` (bands, h, w) on a new grid of pixels bounded by ``rows`` (H+1) and ``cols`` (W+1).

    The bounds are increasing, in pixels of the input (0 = its first edge). Returns (bands, H, W) in the input's
    dtype and (H, W) bool. Input beyond its edges counts as invalid where averaged, and is repeated where interpolated.
    """
    shape = len(rows) - 1, len(cols) - 1
    out = np.zeros((len(pixels), *shape), pixels.dtype)
    if valid.all() and _within(rows, valid.shape[0]) and _within(cols, valid.shape[1]):
        for band, plane in enumerate(pixels):
            values = _axis(_axis(plane, rows, 0), cols, 1)
            out[band] = as_dtype(values, pixels.dtype)
        return out, np.ones(shape, bool)
    weight = share(valid, rows, cols)
    keep = weight >= VALID_SHARE - 1e-9
    divisor = np.where(keep, weight, 1.0)
    for band, plane in enumerate(pixels):
        values = _axis(_axis(np.where(valid, plane, 0).astype(np.float64), rows, 0), cols, 1) / divisor
        values[~keep] = 0
        out[band] = as_dtype(values, pixels.dtype)
    return out, keep


def as_dtype(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Integers are rounded, halves upwards also where arithmetic left 1e-12 below: tiles must agree on them."""
    return np.floor(values + (0.5 + 1e-6)).astype(dtype) if dtype.kind in "iu" else values


def _within(edges: np.ndarray, length: int) -> bool:
    return bool(edges[0] >= 0 and edges[-1] <= length)


def share(flags: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """(H, W) float64: how much of each new pixel is True in ``flags`` (h, w)."""
    return _axis(_axis(flags.astype(np.float64), rows, 0), cols, 1)


def _axis(plane: np.ndarray, edges: np.ndarray, axis: int) -> np.ndarray:
    step = float(edges[-1] - edges[0]) / (len(edges) - 1)
    if axis == 1:
        return (_average(plane.T, edges) if step >= 1 else _interpolate(plane.T, edges)).T
    return _average(plane, edges) if step >= 1 else _interpolate(plane, edges)


def _average(plane: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Mean over [edge, next edge) along axis 0, from the running integral: exact for fractional edges."""
    length = plane.shape[0]
    whole = np.floor(edges).astype(np.int64)
    if (edges == whole).all() and whole[0] >= 0 and whole[-1] <= length:
        sizes = np.diff(whole)
        if (sizes == sizes[0]).all():
            return _average_whole(plane[whole[0] : whole[-1]], int(sizes[0]))
    plane = plane.astype(np.float64, copy=False)
    integral = np.zeros((length + 1, plane.shape[1]))
    np.cumsum(plane, axis=0, out=integral[1:])
    place = np.clip(edges, 0, length)
    index = np.minimum(place.astype(np.int64), length - 1)
    part = (place - index)[:, None]
    at_edges = integral[index] * (1 - part) + integral[index + 1] * part
    return np.diff(at_edges, axis=0) / np.diff(edges)[:, None]


def _average_whole(plane: np.ndarray, size: int) -> np.ndarray:
    """Mean of every ``size`` rows. In float32 where their sum is exact there (8 and 16 bits, up to 256 rows)."""
    small = plane.dtype.kind in "iu" and plane.dtype.itemsize <= 2 and size <= 256
    groups = plane.reshape(len(plane) // size, size, plane.shape[1])
    total = groups[:, 0].astype(np.float32 if small else np.float64)
    for row in range(1, size):
        total += groups[:, row]
    total /= size
    return total


def _interpolate(plane: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Linear between pixel centres along axis 0, at the centres of the new pixels."""
    length = plane.shape[0]
    centre = np.clip((edges[:-1] + edges[1:]) / 2 - 0.5, 0, length - 1)
    low = np.minimum(centre.astype(np.int64), max(length - 2, 0))
    high = np.minimum(low + 1, length - 1)
    part = (centre - low)[:, None]
    return plane[low] * (1 - part) + plane[high] * part
