"""Batches that mix every source. Geometry per tile in numpy and torch, light per batch; seeded.

A batch never holds one source alone: a source that shows a concept only present or only absent would teach its look.
"""

from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..vision.legend import gsd_code
from . import labels, styling


class Batch(NamedTuple):
    """``rgb`` (n, 3, S, S) in 0..1; ``label`` (n, S, S) uint8 cover sets; ``scene`` (n,) or −1; ``gsd`` code (n, 3)."""

    rgb: Tensor
    label: Tensor
    scene: Tensor
    gsd: Tensor


class Source:
    """Packed tiles of one or several folders, drawn with replacement. ``zoom``: how far a crop may be rescaled."""

    def __init__(self, folders: Sequence[Path], zoom: Tuple[float, float]) -> None:
        if not folders:
            raise ValueError("a source needs at least one packed folder")
        self.images = [np.load(folder / "images.npy", mmap_mode="r") for folder in folders]
        self.labels = [np.load(folder / "labels.npy", mmap_mode="r") for folder in folders]
        self.scenes = np.concatenate([_column(folder, "scenes.npy", -1) for folder in folders])
        self.gsd = np.concatenate([np.load(folder / "gsd.npy") for folder in folders]).astype(np.float64)
        ends = np.cumsum([len(images) for images in self.images])
        self._place = [(which, index) for which, images in enumerate(self.images) for index in range(len(images))]
        self.zoom = zoom
        if len(self.scenes) != ends[-1] or len(self.gsd) != ends[-1]:
            raise ValueError(f"{folders}: columns of different length")

    def __len__(self) -> int:
        return len(self._place)

    def sample(self, rng: np.random.Generator, count: int, size: int) -> Tuple[Tensor, Tensor, np.ndarray, np.ndarray]:
        """``count`` random crops, flipped and turned, at ``size`` px: rgb uint8-valued float, label, scene, gsd."""
        picks = rng.integers(0, len(self), count)
        crops = [self._crop(rng, int(pick), size) for pick in picks]
        rgb = torch.stack([crop[0] for crop in crops])
        label = torch.stack([crop[1] for crop in crops])
        return rgb, label, self.scenes[picks], np.array([crop[2] for crop in crops])

    def _crop(self, rng: np.random.Generator, pick: int, size: int) -> Tuple[Tensor, Tensor, float]:
        which, index = self._place[pick]
        full = self.images[which].shape[-1]
        wanted = size * float(np.exp(rng.uniform(*np.log(self.zoom))))
        side = int(np.clip(round(wanted), 8, full))
        top, left = rng.integers(0, full - side + 1, 2)
        image = self.images[which][index, :, top:top + side, left:left + side]
        label = self.labels[which][index, top:top + side, left:left + side]
        turns, flip = int(rng.integers(4)), bool(rng.integers(2))
        image, label = np.rot90(image, turns, (1, 2)), np.rot90(label, turns)
        if flip:
            image, label = image[:, :, ::-1], label[:, ::-1]
        # The packed arrays are read-only maps: torch wants memory of its own.
        pixels = torch.from_numpy(image.astype(np.float32))[None]
        classes = torch.from_numpy(label.astype(np.float32))[None, None]
        if side != size:
            mode = {"mode": "area"} if side > 1.3 * size else {"mode": "bilinear", "align_corners": False}
            pixels = F.interpolate(pixels, (size, size), **mode)
            classes = F.interpolate(classes, (size, size), mode="nearest")
        # An enlarged crop stands for larger things, not for finer pixels: the only mapped roofs are small ones.
        return pixels[0], classes[0, 0].to(torch.uint8), float(self.gsd[pick]) * max(1.0, side / size)


def _column(folder: Path, name: str, default: int) -> np.ndarray:
    path = folder / name
    return np.load(path) if path.exists() else np.full(len(np.load(folder / "gsd.npy")), default)


