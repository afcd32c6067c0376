"""The facts of two dates: how much changed, what came and went, what became of what, and where."""

from typing import Any, Dict, List, Optional

import numpy as np

from . import SCHEMA
from .changes import Changes
from .components import Components
from .pixel_area import PixelArea
from .view_facts import Context, amount, component_areas, countable, frame_facts, listed, occupied, totals


def pair_facts(
    found: Changes, before: Context, after: Context, area: Optional[PixelArea] = None
) -> Dict[str, Any]:
    """JSON-able facts of a pair (schema in docs/facts.schema.json, kind "pair").

    Every figure under ``changed``, ``covers[...].added``/``removed`` and ``transitions`` is a sum over the polygons
    that the change expert emits; shares are of the pixels known on both dates.
    """
    facts: Dict[str, Any] = {"schema": SCHEMA, "kind": "pair", "key": before.key}
    facts["before"] = {"source": before.source, "time": before.time}
    facts["after"] = {"source": after.source, "time": after.time}
    facts.update(frame_facts(found.frame, before))
    facts.update(totals(found.region_pixels, found.valid_pixels, max(before.unreadable, after.unreadable), area))
    covers = {
        name: {
            "before": amount(found.before[name], found.valid_pixels, area),
            "after": amount(found.after[name], found.valid_pixels, area),
            "countable": countable(name, before),
            "validation": before.errors.get(name),
        }
        for name in found.labels
    }
    facts.update(change_facts(found, covers, area))
    facts["validation"] = before.errors.get("change")
    return facts


def change_facts(found: Changes, covers: Dict[str, Any], area: Optional[PixelArea]) -> Dict[str, Any]:
    """The keys ``changed``, ``covers`` and ``transitions`` for the parts of ``found``; ``covers``: what else they hold."""
    was, became = np.array(found.was, object), np.array(found.became, object)
    everything = np.ones(len(found.parts), bool)
    moved = {
        name: {
            "added": _part(found, (became == name) & (was != name), area),
            "removed": _part(found, (was == name) & (became != name), area),
        }
        for name in found.labels
    }
    return {
        "changed": dict(_part(found, everything, area), any=len(found.parts) > 0),
        "covers": {name: {**covers[name], **moved[name]} for name in found.labels},
        "transitions": _transitions(found, area),
    }


def _part(found: Changes, chosen: np.ndarray, area: Optional[PixelArea]) -> Dict[str, Any]:
    parts: Components = found.parts.keep(chosen)
    areas = component_areas(parts, area)
    facts = dict(amount(parts.runs.pixels, found.valid_pixels, area))
    facts["area_m2"] = None if areas is None else float(areas.sum())
    facts["count"] = len(parts)
    facts["cells"] = occupied(parts, found.frame, found.valid_pixels)
    facts["largest"] = listed(parts, areas, found.frame)
    return facts


def _transitions(found: Changes, area: Optional[PixelArea]) -> List[Dict[str, Any]]:
    """The from → to matrix as rows with any pixel, largest first."""
    rows = []
    areas = component_areas(found.parts, area)
    for was, became in sorted(set(zip(found.was, found.became))):
        chosen = np.array([pair == (was, became) for pair in zip(found.was, found.became)], bool)
        pixels = int(found.parts.pixels[chosen].sum())
        row = amount(pixels, found.valid_pixels, area)
        row["area_m2"] = None if areas is None else float(areas[chosen].sum())
        rows.append({"from": was, "to": became, "count": int(chosen.sum()), **row})
    return sorted(rows, key=lambda row: (-row["pixels"], row["from"], row["to"]))
