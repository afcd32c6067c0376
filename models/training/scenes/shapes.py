"""Masks of drawn ground: blobs, coasts, rivers, lots, roads. All L images of (size, size), antialiased."""

import math
from typing import Iterable, List, Sequence, Tuple

import numpy as np
from PIL import Image, ImageDraw

Point = Tuple[float, float]
OVERSAMPLE = 2


def noise(rng: np.random.Generator, size: int, cell: float) -> np.ndarray:
    """Smooth noise of mean 0 and deviation about 1, (size, size) float32, bumps of ``cell`` pixels."""
    count = int(math.ceil(size / cell)) + 3
    coarse = Image.fromarray(rng.standard_normal((count, count), dtype=np.float32))
    box = (0.7, 0.7, 0.7 + size / cell, 0.7 + size / cell)
    return np.asarray(coarse.resize((size, size), Image.Resampling.BICUBIC, box=box)) * 1.5


def rough_noise(rng: np.random.Generator, size: int, cell: float) -> np.ndarray:
    """Noise of two scales, so that edges wander and fray."""
    return noise(rng, size, cell) + 0.3 * noise(rng, size, max(4.0, cell / 5))


def from_field(values: np.ndarray, gain: float) -> Image.Image:
    """Alpha that passes one half where ``values`` is zero."""
    return Image.fromarray((np.clip(values * gain + 0.5, 0, 1) * 255).astype(np.uint8))


def blob(rng: np.random.Generator, size: int, share: float, cell: float, gain: float = 12.0) -> Image.Image:
    """A patchy region that fills about ``share`` of the scene."""
    values = rough_noise(rng, size, cell)
    return from_field(values - np.quantile(values[::4, ::4], 1 - share), gain)


def coast(rng: np.random.Generator, size: int, share: float) -> Image.Image:
    """One side of a wandering line."""
    rows, cols = np.mgrid[:size, :size].astype(np.float32) / size
    angle = rng.uniform(0, 2 * math.pi)
    values = (rows * math.sin(angle) + cols * math.cos(angle)) * 6 + rough_noise(rng, size, size / 3) * 0.35
    return from_field(values - np.quantile(values[::4, ::4], 1 - share), size / 12)


def river(rng: np.random.Generator, size: int, width: float) -> Tuple[Image.Image, Image.Image]:
    """(water, water with banks) of a meandering river ``width`` pixels wide."""
    rows, cols = np.mgrid[:size, :size].astype(np.float32) - size / 2
    angle = rng.uniform(0, 2 * math.pi)
    across = rows * math.sin(angle) + cols * math.cos(angle) + rng.uniform(-0.3, 0.3) * size
    across += noise(rng, size, size / 2) * size * 0.12 + noise(rng, size, size / 8) * 2
    bank = width / 2 + rng.uniform(1, 8) + np.abs(noise(rng, size, size / 6)) * width * 0.1
    return from_field(width / 2 - np.abs(across), 0.6), from_field(bank - np.abs(across), 0.4)


def polygons(size: int, outlines: Iterable[Sequence[Point]]) -> Image.Image:
    """Filled outlines in pixels."""
    canvas = Image.new("L", (size * OVERSAMPLE,) * 2)
    draw = ImageDraw.Draw(canvas)
    for outline in outlines:
        draw.polygon([(x * OVERSAMPLE, y * OVERSAMPLE) for x, y in outline], fill=255)
    return canvas.reduce(OVERSAMPLE)


def lines(size: int, paths: Iterable[Sequence[Point]], width: float) -> Image.Image:
    """Stroked paths of ``width`` pixels."""
    canvas = Image.new("L", (size * OVERSAMPLE,) * 2)
    draw = ImageDraw.Draw(canvas)
    for path in paths:
        scaled = [(x * OVERSAMPLE, y * OVERSAMPLE) for x, y in path]
        draw.line(scaled, fill=255, width=max(1, round(width * OVERSAMPLE)), joint="curve")
    return canvas.reduce(OVERSAMPLE)


def ellipse(size: int, x: float, y: float, rx: float, ry: float) -> Image.Image:
    """A filled ellipse."""
    canvas = Image.new("L", (size * OVERSAMPLE,) * 2)
    box = [v * OVERSAMPLE for v in (x - rx, y - ry, x + rx, y + ry)]
    ImageDraw.Draw(canvas).ellipse(box, fill=255)
    return canvas.reduce(OVERSAMPLE)


def rectangle(x: float, y: float, width: float, height: float, angle: float) -> List[Point]:
    """Corners of a rectangle turned by ``angle`` radians about its centre."""
    c, s = math.cos(angle), math.sin(angle)
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [(x + (u * width * c - v * height * s) / 2, y + (u * width * s + v * height * c) / 2) for u, v in corners]


def road(rng: np.random.Generator, size: int, start: Point, angle: float, wander: float) -> List[Point]:
    """A path across the scene through ``start``; ``wander`` radians per step of turning."""
    halves = []
    for sign in (1, -1):
        x, y, heading, path = start[0], start[1], angle + (0 if sign > 0 else math.pi), []
        turn = rng.normal(0, wander)
        for _ in range(60):
            path.append((x, y))
            if not (-20 < x < size + 20 and -20 < y < size + 20):
                break
            x, y = x + math.cos(heading) * 14, y + math.sin(heading) * 14
            turn = 0.85 * turn + rng.normal(0, wander * 0.4)
            heading += turn
        halves.append(path)
    return halves[1][:0:-1] + halves[0]


def fields(rng: np.random.Generator, size: int, smallest: float) -> List[List[Point]]:
    """The scene cut into field outlines by recursive splits at right angles, with narrow margins between."""
    angle, reach = rng.uniform(0, math.pi), size * 0.75
    c, s = math.cos(angle), math.sin(angle)
    done: List[List[Point]] = []
    todo = [(-reach, -reach, reach, reach)]
    while todo:
        x0, y0, x1, y1 = todo.pop()
        wide = x1 - x0 > y1 - y0
        length = x1 - x0 if wide else y1 - y0
        if length > smallest * 2 and (length > smallest * 5 or rng.random() < 0.8):
            cut = length * rng.uniform(0.3, 0.7)
            todo += [(x0, y0, x0 + cut, y1), (x0 + cut, y0, x1, y1)] if wide else [
                (x0, y0, x1, y0 + cut), (x0, y0 + cut, x1, y1)]
            continue
        gap = rng.uniform(0.3, 2.5)
        corners = ((x0 + gap, y0 + gap), (x1 - gap, y0 + gap), (x1 - gap, y1 - gap), (x0 + gap, y1 - gap))
        done.append([(size / 2 + u * c - v * s, size / 2 + u * s + v * c) for u, v in corners])
    return done
