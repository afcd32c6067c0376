"""Images as the evaluation shows them: opened like any raster, under a control, brought back to their own pixels."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..imagery.geo_image import GeoImage
from ..imagery.grid import Grid, Window
from ..imagery.opening import open_raster
from ..imagery.source import RasterSource
from ..imagery.stretch import measure_stretch


def permutation(groups: Sequence[Any]) -> Dict[int, int]:
    """Another index for every index, moved by half its group, so that no image stays where more than one is."""
    members: Dict[Any, List[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    moved = {}
    for indices in members.values():
        step = max(1, len(indices) // 2)
        moved.update({index: indices[(place + step) % len(indices)] for place, index in enumerate(indices)})
    return moved


class BlankSource:
    """A source whose valid pixels are all its own mean colour."""

    def __init__(self, source: RasterSource) -> None:
        self._source = source
        self.name, self.grid, self.bands, self.time, self.gsd = (
            source.name, source.grid, source.bands, source.time, source.gsd)
        image = source.read(source.grid.window)
        valid = image.valid if image.valid.any() else np.ones_like(image.valid)
        self._mean = image.pixels[:, valid].mean(1)

    def read(self, window: Window, out_shape: Optional[Tuple[int, int]] = None) -> GeoImage:
        """See ``RasterSource``."""
        image = self._source.read(window, out_shape)
        flat = np.broadcast_to(self._mean[:, None, None], image.pixels.shape).astype(image.pixels.dtype)
        return GeoImage(flat, image.valid, image.grid, image.unreadable)

    def fingerprint(self) -> str:
        """Never that of the real image."""
        return f"blank {self._source.fingerprint()}"

    def close(self) -> None:
        """Release the file."""
        self._source.close()


class EvaluationImage:
    """One opened image."""

    def __init__(self, source: RasterSource) -> None:
        self.source = source

    @property
    def valid(self) -> np.ndarray:
        """(H, W) bool."""
        return self.source.read(self.source.grid.window).valid

    @staticmethod
    def mask(path: Path) -> np.ndarray:
        """A mask file as (H, W) bool: 255 is the concept; one-bit files hold 1."""
        values = EvaluationImage.values(path)
        return values > (127 if values.max(initial=0) > 1 else 0)

    @staticmethod
    def values(path: Path) -> np.ndarray:
        """The first band of a file as (H, W), as stored."""
        source = open_raster(str(path))
        try:
            return source.read(source.grid.window).pixels[0]
        finally:
            source.close()

    def rgb(self, least: int) -> Tuple[np.ndarray, Optional[float]]:
        """Stretched (3, h, w) in 0..1, enlarged by a whole factor to at least ``least`` px, cut to multiples of 32,
        and the ground sample distance that goes with it."""
        source = self.source
        window = source.grid.window
        factor = max(1, least // min(window.width, window.height))
        image = source.read(window)
        rgb = measure_stretch(source).apply(image)
        if factor > 1:
            rgb = rgb.repeat(factor, 1).repeat(factor, 2)
        side = min(max(rgb.shape[1:]), 512)
        height, width = (min(side, length) // 32 * 32 or 32 for length in rgb.shape[1:])
        rgb = np.pad(rgb, ((0, 0), (0, max(0, height - rgb.shape[1])), (0, max(0, width - rgb.shape[2]))), mode="edge")
        top, left = (rgb.shape[1] - height) // 2, (rgb.shape[2] - width) // 2
        gsd = source.gsd
        return rgb[:, top:top + height, left:left + width], None if gsd is None else gsd / factor

    def full(self, scores: np.ndarray, grid: Grid) -> np.ndarray:
        """(K, h, w) scores on a working grid → (K, H, W) on the image's own pixels, NaN where nothing was scored."""
        own = self.source.grid
        rows, cols = np.arange(own.height) + 0.5, np.arange(own.width) + 0.5
        to_working = ~grid.affine * own.affine
        x, y = np.floor(to_working.a * cols + to_working.c).astype(int), np.floor(to_working.e * rows + to_working.f).astype(int)
        inside = ((y >= 0) & (y < grid.height))[:, None] & ((x >= 0) & (x < grid.width))[None]
        picked = scores[:, np.clip(y, 0, grid.height - 1)][:, :, np.clip(x, 0, grid.width - 1)]
        return np.where(inside, picked, np.nan)


def open_image(path: Path, gsd: Optional[float], blank: bool) -> EvaluationImage:
    """``gsd``: metres, for images without georeference; ``blank``: shown as its mean colour."""
    source: RasterSource = open_raster(str(path), gsd=gsd)
    return EvaluationImage(BlankSource(source) if blank else source)
