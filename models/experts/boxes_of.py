"""Boxes of polygons in the text form that SkyEyeGPT and GeoPix write: hundredths of the region."""

from typing import Any, Dict, Sequence

import numpy as np

from ..facts.cells import CellFrame
from ..features import MaskFeature
from ..language.boxes import grouped, hundredths

#: Boxes beyond these are not written out; the polygons have them all.
MOST = 100
_FINE = 10_000


def boxes_text(phrase: str, features: Sequence[MaskFeature], frame: CellFrame) -> Dict[str, Any]:
    """JSON-able: the boxes of ``features`` from left, top, right, bottom of the frame's extent, and all of them as text."""
    boxes = [box_of(feature, frame) for feature in features[:MOST]]
    return {"phrase": phrase, "of": len(features), "boxes": [list(box) for box in boxes], "text": grouped(phrase, boxes)}


def box_of(feature: MaskFeature, frame: CellFrame) -> Any:
    """Its bounding box (x1, y1, x2, y2) in hundredths."""
    xmin, ymin, xmax, ymax = frame.extent
    shell = np.asarray(feature.rings[0])
    left, right = ((float(v) - xmin) / (xmax - xmin) for v in (shell[:, 0].min(), shell[:, 0].max()))
    low, high = float(shell[:, 1].min()), float(shell[:, 1].max())
    top, bottom = ((ymax - high, ymax - low) if frame.upward else (low - ymin, high - ymin))
    top, bottom = top / (ymax - ymin), bottom / (ymax - ymin)
    return hundredths((left * _FINE, top * _FINE, right * _FINE, bottom * _FINE), (_FINE, _FINE))
