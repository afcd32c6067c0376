"""The facts of one view: what covers it, how much, how many, where, and how sure that is."""

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from . import SCHEMA
from .cells import CellFrame, cell_of
from .components import Components
from .ground import COUNTABLE, COUNTABLE_GSD
from .pixel_area import PixelArea
from .relations import relations
from .survey import Survey

#: How many of a cover's largest components are listed.
LISTED = 10
#: A count whose interval is wider than this share of it (and than ± 1) is said with "about".
WIDE = 0.2


@dataclass(frozen=True)
class Context:
    """What is known of a view besides its scores.

    ``gsd``: metres a working pixel, None unknown; ``native_gsd``: as delivered. ``gsd_range``: metres the model was
    measured at. ``unreadable``: working pixels of the region that the source failed to deliver. ``errors``: validation
    errors by cover, as the model states them. ``scenes``: (word, probability), best first.
    """

    source: str
    time: str = ""
    gsd: Optional[float] = None
    native_gsd: Optional[float] = None
    gsd_range: Tuple[float, float] = (0.0, float("inf"))
    unreadable: int = 0
    errors: Dict[str, Any] = field(default_factory=dict)
    scenes: Sequence[Tuple[str, float]] = ()
    model: str = ""
    key: str = ""

    @property
    def in_range(self) -> bool:
        """False if the working ground sample distance lies outside what the model was measured at (or is unknown)."""
        if self.gsd is None:
            return False
        low, high = self.gsd_range
        return low * 0.99 <= self.gsd <= high * 1.01


def view_facts(found: Survey, context: Context, area: Optional[PixelArea] = None) -> Dict[str, Any]:
    """JSON-able facts of one view (schema in docs/facts.schema.json, kind "view")."""
    facts = {"schema": SCHEMA, "kind": "view", "key": context.key, "source": context.source, "time": context.time}
    facts.update(frame_facts(found.frame, context))
    facts.update(totals(found.region_pixels, found.valid_pixels, context.unreadable, area))
    facts["undecided"] = amount(found.undecided_pixels, found.valid_pixels, area)
    facts["scenes"] = [{"word": word, "probability": round(float(p), 4)} for word, p in context.scenes]
    facts["covers"] = {
        name: cover_facts(name, found, context, area) for name in found.patches
    }
    facts["relations"] = relations(found, context.gsd)
    return facts


def frame_facts(frame: CellFrame, context: Context) -> Dict[str, Any]:
    """Scale and frame: what metres, cells and compass words rest on."""
    low, high = context.gsd_range
    return {
        "model": context.model, "gsd": context.gsd, "native_gsd": context.native_gsd, "gsd_range": [low, high],
        "in_range": context.in_range, "frame": "north" if frame.north else "image",
        "extent": [float(v) for v in frame.extent],
    }


def totals(region: int, valid: int, unreadable: int, area: Optional[PixelArea]) -> Dict[str, Any]:
    """Pixels and shares of a region. Unreadable pixels are part of the unknown ones."""
    return {
        "region": {"pixels": region, "area_m2": square_metres(region, area)},
        "valid": {"pixels": valid, "share": share(valid, region)},
        "unknown": {"pixels": region - valid, "share": share(region - valid, region)},
        "unreadable": {"pixels": min(unreadable, region - valid), "share": share(min(unreadable, region - valid), region)},
    }


def cover_facts(name: str, found: Survey, context: Context, area: Optional[PixelArea]) -> Dict[str, Any]:
    """Everything said about one cover; ``share`` is of the valid pixels."""
    patches = found.patches[name]
    kept = patches.kept
    areas = component_areas(kept, area)
    low, high = patches.count_interval
    facts = dict(amount(kept.runs.pixels, found.valid_pixels, area))
    facts["area_m2"] = None if areas is None else float(areas.sum())
    facts.update({
        "present": len(kept) > 0,
        "count": len(kept),
        "count_interval": [low, high],
        "about": is_wide(len(kept), low, high),
        "countable": countable(name, context),
        "min_pixels": found.min_pixels[name],
        "threshold": found.thresholds[name],
        "too_small": {"count": patches.small_count, "pixels": patches.small_pixels},
        "mean_score": float(np.average(kept.score, weights=kept.pixels)) if len(kept) else None,
        "largest": listed(kept, areas, found.frame),
        "cells": occupied(kept, found.frame, found.valid_pixels),
        "validation": context.errors.get(name),
    })
    return facts


def countable(name: str, context: Context) -> bool:
    """Whether members of a cover can be told apart at the view's scale."""
    return name in COUNTABLE and context.in_range and context.gsd is not None and context.gsd <= COUNTABLE_GSD


def listed(kept: Components, areas: Optional[np.ndarray], frame: CellFrame, first: int = LISTED) -> List[Dict[str, Any]]:
    """The largest components: their size, mean score and the cell of their centroid."""
    rows = []
    for i in range(min(first, len(kept))):
        cell = cell_of(frame.index(kept.col[i:i + 1] - 0.5, kept.row[i:i + 1] - 0.5)[0])
        rows.append({
            "pixels": int(kept.pixels[i]), "area_m2": None if areas is None else float(areas[i]),
            "score": round(float(kept.score[i]), 4), "cell": list(cell), "where": frame.name(cell),
        })
    return rows


def occupied(kept: Components, frame: CellFrame, valid: int) -> List[Dict[str, Any]]:
    """The cells that hold any pixel of ``kept``, fullest first; ``share`` is of the cover's own pixels."""
    pixels = cell_pixels(kept, frame)
    total = int(pixels.sum())
    order = np.argsort(-pixels, kind="stable")
    return [
        {"cell": list(cell_of(i)), "where": frame.names[i], "pixels": int(pixels[i]), "share": share(int(pixels[i]), total)}
        for i in order if pixels[i]
    ]


def cell_pixels(parts: Components, frame: CellFrame) -> np.ndarray:
    """(9,) int64 pixels of ``parts`` in each cell, reading order."""
    pixels = np.zeros(9, np.int64)
    for cols, rows, _ in parts.runs.chunks():
        pixels += np.bincount(frame.index(cols, rows), minlength=9)
    return pixels


def component_areas(parts: Components, area: Optional[PixelArea]) -> Optional[np.ndarray]:
    """(n,) ellipsoidal m² of each component; None without a scale."""
    return None if area is None else parts.pixels * area.at(parts.col, parts.row)


def amount(pixels: int, of: int, area: Optional[PixelArea]) -> Dict[str, Any]:
    """Pixels with their share ``of`` others and their ground area."""
    return {"pixels": int(pixels), "share": share(pixels, of), "area_m2": square_metres(pixels, area)}


def square_metres(pixels: int, area: Optional[PixelArea]) -> Optional[float]:
    """Ground area of ``pixels`` spread over the grid; None without a scale."""
    return None if area is None else float(pixels * area.mean)


def share(part: int, whole: int) -> float:
    """``part`` / ``whole`` in 0..1; 0 of nothing."""
    return float(part) / whole if whole else 0.0


def is_wide(count: int, low: int, high: int) -> bool:
    """True if a count is uncertain enough to be said with "about"."""
    return high - low > max(2, WIDE * count)
