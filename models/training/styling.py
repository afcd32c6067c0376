"""Keeps a source's look from giving its labels away: roofs repainted, light borrowed, tiles cut into one another.

With few places a network learns "this sensor's colours, at this scale: roofs". Here every roof may have any colour, a
tile may wear another tile's light, and one tile may lie inside another (CutMix, Yun et al. 2019; colour statistics as
in Reinhard et al. 2001). Arrays: rgb (n, 3, S, S) float 0..1, label (n, S, S) uint8 cover sets, scene (n,).
"""

from typing import Tuple

import numpy as np
import torch
from scipy import ndimage
from torch import Tensor
from torch.nn import functional as F

from . import labels

REPAINTED, BORROWED, CUT = 0.35, 0.3, 0.3

#: Tiles are cut into each other only where a pixel is about as wide in both, as the logarithm of the ratio.
SAME_SCALE = 0.45


def repainted(rgb: Tensor, label: Tensor, rng: np.random.Generator) -> Tensor:
    """Each roof of some tiles in a new colour, its texture kept; and the same shapes painted on ground of other tiles.

    Without the painted ground, "evenly off the surrounding colour" would be what a roof is.
    """
    rgb = rgb.clone()
    for index in np.flatnonzero(rng.random(len(rgb)) < REPAINTED):
        donor = index if rng.random() < 0.7 else int(rng.integers(len(rgb)))
        parts, count = ndimage.label(label[donor].numpy() == labels.BUILDING)
        if count == 0:
            continue
        parts = torch.from_numpy(np.roll(parts, rng.integers(0, len(parts), 2), (0, 1)) if donor != index else parts)
        if donor != index:
            parts = parts * (label[index] != labels.BUILDING)
        paint = _colours(rng, count + 1)
        share = torch.from_numpy(rng.uniform(0.2, 1.0, count + 1).astype(np.float32))
        share[torch.from_numpy(rng.random(count + 1) < 0.3)] = 0.0
        share[0] = 0.0
        soft = F.avg_pool2d(share[parts][None], 3, 1, 1)
        sums = torch.zeros(count + 1, 3).index_add_(0, parts.flatten(), rgb[index].flatten(1).T)
        mean = sums / torch.bincount(parts.flatten(), minlength=count + 1).clamp(min=1)[:, None]
        shift = (paint - mean)[parts].permute(2, 0, 1)
        rgb[index] = (rgb[index] + soft * shift).clamp(0, 1)
    return rgb


def _colours(rng: np.random.Generator, count: int) -> Tensor:
    """Roof colours: grey to white, tile red, and any hue at moderate strength."""
    light, strength = rng.uniform(0.2, 0.9, (count, 1)), rng.choice([0.0, 0.05, 0.15, 0.25], (count, 1))
    hue = rng.standard_normal((count, 3))
    red = rng.random(count) < 0.25
    hue[red] = (1.2, -0.3, -0.7)
    return torch.from_numpy((light + strength * hue).clip(0.02, 0.98).astype(np.float32))


def borrowed(rgb: Tensor, rng: np.random.Generator) -> Tensor:
    """Some tiles with the mean and spread per band of another tile, in part or in full."""
    n = len(rgb)
    mean, spread = rgb.mean((2, 3), keepdim=True), rgb.std((2, 3), keepdim=True).clamp(min=0.03)
    other = torch.from_numpy(rng.integers(0, n, n))
    share = rng.uniform(0, 1, n) * (rng.random(n) < BORROWED)
    part = torch.from_numpy(share.astype(np.float32))[:, None, None, None]
    gain = 1 + part * ((spread[other] / spread).clamp(0.4, 2.5) - 1)
    return ((rgb - mean) * gain + mean + part * (mean[other] - mean)).clamp(0, 1)


def cut(rgb: Tensor, label: Tensor, scene: Tensor, gsd: np.ndarray, rng: np.random.Generator) -> Tuple[Tensor, Tensor, Tensor]:
    """A rectangle of another tile of about the same scale laid over some tiles; their scene is then unknown."""
    before, labels_before, size = rgb, label, rgb.shape[-1]
    rgb, label, scene = rgb.clone(), label.clone(), scene.clone()
    for index in np.flatnonzero(rng.random(len(rgb)) < CUT):
        near = np.flatnonzero(np.abs(np.log(gsd / gsd[index])) < SAME_SCALE)
        other = int(rng.choice(near))
        height, width = rng.integers(size // 4, size + 1, 2)
        top, left = rng.integers(0, size - height + 1), rng.integers(0, size - width + 1)
        window = np.s_[top:top + height, left:left + width]
        rgb[(index, slice(None), *window)] = before[(other, slice(None), *window)]
        label[(index, *window)] = labels_before[(other, *window)]
        if height * width > 0.3 * size * size:
            scene[index] = -1
    return rgb, label, scene
