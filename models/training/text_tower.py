"""The two sides of the contrastive head: a small transformer over byte pairs, and what pools an image's tokens.

Sources: pairwise sigmoid loss (Zhai et al. 2023, section 3.2), attention pooling as one learned query a head (Lee et al.
2019, section 3.2, without the feed-forward part).
"""

import math
from typing import Tuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..language.bpe import VOCABULARY
from ..language.text_tower import LONGEST

GRID, WIDTH, LAYERS, HEADS, SPACE, QUERIES = 544, 192, 2, 4, 128, 4
_PAD = 0


class Block(nn.Module):
    """Pre-norm attention over all tokens that are no padding, then a two-layer perceptron."""

    def __init__(self, width: int, heads: int, drop: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm, self.read, self.out = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm2, self.widen, self.narrow = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(3 * width, width)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        n, steps, width = x.shape
        q, k, v = self.read(self.norm(x)).view(n, steps, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) / math.sqrt(width / self.heads) + hidden[:, None, None]
        read = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, steps, width)
        x = x + self.drop(self.out(read))
        return x + self.drop(self.narrow(F.gelu(self.widen(self.norm2(x)))))


class TextTower(nn.Module):
    """ids (n, S) int64, padded with 0, S ≤ ``LONGEST`` → unit vectors (n, ``SPACE``), and logits (n,) that it is known."""

    def __init__(self, drop: float = 0.1) -> None:
        super().__init__()
        self.table, self.places = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.blocks = nn.ModuleList(Block(WIDTH, HEADS, drop) for _ in range(LAYERS))
        self.norm, self.out, self.known = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, SPACE), nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(drop)
        for table in (self.table, self.places):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, ids: Tensor) -> Tuple[Tensor, Tensor]:
        there = ids != _PAD
        x = self.drop(self.table(ids) + self.places.weight[:ids.shape[1]])
        hidden = (~there).to(x.dtype) * -1e4
        for block in self.blocks:
            x = block(x, hidden)
        share = there.to(x.dtype)[..., None]
        mean = (self.norm(x) * share).sum(1) / share.sum(1).clamp(min=1.0)
        return F.normalize(self.out(mean), dim=-1), self.known(mean)[:, 0]


class PictureHead(nn.Module):
    """Image tokens (n, T, 544), any T → unit vectors (n, ``SPACE``)."""

    def __init__(self, hidden: int = 256, drop: float = 0.2) -> None:
        super().__init__()
        self.norm, self.mean_norm = nn.LayerNorm(GRID), nn.LayerNorm(GRID)
        self.value, self.mean = nn.Linear(GRID, hidden), nn.Linear(GRID, hidden)
        self.query = nn.Linear(hidden, QUERIES)
        self.mix, self.out = nn.Linear(2 * hidden, hidden), nn.Linear(hidden, SPACE)
        self.drop = nn.Dropout(drop)

    def forward(self, tokens: Tensor) -> Tensor:
        n, count, _ = tokens.shape
        values = F.gelu(self.value(self.drop(self.norm(tokens))))
        weights = self.query(values).softmax(1)
        parts = values.view(n, count, QUERIES, values.shape[-1] // QUERIES)
        pooled = (weights[..., None] * parts).sum(1).flatten(1)
        mean = self.mean(self.drop(self.mean_norm(tokens.mean(1))))
        mixed = F.gelu(self.mix(self.drop(torch.cat((pooled, mean), 1))))
        return F.normalize(self.out(self.drop(mixed)) + self.out(self.drop(F.gelu(mean))), dim=-1)


class Towers(nn.Module):
    """Both sides and ``concepts`` (K, ``SPACE``): where each concept's phrases gather."""

    def __init__(self, concepts: int) -> None:
        super().__init__()
        self.text, self.picture = TextTower(), PictureHead()
        self.concepts = nn.Parameter(torch.randn(concepts, SPACE) / math.sqrt(SPACE))
        self.log_scale, self.bias = nn.Parameter(torch.tensor(math.log(10.0))), nn.Parameter(torch.tensor(-4.0))
        self.log_sharpness = nn.Parameter(torch.tensor(math.log(10.0)))

    def logits(self, pictures: Tensor, texts: Tensor) -> Tensor:
        """(n, m): of the probability that text j is true of picture i."""
        return self.log_scale.clamp(max=math.log(40.0)).exp() * pictures @ texts.T + self.bias

    def named(self, texts: Tensor) -> Tensor:
        """(n, K) logits of which concept a phrase means."""
        return self.log_sharpness.clamp(max=math.log(40.0)).exp() * texts @ F.normalize(self.concepts, dim=-1).T
