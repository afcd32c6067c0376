"""Heads that read the frozen encoder's pyramid: things told apart one by one, and the mask of whatever is pointed at.

Sources: centre heat maps and sizes at the centres (Zhou et al. 2019, Objects as Points, section 3); a mask decoder fed
with clicks, a box or a class (Kirillov et al. 2023, section 3; GeoPix, ``[SEG]`` into a mask predictor, in small).
"""

from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional as F

from ..vision.legend import MASK_CLASSES, THINGS
from .network import PYRAMID, Block, ChannelNorm

#: Channels of a spatial prompt: clicks inside, clicks outside, the box.
PROMPTS = 3
#: How certain an untrained heat map is: rare centres would otherwise drown the first steps (focal loss).
PRIOR = -4.0


class Found(NamedTuple):
    """``heat``: logits (n, T, h, w) that a thing's box centre lies in the cell; ``shape``: (n, 4, h, w), offset of the
    centre from the cell's in cells (x, y), and log2 of the box's width and height in cells.
    """

    heat: Tensor
    shape: Tensor


class ThingHead(nn.Module):
    """Pyramid (n, 96, h, w) at stride 4 → :class:`Found` at stride 4."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.Sequential(Block(PYRAMID), Block(PYRAMID))
        self.norm = ChannelNorm(PYRAMID)
        self.heat = nn.Conv2d(PYRAMID, len(THINGS), 1)
        self.shape = nn.Conv2d(PYRAMID, 4, 1)
        nn.init.constant_(self.heat.bias, PRIOR)

    def forward(self, features: Tensor) -> Found:
        x = self.norm(self.blocks(features))
        return Found(self.heat(x), self.shape(x))


class MaskHead(nn.Module):
    """Pyramid (n, 96, h, w), prompt maps (n, 3, h, w) and a class vector (n, C, one-hot or zero) → logits (n, 2h, 2w).

    Without clicks and box, a class asks for all of it; without a class, clicks ask for the thing under them.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.enter = nn.Conv2d(PYRAMID, width, 1)
        self.prompt = nn.Conv2d(PROMPTS, width, 5, padding=2)
        self.query = nn.Linear(len(MASK_CLASSES), width)
        self.gate = nn.Linear(len(MASK_CLASSES), width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(3))
        self.norm = ChannelNorm(width)
        self.out = nn.Conv2d(width, 4, 1)

    def forward(self, features: Tensor, prompts: Tensor, classes: Tensor) -> Tensor:
        asked = self.prompt(prompts) + self.query(classes)[:, :, None, None]
        x = self.enter(features) * (1 + self.gate(classes)[:, :, None, None]) + asked
        for block in self.blocks:
            x = block(x) + asked
        return F.pixel_shuffle(self.out(self.norm(x)), 2)[:, 0]
