"""Real tiles as chips of the data engine: of aerial scenes what their class tells, of mapped ground its roofs."""

from itertools import product
from pathlib import Path
from typing import Iterator

import numpy as np
from scipy import ndimage

from ..datasets.appearance import colour_word
from ..datasets.chip import Chip, Thing
from ..language.prompting import scene_noun
from ..vision.legend import SCENES_AERIAL, THINGS
from . import labels
from .thing_batches import presence_of
from .thing_truth import SMALLEST, roofs_apart

#: Pixels of a chip's side, what the decoder is shown of a view.
SIDE = 256


def aerial_chips(folder: Path) -> Iterator[Chip]:
    """Packed UC Merced tiles: their scene, and of things those that surely do not stand in one."""
    store = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("images", "scenes", "gsd")}
    for index, scene in enumerate(store["scenes"]):
        name = SCENES_AERIAL[int(scene)]
        absent = frozenset(label for label, known in zip(THINGS, presence_of(name)) if known == 0)
        yield Chip(f"{folder.name} {index}", np.asarray(store["images"][index]), (), absent, gsd=float(store["gsd"][index]),
                   north_up=False, scene=scene_noun(name))


def roof_chips(folder: Path, cuts: int = 6, seed: int = 0) -> Iterator[Chip]:
    """``cuts`` of ``SIDE`` px of every packed ground footprint; touching roofs count as one."""
    store = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("images", "labels", "gsd")}
    for index, cut in product(range(len(store["gsd"])), range(cuts)):
        rng = np.random.default_rng((seed, index, cut))
        top, left = rng.integers(0, np.array(store["labels"].shape[1:]) - SIDE + 1)
        rgb = np.asarray(store["images"][index, :, top:top + SIDE, left:left + SIDE])
        label = np.asarray(store["labels"][index, top:top + SIDE, left:left + SIDE])
        ids, _, complete = roofs_apart(label, labels.BUILDING)
        things = []
        for number, box in enumerate(ndimage.find_objects(ids.astype(np.int32)), 1):
            mask = None if box is None else ids[box] == number
            if mask is None or mask.sum() < SMALLEST:
                continue
            (y0, y1), (x0, x1) = ((axis.start, axis.stop) for axis in box)
            things.append(Thing("building", (x0, y0, x1, y1), mask, colour_word(rgb[(slice(None), *box)][:, mask].mean(1))))
        known = frozenset(name for name, whole in zip(THINGS, complete) if whole)
        yield Chip(f"{folder.name} {index}.{cut}", rgb, tuple(things), known, gsd=float(store["gsd"][index]), north_up=True)
