"""Losses for labels that are sets of covers, and for changes that are partly known."""

from typing import Tuple

import torch
from torch import Tensor
from torch.nn import functional as F

from ..vision.legend import COVERS, SCENES
from . import labels

BUILDING_WEIGHT = 1.6
_SHARES = [labels.ROOF_SHARES.get(name, (0.0, 1.0)) for name in SCENES]


def membership(label: Tensor) -> Tensor:
    """(n, H, W) uint8 bit masks → (n, 6, H, W) bool: may the pixel be this cover?"""
    bits = torch.tensor([1 << index for index in range(len(COVERS))], dtype=torch.uint8, device=label.device)
    return (label[:, None] & bits[None, :, None, None]) != 0


def compared(before: Tensor, after: Tensor) -> Tuple[Tensor, Tensor]:
    """Target and known-mask (n, 7, H, W) from two label sets (n, H, W).

    A cover's change is known where both dates say surely yes or surely no. Any change is sure where some cover's
    change is, and surely absent where both dates have the same certain cover.
    """
    may_before, may_after = membership(before), membership(after)
    sure_before = may_before & _single(before)[:, None]
    sure_after = may_after & _single(after)[:, None]
    decided = (sure_before | ~may_before) & (sure_after | ~may_after)
    target = decided & (sure_before ^ sure_after)
    any_change = target.any(1, keepdim=True)
    same = (sure_before & sure_after).any(1, keepdim=True)
    return (torch.cat((target, any_change), 1).float(), torch.cat((decided, any_change | same), 1))


def _single(label: Tensor) -> Tensor:
    number = label.to(torch.int16)
    return (number & (number - 1)) == 0


def cover_loss(logits: Tensor, label: Tensor) -> Tensor:
    """−log of the probability that falls inside the label's set, averaged over pixels whose set is not everything.

    ``logits`` (n, 6, h, w) may be coarser than ``label`` (n, H, W) by a whole factor; labels are then taken at the
    centre of each cell.
    """
    step = label.shape[-1] // logits.shape[-1]
    label = label[:, step // 2::step, step // 2::step]
    inside = logits.masked_fill(~membership(label), float("-inf")).logsumexp(1)
    loss = logits.logsumexp(1) - inside
    weight = (label != labels.UNKNOWN).float() * torch.where(label == labels.BUILDING, BUILDING_WEIGHT, 1.0)
    return (loss * weight).sum() / weight.sum().clamp(min=1.0)


def share_loss(logits: Tensor, scene: Tensor) -> Tensor:
    """How far the mean building probability of tiles lies outside what their scene's name allows (0 inside).

    ``logits`` (n, 6, h, w), ``scene`` (n,) indices. A tile is a crop of its scene, so the bounds are read widely: half
    the least share, one and a half times the most.
    """
    low, high = (torch.tensor([bounds[k] for bounds in _SHARES], device=scene.device)[scene.clamp(min=0)] for k in (0, 1))
    share = logits.softmax(1)[:, 0].mean((1, 2))
    outside = F.relu(0.5 * low - share) + F.relu(share - (1.5 * high).clamp(max=1.0))
    return (outside * (scene >= 0)).mean()


def scene_loss(logits: Tensor, scene: Tensor) -> Tensor:
    """Cross entropy over all scenes with smoothing .05; tiles without a scene (−1) are left out."""
    if not (scene >= 0).any():
        return logits.sum() * 0.0
    return F.cross_entropy(logits, scene, ignore_index=-1, label_smoothing=0.05)


def change_loss(logits: Tensor, target: Tensor, known: Tensor, positive_weight: float = 2.0) -> Tensor:
    """Weighted binary cross entropy over the known channels of each pixel; all (n, 7, H, W)."""
    weight = known.float() * torch.where(target > 0.5, positive_weight, 1.0)
    loss = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (loss * weight).sum() / weight.sum().clamp(min=1.0)
