"""What the experts give back as geometry: exact polygons with the attributes a layer will carry."""

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np

Rings = Tuple[np.ndarray, ...]


@dataclass(frozen=True)
class MaskFeature:
    """One polygon. ``rings``: (N, 2) float64 closed rings in CRS units, shell first, then holes.

    ``pixels``: exact count; area in CRS units = pixels × |det affine|. ``area_m2``: ellipsoidal, None without CRS.
    ``score``: mean score in [0, 1]. ``from_label``/``to_label``: only for changes, else "".
    """

    rings: Rings
    label: str
    score: float
    pixels: int
    area_m2: Optional[float]
    from_label: str = ""
    to_label: str = ""


@dataclass(frozen=True)
class Shape:
    """How the outline of a polygon differs from its pixels.

    ``kind``: "exact", "filled" (holes closed), "simplified" or "right angles". ``area_error``: area of the outline over
    that of the pixels, minus 1.
    """

    kind: str
    area_error: float


@dataclass(frozen=True)
class FeatureSet:
    """Polygons of one answer, in one CRS. ``kind``: "mask" or "change". ``scores``: path of the score raster or "".

    ``shapes``: one per polygon where other outlines were asked for (``models/polygons``), None where all are exact.
    """

    kind: str
    crs_wkt: str
    features: Tuple[MaskFeature, ...]
    model: str
    source: str
    time: str = ""
    scores: str = ""
    shapes: Optional[Tuple[Shape, ...]] = None
