"""The facts of some components of a cover, in the shape of the cover's own."""

from typing import Any, Dict, Optional

import numpy as np

from .components import Components
from .pixel_area import PixelArea
from .survey import Survey
from .view_facts import amount, component_areas, listed, occupied


def cover_selection(
    cover: Dict[str, Any], parts: Components, found: Survey, area: Optional[PixelArea]
) -> Dict[str, Any]:
    """``cover`` (facts of the whole cover) with counts, areas, cells and sizes of ``parts`` only."""
    if len(parts) == cover["count"]:
        return dict(cover)
    areas = component_areas(parts, area)
    facts = {**cover, **amount(parts.runs.pixels, found.valid_pixels, area)}
    facts["area_m2"] = None if areas is None else float(areas.sum())
    facts.update({
        "present": len(parts) > 0, "count": len(parts), "count_interval": [len(parts), len(parts)], "about": False,
        "mean_score": float(np.average(parts.score, weights=parts.pixels)) if len(parts) else None,
        "largest": listed(parts, areas, found.frame), "cells": occupied(parts, found.frame, found.valid_pixels),
    })
    return facts
