"""Draws the ground plan: what lies where. A theme sets the odds; half of the scenes ignore it and toss for each cover."""

import math
from typing import List, Optional, Set, Tuple

import numpy as np
from PIL import Image, ImageChops

from . import buildings, landmarks, plants, shapes, things
from .bank import Bank
from .materials import Palette
from .themes import THEMES, tossed
from .world import BARE, BUILDING, LOW, PAVED, TREE, WATER, Region, Standing, World

MOST_BUILDINGS, MOST_TREES, MOST_CARS = 60, 90, 40


class Planner:
    """Fills one world. ``allowed`` are the covers that may appear."""

    def __init__(self, rng: np.random.Generator, bank: Bank, size: int, gsd: float) -> None:
        self.rng, self.bank, self.size, self.gsd = rng, bank, size, gsd
        self.palette = Palette(bank, rng, gsd)
        self.world = World(size, gsd)
        self.sun = float(rng.uniform(0, 2 * math.pi))
        self.allowed: Set[int] = set(range(6))
        self.taken = Image.new("L", (size, size))
        self.wet = Image.new("L", (size, size))
        self.streets: List[Tuple[List[Tuple[float, float]], float]] = []
        self.paved: List[Tuple[float, float, float, float, float]] = []

    def ground(self, cover: int, mask, fresh: float = 0.3) -> Region:
        """A textured region, added to the world."""
        region = self.material(cover, fresh)
        region.mask = mask
        self.world.regions.append(region)
        return region

    def material(self, cover: int, fresh: float = 0.3, dark: bool = False) -> Region:
        """A textured region not yet placed."""
        texture = self.palette.texture(self.rng, cover, fresh, dark)
        phase, tone = self.palette.laid(self.rng, texture)
        return Region(cover, None, texture, phase, tone)

    def spot(self) -> Tuple[float, float]:
        return tuple(self.rng.uniform(0, self.size, 2))

    # Ground, from the widest to the narrowest.

    def base(self, cover: int) -> None:
        """The cover everywhere, in two materials that mix in patches."""
        self.world.regions.append(self.material(cover, dark=cover == PAVED))
        if cover in (LOW, BARE) and self.rng.random() < 0.7:
            mask = shapes.blob(self.rng, self.size, self.rng.uniform(0.2, 0.6), self.size * self.rng.uniform(0.15, 0.5), 2.0)
            self.ground(cover, mask, fresh=0.8)

    def blobs(self) -> None:
        for cover in (LOW, BARE):
            if cover in self.allowed and self.rng.random() < 0.6:
                cell = max(10.0, self.rng.uniform(4, 30) / self.gsd)
                mask = shapes.blob(self.rng, self.size, self.rng.uniform(0.05, 0.35), cell, self.rng.uniform(2.0, 14.0))
                self.ground(cover, mask)

    def fields(self) -> None:
        choices = [c for c in (LOW, LOW, BARE) if c in self.allowed] or [LOW]
        for outline in shapes.fields(self.rng, self.size, max(30.0, self.rng.uniform(12, 60) / self.gsd))[:14]:
            if self.rng.random() < 0.9:
                self.ground(int(self.rng.choice(choices)), shapes.polygons(self.size, [outline]), fresh=0.6)

    def water(self) -> None:
        rng, size = self.rng, self.size
        kind = rng.random()
        if kind < 0.4:
            share = rng.uniform(0.15, 0.75)
            seed = int(rng.integers(1 << 30))
            mask = shapes.coast(np.random.default_rng(seed), size, share)
            bank = shapes.coast(np.random.default_rng(seed), size, min(0.97, share + rng.uniform(0.01, 0.15)))
        elif kind < 0.7:
            mask, bank = shapes.river(rng, size, min(size * 0.5, max(6.0, rng.uniform(3, 40) / self.gsd)))
        else:
            mask = shapes.blob(rng, size, rng.uniform(0.05, 0.4), size * rng.uniform(0.3, 0.7), 16.0)
            bank = None
        if bank is not None and BARE in self.allowed and rng.random() < 0.6:
            self.ground(BARE, bank)
        self.ground(WATER, mask)
        self.wet = mask
        self.taken = ImageChops.lighter(self.taken, mask)

    def forest(self) -> None:
        if TREE not in self.allowed:
            return
        mask = shapes.blob(self.rng, self.size, self.rng.uniform(0.1, 0.7), self.size * self.rng.uniform(0.2, 0.6), 6.0)
        lumps = shapes.noise(self.rng, self.size, max(3.0, 4 / self.gsd))
        alpha = np.asarray(mask).astype(np.float32) / 255 + np.where(np.asarray(mask) > 0, lumps * 0.35, 0)
        mask = shapes.from_field(alpha - 0.5, 5.0)
        mask = ImageChops.subtract(mask, self.wet)
        self.ground(TREE, mask).height = float(self.rng.uniform(2, 7))
        self.taken = ImageChops.lighter(self.taken, mask)

    def lots(self) -> None:
        """Paved lots, concrete aprons, bare yards, a runway: sharp edges that are no roofs."""
        rng = self.rng
        angle = rng.uniform(0, math.pi)
        for _ in range(int(rng.integers(1, 4))):
            covers = [c for c in (PAVED, PAVED, BARE) if c in self.allowed]
            if not covers:
                return
            x, y = self.spot()
            w, h = rng.uniform(12, 70) / self.gsd, rng.uniform(8, 45) / self.gsd
            if rng.random() < 0.2:
                w, h = 4.0 * self.size, rng.uniform(15, 45) / self.gsd
            cover = int(rng.choice(covers))
            self.ground(cover, shapes.polygons(self.size, [shapes.rectangle(x, y, w, h, angle)]), fresh=0.6)
            if cover == PAVED:
                self.paved.append((x, y, w, h, angle))
                self._bays(x, y, w, h, angle)

    def _bays(self, x: float, y: float, w: float, h: float, angle: float) -> None:
        """Parking bays with cars, or a runway's centre line."""
        rng, gsd = self.rng, self.gsd
        c, s = math.cos(angle), math.sin(angle)
        at = lambda u, v: (x + u * c - v * s, y + u * s + v * c)
        if w > 2 * self.size:
            dash = [[at(u, 0), at(u + 20 / gsd, 0)] for u in np.arange(-w / 4, w / 4, 45 / gsd)]
            edge = [[at(-w / 2, v), at(w / 2, v)] for v in (-h * 0.45, h * 0.45)]
            self.world.regions.append(Region(None, shapes.lines(self.size, dash + edge, 0.9 / gsd), colour=(225, 222, 210)))
            return
        if rng.random() < 0.3:
            return
        marks, full = [], rng.uniform(0.1, 0.9)
        for v in np.arange(-h / 2 + 3 / gsd, h / 2 - 2 / gsd, rng.uniform(8, 16) / gsd):
            for u in np.arange(-w / 2 + 2 / gsd, w / 2 - 2 / gsd, 2.7 / gsd):
                if len(marks) > 120:
                    break
                marks.append([at(u, v - 2.5 / gsd), at(u, v + 2.5 / gsd)])
                if rng.random() < full and self.cars() < MOST_CARS:
                    px, py = at(u + 1.35 / gsd, v)
                    self.world.standing.append(things.car(rng, gsd, px, py, angle + math.pi / 2 + rng.normal(0, 0.03)))
        if marks and gsd < 0.5:
            self.world.regions.append(Region(None, shapes.lines(self.size, marks, max(0.5, 0.13 / gsd)), colour=(215, 215, 210)))

    def cars(self) -> int:
        return sum(thing.kind == "car" for thing in self.world.standing)

    def roads(self, grid: bool) -> None:
        rng, size = self.rng, self.size
        angle = rng.uniform(0, math.pi)
        width = float(rng.uniform(4, 9)) if rng.random() < 0.85 else float(rng.uniform(12, 32))
        paths = []
        if grid:
            gap = rng.uniform(35, 110) / self.gsd
            for turn in (0, math.pi / 2):
                offset = rng.uniform(0, gap)
                for k in np.arange(-size, size, gap):
                    start = (size / 2 + (k + offset) * -math.sin(angle + turn), size / 2 + (k + offset) * math.cos(angle + turn))
                    paths.append(shapes.road(rng, size, start, angle + turn, 0.0))
        else:
            for _ in range(int(rng.integers(1, 3))):
                paths.append(shapes.road(rng, size, self.spot(), angle, rng.uniform(0, 0.08)))
                angle += math.pi / 2 + rng.normal(0, 0.3)
        paths = [p for p in paths if len(p) > 1]
        if not paths:
            return
        wide = width / self.gsd
        if rng.random() < 0.4:
            verge = PAVED if rng.random() < 0.6 or BARE not in self.allowed else BARE
            self.ground(verge, shapes.lines(size, paths, wide + rng.uniform(1.5, 5) / self.gsd), fresh=0.6)
        mask = shapes.lines(size, paths, wide)
        self.ground(PAVED, mask)
        self.taken = ImageChops.lighter(self.taken, mask)
        if rng.random() < 0.6 and self.gsd < 0.7:
            self._marks(paths, width)
        for path in paths:
            self.streets.append((path, wide))
            tangents = things.normals(path)
            for (x, y), (dx, dy) in zip(path, tangents):
                if rng.random() < 0.12 and self.cars() < MOST_CARS:
                    side = rng.choice((-1, 1)) * wide * 0.25
                    self.world.standing.append(things.car(rng, self.gsd, x - dy * side, y + dx * side, math.atan2(dy, dx)))

    def _marks(self, paths, width: float) -> None:
        colour = (226, 224, 214) if self.rng.random() < 0.7 else (214, 184, 90)
        lanes = [0.0] if width < 12 else [k * 3.6 / self.gsd for k in range(-int(width / 8), int(width / 8) + 1)]
        strokes = []
        for path in paths:
            tangents = things.normals(path)
            for off in lanes:
                line = [(x - dy * off, y + dx * off) for (x, y), (dx, dy) in zip(path, tangents)]
                strokes += [line[k:k + 2] for k in range(0, len(line) - 1, 2)] if self.rng.random() < 0.5 else [line]
        self.world.regions.append(Region(None, shapes.lines(self.size, strokes, max(0.5, 0.15 / self.gsd)), colour=colour))

    def paths(self) -> None:
        rng = self.rng
        cover = BARE if BARE in self.allowed and (rng.random() < 0.75 or PAVED not in self.allowed) else PAVED
        if cover not in self.allowed:
            return
        lines = [shapes.road(rng, self.size, self.spot(), rng.uniform(0, math.pi), rng.uniform(0.02, 0.2))
                 for _ in range(int(rng.integers(1, 4)))]
        lines = [line for line in lines if len(line) > 1]
        if lines:
            mask = shapes.lines(self.size, lines, rng.uniform(1.0, 3.5) / self.gsd)
            self.ground(cover, ImageChops.subtract(mask, self.wet))
            self.streets += [(line, 3 / self.gsd) for line in lines]

    def slabs(self) -> None:
        """Patios, foundations, beds and plots of a roof's size and outline, flat on the ground."""
        rng, covers = self.rng, [c for c in (PAVED, BARE, LOW) if c in self.allowed]
        angle = rng.uniform(0, math.pi)
        for _ in range(int(rng.integers(1, 8)) if covers else 0):
            x, y = self.spot()
            outline = shapes.rectangle(x, y, *(rng.uniform(4, 18, 2) / self.gsd), angle + rng.normal(0, 0.1))
            self.ground(int(rng.choice(covers)), ImageChops.subtract(shapes.polygons(self.size, [outline]), self.wet), 0.5)

    # Standing objects.

    def place(self, thing: Standing, taken: Optional[Image.Image] = None) -> bool:
        """Add an object unless its outline overlaps what is ``taken`` (by default everything that stands)."""
        taken = self.taken if taken is None else taken
        mask = thing.image.getchannel("A")
        left, top = round(thing.x - mask.width / 2), round(thing.y - mask.height / 2)
        box = (left, top, left + mask.width, top + mask.height)
        if box[2] <= 0 or box[3] <= 0 or left >= self.size or top >= self.size:
            return False
        hit = ImageChops.multiply(taken.crop(box), mask)
        if hit.getextrema()[1] > 60:
            return False
        taken.paste(255, (left, top), mask)
        self.world.standing.append(thing)
        return True

    def houses(self, amount: float, large: bool) -> None:
        """Along the streets where there are any, otherwise anywhere at one common angle."""
        rng, gsd = self.rng, self.gsd
        wanted = int(min(MOST_BUILDINGS, 1 + amount * (self.size * gsd / (30 if large else 14)) ** 2 * rng.uniform(0.15, 0.9)))
        common, tries = rng.uniform(0, math.pi), 0
        while wanted > 0 and tries < 2 * MOST_BUILDINGS:
            tries += 1
            if self.streets and rng.random() < 0.75:
                path, wide = self.streets[int(rng.integers(len(self.streets)))]
                k = int(rng.integers(len(path)))
                dx, dy = things.normals(path)[k]
                off = rng.choice((-1, 1)) * (wide / 2 + rng.uniform(5, 22 if not large else 35) / gsd)
                x, y, angle = path[k][0] - dy * off, path[k][1] + dx * off, math.atan2(dy, dx)
            else:
                (x, y), angle = self.spot(), common
            if not (-8 < x < self.size + 8 and -8 < y < self.size + 8):
                continue
            if self.taken.getpixel((min(max(int(x), 0), self.size - 1), min(max(int(y), 0), self.size - 1))) > 60:
                continue
            angle += rng.normal(0, 0.04) + (math.pi / 2 if rng.random() < 0.35 else 0)
            thing = buildings.building(rng, self.bank, self.palette, gsd, x, y, angle, self.sun, large)
            wanted -= self.place(thing)

    def decoys(self) -> None:
        rng = self.rng
        for _ in range(int(rng.integers(1, 7))):
            x, y = self.spot()
            kind = rng.random()
            if kind < 0.25:
                self.world.standing.append(buildings.yard_wall(rng, self.gsd, x, y, rng.uniform(0, math.pi)))
            elif kind < 0.75:
                self.place(buildings.container(rng, self.gsd, x, y, rng.uniform(0, math.pi)))
            else:
                self.place(buildings.tank(rng, self.gsd, x, y, self.sun, rng.uniform(1.5, 12)))

    def boats(self) -> None:
        rng, wet = self.rng, np.asarray(self.wet)
        angle, count = rng.uniform(0, 2 * math.pi), int(rng.integers(2, 30))
        afloat = Image.new("L", (self.size, self.size))
        for _ in range(count * 3):
            x, y = self.spot()
            if wet[int(y), int(x)] > 200:
                thing = things.boat(rng, self.gsd, x, y, angle + rng.normal(0, 0.1))
                count -= self.place(thing, afloat)
                if count <= 0:
                    return

    def trees(self, amount: float) -> None:
        """Single trees, rows along streets, clumps; a tree over a roof wins."""
        rng = self.rng
        grove = plants.Grove(rng, self.bank, self.palette, self.gsd, self.size, self.sun)
        area = (self.size * self.gsd / grove.diameter) ** 2
        wanted = int(min(MOST_TREES, 1 + amount * area * rng.uniform(0.02, 0.3)))
        wet, clumps = np.asarray(self.wet), [self.spot() for _ in range(4)]
        spread = self.size * rng.uniform(0.05, 0.25)
        clumped = rng.random() * 0.8
        for _ in range(wanted):
            if rng.random() < clumped:
                x, y = np.array(clumps[int(rng.integers(4))]) + rng.normal(0, spread, 2)
            else:
                x, y = self.spot()
            inside = 0 <= x < self.size and 0 <= y < self.size
            if inside and (wet[int(y), int(x)] > 100 or (np.asarray(self.taken.getpixel((int(x), int(y)))) > 100
                                                        and rng.random() < 0.75)):
                continue
            self.world.standing.append(grove.tree(float(x), float(y)))


