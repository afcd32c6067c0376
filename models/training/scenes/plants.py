"""Trees: real crowns cut by their boxes, and outlines filled with real canopy and shaded on the far side."""

import math
from typing import List, Tuple

import numpy as np
from PIL import Image

from .bank import Bank
from .materials import Palette, sample, toned
from .world import TREE, Standing


def _shaded(image: Image.Image, sun: float, depth: float) -> Image.Image:
    pixels = np.asarray(image).astype(np.float32)
    rows = np.linspace(-1, 1, pixels.shape[0])[:, None]
    cols = np.linspace(-1, 1, pixels.shape[1])[None]
    pixels[..., :3] *= (1 + depth * (cols * math.cos(sun) + rows * math.sin(sun)))[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


class Grove:
    """Makes the trees of one scene, of one or two kinds."""

    def __init__(self, rng: np.random.Generator, bank: Bank, palette: Palette, gsd: float, size: int, sun: float) -> None:
        self.rng, self.bank, self.gsd, self.sun = rng, bank, gsd, sun
        self.canopies: List[Image.Image] = []
        for _ in range(int(rng.integers(1, 3))):
            texture = palette.texture(rng, TREE, fresh=1.0)
            canopy = sample(texture, int(rng.integers(1 << 30)), gsd, size)
            self.canopies.append(toned(canopy, palette.tone(rng, texture)))
        self.real = rng.random() if bank.crowns else 0.0
        self.tone = tuple(math.exp(rng.normal(-0.15, 0.04)) for _ in range(3))
        self.diameter = rng.uniform(3, 9)
        self.shapes: List[Tuple[Image.Image, float]] = []

    def tree(self, x: float, y: float) -> Standing:
        """One tree at (x, y) pixels, of at most 18 shapes per scene."""
        rng = self.rng
        if len(self.shapes) < 18:
            self.shapes.append(self._shape())
        image, metres = self.shapes[-1] if len(self.shapes) < 18 else self.shapes[int(rng.integers(18))]
        return Standing(x, y, image, metres * rng.uniform(0.6, 1.3), TREE, "tree")

    def _shape(self) -> Tuple[Image.Image, float]:
        """A crown as RGBA, and its diameter in metres."""
        rng = self.rng
        metres = self.diameter * math.exp(rng.normal(0, 0.3))
        side = int(min(max(4, round(metres / self.gsd)), 110))
        if rng.random() < self.real:
            crown = self.bank.crowns[int(rng.integers(len(self.bank.crowns)))]
            image = Image.fromarray(crown.rgba)
            size: Tuple[int, int] = (side, max(4, round(side * image.height / image.width)))
            image = toned(image.resize(size, Image.Resampling.BILINEAR), self.tone)
            turn = int(rng.integers(4))
            if turn:
                image = image.rotate(90 * turn, expand=True)
        else:
            canopy = self.canopies[int(rng.integers(len(self.canopies)))]
            top, left = (int(v) for v in rng.integers(0, max(1, canopy.width - side), 2))
            image = canopy.crop((left, top, left + side, top + side))
            mask = self.bank.crown_masks[int(rng.integers(len(self.bank.crown_masks)))]
            alpha = Image.fromarray(mask).resize((side, side), Image.Resampling.BOX)
            image.putalpha(alpha.rotate(90 * int(rng.integers(4))))
            image = _shaded(image, self.sun, 0.3)
        return image, metres
