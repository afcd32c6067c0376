"""Places of a layer that look like a description, or like another place: its windows, each glanced at once, ranked."""

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Protocol, Sequence, Tuple

import numpy as np

from .cancel import CancelToken, Progress, no_progress
from .conversation import Region, View
from .errors import NothingToAnalyse, RasterUnreadable
from .estimate import Estimate
from .facts import SCHEMA
from .facts.pixel_area import PixelArea
from .features import FeatureSet, MaskFeature
from .imagery.grid import Grid, Window
from .imagery.regions import region_window, window_ring
from .imagery.source import RasterSource
from .maps.glance import SIDE
from .retrieval.known import Covering
from .retrieval.searching import Query

#: Windows of a layer that are looked at, and places that are shown, at most.
MOST_WINDOWS, MOST_PLACES = 200, 10


class Matcher(Protocol):
    """What compares words with pictures: the decoder's ``[RET]`` (``Voice``) or the text tower (``TowerMatcher``)."""

    def retrieval(self, text: str, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(d,) unit vector of a described place."""

    def picture(self, tokens: np.ndarray) -> np.ndarray:
        """(d,) unit vector of a view's image tokens."""


@dataclass(frozen=True)
class Places:
    """``features``: footprints, best first, with the cosine (0 where negative) as score. ``facts``: kind "places"."""

    features: FeatureSet
    facts: Dict[str, Any]


def places_like(
    view: View, like: str, engine: Any, matcher: Matcher, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
) -> Places:
    """Windows of the whole layer of ``view`` that look most like ``like``, or where that is "" like the view itself.

    A text and a picture are compared in the matcher's space (``[RET]``: FROMAGe, section 3.2), two pictures by their own
    vectors; the view itself is left out. Where an index covers the layer, its windows are ranked without being looked at
    again. Raises Cancelled, NothingToAnalyse, and what ``Engine.glance`` raises for the view.
    """
    source = view.source
    covering = _covering(engine, source)
    if covering is not None:
        return _indexed(covering, view, like, engine, matcher, cancel)
    wanted = matcher.retrieval(like, cancel) if like else matcher.picture(engine.glance(view, cancel).tokens)
    own = None if like or view.region is None else _bounds(view.region)
    cut = [window for window in windows(source.grid, source.gsd, engine.nano.gsd_range[0])
           if own is None or not _overlap(window_ring(source.grid, window), own)]
    ranked: List[Tuple[float, Window]] = []
    for number, window in enumerate(cut):
        progress(number / len(cut), "Looking for places like that")
        if cancel is not None:
            cancel.raise_if_cancelled()
        region = Region(((window_ring(source.grid, window),),))
        try:
            seen = engine.glance(View(source, region), cancel)
        except (NothingToAnalyse, RasterUnreadable):
            continue
        ranked.append((float(matcher.picture(seen.tokens) @ wanted), window))
    if not ranked:
        raise NothingToAnalyse(source.name)
    progress(1.0, "Looking for places like that")
    best = sorted(ranked, key=lambda item: -item[0])[:MOST_PLACES]
    return _places(source, like, best, len(ranked), len(cut), engine.nano.name)


def estimate(view: View, engine: Any) -> Estimate:
    """What :func:`places_like` would cost: a glance at each window of the whole layer, whatever the region; none of an indexed
    one."""
    if _covering(engine, view.source) is not None:
        return engine.estimate_glances(0)
    return engine.estimate_glances(len(windows(view.source.grid, view.source.gsd, engine.nano.gsd_range[0])))


def windows(grid: Grid, gsd: Optional[float], finest: float, most: int = MOST_WINDOWS) -> List[Window]:
    """At most ``most`` windows that cover ``grid`` side by side, in reading order.

    Each is SIDE pixels of the working scale (``finest`` metres or native, whichever is coarser), wider where those were
    too many; the last of a row or column is moved back onto the raster.
    """
    factor = max(1.0, finest / gsd) if gsd else 1.0
    side = SIDE * factor
    while math.ceil(grid.width / side) * math.ceil(grid.height / side) > most:
        side *= 1.1
    length = max(1, int(side))
    return [Window(col, row, min(length, grid.width), min(length, grid.height))
            for row in _starts(grid.height, length) for col in _starts(grid.width, length)]


def _covering(engine: Any, source: RasterSource) -> Optional[Covering]:
    indexes = getattr(engine, "indexes", None)
    return None if indexes is None else indexes.covering(source)


def _indexed(
    covering: Covering, view: View, like: str, engine: Any, matcher: Matcher, cancel: Optional[CancelToken]
) -> Places:
    """As :func:`places_like`, from an index."""
    search, record = covering
    if like:
        query = Query(like, rasters=(record.id,))
    else:
        own = region_window(view.region, view.source.grid)
        seen = matcher.picture(engine.glance(view, cancel).tokens)
        query = Query(picture=seen, rasters=(record.id,), apart=(record.id, own) if view.region is not None else None)
    with engine.indexes.searching:
        found = search.find(query, MOST_PLACES, cancel)
        looked = int((search.rasters == record.id).sum())
    best = [(place.score, place.window) for place in found]
    return _places(view.source, like, best, looked, record.planned, engine.nano.name)


def _starts(whole: int, length: int) -> List[int]:
    if whole <= length:
        return [0]
    return [min(start, whole - length) for start in range(0, whole, length)]


def _places(source: RasterSource, like: str, best: Sequence[Tuple[float, Window]], looked: int, cut: int, model: str) -> Places:
    ground = PixelArea.of(source.grid, source.gsd)
    features, rows = [], []
    for cosine, window in best:
        ring = window_ring(source.grid, window)
        pixels = window.width * window.height
        middle = np.array([window.col + window.width / 2]), np.array([window.row + window.height / 2])
        area = None if ground is None else float(pixels * ground.at(*middle)[0])
        score = min(max(cosine, 0.0), 1.0)
        features.append(MaskFeature((ring,), "place", score, pixels, area))
        rows.append({"likeness": round(cosine, 4), "extent": [float(value) for value in _bounds_of(ring)], "area_m2": area})
    facts = {
        "schema": SCHEMA, "kind": "places", "source": source.name, "model": model, "gsd": source.gsd, "like": like,
        "looked": looked, "skipped": cut - looked, "places": rows,
    }
    iso = source.time.iso if source.time is not None else ""
    return Places(FeatureSet("mask", source.grid.crs_wkt, tuple(features), model, source.name, iso), facts)


def _bounds_of(ring: np.ndarray) -> Tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = ring.min(0), ring.max(0)
    return x0, y0, x1, y1


def _bounds(region: Region) -> Tuple[float, float, float, float]:
    return _bounds_of(np.concatenate([rings[0] for rings in region.polygons]))


def _overlap(ring: np.ndarray, own: Tuple[float, float, float, float]) -> bool:
    """Whether a window lies for more than half of it in ``own``."""
    x0, y0, x1, y1 = _bounds_of(ring)
    shared = max(0.0, min(x1, own[2]) - max(x0, own[0])) * max(0.0, min(y1, own[3]) - max(y0, own[1]))
    return shared > 0.5 * (x1 - x0) * (y1 - y0)
