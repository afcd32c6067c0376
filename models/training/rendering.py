"""Rendered scenes as training sources: single dates as packed tiles, and real second dates of the same ground."""

import json
import subprocess  # nosec B404 - runs this package's own renderer, arguments are paths and numbers
import sys
from pathlib import Path
from typing import Optional, Tuple

import numpy as np
import torch
from torch import Tensor

from ..vision.legend import COVERS
from . import labels
from .losses import compared

#: Scenes of unseen layouts and materials that things are measured on.
VALIDATION = 384


def render(imagery: Path, rendered: Path, count: int, seed: int, workers: int = 2) -> None:
    """Render ``count`` training scenes and a few to validate on (resuming), and write their labels as cover sets."""
    package = __name__.rsplit(".", 1)[0]
    for split, number in (("train", count), ("validation", VALIDATION)):
        subprocess.run(  # nosec B603
            [sys.executable, "-m", f"{package}.scenes", "--imagery", str(imagery), "--out", str(rendered / split),
             "--count", str(number), "--seed", str(seed + 1), "--workers", str(workers), "--split", split], check=True)
        write_labels(rendered / split)


def write_labels(folder: Path) -> None:
    """``labels.npy`` and ``after_labels.npy`` (bit masks) from the class indices in ``covers.npy``."""
    table = np.full(256, labels.UNKNOWN, np.uint8)
    table[:len(COVERS)] = [1 << index for index in range(len(COVERS))]
    for before, after in (("covers", "labels"), ("after_covers", "after_labels")):
        np.save(folder / f"{after}.npy", table[np.load(folder / f"{before}.npy", mmap_mode="r")])


class RenderedPairs:
    """Crops of both dates of rendered ground, with the change between them fully known."""

    def __init__(self, folder: Path) -> None:
        self._rows = json.loads((folder / "pairs.json").read_text())
        self._images = np.load(folder / "images.npy", mmap_mode="r")
        self._labels = np.load(folder / "labels.npy", mmap_mode="r")
        self._after = np.load(folder / "after_images.npy", mmap_mode="r")
        self._after_labels = np.load(folder / "after_labels.npy", mmap_mode="r")
        self._gsd = np.load(folder / "gsd.npy")

    def sample(
        self, rng: np.random.Generator, count: int, size: int
    ) -> Tuple[Tensor, Tensor, Tensor, Tensor, np.ndarray, np.ndarray]:
        """``count`` crops: both dates (uint8-valued float), target and known channels, ground sample distances, and the
        cover sets of both dates (count, 2, size, size) uint8."""
        stacks = []
        for pick in rng.integers(0, len(self._rows), count):
            top, left = rng.integers(0, self._images.shape[-1] - size + 1, 2)
            window = np.s_[top:top + size, left:left + size]
            row = self._rows[pick]
            stacks.append((self._images[row][(slice(None), *window)], self._after[pick][(slice(None), *window)],
                           self._labels[row][window], self._after_labels[pick][window], self._gsd[row]))
        before, after, first, second, gsd = (np.stack(column) for column in zip(*stacks))
        target, known = compared(torch.from_numpy(first), torch.from_numpy(second))
        return (torch.from_numpy(before.astype(np.float32)), torch.from_numpy(after.astype(np.float32)), target, known,
                gsd, np.stack((first, second), axis=1))


def rendered_pairs(folder: Path) -> Optional[RenderedPairs]:
    """The pairs of a rendered set, or None where none was rendered (the ablation without rendered scenes)."""
    return RenderedPairs(folder) if (folder / "pairs.json").exists() else None
