"""What a pixel may be. Labels here are sets of covers, because no open source labels every cover at once.

A label is a bit mask over :data:`COVERS`: one bit is a certain cover, several bits mean "one of these", all bits mean
unknown. The loss (``losses.cover_loss``) asks only that the probability falls inside the set.
"""

from typing import Dict, Tuple

import numpy as np

from ..vision.legend import COVERS, SCENES_AERIAL, SCENES_SATELLITE

UNKNOWN = (1 << len(COVERS)) - 1
BUILDING, PAVED, TREE, LOW, BARE, WATER = (1 << index for index in range(len(COVERS)))

#: Covers that can stand in a UC Merced tile of the class; classes left out can hold anything.
AERIAL_SETS: Dict[str, int] = {
    "agricultural": LOW | BARE,
    "airplane": PAVED | LOW | BARE | BUILDING,
    "baseballdiamond": UNKNOWN & ~WATER,
    "beach": BARE | WATER | LOW,
    "chaparral": TREE | LOW | BARE,
    "denseresidential": UNKNOWN & ~BARE,
    "forest": TREE,
    "freeway": PAVED | LOW | TREE | BARE,
    "golfcourse": LOW | TREE | BARE | WATER,
    "harbor": WATER | PAVED,
    "mediumresidential": UNKNOWN & ~WATER,
    "mobilehomepark": UNKNOWN & ~WATER,
    "overpass": PAVED | LOW | TREE | BARE,
    "parkinglot": PAVED | LOW | TREE,
    "river": WATER | TREE | LOW | BARE,
    "runway": PAVED | LOW | BARE,
}

#: Least and most share of a tile of the class that roofs take: nobody drew them, but their amount is no secret.
ROOF_SHARES: Dict[str, Tuple[float, float]] = {
    "buildings": (0.25, 0.8), "denseresidential": (0.25, 0.7), "mediumresidential": (0.12, 0.5),
    "sparseresidential": (0.02, 0.3), "mobilehomepark": (0.25, 0.7), "intersection": (0.02, 0.5),
    "storagetanks": (0.0, 0.3), "tenniscourt": (0.0, 0.35), "golfcourse": (0.0, 0.05), "baseballdiamond": (0.0, 0.15),
    "airplane": (0.0, 0.25),
}

#: The same for EuroSAT at 10 m.
SATELLITE_SETS: Dict[str, int] = {
    "AnnualCrop": LOW | BARE,
    "Forest": TREE,
    "HerbaceousVegetation": LOW | BARE | TREE,
    "Highway": UNKNOWN & ~WATER,
    "Industrial": BUILDING | PAVED | LOW | BARE,
    "Pasture": LOW | TREE,
    "PermanentCrop": LOW | TREE | BARE,
    "Residential": UNKNOWN & ~WATER,
    "River": UNKNOWN & ~BUILDING,
    "SeaLake": WATER,
}

#: Aerial classes without a single building: their tiles measure false alarms.
BUILDING_FREE: Tuple[str, ...] = (
    "agricultural", "beach", "chaparral", "forest", "freeway", "harbor", "overpass", "parkinglot", "river", "runway",
)


def scene_index(label: str) -> int:
    """Index of a source's class name among the 31 scenes (aerial first)."""
    if label in SCENES_AERIAL:
        return SCENES_AERIAL.index(label)
    return len(SCENES_AERIAL) + SCENES_SATELLITE.index(label)


def narrowed_by_colour(rgb: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Narrow open sets where colour decides between plants and the rest.

    ``rgb``: (3, H, W) uint8; ``label``: (H, W) uint8 bit masks. Excess green (2g − r − b over the sum; Woebbecke
    1995) above 0.12 leaves trees and low vegetation; below −0.02 on bright ground it removes them. Certain labels
    (one bit) and sets that would become empty are kept.
    """
    r, g, b = (channel.astype(np.float32) for channel in rgb)
    total = np.maximum(r + g + b, 1.0)
    excess = (2 * g - r - b) / total
    green, grey = excess > 0.12, (excess < -0.02) & (total > 330)
    narrowed = np.where(green, label & (TREE | LOW), np.where(grey, label & (UNKNOWN & ~(TREE | LOW)), label))
    certain = (label & (label - 1)) == 0
    return np.where(certain | (narrowed == 0), label, narrowed).astype(np.uint8)
