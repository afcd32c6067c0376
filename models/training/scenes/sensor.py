"""Light and camera: what differs between two dates of the same ground."""

import io
import math
from dataclasses import dataclass
from typing import Dict, Tuple

import numpy as np
from PIL import Image, ImageFilter

from . import shapes


@dataclass
class Light:
    """``sun``: direction towards the sun (radians, image frame, y down); ``length``: shadow metres per metre of height.

    ``lean`` (dx, dy): metres by which a metre of height leans in the image. ``season``: gains by cover.
    """

    sun: float
    length: float
    depth: float
    lean: Tuple[float, float]
    season: Dict[int, Tuple[float, float, float]]


def draw_light(rng: np.random.Generator) -> Light:
    """Random sun, view and season."""
    lean = rng.uniform(0, 0.35) if rng.random() < 0.4 else 0.0
    side = rng.uniform(0, 2 * math.pi)
    depth = rng.uniform(0.35, 0.7) if rng.random() < 0.85 else rng.uniform(0.0, 0.2)  # the rest is overcast
    season = {}
    for cover in range(1, 6):  # roofs keep their colours
        base = math.exp(rng.normal(0, 0.06))
        season[cover] = tuple(base * math.exp(rng.normal(0, 0.02)) for _ in range(3))
    return Light(rng.uniform(0, 2 * math.pi), 1 / math.tan(math.radians(rng.uniform(25, 72))), depth,
                 (lean * math.cos(side), lean * math.sin(side)), season)


_GRAIN = np.random.default_rng(7).standard_normal((768, 768), dtype=np.float32)


def expose(image: Image.Image, rng: np.random.Generator, gsd: float) -> np.ndarray:
    """Blur, haze, gains, gamma, uneven brightness, noise and JPEG. Returns (size, size, 3) uint8."""
    size = image.width
    image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.2))))
    haze, veil = (rng.uniform(0, 0.3) if rng.random() < 0.4 else rng.uniform(0, 0.08)), rng.uniform(150, 225)
    gain, gamma = math.exp(rng.normal(0.02, 0.16)), math.exp(rng.normal(0, 0.15))
    ramp, tables = np.arange(256) / 255.0, []
    for tint in (0.97, 1.0, 1.05):
        band = gain * math.exp(rng.normal(0, 0.04)) * ramp ** gamma
        tables.append(band * (1 - haze) * 255 + haze * veil * tint)
    if rng.random() < 0.3:  # a sensor that stretches to full contrast
        low, high = np.percentile(np.asarray(image)[::4, ::4], (0.5, 99.5))
        tables = [(t - t[int(low)]) * min(250 / max(t[int(high)] - t[int(low)], 1), 1.7) + 5 for t in tables]
    pixels = np.asarray(image.point(np.clip(np.concatenate(tables), 0, 255).astype(int).tolist())).astype(np.float32)
    pixels *= (1 + rng.uniform(0.0, 0.05) * shapes.noise(rng, size, max(12.0, min(size / 2, 25 / gsd))))[..., None]
    strength = rng.uniform(0.3, 5.0) * (rng.random() < 0.8)
    for band in range(3):
        top, left = rng.integers(0, 768 - size + 1, 2) if size <= 768 else (0, 0)
        pixels[..., band] += strength * np.resize(_GRAIN[top:top + size, left:left + size], (size, size))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=int(rng.integers(30, 96)))
    return np.asarray(Image.open(buffer).convert("RGB"))
