"""Roofs that this project outlined by eye on UC Merced tiles (public domain): what an open source without labels shows.

The mapped roofs are those of two towns, bright and small. These are shingle, tile and flat roofs of another country, of which
no open footprint lies on the imagery. Corners are within about 2 px (0.6 m); what lies closer to an edge is left unknown.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from . import labels

#: By tile: ``window`` [x0, y0, x1, y1] within which every roof is outlined, ``roofs`` and ``unsure``: rings of [x, y], in
#: pixels from the upper left corner.
FILE = Path(__file__).parent / "outlines.json"
#: Pixels inside and outside an edge that may be either.
_INNER, _OUTER = 1, 2
#: Rings are filled this much finer, so that a pixel is roof where more than half of it is.
_FINER = 4


@lru_cache(maxsize=1)
def read() -> Dict[str, Dict[str, Any]]:
    """The outlines by the tile's name, such as "mediumresidential01"."""
    tiles: Dict[str, Dict[str, Any]] = json.loads(FILE.read_text())["tiles"]
    return tiles


def outlined(label: np.ndarray, drawn: Dict[str, Any]) -> np.ndarray:
    """(H, W) uint8 cover sets with the roofs of one tile in them; outside the window only roofs are told."""
    roof, unsure = _filled(drawn["roofs"], label.shape), _filled(drawn.get("unsure", []), label.shape)
    inside = ndimage.binary_erosion(roof, iterations=_INNER, border_value=1)
    near = ndimage.binary_dilation(roof, iterations=_OUTER)
    # A roof under another colour than its tile's class allows is a roof all the same.
    other = label & (labels.UNKNOWN & ~labels.BUILDING)
    other = np.where(other == 0, labels.UNKNOWN & ~labels.BUILDING, other)
    told = np.where(inside, labels.BUILDING, np.where(near | unsure, labels.UNKNOWN, other))
    left, top, right, bottom = drawn["window"]
    window = np.zeros(label.shape, bool)
    window[int(top):int(bottom), int(left):int(right)] = True
    return np.where(window | inside, told, label).astype(np.uint8)


def _filled(rings: List[List[List[float]]], shape: Any) -> np.ndarray:
    picture = Image.new("L", (shape[1] * _FINER, shape[0] * _FINER))
    pen = ImageDraw.Draw(picture)
    for ring in rings:
        if len(ring) > 2:
            pen.polygon([(x * _FINER, y * _FINER) for x, y in ring], fill=255)
    return np.asarray(picture.resize((shape[1], shape[0]), Image.Resampling.BOX)) > 127
