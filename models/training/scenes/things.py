"""Small drawn things: cars, boats, aircraft, courts, pitches, pools, playgrounds, ponds, solar rows, railway."""

import math
from typing import List, Tuple

import numpy as np
from PIL import Image, ImageDraw

from . import shapes
from .buildings import _fit
from .world import PAVED, UNKNOWN, WATER, Region, Standing

CAR_COLOURS = ((235, 235, 235), (30, 30, 34), (120, 122, 126), (190, 192, 196), (150, 30, 30), (40, 60, 120), (90, 92, 80))


def car(rng: np.random.Generator, gsd: float, x: float, y: float, angle: float) -> Standing:
    """A car or van; the ground under it keeps its class."""
    long = rng.random() < 0.08
    length, width = (rng.uniform(7, 12), 2.5) if long else (rng.uniform(3.8, 5.0), rng.uniform(1.7, 2.0))
    fine = max(8, round(length * 3 / gsd)), max(4, round(width * 3 / gsd))
    image = Image.new("RGBA", fine)
    draw = ImageDraw.Draw(image)
    colour = tuple(int(min(255, c * math.exp(rng.normal(0, 0.1)))) for c in CAR_COLOURS[int(rng.integers(7))])
    draw.rounded_rectangle((0, 0, fine[0] - 1, fine[1] - 1), fine[1] * 0.3, fill=(*colour, 255))
    if not long:
        for start, stop in ((0.22, 0.34), (0.74, 0.86)):
            draw.rectangle((fine[0] * start, fine[1] * 0.15, fine[0] * stop, fine[1] * 0.85), fill=(30, 34, 40, 255))
    return Standing(x, y, _fit(image, length / gsd, width / gsd, angle), 1.5, None, "car")


def boat(rng: np.random.Generator, gsd: float, x: float, y: float, angle: float) -> Standing:
    """A pleasure boat; its label is unknown."""
    length = rng.uniform(5, 15)
    w, h = max(8, round(length * 3 / gsd)), max(4, round(length * 0.9 / gsd))
    image = Image.new("RGBA", (w, h))
    draw = ImageDraw.Draw(image)
    light = int(rng.uniform(190, 255))
    hull = [(0, h * 0.15), (w * 0.6, 0), (w, h / 2), (w * 0.6, h), (0, h * 0.85)]
    draw.polygon(hull, fill=(light, light, light, 255))
    deck = tuple(int(v) for v in rng.uniform(40, 200, 3))
    draw.rectangle((w * 0.15, h * 0.25, w * rng.uniform(0.35, 0.6), h * 0.75), fill=(*deck, 255))
    return Standing(x, y, _fit(image, length / gsd, length * 0.3 / gsd, angle), 1.2, UNKNOWN, "boat")


def court(rng: np.random.Generator, size: int, gsd: float, x: float, y: float, angle: float) -> List[Region]:
    """A tennis or ball court with its apron: paved."""
    outer = shapes.polygons(size, [shapes.rectangle(x, y, 36 / gsd, 18 / gsd, angle)])
    inner = shapes.polygons(size, [shapes.rectangle(x, y, 23.8 / gsd, 11 / gsd, angle)])
    tints = ((96, 130, 96), (150, 84, 70), (84, 110, 150), (110, 116, 110))
    first, second = (tints[int(k)] for k in rng.integers(0, 4, 2))
    paint = []
    for w, h in ((23.8, 11), (23.8, 8.2), (12.8, 8.2)):
        corners = shapes.rectangle(x, y, w / gsd, h / gsd, angle)
        paint.append(corners + corners[:1])
    net = shapes.rectangle(x, y, 0.01, 11 / gsd, angle)
    return [Region(PAVED, outer, colour=first), Region(PAVED, inner, colour=second),
            Region(None, shapes.lines(size, paint + [net[:3]], max(0.5, 0.12 / gsd)), colour=(225, 225, 220))]


def pitch(rng: np.random.Generator, size: int, gsd: float, x: float, y: float, angle: float, grass: Region
          ) -> List[Region]:
    """A football field: mown stripes and white lines on ``grass``."""
    length, width = rng.uniform(60, 105), rng.uniform(40, 68)
    grass.mask = shapes.polygons(size, [shapes.rectangle(x, y, (length + 6) / gsd, (width + 6) / gsd, angle)])
    box = lambda dx, w, h: shapes.rectangle(
        x + dx * math.cos(angle) / gsd, y + dx * math.sin(angle) / gsd, w / gsd, h / gsd, angle)
    frames = [box(0, length, width), box(length / 4, length / 2, width), box(length / 2 - 8, 16, width * 0.6),
              box(8 - length / 2, 16, width * 0.6)]
    rings = [(x + 9.1 / gsd * math.cos(k / 4), y + 9.1 / gsd * math.sin(k / 4)) for k in range(27)]
    return [grass, Region(None, shapes.lines(size, [f + f[:1] for f in frames] + [rings], max(0.5, 0.15 / gsd)),
                          colour=(228, 232, 226))]


def pool(rng: np.random.Generator, size: int, gsd: float, x: float, y: float, angle: float) -> List[Region]:
    """A swimming pool: water with a paved rim."""
    w, h = rng.uniform(6, 13), rng.uniform(3.5, 6)
    mask = shapes.polygons(size, [shapes.rectangle(x, y, w / gsd, h / gsd, angle)])
    rim = shapes.polygons(size, [shapes.rectangle(x, y, (w + 2.5) / gsd, (h + 2.5) / gsd, angle)])
    blue = (int(rng.uniform(60, 130)), int(rng.uniform(160, 210)), int(rng.uniform(190, 230)))
    return [Region(PAVED, rim, colour=(205, 198, 186)), Region(WATER, mask, colour=blue)]


