"""The things people look for: courts, pitches, playgrounds, pools, ponds, aircraft, railways, solar farms, roundabouts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, List

from PIL import Image, ImageChops

from . import shapes, things
from .world import BARE, LOW, PAVED, WATER, Region

if TYPE_CHECKING:
    from .layout import Planner


def sport(plan: Planner) -> None:
    """Courts, a pitch, a playground, a pool or a ring of bare ground, whatever the scene allows."""
    rng, kind = plan.rng, plan.rng.random()
    x, y = plan.spot()
    angle = rng.uniform(0, math.pi)
    if kind < 0.4 and PAVED in plan.allowed:
        for k in range(int(rng.integers(1, 4))):
            off = k * 19 / plan.gsd
            _thing(plan, "tennis court", things.court(rng, plan.size, plan.gsd, x - off * math.sin(angle),
                                                     y + off * math.cos(angle), angle))
    elif kind < 0.65 and LOW in plan.allowed:
        _thing(plan, "football field", things.pitch(rng, plan.size, plan.gsd, x, y, angle, plan.material(LOW, 1.0)))
    elif kind < 0.8 and BARE in plan.allowed:
        _thing(plan, "playground", things.playground(rng, plan.size, plan.gsd, x, y, angle, plan.material(BARE, 1.0)))
    elif {WATER, PAVED} <= plan.allowed:
        _thing(plan, "swimming pool", things.pool(rng, plan.size, plan.gsd, x, y, angle), 1)
    elif BARE in plan.allowed:
        r = rng.uniform(6, 20) / plan.gsd
        plan.ground(BARE, shapes.ellipse(plan.size, x, y, r, r * rng.uniform(0.5, 1)), fresh=0.8)


def _thing(plan: Planner, label: str, regions: List[Region], outline: int = 0) -> None:
    """Regions that together are one thing, the extent of which is ``regions[outline]``."""
    plan.world.regions += regions
    _mark(plan, label, regions[outline].mask)


def _mark(plan: Planner, label: str, mask) -> None:
    if mask.getbbox():
        plan.world.marks.append((label, mask))


def pond(plan: Planner) -> None:
    """A pond with a ragged shore."""
    rng = plan.rng
    (x, y), r = plan.spot(), rng.uniform(4, 22) / plan.gsd
    outline = shapes.ellipse(plan.size, x, y, r, r * rng.uniform(0.5, 1.0))
    ragged = ImageChops.multiply(outline, shapes.blob(rng, plan.size, 0.85, max(6.0, r), 8.0))
    if BARE in plan.allowed and rng.random() < 0.5:
        plan.ground(BARE, shapes.ellipse(plan.size, x, y, r * 1.2, r * 1.05), fresh=0.8)
    plan.ground(WATER, ragged)
    _mark(plan, "pond", ragged)
    plan.taken = ImageChops.lighter(plan.taken, ragged)


def aircraft(plan: Planner) -> None:
    """Parked in a row on an apron or beside a runway."""
    rng, standing = plan.rng, Image.new("L", (plan.size, plan.size))
    angle, (x, y) = rng.uniform(0, 2 * math.pi), plan.spot()
    step = rng.uniform(14, 60) / plan.gsd
    for k in range(int(rng.integers(1, 9))):
        u = (k - 2) * step
        thing = things.aircraft(rng, plan.gsd, x - u * math.sin(angle), y + u * math.cos(angle), angle)
        if 0 <= thing.x < plan.size and 0 <= thing.y < plan.size:
            plan.place(thing, standing)


def rail(plan: Planner) -> None:
    """One railway across the scene."""
    path = shapes.road(plan.rng, plan.size, plan.spot(), plan.rng.uniform(0, math.pi), 0.01)
    if len(path) > 1:
        ballast = plan.material(BARE if BARE in plan.allowed else PAVED)
        _thing(plan, "railway", things.railway(plan.size, plan.gsd, path, ballast))
        plan.taken = ImageChops.lighter(plan.taken, ballast.mask)


def solar(plan: Planner) -> None:
    """One solar farm."""
    panels, field = things.solar(plan.rng, plan.size, plan.gsd, *plan.spot(), plan.rng.uniform(0, math.pi))
    plan.world.regions.append(panels)
    _mark(plan, "solar farm", field)
    plan.taken = ImageChops.lighter(plan.taken, field)


def roundabout(plan: Planner) -> None:
    """A ring of asphalt round a planted island on the first street."""
    if not plan.streets or not {PAVED, LOW} <= plan.allowed:
        return
    path, wide = plan.streets[0]
    x, y = path[len(path) // 2]
    outer, inner = wide + plan.rng.uniform(6, 14) / plan.gsd, plan.rng.uniform(5, 12) / plan.gsd
    ring = shapes.ellipse(plan.size, x, y, outer, outer)
    plan.ground(PAVED, ring, fresh=0.0)
    _mark(plan, "roundabout", ring)
    plan.ground(LOW, shapes.ellipse(plan.size, x, y, min(inner, outer * 0.6), min(inner, outer * 0.6)))
