"""Image files of the validation set: chips with their things numbered, scenes that differ in one thing, and images that
show nothing that could be answered."""

from pathlib import Path
from typing import Dict, Iterator, NamedTuple, Tuple

import numpy as np
import rasterio
from PIL import Image, ImageDraw
from rasterio.transform import Affine

from ..datasets.chip import Chip
from .scenes import instances, layout, render, sensor
from .scenes.bank import Bank
from .scenes.world import World

SIDE = 256
#: Where chips that have a north are put: the central meridian of a zone, where a metre of the map is one on the ground.
_CRS, _CORNER = "EPSG:32633", (500_000.0, 5_000_000.0)
#: Pixels that the one thing of a twin must show.
_SEEN = 40


def write_image(rgb: np.ndarray, path: Path, gsd: float) -> None:
    """(3, H, W) uint8 as a GeoTIFF of ``gsd`` metres a pixel, north up."""
    place = Affine(gsd, 0, _CORNER[0], 0, -gsd, _CORNER[1])
    with rasterio.open(path, "w", driver="GTiff", width=rgb.shape[2], height=rgb.shape[1], count=3, dtype="uint8",
                       crs=_CRS, transform=place, photometric="rgb", compress="deflate") as out:
        out.write(rgb)


def write_chip(chip: Chip, folder: Path, stem: str) -> Dict[str, str]:
    """``stem``.tif of a chip that has a north, else ``stem``.png; ``stem``-things.png with the number of each thing plus
    one. Returns the columns ``image`` and ``gsd`` of its rows."""
    numbers = np.zeros(chip.shape, np.uint8)
    for index, thing in enumerate(chip.things[:254]):
        numbers[thing.whole(chip.shape)] = index + 1
    Image.fromarray(numbers).save(folder / f"{stem}-things.png")
    if chip.north_up and chip.gsd is not None:
        write_image(chip.rgb, folder / f"{stem}.tif", chip.gsd)
        return {"image": f"{stem}.tif", "gsd": ""}
    Image.fromarray(chip.rgb.transpose(1, 2, 0)).save(folder / f"{stem}.png")
    return {"image": f"{stem}.png", "gsd": "" if chip.gsd is None else f"{chip.gsd:.6g}"}


class Twin(NamedTuple):
    """Two images (3, S, S) uint8 of one ground under one light: with a single thing of ``label``, and without it."""

    label: str
    gsd: float
    there: np.ndarray
    gone: np.ndarray


def twins(bank: Bank, labels: Dict[str, Tuple[float, float]], count: int, seed: int = 0) -> Iterator[Twin]:
    """``count`` pairs, ``labels`` in turn. ``labels``: what the renderer calls it, and the metres a pixel to draw it at.

    Both dates have the very same light, sensor and noise; a thing that another one hides is not drawn at all.
    """
    names = sorted(labels)
    made, attempt = 0, 0
    while made < count and attempt < 40 * count:
        rng = np.random.default_rng((seed, attempt, 77))
        attempt += 1
        kind = names[made % len(names)]
        gsd = float(np.exp(rng.uniform(*np.log(labels[kind]))))
        plan = layout.draw(rng, bank, SIDE, gsd)
        mine = [thing for thing in plan.world.standing if thing.kind == kind]
        if not mine:
            continue
        light = sensor.draw_light(rng)
        light.sun = plan.sun
        others = [thing for thing in plan.world.standing if thing.kind != kind]
        one = mine[int(rng.integers(len(mine)))]
        there, gone = _world(plan.world, [*others, one]), _world(plan.world, others)
        ids, roster = instances.instances(there, light)
        label = instances.THINGS.index(instances.SPOKEN[kind])
        if np.isin(ids, np.flatnonzero(roster == label)).sum() < _SEEN:
            continue
        noise = int(rng.integers(2**32))
        pictures = [render.shoot(world, light, np.random.default_rng(noise))[0] for world in (there, gone)]
        made += 1
        yield Twin(instances.SPOKEN[kind], gsd, pictures[0], pictures[1])


def _world(world: World, standing: list) -> World:
    return World(world.size, world.gsd, world.regions, standing, world.marks)


def noise(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: every pixel by chance."""
    return rng.integers(0, 256, (3, SIDE, SIDE)).astype(np.uint8)


def gradient(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: one colour that turns into another."""
    angle = rng.uniform(0, 2 * np.pi)
    rows, cols = np.mgrid[:SIDE, :SIDE] / SIDE
    along = (np.cos(angle) * cols + np.sin(angle) * rows) / np.sqrt(2)
    first, second = rng.uniform(0, 255, (2, 3, 1, 1))
    return np.clip(first + (second - first) * along, 0, 255).astype(np.uint8)


def street_map(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: a drawn map of streets, blocks and names, as web maps show it."""
    image = Image.new("RGB", (SIDE, SIDE), (242, 239, 233))
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(1, 4))):
        x, y, w, h = (*rng.integers(-40, SIDE, 2), *rng.integers(40, 140, 2))
        colour = ((200, 235, 190), (170, 211, 223), (224, 223, 214))[int(rng.integers(3))]
        draw.rectangle([int(x), int(y), int(x + w), int(y + h)], fill=colour)
    for _ in range(int(rng.integers(5, 10))):
        ends = [(int(a), int(b)) for a, b in rng.integers(-30, SIDE + 30, (2, 2))]
        width = int(rng.choice((5, 8, 12)))
        draw.line(ends, fill=(187, 180, 170), width=width + 2)
        draw.line(ends, fill=((255, 255, 255), (252, 214, 164), (247, 250, 191))[int(rng.integers(3))], width=width)
        x, y = ((ends[0][k] + ends[1][k]) // 2 for k in (0, 1))
        draw.text((x, y), str(rng.choice(("Mill Lane", "High Street", "Station Road", "Park Avenue", "A 14"))), fill=(80, 80, 80))
    return np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1))