def solar(rng: np.random.Generator, size: int, gsd: float, x: float, y: float, angle: float
          ) -> Tuple[Region, Image.Image]:
    """Rows of panels, their cover unknown, and the mask of the whole field they stand in."""
    rows, length, pitch_m = int(rng.integers(4, 14)), rng.uniform(20, 70), rng.uniform(4, 8)
    outlines = []
    for k in range(rows):
        off = (k - rows / 2) * pitch_m / gsd
        outlines.append(shapes.rectangle(x - off * math.sin(angle), y + off * math.cos(angle), length / gsd,
                                         pitch_m * 0.5 / gsd, angle))
    field = shapes.polygons(size, [shapes.rectangle(x, y, length / gsd, rows * pitch_m / gsd, angle)])
    panels = Region(UNKNOWN, shapes.polygons(size, outlines), colour=(int(rng.uniform(25, 60)), 45, int(rng.uniform(70, 110))))
    return panels, field


def railway(size: int, gsd: float, path: List[Tuple[float, float]], ballast: Region) -> List[Region]:
    """Ballast (unknown to the covers) with two rails."""
    ballast.cover = UNKNOWN
    ballast.mask = shapes.lines(size, [path], 5.5 / gsd)
    rails = [[(px + off * ny, py - off * nx) for (px, py), (nx, ny) in zip(path, normals(path))]
             for off in (-0.72 / gsd, 0.72 / gsd)]
    return [ballast, Region(None, shapes.lines(size, rails, max(0.5, 0.2 / gsd)), colour=(150, 138, 128))]


def aircraft(rng: np.random.Generator, gsd: float, x: float, y: float, angle: float) -> Standing:
    """A parked aircraft seen from above, nose along ``angle``; the ground under it keeps its class."""
    length = rng.uniform(8, 14) if rng.random() < 0.4 else rng.uniform(22, 60)
    span = length * rng.uniform(0.8, 1.15)
    fine = 2 / gsd
    w, h = max(12, round(length * fine)), max(12, round(span * fine))
    image = Image.new("RGBA", (w, h))
    draw = ImageDraw.Draw(image)
    light = int(rng.uniform(170, 250))
    skin = (light, light, min(255, light + 4), 255)
    body, mid, sweep = length * fine * rng.uniform(0.09, 0.13), h / 2, rng.uniform(0.02, 0.22) * w
    root, tip = w * rng.uniform(0.14, 0.2), w * rng.uniform(0.04, 0.08)
    front = w * rng.uniform(0.5, 0.58)
    for side in (-1, 1):
        wing = [(front, mid), (front - sweep, mid + side * h * 0.49), (front - sweep - tip, mid + side * h * 0.49),
                (front - root, mid)]
        tail = [(w * 0.1, mid), (w * 0.1 - sweep * 0.3, mid + side * h * 0.18), (w * 0.03, mid + side * h * 0.18),
                (0, mid)]
        draw.polygon(wing, fill=(int(light * 0.93),) * 3 + (255,))
        draw.polygon(tail, fill=(int(light * 0.93),) * 3 + (255,))
    draw.rounded_rectangle((0, mid - body / 2, w - 1, mid + body / 2), body / 2, fill=skin)
    if rng.random() < 0.5:
        stripe = tuple(int(v) for v in rng.uniform(20, 220, 3))
        draw.rectangle((w * 0.05, mid - body * 0.12, w * 0.2, mid + body * 0.12), fill=(*stripe, 255))
    return Standing(x, y, _fit(image, length / gsd, span / gsd, angle), 4.0, None, "aircraft")


def playground(rng: np.random.Generator, size: int, gsd: float, x: float, y: float, angle: float, sand: Region
               ) -> List[Region]:
    """A patch of sand or rubber with bright swings, slides and frames."""
    w, h = rng.uniform(10, 26), rng.uniform(8, 20)
    sand.mask = shapes.polygons(size, [shapes.rectangle(x, y, w / gsd, h / gsd, angle)])
    parts = []
    for _ in range(int(rng.integers(4, 10))):
        u, v = rng.uniform(-0.4, 0.4) * w / gsd, rng.uniform(-0.4, 0.4) * h / gsd
        at = (x + u * math.cos(angle) - v * math.sin(angle), y + u * math.sin(angle) + v * math.cos(angle))
        outline = shapes.rectangle(*at, rng.uniform(1, 4) / gsd, rng.uniform(0.7, 2.5) / gsd, rng.uniform(0, math.pi))
        colour = tuple(int(c) for c in rng.permutation([rng.uniform(170, 240), rng.uniform(30, 200), rng.uniform(20, 90)]))
        parts.append(Region(None, shapes.polygons(size, [outline]), colour=colour))
    return [sand, *parts]


def normals(path: List[Tuple[float, float]]) -> List[Tuple[float, float]]:
    """Unit tangents (dx, dy) at each point of a path."""
    points = np.asarray(path, float)
    steps = np.gradient(points, axis=0) if len(points) > 1 else np.ones_like(points)
    return [tuple(v) for v in steps / np.maximum(np.hypot(*steps.T)[:, None], 1e-6)]
