"""Nano in torch: one ConvNeXt-like encoder with a pyramid, and the heads that read it.

Widths, strides and normalisation of the encoder are fixed for good; later work adds heads. Sources: ConvNeXt blocks
(Liu et al. 2022, section 2), feature pyramid (Lin et al. 2017), late fusion of two dates (NANO measurements).
"""

from typing import NamedTuple, Tuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..vision.legend import CHANGES, COVERS, SCENES

WIDTHS, DEPTHS, EXPANSION, PYRAMID = (48, 96, 224, 448), (2, 2, 6, 2), 3, 96
MEAN, STD = (0.42, 0.42, 0.39), (0.20, 0.19, 0.18)


class ChannelNorm(nn.LayerNorm):
    """Layer norm over the channels of an NCHW tensor."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Block(nn.Module):
    """7 × 7 depthwise convolution, norm, and a two-layer perceptron per pixel, added to the input."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.spatial = nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, EXPANSION * width)
        self.narrow = nn.Linear(EXPANSION * width, width)
        self.scale = nn.Parameter(torch.full((width,), 0.1))

    def forward(self, x: Tensor) -> Tensor:
        with torch.autocast("cpu", enabled=False):  # the gradient of a depthwise kernel is slower in bf16
            y = self.spatial(x.float())
        y = self.norm(y.permute(0, 2, 3, 1))
        y = self.narrow(F.gelu(self.widen(y))) * self.scale
        return x + y.permute(0, 3, 1, 2)


class Encoder(nn.Module):
    """RGB (n, 3, H, W) in 0..1 and a ground sample distance code (n, 3) → features at strides 4, 8, 16 and 32.

    The code (``legend.gsd_code``) shifts the channels of each stage, so that one network serves 0.1 m and 10 m.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1))
        self.gsd = nn.Sequential(nn.Linear(3, 32), nn.GELU(), nn.Linear(32, sum(WIDTHS)))
        self.stages = nn.ModuleList()
        self.downs = nn.ModuleList()
        before = 3
        for index, (width, depth) in enumerate(zip(WIDTHS, DEPTHS)):
            stride = 4 if index == 0 else 2
            norm: nn.Module = nn.Identity() if index == 0 else ChannelNorm(before)
            self.downs.append(nn.Sequential(norm, nn.Conv2d(before, width, stride, stride)))
            self.stages.append(nn.Sequential(*(Block(width) for _ in range(depth))))
            before = width

    def forward(self, rgb: Tensor, gsd_code: Tensor) -> Tuple[Tensor, ...]:
        shifts = self.gsd(gsd_code).split(WIDTHS, 1)
        x, features = (rgb - self.mean) / self.std, []
        for down, stage, shift in zip(self.downs, self.stages, shifts):
            x = stage(down(x) + shift[:, :, None, None])
            features.append(x)
        return tuple(features)


class Pyramid(nn.Module):
    """Four strides → one map at stride 4 with ``PYRAMID`` channels."""

    def __init__(self) -> None:
        super().__init__()
        self.lateral = nn.ModuleList(nn.Sequential(ChannelNorm(width), nn.Conv2d(width, PYRAMID, 1)) for width in WIDTHS)
        self.smooth = nn.ModuleList(Block(PYRAMID) for _ in WIDTHS[:-1])
        self.out = ChannelNorm(PYRAMID)

    def forward(self, features: Tuple[Tensor, ...]) -> Tensor:
        x = self.lateral[3](features[3])
        for level in (2, 1, 0):
            x = self.smooth[level](F.interpolate(x, scale_factor=2.0) + self.lateral[level](features[level]))
        return self.out(x)


class Output(NamedTuple):
    """``cover``: logits (n, 6, H/2, W/2); ``scene``: logits (n, 31); ``features``: (n, 96, H/4, W/4).

    ``grid``: (n, 544, H/32, W/32), the deepest stage beside the averaged pyramid: what words are read from.
    """

    cover: Tensor
    scene: Tensor
    features: Tensor
    grid: Tensor


class NanoNetwork(nn.Module):
    """Encoder, pyramid, land-cover head (at stride 2) and scene head."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.pyramid = Encoder(), Pyramid()
        self.cover = nn.Sequential(nn.Conv2d(PYRAMID, PYRAMID, 3, padding=1), nn.GELU(),
                                   nn.Conv2d(PYRAMID, 4 * len(COVERS), 1), nn.PixelShuffle(2))
        self.scene_norm = nn.LayerNorm(WIDTHS[3] + PYRAMID)
        self.scene = nn.Linear(WIDTHS[3] + PYRAMID, len(SCENES))
        self.apply(_initialise)

    def forward(self, rgb: Tensor, gsd_code: Tensor) -> Output:
        features = self.encoder(rgb, gsd_code)
        pyramid = self.pyramid(features)
        grid = torch.cat((features[3], F.avg_pool2d(pyramid, 8)), 1)
        return Output(self.cover(pyramid), self.scene(self.scene_norm(grid.mean((2, 3)))), pyramid, grid)


class ChangeHead(nn.Module):
    """Both dates' features and cover probabilities (stride 4) → change logits (n, 7, H/2, W/2).

    Exactly symmetric in the dates: it reads only |a − b|, a + b and a · b.
    """

    def __init__(self, hidden: int = 64) -> None:
        super().__init__()
        self.reduce = nn.Conv2d(PYRAMID, hidden, 1)
        self.enter = nn.Conv2d(2 * hidden + 3 * len(COVERS), hidden, 3, padding=1)
        self.blocks = nn.Sequential(_Residual(hidden, 1), _Residual(hidden, 2), _Residual(hidden, 1))
        self.out = nn.Sequential(nn.Conv2d(hidden, 4 * len(CHANGES), 1), nn.PixelShuffle(2))

    def forward(self, before: Tensor, after: Tensor, cover_before: Tensor, cover_after: Tensor) -> Tensor:
        a, b = self.reduce(before), self.reduce(after)
        x = torch.cat(((a - b).abs(), a + b, (cover_before - cover_after).abs(), cover_before + cover_after,
                       cover_before * cover_after), 1)
        return self.out(self.blocks(F.gelu(self.enter(x))))


class _Residual(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.gelu(self.first(F.gelu(x))))


def _initialise(module: nn.Module) -> None:
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.trunc_normal_(module.weight, std=0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
