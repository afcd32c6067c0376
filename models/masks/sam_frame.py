"""The square that an encoder of the SAM family looks at: how a window lies in it, and back.

Resized as the family's own code does it (PIL's bilinear filter inwards, two steps of bilinear interpolation outwards), so
that masks agree with it. Separable: one small matrix an axis.
"""

from functools import lru_cache
from typing import Tuple

import numpy as np

from .engine import Point
from .sam_layouts import Layout

#: Mean and deviation of the pixels, 0..255, with which the published models were trained (ImageNet's).
MEAN = np.array([123.675, 116.28, 103.53], np.float32)[:, None, None]
DEVIATION = np.array([58.395, 57.12, 57.375], np.float32)[:, None, None]


class Frame:
    """A window of ``shape`` (H, W) pixels in the frame of ``layout``. ``inner``: (h, w) of it that the window fills."""

    def __init__(self, layout: Layout, shape: Tuple[int, int]) -> None:
        self._layout, self._shape = layout, shape
        self.side = side = layout.side
        if layout.own_size:
            self.inner = shape
        elif layout.stretched:
            self.inner = side, side
        else:
            scale = side / max(shape)
            self.inner = max(1, int(shape[0] * scale + 0.5)), max(1, int(shape[1] * scale + 0.5))

    def image(self, rgb: np.ndarray) -> np.ndarray:
        """(3, H, W) → (3, h, w) float32; where it gets smaller, every pixel counts."""
        if rgb.shape[1:] == self.inner:
            return rgb
        rows, cols = (bilinear(n, m, widen=True) for n, m in zip(rgb.shape[1:], self.inner))
        return np.asarray(rows @ rgb @ cols.T)

    def mask(self, logits: np.ndarray) -> np.ndarray:
        """A mask (h, w) of the whole frame → (H, W) float32 of the window."""
        logits = logits.astype(np.float32, copy=False)
        rows, cols = (self._outwards(n, axis) for axis, n in enumerate(logits.shape))
        return np.ascontiguousarray(cols.apply(np.ascontiguousarray(rows.apply(logits).T)).T)

    def _outwards(self, length: int, axis: int) -> "_Bands":
        """Weights along one axis, from ``length`` pixels of the frame to the window's."""
        if self._layout.stretched:
            return _one_step(length, self._shape[axis])
        return _two_steps(length, self.side, self.inner[axis], self._shape[axis])

    def place(self, point: Point) -> Point:
        """A point of the window where the decoder reads it: it adds half a pixel, after or before it scales by itself."""
        height, width = self._shape
        if self._layout.own_size:
            return point[0] - 0.5 * width / self.side, point[1] - 0.5 * height / self.side
        return point[0] * self.inner[1] / width - 0.5, point[1] * self.inner[0] / height - 0.5


def normalised(image: np.ndarray, layout: Layout, dimensions: int) -> np.ndarray:
    """The part of the frame that the window fills → what the encoder reads, the rest filled as its training filled it."""
    if layout.pixels == "unit" and layout.own_size:
        return image[None]
    bytes_ = image * np.float32(255)
    if layout.pixels == "normalised":
        bytes_ = (bytes_ - MEAN) / DEVIATION
    elif layout.pixels == "unit":
        bytes_ = image
    if not layout.last:
        side = layout.side
        # Zero once normalised, also where the graph normalises by itself.
        filling = 0.0 if layout.pixels == "normalised" else MEAN / (255 if layout.pixels == "unit" else 1)
        framed = np.empty((3, side, side), np.float32)
        framed[:] = filling
        framed[:, :image.shape[1], :image.shape[2]] = bytes_
        bytes_ = framed
    else:
        bytes_ = bytes_.transpose(1, 2, 0)
    return bytes_ if dimensions == 3 else bytes_[None]


class _Bands:
    """A matrix whose rows hold a few numbers side by side, applied without its zeros."""

    def __init__(self, matrix: np.ndarray) -> None:
        first = (matrix != 0).argmax(axis=1)
        last = matrix.shape[1] - 1 - (matrix[:, ::-1] != 0).argmax(axis=1)
        width = int((last - first).max()) + 1
        self._first = np.minimum(first, matrix.shape[1] - width)
        self._weights = np.take_along_axis(matrix, self._first[:, None] + np.arange(width), axis=1)

    def apply(self, plane: np.ndarray) -> np.ndarray:
        """(n, w) float32 → (rows, w) float32."""
        out = plane[self._first] * self._weights[:, :1]
        for step in range(1, self._weights.shape[1]):
            out += plane[self._first + step] * self._weights[:, step:step + 1]
        return np.asarray(out)


@lru_cache(maxsize=8)
def _one_step(length: int, size: int) -> _Bands:
    return _Bands(bilinear(length, size))


@lru_cache(maxsize=8)
def _two_steps(length: int, side: int, inner: int, size: int) -> _Bands:
    """To the pixels of the frame, and from those of them that the window fills to its own."""
    return _Bands(bilinear(inner, size) @ bilinear(length, side)[:inner])


def bilinear(length: int, size: int, widen: bool = False) -> np.ndarray:
    """(size, length) float32 weights between pixel centres; ``widen``: to all pixels that a coarser one covers."""
    scale = length / size
    centres = (np.arange(size) + 0.5) * scale - 0.5
    # Beyond the outermost centres the outermost pixels go on.
    away = np.abs(np.clip(centres, 0, length - 1)[:, None] - np.arange(length)) if not widen or scale <= 1 else \
        np.abs(centres[:, None] - np.arange(length)) / scale
    weights = np.maximum(0.0, 1.0 - away)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
