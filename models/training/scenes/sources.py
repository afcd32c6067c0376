"""Reads the tiles a split may use and keeps their ground sample distance and name beside the pixels."""

import math
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from .. import splits

FAIR_SETS = ("fair_zanzibar", "fair_banepa_z21", "fair_banepa_z19")


class Tile(NamedTuple):
    """One source image. ``pixels`` (H, W, 3) uint8; ``mask`` (H, W) bool of buildings or crowns, or None."""

    dataset: str
    label: str
    name: str
    gsd: float
    pixels: np.ndarray
    mask: Optional[np.ndarray]
    boxes: Tuple[Tuple[int, int, int, int], ...] = ()


def allowed(dataset: str, name: str, split: str) -> bool:
    """True where ``name`` of ``dataset`` may feed a scene of ``split``; the held-out country feeds none."""
    return split in ("train", "validation") and splits.part_of(dataset, name) == split


def _rgb(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"))


def mercator_gsd(y: int, zoom: int) -> float:
    """Ground metres per pixel of a 256 px web Mercator tile in row ``y``."""
    latitude = math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / 2 ** zoom)))
    return 40075016.686 * math.cos(latitude) / 2 ** zoom / 256


def aerial_tiles(root: Path, classes: Tuple[str, ...], split: str) -> Iterator[Tile]:
    """UC Merced tiles of the given classes, 0.3 m."""
    for label in classes:
        for path in sorted((root / "ucmerced" / label).glob("*.jpg")):
            if allowed("ucmerced", path.name, split):
                yield Tile("ucmerced", label, f"ucmerced/{label}/{path.name}", 0.3, _rgb(path), None)


def building_tiles(root: Path, split: str) -> Iterator[Tile]:
    """One image per z19 footprint: the sixteen z21 tiles stitched (1024 px), or a georeferenced z19 tile with a mask."""
    for dataset in FAIR_SETS:
        folder = root / dataset
        groups: Dict[str, List[Path]] = {}
        for path in sorted(folder.glob("*-21.jpg")):
            if allowed(dataset, path.name, split):
                groups.setdefault(splits.footprint(path.stem), []).append(path)
        for parent, paths in sorted(groups.items()):
            px, py = (int(part) for part in parent.split("-"))
            pixels, mask = np.zeros((1024, 1024, 3), np.uint8), np.zeros((1024, 1024), bool)
            for path in paths:
                _, x, y, _ = path.stem.split("-")
                left, top = (int(x) - px * 4) * 256, (int(y) - py * 4) * 256
                pixels[top:top + 256, left:left + 256] = _rgb(path)
                companion = np.asarray(Image.open(path.with_name(path.stem + "_mask.png")).convert("L"))
                mask[top:top + 256, left:left + 256] = companion > 0
            yield Tile(dataset, "footprint", f"{dataset}/{parent}", mercator_gsd(py * 4 + 2, 21), pixels, mask)
        for path in sorted(folder.glob("*-19_mask.png")):
            tile = path.with_name(path.name.replace("_mask.png", ".tif"))
            if tile.exists() and allowed(dataset, tile.name, split):
                mask = np.asarray(Image.open(path).convert("L")) > 0
                yield Tile(dataset, "footprint", f"{dataset}/{splits.footprint(tile.stem)}", 0.132, _rgb(tile), mask)


def crown_tiles(root: Path, split: str) -> Iterator[Tile]:
    """NEON plots at 0.1 m with crown boxes (x0, y0, x1, y1); ``mask`` is their union."""
    for path in sorted((root / "neon_trees").glob("*.tif")):
        if not allowed("neon_trees", path.name, split):
            continue
        pixels = _rgb(path)
        mask, boxes = np.zeros(pixels.shape[:2], bool), []
        for box in ElementTree.parse(path.with_suffix(".xml")).iter("bndbox"):
            x0, y0, x1, y1 = (int(float(box.findtext(key, "0"))) for key in ("xmin", "ymin", "xmax", "ymax"))
            mask[y0:y1, x0:x1] = True
            boxes.append((x0, y0, x1, y1))
        yield Tile("neon_trees", path.name.split("_")[0], f"neon_trees/{path.name}", 0.1, pixels, mask, tuple(boxes))
