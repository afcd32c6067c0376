"""Chips as GeoJSON features: where each lies, with what is known and what was said of it (RFC 7946; WGS 84)."""

import math
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple

from .chip import Chip

_DEGREE = 111195.08


def feature(chip: Chip, properties: Optional[Mapping[str, Any]] = None) -> Dict[str, Any]:
    """One feature; ``geometry`` is None where the place is unknown, two polygons across the antimeridian.

    Properties: name, source, time, gsd, scene, things, then those given, which win.
    """
    return {
        "type": "Feature",
        "id": chip.name,
        "geometry": _geometry(ring(chip)),
        "properties": {
            "name": chip.name, "source": chip.origin.source, "time": chip.origin.time, "gsd": chip.gsd, "scene": chip.scene,
            "things": len(chip.things), **(properties or {}),
        },
    }


def collection(features: Iterable[Dict[str, Any]]) -> Dict[str, Any]:
    """A GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def ring(chip: Chip) -> List[Tuple[float, float]]:
    """The open ring (longitude, latitude) of a chip: its footprint, else a square of its size around its centre, else [].

    Longitudes are counted on across the antimeridian, so that neighbours differ by less than 180.
    """
    origin = chip.origin
    if len(origin.footprint) >= 3:
        found = [(float(x), float(y)) for x, y in origin.footprint]
        found = found[:-1] if found[0] == found[-1] else found
        return [(found[0][0] + _short_way(x - found[0][0]), y) for x, y in found]
    if origin.latitude is None or origin.longitude is None or chip.gsd is None:
        return []
    height, width = chip.shape
    up = height * chip.gsd / 2 / _DEGREE
    across = width * chip.gsd / 2 / _DEGREE / max(math.cos(math.radians(origin.latitude)), 1e-6)
    x, y = origin.longitude, origin.latitude
    return [(x - across, y - up), (x + across, y - up), (x + across, y + up), (x - across, y + up)]


def bounds(chip: Chip) -> Tuple[float, ...]:
    """West, south, east, north in degrees, west in −180..180; () where the place is unknown or not finite."""
    corners = ring(chip)
    if not corners or not all(math.isfinite(x) and math.isfinite(y) for x, y in corners):
        return ()
    xs, ys = zip(*corners)
    west = (min(xs) + 180) % 360 - 180 if not -180 <= min(xs) <= 180 else min(xs)
    return west, min(ys), west + max(xs) - min(xs), max(ys)


def _geometry(corners: List[Tuple[float, float]]) -> Optional[Dict[str, Any]]:
    if not corners:
        return None
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        part = _between([(x + turn, y) for x, y in corners])
        if part:
            parts.append([[list(point) for point in (*part, part[0])]])
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts} if parts else None


def _between(corners: List[Tuple[float, float]]) -> List[Tuple[float, float]]:
    """The part of a convex ring between 180° west and east (Sutherland and Hodgman 1974)."""
    for edge, sign in ((-180.0, 1), (180.0, -1)):
        out: List[Tuple[float, float]] = []
        for (x0, y0), (x1, y1) in zip(corners[-1:] + corners[:-1], corners):
            in0, in1 = sign * (x0 - edge) > 0, sign * (x1 - edge) > 0
            if in0 != in1 and x0 != edge and x1 != edge:
                out.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
            if in1 or x1 == edge:
                out.append((x1, y1))
        corners = out
    return corners if len({x for x, _ in corners}) > 1 else []


def _short_way(turn: float) -> float:
    return (turn + 180) % 360 - 180 if abs(turn) > 180 else turn
