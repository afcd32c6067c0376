"""Real roofs cut by their masks and real crowns cut by their boxes, as RGBA sprites with a ground sample distance."""

from typing import List, NamedTuple

import numpy as np
from PIL import Image
from scipy import ndimage

from .sources import Tile


class Cutout(NamedTuple):
    """``rgba`` (h, w, 4) uint8, long side horizontal for roofs; ``gsd`` metres per pixel."""

    gsd: float
    family: str
    source: str
    rgba: np.ndarray


def _straightened(rgba: Image.Image, mask: np.ndarray) -> "tuple[Image.Image, float]":
    """Rotated so that its smallest bounding box is upright, and how much of that box the roof fills."""
    rows, cols = np.nonzero(mask)
    points = np.stack([cols, rows], 1).astype(np.float64)
    best = (np.inf, 0.0, 1.0, 1.0)
    for degrees in range(0, 90, 3):
        angle = np.radians(degrees)
        turned = points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        width, height = np.ptp(turned, 0) + 1
        best = min(best, (width * height, degrees, width, height))
    area, degrees, width, height = best
    turned = rgba.rotate(degrees + (90 if height > width else 0), Image.Resampling.BICUBIC, expand=True)
    return turned, len(points) / area


def roofs(tile: Tile) -> List[Cutout]:
    """Whole roofs of 12 to 900 m² whose mask fills most of a rectangle (merged rows of houses do not)."""
    if tile.mask is None:
        return []
    labels, _ = ndimage.label(tile.mask)
    found = []
    for index, window in enumerate(ndimage.find_objects(labels), 1):
        mask = labels[window] == index
        area = mask.sum() * tile.gsd ** 2
        touches = any(s.start == 0 or s.stop == n for s, n in zip(window, labels.shape))
        if touches or not 12 <= area <= 900:
            continue
        mask = ndimage.binary_erosion(ndimage.binary_fill_holes(mask), iterations=max(1, round(0.12 / tile.gsd)))
        if mask.sum() * tile.gsd ** 2 < 10:
            continue
        pixels = tile.pixels[window]
        if ((pixels.max(2) < 4) & mask).mean() > 0.02:
            continue
        red, green, blue = pixels[mask].mean(0)
        if (2 * green - red - blue) / max(red + green + blue, 1) > 0.09:  # walls without a roof, grass between them
            continue
        turned, fill = _straightened(Image.fromarray(np.dstack([pixels, mask.astype(np.uint8) * 255])), mask)
        if fill < 0.62:
            continue
        turned = turned.crop(turned.getchannel("A").getbbox())
        found.append(Cutout(tile.gsd, tile.dataset[:11], tile.name, np.asarray(turned)))
    return found


def crowns(tile: Tile, rng: np.random.Generator) -> List[Cutout]:
    """Crowns of 2 m or more inside the plot, cut by a ragged ellipse."""
    found = []
    for x0, y0, x1, y1 in tile.boxes:
        width, height = x1 - x0, y1 - y0
        if min(width, height) * tile.gsd < 2 or max(width, height) > 1.8 * min(width, height):
            continue
        if x0 <= 0 or y0 <= 0 or x1 >= tile.pixels.shape[1] or y1 >= tile.pixels.shape[0]:
            continue
        alpha = Image.fromarray(lobes(rng, 64)).resize((width, height), Image.Resampling.BILINEAR)
        found.append(Cutout(tile.gsd, "neon", tile.name, np.dstack([tile.pixels[y0:y1, x0:x1], np.asarray(alpha)])))
    return found


def lobes(rng: np.random.Generator, size: int) -> np.ndarray:
    """A ragged crown outline, (size, size) uint8 alpha."""
    rows, cols = np.mgrid[:size, :size] / (size / 2) - 1 + 1 / size
    angle, radius = np.arctan2(rows, cols), np.hypot(rows, cols)
    edge = np.full(angle.shape, 0.86)
    for count in (2, 3, 5, 8, 13):
        edge += rng.normal(0, 0.16 / count ** 0.7) * np.cos(count * angle + rng.uniform(0, 6.3)) * 0.8
    fringe = np.asarray(Image.fromarray(rng.normal(0, 0.07, (size // 3, size // 3)).astype(np.float32)).resize(
        (size, size), Image.Resampling.BILINEAR))
    return (np.clip((np.minimum(edge, 0.97) + fringe - radius) * 7 + 0.5, 0, 1) * 255).astype(np.uint8)
