"""Roofs: real ones cut by their masks, and drawn ones whose planes are filled with real texture."""

import math

import numpy as np
from PIL import Image, ImageDraw

from .bank import Bank
from .cutouts import Cutout
from .materials import Palette, toned
from .world import BARE, BUILDING, PAVED, Standing

TILE_COLOURS = ((168, 92, 70), (140, 84, 66), (112, 104, 98), (82, 80, 82), (150, 138, 122), (196, 190, 180),
                (96, 74, 62), (188, 120, 88), (120, 122, 130), (70, 76, 92), (214, 214, 210), (134, 112, 92))
WALLS = ((196, 188, 176), (168, 152, 136), (214, 210, 204), (150, 120, 100), (130, 130, 134))


def _fit(image: Image.Image, width: float, height: float, angle: float) -> Image.Image:
    size = (max(2, round(width)), max(2, round(height)))
    shrink = image.width / size[0] > 3
    image = image.resize(size, Image.Resampling.BOX if shrink else Image.Resampling.BILINEAR)
    framed = Image.new("RGBA", (size[0] + 2, size[1] + 2))
    framed.paste(image, (1, 1))
    return framed.rotate(-math.degrees(angle), Image.Resampling.BICUBIC, expand=True)


def real_roof(rng: np.random.Generator, roof: Cutout, gsd: float, angle: float, zoom: float) -> Image.Image:
    """A cut roof at the scene's sampling, sometimes in another colour."""
    image = Image.fromarray(roof.rgba)
    look = rng.random()
    if look < 0.12:
        bands = image.split()
        order = rng.permutation(3)
        image = Image.merge("RGBA", (*(bands[k] for k in order), bands[3]))
    elif look < 0.35:
        colour = np.array(TILE_COLOURS[int(rng.integers(len(TILE_COLOURS)))], float)
        inside = roof.rgba[roof.rgba[..., 3] > 128][:, :3].mean(0)
        image = toned(image, tuple(np.clip(colour / np.maximum(inside, 20), 0.35, 2.2)))
    gain = math.exp(rng.normal(0, 0.1))
    image = toned(image, tuple(gain * math.exp(rng.normal(0, 0.03)) for _ in range(3)))
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    scale = roof.gsd * zoom / gsd
    return _fit(image, image.width * scale, image.height * scale, angle + math.pi * int(rng.integers(2)))


def _planes(rng: np.random.Generator, w: float, h: float, kind: str):
    """Polygons of a roof's planes in its own frame and the direction each faces (radians, y down), None for flat."""
    if kind == "flat":
        return [([(0, 0), (w, 0), (w, h), (0, h)], None)]
    ridge = h * rng.uniform(0.42, 0.58)
    hip = 0.0 if kind == "gable" else min(w * 0.35, h * 0.5)
    return [([(0, 0), (w, 0), (w - hip, ridge), (hip, ridge)], -math.pi / 2),
            ([(0, h), (w, h), (w - hip, ridge), (hip, ridge)], math.pi / 2)] + (
        [] if hip == 0 else [([(0, 0), (hip, ridge), (0, h)], math.pi), ([(w, 0), (w - hip, ridge), (w, h)], 0.0)])


def drawn_roof(rng: np.random.Generator, palette: Palette, width: float, depth: float, gsd: float, angle: float,
               sun: float) -> Image.Image:
    """A roof ``width`` by ``depth`` metres: gable, hip or flat, lit from ``sun`` (radians, image frame, towards it)."""
    fine = 2.0 / gsd
    w, h = max(6, round(width * fine)), max(6, round(depth * fine))
    flat = rng.random() < (0.8 if width * depth > 350 else 0.25)
    kind = "flat" if flat else str(rng.choice(["gable", "hip"]))
    texture, stuff = palette.stuff(rng, (PAVED, PAVED, BARE))
    top, left = (int(rng.integers(0, max(1, stuff.width - side))) for side in (h, w))
    stuff = stuff.crop((left, top, min(left + w, stuff.width), min(top + h, stuff.width))).resize((w, h))
    colour = np.array(TILE_COLOURS[int(rng.integers(len(TILE_COLOURS)))], float) * math.exp(rng.normal(0, 0.15))
    base = toned(stuff, tuple(np.clip(colour / np.maximum(texture.mean, 20), 0.3, 3.0)))
    mask = Image.new("L", (w, h))
    image = Image.new("RGB", (w, h))
    wing = None
    if rng.random() < 0.3 and w > 16 and h > 12:
        wing = (rng.uniform(0.4, 0.65) * w, rng.uniform(0.45, 0.7) * h)
    steep = rng.uniform(0.12, 0.4)
    for outline, faces in _planes(rng, w, h, kind):
        plane = Image.new("L", (w, h))
        ImageDraw.Draw(plane).polygon(outline, fill=255)
        shade = 1.0 if faces is None else 1 + steep * math.cos(faces + angle - sun)
        image.paste(toned(base, (shade,) * 3), (0, 0), plane)
        mask.paste(255, (0, 0), plane)
    draw = ImageDraw.Draw(image)
    if kind == "flat":
        rim = tuple(int(v) for v in np.clip(colour * rng.choice((0.7, 1.25)), 0, 255))
        draw.rectangle((0, 0, w - 1, h - 1), outline=rim, width=max(1, round(0.4 * fine)))
        for _ in range(int(rng.integers(0, 2 + w * h / (fine * 9) ** 2))):  # vents and plant
            x, y, s = rng.uniform(0.1, 0.8) * w, rng.uniform(0.1, 0.8) * h, rng.uniform(0.8, 2.5) * fine
            dx, dy = -math.cos(sun - angle) * s * 0.5, -math.sin(sun - angle) * s * 0.5
            draw.rectangle((x + dx, y + dy, x + s + dx, y + s + dy), fill=tuple(int(v * 0.45) for v in colour))
            draw.rectangle((x, y, x + s, y + s), fill=(int(rng.uniform(120, 230)),) * 3)
    if wing is not None:
        ImageDraw.Draw(mask).rectangle((0, 0, wing[0], h - wing[1]), fill=0)
    image.putalpha(mask)
    return _fit(image, w / 2, h / 2, angle)


