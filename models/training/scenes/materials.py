"""Chooses textures that could lie side by side and resamples them to the scene's ground sample distance."""

import math
from typing import Dict, List, Tuple

import numpy as np
from PIL import Image

from .bank import Bank, Texture


class Palette:
    """The material of one scene. Half of the scenes take one family of sources where it has the cover."""

    def __init__(self, bank: Bank, rng: np.random.Generator, gsd: float) -> None:
        self.bank, self.gsd = bank, gsd
        families = sorted({t.family for group in bank.textures.values() for t in group})
        self.family = str(rng.choice(families)) if rng.random() < 0.5 else ""
        self.means = {c: np.mean([t.mean for t in group], 0) for c, group in bank.textures.items()}
        self._recent: Dict[int, List[Texture]] = {}
        self._laid: Dict[int, Tuple[int, Tuple[float, float, float]]] = {}
        self._stuff: List[Tuple[Texture, Image.Image]] = []

    def texture(self, rng: np.random.Generator, cover: int, fresh: float = 0.3, dark: bool = False) -> Texture:
        """A texture of ``cover``; with probability 1 − ``fresh`` one that the scene already shows.

        ``dark``: only grey ones; a whole scene of bright or warm paving without a mark could as well be soil.
        """
        used = self._recent.setdefault(cover, [])
        if used and rng.random() > fresh:
            return used[int(rng.integers(len(used)))]
        group = [t for t in self.bank.textures[cover] if t.family == self.family]
        if len(group) < 3:
            group = self.bank.textures[cover]
        if dark:
            group = [t for t in self.bank.textures[cover] if t.mean.mean() < 125 and np.ptp(t.mean) < 12.5] or group
        # A texture far from its own sampling is a blur or a moiré: prefer the near ones.
        weights = np.array([math.exp(-0.9 * abs(math.log2(self.gsd / t.gsd))) for t in group])
        used.append(group[int(rng.choice(len(group), p=weights / weights.sum()))])
        return used[-1]

    def tone(self, rng: np.random.Generator, texture: Texture, spread: float = 0.08) -> Tuple[float, float, float]:
        """Gains that pull a texture half way to its cover's mean brightness, and vary it."""
        mean = float(self.means[texture.cover].mean())
        pull = (mean / max(float(texture.mean.mean()), 8.0)) ** 0.5 * math.exp(rng.normal(0, spread * 1.5))
        pull = min(pull, 235 / float(texture.mean.max()))
        return tuple(float(pull * math.exp(rng.normal(0, spread / 4))) for _ in range(3))

    def laid(self, rng: np.random.Generator, texture: Texture) -> Tuple[int, Tuple[float, float, float]]:
        """Phase and tone of ``texture``: mostly the same all over the scene, as one meadow is."""
        if id(texture) not in self._laid or rng.random() < 0.25:
            self._laid[id(texture)] = (int(rng.integers(1 << 30)), self.tone(rng, texture))
        return self._laid[id(texture)]

    def stuff(self, rng: np.random.Generator, covers: Tuple[int, ...], size: int = 224) -> Tuple[Texture, Image.Image]:
        """Fine-grained material for drawn objects, one of a few per scene, at half the scene's sampling distance."""
        if len(self._stuff) < 3 or (len(self._stuff) < 6 and rng.random() < 0.2):
            texture = self.texture(rng, int(rng.choice(covers)), fresh=1.0)
            image = sample(texture, int(rng.integers(1 << 30)), max(self.gsd / 2, texture.gsd * 0.6), size)
            self._stuff.append((texture, image))
        return self._stuff[int(rng.integers(len(self._stuff)))]


def sample(texture: Texture, phase: int, gsd: float, size: int) -> Image.Image:
    """``texture`` at ``gsd`` as an RGB image of (size, size), with the offset and turn that ``phase`` seeds.

    Stretched at most 2.2 times beyond its own sampling: softer than that no ground looks.
    """
    rng = np.random.default_rng(phase)
    scale = min(max(gsd / texture.gsd, 0.45), 5.0)
    step = 0
    while scale >= 1.5 and step < len(texture.levels) - 1:
        scale, step = scale / 2, step + 1
    pixels = texture.levels[step]
    side, need = pixels.shape[0], int(math.ceil(size * scale)) + 1
    if need <= side:
        top, left = (int(v) for v in rng.integers(0, side - need + 1, 2))
        piece = pixels[top:top + need, left:left + need]
    else:
        top, left = (int(v) for v in rng.integers(0, side, 2))
        index = np.arange(need)
        piece = pixels[(top + index) % side][:, (left + index) % side]
    image = Image.fromarray(np.ascontiguousarray(piece))
    image = image.resize((size, size), Image.Resampling.BILINEAR, box=(0, 0, size * scale, size * scale))
    turn = int(rng.integers(8))
    return image if turn == 7 else image.transpose(Image.Transpose(turn))


def toned(image: Image.Image, gains: Tuple[float, float, float]) -> Image.Image:
    """``image`` times gains per band."""
    if max(abs(gain - 1) for gain in gains) < 0.01:
        return image
    if image.width * image.height < 3000:  # a table costs more than a small sprite
        pixels = np.asarray(image).astype(np.float32)
        pixels[..., :3] = np.minimum(pixels[..., :3] * np.array(gains, np.float32), 255)
        return Image.fromarray(pixels.astype(np.uint8), image.mode)
    ramp = np.arange(256)
    table = np.concatenate([np.clip(ramp * gain, 0, 255) for gain in gains]).astype(int).tolist()
    if image.mode == "RGBA":
        table += ramp.tolist()
    return image.point(table)
