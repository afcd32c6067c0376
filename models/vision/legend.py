"""The names of what Nano sees, in the order of its outputs. Order is part of the weights: append, never reorder."""

import math
from typing import Optional, Sequence

import numpy as np

#: Land covers of the dense head.
COVERS = ("building", "paved", "tree", "low vegetation", "bare", "water")

#: Scene classes seen from aircraft, at about 0.3 m (UC Merced's 21).
SCENES_AERIAL = (
    "agricultural", "airplane", "baseballdiamond", "beach", "buildings", "chaparral", "denseresidential", "forest",
    "freeway", "golfcourse", "harbor", "intersection", "mediumresidential", "mobilehomepark", "overpass", "parkinglot",
    "river", "runway", "sparseresidential", "storagetanks", "tenniscourt",
)

#: Scene classes seen by satellite, at 10 m (EuroSAT's 10).
SCENES_SATELLITE = (
    "AnnualCrop", "Forest", "HerbaceousVegetation", "Highway", "Industrial", "Pasture", "PermanentCrop", "Residential",
    "River", "SeaLake",
)

SCENES = SCENES_AERIAL + SCENES_SATELLITE

#: Metres a pixel between aerial and satellite scenes.
SATELLITE_GSD = 3.0

#: Things told apart one by one.
THINGS = (
    "building", "tree", "car", "boat", "aircraft", "storage tank", "tennis court", "football field", "swimming pool",
    "playground", "roundabout", "solar farm", "pond", "railway", "container",
)

#: Metres a pixel between which a thing is looked for: finer imagery is averaged down to the first, in imagery coarser
#: than the second single ones cannot be told apart.
THING_SCALES = {
    "building": (0.2, 0.6), "tree": (0.15, 0.5), "car": (0.14, 0.4), "boat": (0.14, 0.6), "aircraft": (0.3, 1.0),
    "storage tank": (0.2, 0.8), "tennis court": (0.2, 0.6), "football field": (0.5, 1.0), "swimming pool": (0.14, 0.5),
    "playground": (0.14, 0.4), "roundabout": (0.3, 1.0), "solar farm": (0.3, 1.0), "pond": (0.3, 1.0),
    "railway": (0.2, 0.8), "container": (0.14, 0.4),
}

#: What a mask can be asked for by class: every cover, then every thing that is not a cover itself.
MASK_CLASSES = (*COVERS, *(name for name in THINGS if name not in COVERS))

#: What the change head answers: a cover present on exactly one of the dates, and any change of cover.
CHANGES = (*COVERS, "any")


def gsd_code(metres: Sequence[Optional[float]]) -> np.ndarray:
    """What the network reads of the ground sample distance: (n, 3) float32 [known, log2 position, its square].

    The position is log2(m / 1 m) / 3.5, about −1 at 0.1 m and 1 at 10 m; unknown distances are all zero.
    """
    code = np.zeros((len(metres), 3), np.float32)
    for row, value in zip(code, metres):
        if value is not None and value > 0:
            position = min(max(math.log2(value) / 3.5, -1.5), 1.5)
            row[:] = 1.0, position, position * position
    return code
