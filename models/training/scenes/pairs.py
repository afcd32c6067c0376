"""The second date: the same ground under other light, with some objects added, removed or replaced."""

import copy
import math

import numpy as np

from . import shapes
from .layout import Planner
from .world import BARE, BUILDING, LOW, PAVED, TREE, WATER, World


def later(plan: Planner, rng: np.random.Generator) -> World:
    """The world of ``plan`` some years on. One pair in five changes nothing but light and season."""
    before = plan.world
    after = World(before.size, before.gsd, [copy.copy(r) for r in before.regions],
                  [s for s in before.standing if s.kind not in ("car", "boat")])
    plan.rng = rng
    if rng.random() < 0.35:  # a dry or green year: other material of the same cover
        for region in after.regions:
            if region.cover in (LOW, BARE) and region.texture is not None and rng.random() < 0.6:
                fresh = plan.material(region.cover, 1.0)
                region.texture, region.phase, region.tone = fresh.texture, fresh.phase, fresh.tone
    if rng.random() < 0.2:
        return after
    gone = {"building": rng.uniform(0, 0.5) * (rng.random() < 0.6), "tree": rng.uniform(0, 0.5) * (rng.random() < 0.6),
            "container": 0.5, "tank": 0.2}
    after.standing = [s for s in after.standing if rng.random() >= gone.get(s.kind, 0.0)]
    if rng.random() < 0.5:
        _cover_changes(plan, after, rng)
    # New objects go where nothing stands now; the ground plan's masks still hold.
    plan.world = after
    if rng.random() < 0.65:
        plan.houses(rng.uniform(0.1, 0.6), large=rng.random() < 0.3)
    if rng.random() < 0.3:
        plan.trees(rng.uniform(0.1, 0.4))
    if rng.random() < 0.3:
        plan.decoys()
    plan.world = before
    return after


def _cover_changes(plan: Planner, after: World, rng: np.random.Generator) -> None:
    """A patch of ground turns into another cover, below whatever stands on it."""
    cover = int(rng.choice((PAVED, LOW, BARE, TREE, WATER)))
    region = plan.material(cover, 1.0)
    x, y = plan.spot()
    if rng.random() < 0.6:
        w, h = rng.uniform(10, 60, 2) / plan.gsd
        region.mask = shapes.polygons(plan.size, [shapes.rectangle(x, y, w, h, rng.uniform(0, math.pi))])
    else:
        region.mask = shapes.blob(rng, plan.size, rng.uniform(0.05, 0.3), plan.size * rng.uniform(0.2, 0.6), 10.0)
    mask = np.asarray(region.mask)
    after.regions.append(region)
    kept = []
    for thing in after.standing:
        column, row = (int(min(max(v, 0), plan.size - 1)) for v in (thing.x, thing.y))
        if mask[row, column] < 128 or (thing.cover == BUILDING and cover in (PAVED, LOW, BARE)):
            kept.append(thing)
    after.standing = kept