def draw(
    sources: Dict[str, Source], counts: Dict[str, int], size: int, rng: np.random.Generator, light: float = 1.0,
    mixed: bool = False,
) -> Batch:
    """One batch at ``size`` px with ``counts`` tiles per source, light changed, distance blurred and sometimes unknown.

    ``mixed``: also repaint roofs and let tiles borrow light and pieces from each other (``styling``).
    """
    parts: List[Tuple[Tensor, Tensor, np.ndarray, np.ndarray]] = [
        sources[name].sample(rng, count, size) for name, count in counts.items() if count
    ]
    rgb = torch.cat([part[0] for part in parts]) / 255.0
    label = torch.cat([part[1] for part in parts])
    gsd = np.concatenate([part[3] for part in parts])
    scene = torch.from_numpy(np.concatenate([part[2] for part in parts]).astype(np.int64))
    if mixed:
        rgb = styling.borrowed(styling.repainted(rgb, label, rng), rng)
        rgb, label, scene = styling.cut(rgb, label, scene, gsd, rng)
    rgb = relight(rgb, rng, light)
    rgb, label = _gaps(rgb, label, rng)
    # Each source comes at its own scale: told exactly, the scale alone would say whether roofs are to be expected.
    told = gsd * np.exp(rng.normal(0, 0.3, len(rgb)))
    known = [None if rng.random() < 0.25 else float(value) for value in told]
    return Batch(rgb.contiguous(memory_format=torch.channels_last), label, scene, torch.from_numpy(gsd_code(known)))


def relight(rgb: Tensor, rng: np.random.Generator, strength: float = 1.0) -> Tensor:
    """Other light, haze, sensor and season for a batch (n, 3, S, S) in 0..1; one draw per tile.

    ``strength``: 0 leaves the colours alone, 1 changes them as much as another place and season would.
    """
    n = len(rgb)

    def each(low: float, high: float, channels: int = 1) -> Tensor:
        return torch.from_numpy(rng.uniform(low, high, (n, channels, 1, 1)).astype(np.float32))

    def gain(low: float, high: float, channels: int = 1) -> Tensor:
        return each(1 + (low - 1) * strength, 1 + (high - 1) * strength, channels)

    # Roofs and soils of another country: every channel takes a little of the others.
    mixing = torch.eye(3) + 0.1 * strength * torch.from_numpy(rng.standard_normal((n, 3, 3), dtype=np.float32))
    rgb = torch.einsum("nij,njhw->nihw", mixing / mixing.sum(2, keepdim=True), rgb).clamp(0, 1)
    grey = rgb.mean(1, keepdim=True)
    saturation = gain(0.5, 1.35)
    saturation[torch.from_numpy(rng.random(n) < 0.08 * strength)] = 0.0  # panchromatic imagery
    rgb = grey + (rgb - grey) * saturation
    rgb = (rgb * gain(0.85, 1.15, 3) * gain(0.75, 1.25)).clamp(0, 1).pow(gain(0.75, 1.35))
    haze = each(0, 0.25 * strength) * torch.from_numpy((rng.random((n, 1, 1, 1)) < 0.4).astype(np.float32))
    rgb = rgb * (1 - haze) + haze * each(0.6, 0.9)
    # Enlarged imagery is soft, whatever its source: softness must not tell whether there are roofs.
    rgb = _softened(rgb, rng, 0.4 * strength)
    # Drawing a normal for every value would cost more than all the rest: one field, shifted from tile to tile.
    field = torch.from_numpy(rng.standard_normal((3, *rgb.shape[2:]), dtype=np.float32))
    turns = rng.integers(0, rgb.shape[-1], (n, 2))
    noise = torch.stack([field.roll((int(y), int(x)), (1, 2)) for y, x in turns])
    return (rgb + noise * each(0, 0.03 * strength)).clamp(0, 1)


def _softened(rgb: Tensor, rng: np.random.Generator, odds: float) -> Tensor:
    """Some tiles as if enlarged from pixels 1.3 to 3.5 times as wide."""
    picked, size = torch.from_numpy(rng.random(len(rgb)) < odds), rgb.shape[-1]
    if not picked.any():
        return rgb
    coarse = F.interpolate(rgb[picked], size=(max(8, round(size / rng.uniform(1.3, 3.5))),) * 2, mode="area")
    rgb = rgb.clone()
    rgb[picked] = F.interpolate(coarse, size=rgb.shape[2:], mode="bilinear", align_corners=False)
    return rgb


def _gaps(rgb: Tensor, label: Tensor, rng: np.random.Generator) -> Tuple[Tensor, Tensor]:
    """Black out a rectangle of some tiles and forget its label: nodata must not be read as a cover."""
    size = rgb.shape[-1]
    for index in np.flatnonzero(rng.random(len(rgb)) < 0.08):
        top, left = rng.integers(0, size, 2)
        height, width = rng.integers(size // 8, size // 2, 2)
        rgb[index, :, top:top + height, left:left + width] = 0
        label[index, top:top + height, left:left + width] = labels.UNKNOWN
    return rgb, label
