"""How often imagery is doubted, of places and sensors that the doubt never saw, and how often what is none."""

from pathlib import Path
from typing import Any, Dict, Iterator

import numpy as np

from ..vision.nano import Nano
from ..vision.overhead import Overhead, statistic
from . import measures, validation_images
from .validation_images import SIDE

#: Images of each kind at most.
MOST = 120
#: Drawn by other code than what was learnt from.
OTHERS = {"noise": validation_images.noise, "gradient": validation_images.gradient, "street map": validation_images.street_map}


def doubted(out: Path, nano: Nano, packed: Path, evaluation: Path) -> Dict[str, Any]:
    """Share of images that are doubted, by source. ``evaluation``: the unzipped archive whose images are never trained on."""
    known = Overhead.load(out)
    figures: Dict[str, Any] = {}
    for name in ("fair_nairobi-test", "ucmerced-validation", "eurosat_rgb-validation", "neon_trees-validation"):
        tiles = measures.load(packed / name)
        picked = range(0, len(tiles.images), max(1, len(tiles.images) // MOST))
        figures[name] = _share(known, nano, ((np.asarray(tiles.images[i]), float(tiles.gsd[i])) for i in picked))
    for name in ("eth_roads", "sztaki", "oscd"):
        figures[f"{name}, never trained on"] = _share(known, nano, _pictures(evaluation / name))
    for name, draw in OTHERS.items():
        rng = np.random.default_rng(11)
        figures[name] = _share(known, nano, ((draw(rng), None) for _ in range(40)))
    return figures


def _share(known: Overhead, nano: Nano, images: Iterator[Any]) -> float:
    below = [known.likelihood(statistic(nano.see(fitted(rgb)[None], gsd).grid[0])) < known.threshold for rgb, gsd in images]
    return float(np.mean(below)) if below else float("nan")


def fitted(rgb: np.ndarray) -> np.ndarray:
    """(3, H, W) uint8 → (3, SIDE, SIDE) float32 in 0..1: the middle square of larger images, smaller ones enlarged."""
    side = min(rgb.shape[1:])
    top, left = ((length - min(side, SIDE)) // 2 for length in rgb.shape[1:])
    part = rgb[:, top:top + min(side, SIDE), left:left + min(side, SIDE)]
    place = (np.arange(SIDE) * part.shape[1] // SIDE, np.arange(SIDE) * part.shape[2] // SIDE)
    return np.ascontiguousarray(part[:, place[0]][:, :, place[1]], np.float32) / 255


def _pictures(folder: Path) -> Iterator[Any]:
    from PIL import Image

    paths = sorted(path for kind in ("jpg", "jpeg", "png", "bmp", "tif") for path in folder.rglob(f"*.{kind}"))
    for path in [path for path in paths if "mask" not in path.stem and "gt" not in path.stem.lower()][:MOST]:
        yield np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1), None