def building(rng: np.random.Generator, bank: Bank, palette: Palette, gsd: float, x: float, y: float, angle: float,
             sun: float, large: bool = False) -> Standing:
    """One building at (x, y); its long side lies along ``angle`` radians."""
    family = [r for r in bank.roofs if r.family == palette.family]
    if bank.roofs and rng.random() < (0.3 if large else 0.68):
        group = family if len(family) > 10 and rng.random() < 0.7 else bank.roofs
        roof = group[int(rng.integers(len(group)))]
        zoom = math.exp(rng.normal(0.0, 0.18)) * (rng.uniform(1.4, 2.6) if large else 1.0)
        image = real_roof(rng, roof, gsd, angle, zoom)
    else:
        width = rng.uniform(18, 60) if large else rng.uniform(6, 19)
        image = drawn_roof(rng, palette, width, width * rng.uniform(0.4, 0.95), gsd, angle, sun)
    storeys = float(rng.choice((3.0, 4.0, 6.0, 9.0, 14.0), p=(0.3, 0.3, 0.25, 0.1, 0.05)))
    height = rng.uniform(5, 14) if large else storeys
    wall = WALLS[int(rng.integers(len(WALLS)))]
    return Standing(x, y, image, height * rng.uniform(0.8, 1.2), BUILDING, "building", wall)


def container(rng: np.random.Generator, gsd: float, x: float, y: float, angle: float) -> Standing:
    """A shipping container, tent or trailer: sharp, lit and shadowed like a house, but none; its label is unknown."""
    length, width = rng.uniform(4, 13), rng.uniform(2.2, 3.0)
    colour = tuple(int(v) for v in rng.uniform(40, 220, 3))
    image = Image.new("RGBA", (max(4, round(length * 2 / gsd)), max(3, round(width * 2 / gsd))), (*colour, 255))
    return Standing(x, y, _fit(image, length / gsd, width / gsd, angle), rng.uniform(2, 3), 255, "container")


def yard_wall(rng: np.random.Generator, gsd: float, x: float, y: float, angle: float) -> Standing:
    """A walled or fenced plot: a thin rectangle that throws a shadow; the ground keeps its class."""
    w, h = rng.uniform(8, 40) / gsd, rng.uniform(6, 30) / gsd
    image = Image.new("RGBA", (max(4, round(w)), max(4, round(h))))
    light = int(rng.uniform(90, 220))
    edge = (0, 0, image.width - 1, image.height - 1)
    ImageDraw.Draw(image).rectangle(edge, outline=(light, light, int(light * 0.93), 255), width=max(1, round(0.25 / gsd)))
    return Standing(x, y, _fit(image, w, h, angle), rng.uniform(1.0, 2.5), None, "wall")


def tank(rng: np.random.Generator, gsd: float, x: float, y: float, sun: float, radius: float) -> Standing:
    """A storage tank or silo, ``radius`` metres; its label is unknown."""
    size = max(6, round(radius * 4 / gsd))
    rows, cols = np.mgrid[:size, :size] / (size / 2) - 1
    distance = np.hypot(rows, cols)
    light = rng.uniform(140, 245) * (1 + 0.12 * (cols * math.cos(sun) + rows * math.sin(sun)))
    light = np.where((distance > 0.9) & (distance < 0.96), light * 0.8, light)
    tint = rng.uniform(0.9, 1.0, 3)
    rgba = np.dstack([np.clip(light * t, 0, 255) for t in tint] + [np.clip((1 - distance) * size / 2 + 0.5, 0, 1) * 255])
    image = Image.fromarray(rgba.astype(np.uint8)).resize((max(3, size // 2),) * 2, Image.Resampling.BOX)
    return Standing(x, y, image, rng.uniform(5, 14), 255, "tank")