def draw(rng: np.random.Generator, bank: Bank, size: int, gsd: float) -> Planner:
    """A planned scene; ``.world`` is ready to paint and ``.sun`` is the light its roofs were shaded for."""
    plan = Planner(rng, bank, size, gsd)
    theme = THEMES[str(rng.choice(sorted(THEMES)))]
    if rng.random() < 0.5:
        plan.allowed = {c for c in range(6) if rng.random() < 0.5}
        theme = tossed(rng, plan.allowed)
        if not plan.allowed - {BUILDING}:
            plan.allowed.add(WATER)
    happens = lambda odds: rng.random() < odds
    base = int(rng.choice(theme.base))
    plan.base(base)
    if base == WATER:
        plan.wet = Image.new("L", (size, size), 255)
    if happens(theme.fields):
        plan.fields()
    if happens(theme.blobs):
        plan.blobs()
    if WATER in plan.allowed and base != WATER and happens(theme.water):
        plan.water()
    if happens(theme.forest):
        plan.forest()
    if happens(theme.lots):
        plan.lots()
    if happens(0.3):
        plan.slabs()
    if PAVED in plan.allowed and happens(theme.roads):
        plan.roads(grid=happens(theme.grid))
        if happens(0.1):
            landmarks.roundabout(plan)
    if happens(theme.paths):
        plan.paths()
    if happens(theme.sport):
        landmarks.sport(plan)
    if happens(theme.rail):
        landmarks.rail(plan)
    if happens(theme.solar):
        landmarks.solar(plan)
    if WATER in plan.allowed and happens(theme.pond):
        landmarks.pond(plan)
    if happens(theme.aircraft):
        landmarks.aircraft(plan)
    if BUILDING in plan.allowed:
        if happens(theme.large):
            plan.houses(theme.large, large=True)
        if happens(theme.houses):
            plan.houses(theme.houses, large=False)
    if happens(0.3):
        plan.decoys()
    if plan.wet.getbbox() and happens(theme.boats):
        plan.boats()
    if TREE in plan.allowed and happens(0.3 + theme.trees):
        plan.trees(theme.trees)
    return plan
