"""The facts of several dates: how much changed in each period, in which most did, what changed back, what is unknown."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..features import FeatureSet
from ..imagery.grid import Grid
from ..series_features import SeriesFeature
from . import SCHEMA
from .region_rows import RegionRows
from .survey import ScoreReader, bands
from .view_facts import share

#: What the facts of a series share with those of its first pair.
_FRAME = ("model", "gsd", "native_gsd", "gsd_range", "in_range", "frame", "extent", "region", "unreadable", "validation")
_PERIOD = ("changed", "transitions")


def series_facts(
    dates: Sequence[Dict[str, Any]], periods: Sequence[Optional[Dict[str, Any]]], found: FeatureSet, key: str
) -> Dict[str, Any]:
    """JSON-able facts of a series (schema in docs/facts.schema.json, kind "series").

    ``dates``: as of :func:`date_facts`. ``periods``: the facts of each as a pair, None where nothing could be compared (not
    of all). Every figure is a sum over the polygons ``found``; shares are of the pixels known on both dates of a period.
    """
    first = next(facts for facts in periods if facts is not None)
    facts: Dict[str, Any] = {"schema": SCHEMA, "kind": "series", "key": key}
    facts.update({name: first[name] for name in _FRAME})
    facts["dates"] = list(dates)
    facts["periods"] = [
        _period(dates[i], dates[i + 1], pair) for i, pair in enumerate(periods)
    ]
    every = [f for f in found.features if isinstance(f, SeriesFeature)]
    facts["total"] = _sum(every)
    facts["flicker"] = _sum([f for f in every if f.flicker])
    sizes = [period["changed"]["pixels"] if period["changed"] else 0 for period in facts["periods"]]
    facts["most"] = int(np.argmax(sizes)) if any(sizes) else None
    return facts


def date_facts(
    source: str, time: str, valid: int, region: int, alignment: Optional[Dict[str, Any]] = None
) -> Dict[str, Any]:
    """One date: its source, how much of the region it shows, and how it was laid on the first (as of a pair)."""
    laid = {} if alignment is None else {"alignment": alignment}
    return {
        **laid,
        "source": source, "time": time,
        "known": {"pixels": valid, "share": share(valid, region)},
        "unknown": {"pixels": region - valid, "share": share(region - valid, region)},
    }


def known_pixels(reader: ScoreReader, inside: RegionRows, cancel: Optional[CancelToken] = None) -> Tuple[int, int]:
    """(pixels of the region that a date shows, pixels of the region)."""
    grid: Grid = reader.grid
    known = region = 0
    for window in bands(grid, 1 << 18):
        if cancel is not None:
            cancel.raise_if_cancelled()
        part = inside[window.row:window.row + window.height]
        region += int(part.sum())
        known += int((part & ~np.isnan(reader.read(window)[0])).sum())
    return known, region


def _period(start: Dict[str, Any], end: Dict[str, Any], pair: Optional[Dict[str, Any]]) -> Dict[str, Any]:
    """``changed`` is None where no pixel is known on both dates."""
    facts: Dict[str, Any] = {"start": start["time"], "end": end["time"]}
    if pair is None:
        return {**facts, "known": {"pixels": 0, "share": 0.0}, "changed": None, "covers": {}, "transitions": []}
    covers = {
        name: {key: cover[key] for key in ("added", "removed", "countable")} for name, cover in pair["covers"].items()
    }
    return {**facts, "known": pair["valid"], "covers": covers, **{name: pair[name] for name in _PERIOD}}


def _sum(features: List[SeriesFeature]) -> Dict[str, Any]:
    areas = [f.area_m2 for f in features]
    known = [area for area in areas if area is not None]
    return {
        "count": len(features), "pixels": sum(f.pixels for f in features),
        "area_m2": float(sum(known)) if len(known) == len(areas) else None,
    }
