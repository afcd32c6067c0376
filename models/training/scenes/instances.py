"""Which thing each pixel of a scene shows: the second truth of a rendered scene, beside its covers."""

from typing import List, Tuple

import numpy as np
from PIL import Image

from ...vision.legend import THINGS
from . import sensor
from .render import HARD, corner, lean, stacked
from .world import TREE, World

#: What the renderer calls a standing thing, and what it is called in words. Walls are no things.
SPOKEN = {"building": "building", "tree": "tree", "car": "car", "boat": "boat", "aircraft": "aircraft",
          "tank": "storage tank", "container": "container"}
MOST = 254
NOBODY = 255


def instances(world: World, light: sensor.Light) -> Tuple[np.ndarray, np.ndarray]:
    """``(ids, roster)``: (S, S) uint8, 0 where nothing, else a thing's number; and (255,) uint8, the index in
    ``legend.THINGS`` of each number, 255 where unused.

    Painted like the image: what is hidden behind another thing belongs to that one. Things beyond the 254th are left
    out together with their label: see :func:`complete`.
    """
    ids = Image.new("L", (world.size,) * 2)
    labels: List[int] = []

    def next_id(label: str) -> int:
        labels.append(THINGS.index(label))
        return len(labels)

    for label, mask in world.marks[:MOST]:
        ids.paste(next_id(label), (0, 0), mask.point(HARD))
    for thing in stacked(world):
        if len(labels) == MOST:
            break
        dx, dy = lean(thing, world, light)
        hard = thing.image.getchannel("A").point(HARD)
        if thing.kind in SPOKEN:
            ids.paste(next_id(SPOKEN[thing.kind]), corner(thing, dx, dy), hard)
    roster = np.full(MOST + 1, NOBODY, np.uint8)
    roster[1:len(labels) + 1] = labels
    return np.asarray(ids), roster


def complete(world: World) -> np.ndarray:
    """(len(THINGS),) bool: are all things of the label numbered one by one? Not so for trees where a wood stands."""
    known = np.ones(len(THINGS), bool)
    woods = any(region.cover == TREE for region in world.regions)
    known[THINGS.index("tree")] = not woods
    if len(world.marks) + sum(thing.kind in SPOKEN for thing in world.standing) > MOST:
        known[:] = False
    return known
