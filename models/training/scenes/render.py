"""Paints a world under a light: image and covers come from the same masks, so they cannot disagree."""

import math
from typing import Dict, List, Optional, Tuple

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from . import sensor
from .materials import sample, toned
from .world import TREE, UNKNOWN, Region, Standing, World

#: A soft outline as a hard one, for ``Image.point``.
HARD = [0] * 128 + [255] * 128


def _gains(cover: Optional[int], tone: Tuple[float, ...], light: sensor.Light) -> Tuple[float, float, float]:
    season = light.season.get(cover, (1.0, 1.0, 1.0)) if cover is not None else (1.0, 1.0, 1.0)
    return tuple(a * b for a, b in zip(tone, season))


def _fill(region: Region, world: World, light: sensor.Light) -> Image.Image:
    gains = _gains(region.cover, region.tone, light)
    if region.texture is None:
        return Image.new("RGB", (world.size,) * 2, tuple(int(min(255, c * g)) for c, g in zip(region.colour, gains)))
    return toned(sample(region.texture, region.phase, world.gsd, world.size), gains)


def corner(thing: Standing, dx: float, dy: float) -> Tuple[int, int]:
    """Where the upper left pixel of its sprite comes when its top is shifted by (dx, dy) pixels."""
    return round(thing.x + dx - thing.image.width / 2), round(thing.y + dy - thing.image.height / 2)


def lean(thing: Standing, world: World, light: sensor.Light) -> Tuple[float, float]:
    """How far the top of a thing is displaced from its foot, in pixels: tall things lean out of the picture."""
    return tuple(v * thing.height / world.gsd for v in light.lean)


def _cast(shade: Image.Image, thing: Standing, mask: Image.Image, world: World, light: sensor.Light) -> None:
    """Sweep the outline from its foot away from the sun; a crown stands on a stem, so its foot casts none."""
    reach = min(thing.height * light.length / world.gsd, world.size * 0.4)
    start = 0.2 if thing.kind == "tree" else 0.0
    span = reach * (1 - start)
    steps = max(1, min(14, math.ceil(span / max(2.0, min(mask.size) / 3))))
    for k in range(steps + 1):
        along = reach * start + span * k / steps
        place = corner(thing, -math.cos(light.sun) * along, -math.sin(light.sun) * along)
        shade.paste(255, place, mask)


def paint(world: World, light: sensor.Light) -> Tuple[Image.Image, Image.Image]:
    """RGB image before the sensor, and L image of cover indices (255 unknown). Shadows never change a cover."""
    size = world.size
    image, covers = Image.new("RGB", (size, size)), Image.new("L", (size, size), UNKNOWN)
    shade = Image.new("L", (size, size))
    filled: Dict[Tuple, Image.Image] = {}
    for region in world.regions:
        if region.cover == TREE and region.mask is not None and region.height:
            reach = region.height * light.length / world.gsd
            offset = (round(-math.cos(light.sun) * reach), round(-math.sin(light.sun) * reach))
            cast = Image.new("L", (size, size))
            cast.paste(region.mask, offset)
            image.paste(_darkened(image, light), (0, 0), ImageChops.subtract(cast, region.mask))
        key = (id(region.texture), region.phase, region.tone, region.cover, region.colour)
        if key not in filled:
            filled[key] = _fill(region, world, light)
        image.paste(filled[key], (0, 0), region.mask)
        if region.cover is not None:
            covers.paste(region.cover, (0, 0, size, size), region.mask and region.mask.point(HARD))
    masks: Dict[int, Image.Image] = {}
    sprites: Dict[int, Image.Image] = {}
    for thing in world.standing:
        if id(thing.image) not in masks:  # trees share outlines
            masks[id(thing.image)] = thing.image.getchannel("A")
            sprites[id(thing.image)] = toned(thing.image, _gains(thing.cover, (1.0, 1.0, 1.0), light))
        if light.depth > 0.02:
            _cast(shade, thing, masks[id(thing.image)], world, light)
    if world.standing:
        shade = shade.filter(ImageFilter.GaussianBlur(min(1.5, 0.15 / world.gsd + 0.3)))
        image.paste(_darkened(image, light), (0, 0), shade)
    for thing in stacked(world):
        _stand(image, covers, thing, sprites[id(thing.image)], masks[id(thing.image)], world, light)
    return image, covers


def stacked(world: World) -> List[Standing]:
    """What stands, in the order of painting: cars, then the rest from the top down, trees over all."""
    return sorted(world.standing, key=lambda t: (t.kind == "tree", t.kind != "car", t.y if t.kind != "tree" else 0))


def _darkened(image: Image.Image, light: sensor.Light) -> Image.Image:
    return toned(image, (1 - light.depth, 1 - light.depth * 0.96, 1 - light.depth * 0.86))


def _stand(image: Image.Image, covers: Image.Image, thing: Standing, sprite: Image.Image, mask: Image.Image,
           world: World, light: sensor.Light) -> None:
    dx, dy = lean(thing, world, light)
    hard = mask.point(HARD)
    if thing.wall is not None and math.hypot(dx, dy) > 1.0:
        facing = 0.45 + 0.35 * max(0.0, -math.cos(light.sun - math.atan2(dy, dx)))
        wall = tuple(int(v * facing) for v in thing.wall)
        for k in range(int(math.hypot(dx, dy)) + 1):
            part = k / math.hypot(dx, dy)
            image.paste(wall, corner(thing, dx * part, dy * part), mask)
            covers.paste(thing.cover, corner(thing, dx * part, dy * part), hard)
    place = corner(thing, dx, dy)
    image.paste(sprite, place, mask)
    if thing.cover is not None:
        covers.paste(thing.cover, place, hard)


def shoot(world: World, light: sensor.Light, rng: np.random.Generator) -> Tuple[np.ndarray, np.ndarray]:
    """(3, size, size) uint8 image and (size, size) uint8 covers."""
    image, covers = paint(world, light)
    pixels = sensor.expose(image, rng, world.gsd)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)), np.asarray(covers)
