"""The square that an encoder of the SAM family looks at: how a window lies in it, and back."""

from typing import Tuple

import numpy as np

from ..imagery.resample import resample
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
        """(3, H, W) → (3, h, w) float32, averaged where it gets smaller and interpolated where larger."""
        if rgb.shape[1:] == self.inner:
            return rgb
        valid = np.ones(rgb.shape[1:], bool)
        pixels, _ = resample(rgb, valid, _edges(rgb.shape[1], self.inner[0]), _edges(rgb.shape[2], self.inner[1]))
        return pixels.astype(np.float32, copy=False)

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


def to_window(logits: np.ndarray, frame: Frame, shape: Tuple[int, int]) -> np.ndarray:
    """A mask (h, w) of the whole frame → (H, W) of the window."""
    side = frame.side
    rows = _edges(frame.inner[0] * logits.shape[0] / side, shape[0])
    cols = _edges(frame.inner[1] * logits.shape[1] / side, shape[1])
    found, _ = resample(logits[None], np.ones(logits.shape, bool), rows, cols)
    return found[0].astype(np.float32, copy=False)


def _edges(length: float, parts: int) -> np.ndarray:
    return np.linspace(0, length, parts + 1)
