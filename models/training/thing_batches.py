"""Crops with numbered things: rendered scenes, mapped roofs, and aerial tiles of which the scene's name tells what is there."""

from pathlib import Path
from typing import List, NamedTuple, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..vision.legend import SCENES_AERIAL, THINGS, gsd_code
from . import labels
from .batches import relight
from .thing_truth import roofs_apart

#: What surely stands in a UC Merced tile of the class, though nobody drew where.
PRESENT = {
    "airplane": ("aircraft",), "harbor": ("boat",), "parkinglot": ("car",), "storagetanks": ("storage tank",),
    "tenniscourt": ("tennis court",), "denseresidential": ("building",), "mobilehomepark": ("building",),
}
#: What can stand in a tile of the class besides; everything else in THINGS surely does not.
POSSIBLE = {
    "agricultural": ("tree", "car", "building", "pond", "container"),
    "airplane": ("car", "building", "tree", "container", "storage tank"),
    "beach": ("boat", "car", "tree", "building"), "chaparral": ("tree", "car"), "forest": ("tree", "pond"),
    "freeway": ("car", "tree", "building", "container", "railway"), "harbor": ("car", "building", "tree", "container"),
    "overpass": ("car", "tree", "building", "railway", "container"), "parkinglot": ("tree", "building", "container"),
    "river": ("tree", "building", "boat", "car", "pond", "container"), "runway": ("car", "aircraft"),
    "storagetanks": ("car", "tree", "building", "container", "railway", "pond"),
    "intersection": ("car", "tree", "building", "container", "railway", "swimming pool", "roundabout"),
    "golfcourse": ("tree", "pond", "car", "building"),
    "mobilehomepark": ("car", "tree", "container", "swimming pool"),
}


#: Share of the scenes drawn for holding a label, each label as often: aircraft and courts are rare.
BY_LABEL = 0.7


class Crops(NamedTuple):
    """``rgb`` (n, 3, S, S) 0..1; ``gsd`` code; ids, rosters, complete, label: per crop, see ``thing_truth.truth``;
    ``present`` (n, T): 1 the label stands somewhere, 0 nowhere, −1 unknown.
    """

    rgb: Tensor
    gsd: Tensor
    ids: List[np.ndarray]
    rosters: List[np.ndarray]
    complete: List[np.ndarray]
    label: List[np.ndarray]
    present: np.ndarray


class _Crop(NamedTuple):
    rgb: Tensor
    gsd: float
    ids: np.ndarray
    roster: np.ndarray
    complete: np.ndarray
    label: np.ndarray
    present: np.ndarray


def presence_of(scene: str) -> np.ndarray:
    """(T,) int8 for a UC Merced class: 1 present, 0 absent, −1 unknown."""
    if scene not in POSSIBLE and scene not in PRESENT:
        return np.full(len(THINGS), -1, np.int8)
    known = np.full(len(THINGS), 0 if scene in POSSIBLE else -1, np.int8)
    for name in POSSIBLE.get(scene, ()):
        known[THINGS.index(name)] = -1
    for name in PRESENT.get(scene, ()):
        known[THINGS.index(name)] = 1
    return known


