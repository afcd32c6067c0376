"""The sample scene that ships with the plugin: two dates of one rendered village, as georeferenced GeoTIFFs.

Nobody's real ground: drawn by ``scenes`` from textures and roofs that no training scene used. ``python -m
terralogue.models.training.sample_scene --imagery DIR --out resources/sample``.
"""

import argparse
from pathlib import Path
from typing import Tuple

import numpy as np

from .scenes import bank, layout, pairs, render, sensor
from .scenes.world import LOW, TREE

SIZE, GSD = 1024, 0.3
CRS, WEST, NORTH = "EPSG:32737", 530_000.0, 9_320_000.0
DATES = ("2021-06-14T09:30:00", "2024-06-02T10:10:00")


def village(textures: bank.Bank, seed: int, weather: int) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Both dates (3, S, S) uint8 and their covers (S, S): fields, a river, a grove, roads, houses and trees.

    ``seed``: of the layout; ``weather``: of light and camera.
    """
    rng, sky = np.random.default_rng(seed), np.random.default_rng(weather)
    plan = layout.Planner(rng, textures, SIZE, GSD)
    plan.base(LOW)
    plan.fields()
    plan.water()
    plan.forest()
    plan.roads(grid=False)
    plan.houses(0.6, large=False)
    plan.trees(0.25)
    light = sensor.draw_light(sky)
    light.sun = plan.sun
    before = render.shoot(plan.world, light, sky)
    # Three years on: some houses and trees gone, a new quarter built; the season is the same.
    after = pairs.World(plan.world.size, plan.world.gsd, list(plan.world.regions),
                        [thing for thing in plan.world.standing if thing.kind != "car" and rng.random() > 0.12])
    plan.world = after
    plan.houses(0.25, large=False)
    plan.houses(0.1, large=True)
    plan.trees(0.05)
    other = sensor.draw_light(sky)
    other.sun, other.length, other.lean = light.sun + 0.1, light.length, light.lean
    later = render.shoot(after, other, sky)
    return before[0], later[0], before[1], later[1]


def write(image: np.ndarray, path: Path, taken: str) -> None:
    """A tiled, JPEG-compressed GeoTIFF with its acquisition time in the tags."""
    import rasterio
    from rasterio.transform import from_origin

    with rasterio.open(path, "w", driver="GTiff", width=SIZE, height=SIZE, count=3, dtype="uint8", crs=CRS,
                       transform=from_origin(WEST, NORTH, GSD, GSD), compress="JPEG", jpeg_quality=88,
                       photometric="YCBCR", tiled=True, blockxsize=256, blockysize=256) as dataset:
        dataset.write(image)
        dataset.update_tags(TIFFTAG_DATETIME=taken.replace("-", ":").replace("T", " "))


def main() -> None:
    """Render and write ``before.tif`` and ``after.tif``."""
    parser = argparse.ArgumentParser(prog="terralogue.models.training.sample_scene")
    parser.add_argument("--imagery", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("resources/sample"))
    parser.add_argument("--cache", type=Path, default=Path("build/training/rendered/scene-bank"))
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--weather", type=int, default=2)
    given = parser.parse_args()
    before, after, covers, _ = village(bank.load(given.imagery, "validation", given.cache), given.seed, given.weather)
    given.out.mkdir(parents=True, exist_ok=True)
    write(before, given.out / "before.tif", DATES[0])
    write(after, given.out / "after.tif", DATES[1])
    print({"tree share": float((covers == TREE).mean())})


if __name__ == "__main__":
    main()
