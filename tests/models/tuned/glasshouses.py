"""Drawn ground with glasshouses: pale blue squares beside grey and white ones that are none."""

import numpy as np
from fakes import ColourNano

from terralogue.models.tuned.learning import LabelledTile
from terralogue.models.tuned.tuned_class import About, TunedClass

GLASS, DECOYS, MEADOW = (170, 215, 235), ((235, 235, 235), (150, 150, 150)), (120, 220, 90)
SIDE = 64


class StridedNano(ColourNano):
    """The model that sees colours; its features are the mean colours of 4 × 4 pixels."""

    def see(self, rgb, gsd, cancel=None):
        seen = super().see(rgb, gsd, cancel)
        n, _, height, width = rgb.shape
        seen.features = rgb.reshape(n, 3, height // 4, 4, width // 4, 4).mean((3, 5))
        return seen


def scene(places, decoys=(), size=(SIDE, SIDE), seed=0):
    """(3, H, W) uint8 of meadow with a glasshouse of 16 × 16 px at every (row, col); with noise. And (H, W) bool of them."""
    height, width = size
    pixels = np.empty((3, height, width), np.float64)
    pixels[:] = np.array(MEADOW)[:, None, None]
    mask = np.zeros(size, bool)
    for number, (row, col) in enumerate(decoys):
        pixels[:, row:row + 12, col:col + 20] = np.array(DECOYS[number % 2])[:, None, None]
    for row, col in places:
        pixels[:, row:row + 16, col:col + 16] = np.array(GLASS)[:, None, None]
        mask[row:row + 16, col:col + 16] = True
    noise = np.random.default_rng(seed).normal(0, 5, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8), mask


def tiles(number=30):
    """Tiles of 64 px with none, one or two glasshouses, each with two decoys."""
    rng = np.random.default_rng(5)
    made = []
    for index in range(number):
        places = [(8, int(rng.integers(0, 12)) * 4), (36, int(rng.integers(0, 12)) * 4)][:index % 3]
        decoys = [(26, int(rng.integers(0, 40))), (52, int(rng.integers(0, 40)))]
        pixels, mask = scene(places, decoys, seed=index)
        made.append(LabelledTile(f"tile {index}", pixels, mask.astype(np.int8), 0.5))
    return made


def splits(number=30):
    """Every fifth tile picks, every fifth is measured on."""
    part = {0: "validation", 1: "test"}
    return {f"tile {index}": part.get(index % 5, "train") for index in range(number)}


def tuned_class(trained, label="greenhouse", plural="greenhouses", words=("greenhouse", "greenhouses", "glasshouse"), **given):
    """``trained`` as a class of the model that sees colours."""
    about = {
        "layer": "my glasshouses", "raster": "scene", "date": "2026-11-21", "model": StridedNano.digest, "gsd": 0.5,
        "threshold": trained.threshold, "smallest": trained.floor * 0.25, "held_out": trained.held_out, "run": trained.run,
    }
    return TunedClass(About(label, plural, tuple(words), **{**about, **given}), trained.head)