class ThingSource:
    """Draws crops of ``size`` px: ``scenes``, ``roofs`` and ``aerial`` of each."""

    def __init__(self, packed: Path, rendered: Path) -> None:
        self._scenes = {name: np.load(rendered / f"{name}.npy", mmap_mode="r")
                        for name in ("images", "things", "rosters", "complete", "labels", "gsd")}
        self._grounds = {name: np.load(packed / "grounds-train" / f"{name}.npy", mmap_mode="r")
                         for name in ("images", "labels", "gsd")}
        rosters = np.asarray(self._scenes["rosters"])
        by_label = [np.flatnonzero((rosters == label).any(1)) for label in range(len(THINGS))]
        self._by_label = [scenes for scenes in by_label if len(scenes)]
        self._aerial = {name: np.load(packed / "ucmerced-train" / f"{name}.npy", mmap_mode="r")
                        for name in ("images", "labels", "gsd", "scenes")}

    def draw(self, rng: np.random.Generator, size: int, scenes: int, roofs: int, aerial: int) -> Crops:
        """One batch, turned, flipped and relit."""
        crops = [self._scene(rng, size) for _ in range(scenes)] + [self._roofs(rng, size) for _ in range(roofs)]
        crops += [self._tile(rng, size) for _ in range(aerial)]
        columns = list(zip(*crops))
        rgb = relight(torch.stack(columns[0]) / 255.0, rng)
        known = [None if rng.random() < 0.15 else float(value * np.exp(rng.normal(0, 0.15))) for value in columns[1]]
        return Crops(rgb.contiguous(memory_format=torch.channels_last), torch.from_numpy(gsd_code(known)),
                     *(list(column) for column in columns[2:6]), np.stack(columns[6]))

    def _scene(self, rng: np.random.Generator, size: int) -> _Crop:
        store, pick = self._scenes, int(rng.integers(len(self._scenes["gsd"])))
        if self._by_label and rng.random() < BY_LABEL:
            pick = int(rng.choice(self._by_label[int(rng.integers(len(self._by_label)))]))
        rgb, planes, scale = _crop(rng, size, store["images"][pick], [store["things"][pick], store["labels"][pick]], 0.75, 1.34)
        complete = np.asarray(store["complete"][pick])
        roster = np.asarray(store["rosters"][pick])
        there = np.isin(np.arange(len(THINGS)), roster[np.unique(planes[0])])
        present = np.where(there, 1, np.where(complete, 0, -1)).astype(np.int8)
        return _Crop(rgb, float(store["gsd"][pick]) * scale, planes[0], roster, complete, planes[1], present)

    def _roofs(self, rng: np.random.Generator, size: int) -> _Crop:
        pick, store = int(rng.integers(len(self._grounds["gsd"]))), self._grounds
        rgb, planes, scale = _crop(rng, size, store["images"][pick], [store["labels"][pick]], 0.8, 2.7)
        ids, roster, complete = roofs_apart(planes[0], labels.BUILDING)
        present = np.full(len(THINGS), -1, np.int8)
        present[THINGS.index("building")] = int(ids.max() > 0)
        return _Crop(rgb, float(store["gsd"][pick]) * scale, ids, roster, complete, planes[0], present)

    def _tile(self, rng: np.random.Generator, size: int) -> _Crop:
        pick, store = int(rng.integers(len(self._aerial["gsd"]))), self._aerial
        whole = store["images"].shape[-1] / size  # a smaller crop might miss what the scene is named after
        rgb, planes, scale = _crop(rng, size, store["images"][pick], [store["labels"][pick]], whole, whole)
        present = presence_of(SCENES_AERIAL[int(store["scenes"][pick])])
        nothing = np.zeros(planes[0].shape, np.int64)
        return _Crop(rgb, float(store["gsd"][pick]) * scale, nothing, np.full(1, 255, np.uint8), present == 0, planes[0],
                     present)


def _crop(rng: np.random.Generator, size: int, image: np.ndarray, planes: List[np.ndarray], nearest: float, widest: float
          ) -> Tuple[Tensor, List[np.ndarray], float]:
    full = image.shape[-1]
    side = min(full, round(size * float(np.exp(rng.uniform(np.log(nearest), np.log(widest))))))
    top, left = rng.integers(0, full - side + 1, 2)
    turns, flip = int(rng.integers(4)), bool(rng.integers(2))

    def placed(array: np.ndarray) -> np.ndarray:
        part = np.rot90(array[..., top:top + side, left:left + side], turns, (-2, -1))
        return np.ascontiguousarray(part[..., ::-1] if flip else part)

    rgb = torch.from_numpy(placed(image).astype(np.float32))[None]
    if side != size:
        rgb = F.interpolate(rgb, (size, size), mode="area" if side > 1.3 * size else "bilinear")
    nearest_pixel = (np.arange(size) * side + side // 2) // size
    return rgb[0], [placed(plane)[np.ix_(nearest_pixel, nearest_pixel)] for plane in planes], side / size
