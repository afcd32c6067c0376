"""Imagery archives → uint8 arrays that a loader can index. One ``<source>-<part>.npz``-like folder per source.

Writes ``images.npy`` (N, 3, S, S) uint8, ``labels.npy`` (N, S, S) uint8 cover sets (``labels.py``), ``scenes.npy``
(N,) int16 scene index or −1, ``gsd.npy`` (N,) float32 metres, ``names.txt``.
"""

import csv
import math
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Tuple
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from . import grounds, labels, outlines, splits


class Item(NamedTuple):
    """One training tile before it is stacked."""

    name: str
    image: np.ndarray
    label: np.ndarray
    scene: int
    gsd: float


def _read(path: Path) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1))


def _web_mercator_gsd(name: str) -> float:
    """Ground metres per pixel of a 256 px web Mercator tile, with the cosine of its latitude."""
    _, _, y, zoom = name.rsplit("/", 1)[-1].split(".")[0].split("_")[0].split("-")
    scale = 2 ** int(zoom)
    latitude = math.atan(math.sinh(math.pi * (1 - 2 * (int(y) + 0.5) / scale)))
    return 40075016.686 * math.cos(latitude) / scale / 256


def _building_label(image: np.ndarray, mask_path: Path) -> np.ndarray:
    mask = np.asarray(Image.open(mask_path).convert("L")) > 0
    label = np.where(mask, labels.BUILDING, labels.UNKNOWN & ~labels.BUILDING).astype(np.uint8)
    return labels.narrowed_by_colour(image, label)


def _fair(root: Path, row: Dict[str, str]) -> Iterator[Item]:
    if not row["companion"]:
        return
    image, name = _read(root / row["file"]), row["file"]
    label = _building_label(image, root / row["companion"])
    if image.shape[1] == 256:
        yield Item(name, image, label, -1, _web_mercator_gsd(name))
        return
    for top in range(0, image.shape[1], 256):
        for left in range(0, image.shape[2], 256):
            window = np.s_[top:top + 256, left:left + 256]
            yield Item(f"{name}:{top}:{left}", image[(slice(None), *window)], label[window], -1, 0.132)


def _scene(root: Path, row: Dict[str, str]) -> Iterator[Item]:
    image, aerial = _read(root / row["file"]), row["dataset"] == "ucmerced"
    size = 256 if aerial else 64
    if image.shape[1:] != (size, size):  # a few UC Merced tiles miss some rows
        image = np.asarray(Image.fromarray(image.transpose(1, 2, 0)).resize((size, size))).transpose(2, 0, 1)
    cover = (labels.AERIAL_SETS if aerial else labels.SATELLITE_SETS).get(row["label"], labels.UNKNOWN)
    label = np.full(image.shape[1:], cover, np.uint8)
    if aerial:
        label = labels.narrowed_by_colour(image, label)
        drawn = outlines.read().get(Path(row["file"]).stem)
        label = label if drawn is None else outlines.outlined(label, drawn)
    yield Item(row["file"], image, label, labels.scene_index(row["label"]), 0.3 if aerial else 10.0)


def _crowns(root: Path, row: Dict[str, str]) -> Iterator[Item]:
    """Crown boxes: the inscribed ellipse is tree; outside the boxes anything that grows or lies open."""
    image = _read(root / row["file"])
    if min(image.shape[1:]) < 256:
        return
    rows, cols = np.mgrid[:image.shape[1], :image.shape[2]]
    label = np.full(image.shape[1:], labels.UNKNOWN & ~(labels.BUILDING | labels.WATER), np.uint8)
    for box in ElementTree.parse(root / row["companion"]).iter("bndbox"):
        x0, y0, x1, y1 = (float(box.findtext(key, "0")) for key in ("xmin", "ymin", "xmax", "ymax"))
        x, y = (cols - (x0 + x1) / 2) / max(x1 - x0, 1) * 2, (rows - (y0 + y1) / 2) / max(y1 - y0, 1) * 2
        label[x * x + y * y < 0.8] = labels.TREE
    label = labels.narrowed_by_colour(image, label)
    height, width = label.shape  # plots are 400 px, a few are cut by the flight line
    for top in {0, max(0, height - 256)}:
        for left in {0, max(0, width - 256)}:
            window = np.s_[top:top + 256, left:left + 256]
            yield Item(f"{row['file']}:{top}:{left}", image[(slice(None), *window)], label[window], -1, 0.1)


def _naip(root: Path, row: Dict[str, str]) -> Iterator[Item]:
    """Near infrared decides: NDWI and dark NIR are water, high NDVI is plants, low NDVI is open ground."""
    import rasterio

    with rasterio.open(root / row["file"]) as dataset:
        data = dataset.read().astype(np.float32)
    red, green, _, nir = data
    ndvi, ndwi = (nir - red) / (nir + red + 1), (green - nir) / (green + nir + 1)
    water, plants, ground = (ndwi > 0.15) & (nir < 90), ndvi > 0.25, (ndvi < 0.02) & (ndwi < 0)
    label = np.select([water, plants, ground], [labels.WATER, labels.TREE | labels.LOW, labels.PAVED | labels.BARE],
                      labels.UNKNOWN & ~labels.BUILDING).astype(np.uint8)
    height, width = label.shape
    for number, (top, left) in enumerate((t, l) for t in range(0, height - 255, 156) for l in range(0, width - 255, 226)):
        window = np.s_[top:top + 256, left:left + 256]
        image = data[(slice(0, 3), *window)].astype(np.uint8)
        # The eastern end of the site validates: see ``part_of``, which splits by this number.
        east = 5 if left + 256 > width * 0.7 else 1
        yield Item(f"{row['file']}:{number}/{east}", image, label[window], -1, 5.0)


READERS = {"fair": _fair, "ucmerced": _scene, "eurosat": _scene, "neon": _crowns, "naip": _naip}


def pack(root: Path, out: Path) -> None:
    """Write every source of ``root`` (the unzipped open archive) below ``out``, split by ``splits.part_of``."""
    groups: Dict[Tuple[str, str], List[Item]] = {}
    with open(root / "manifest.csv", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        kind = row["dataset"].split("_")[0]
        for item in READERS[kind](root, row):
            name = item.name if kind == "naip" else row["file"]
            part = splits.part_of(row["dataset"], name)
            groups.setdefault((row["dataset"], part), []).append(item)
    roofed = [item for (dataset, part), items in sorted(groups.items()) for item in items
              if dataset.startswith("fair_") and part == "train"]
    groups["grounds", "train"] = [
        Item(name, grounds.joined([item.image for item in four]), grounds.joined([item.label for item in four]), -1,
             four[0].gsd) for name, four in grounds.quarters(roofed)]
    drawn = outlines.read()
    for part in ("train", "validation"):
        groups["outlined", part] = [item for item in groups["ucmerced", part] if Path(item.name).stem in drawn]
    for (dataset, part), items in sorted(groups.items()):
        folder = out / f"{dataset}-{part}"
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "images.npy", np.stack([item.image for item in items]))
        np.save(folder / "labels.npy", np.stack([item.label for item in items]))
        np.save(folder / "scenes.npy", np.array([item.scene for item in items], np.int16))
        np.save(folder / "gsd.npy", np.array([item.gsd for item in items], np.float32))
        (folder / "names.txt").write_text("\n".join(item.name for item in items) + "\n")
        print(f"{dataset} {part}: {len(items)} tiles", flush=True)
