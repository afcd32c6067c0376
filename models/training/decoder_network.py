"""The language decoder in torch: a small pre-norm transformer that reads words, facts and image tokens alike.

Sources: rotary positions (Su et al. 2021, section 3.2), gated perceptrons (Shazeer 2020, SwiGLU), root-mean-square norm
(Zhang and Sennrich 2019), low-rank adapters on queries and values (Hu et al. 2021, section 4.1), image tokens and
``[RET]`` of FROMAGe (Koh et al. 2023, section 3.1), which RS-CapRet follows, three experts on one base (RS-MoE).
"""

import math
from dataclasses import astuple, dataclass
from typing import Any, Dict, NamedTuple, Optional, Sequence, Tuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..language.bpe import SPECIALS, VOCABULARY
from .network import PYRAMID, WIDTHS

IMG, RET = SPECIALS.index("[IMG]"), SPECIALS.index("[RET]")
#: Channels of an image token: what ``NanoNetwork`` calls its grid.
GRID = WIDTHS[3] + PYRAMID
#: Row of the adapters for no expert.
NO_EXPERT = -1
_FAR = -1e9


@dataclass(frozen=True)
class Shape:
    """Sizes of a decoder. ``tokens``: image tokens of a view; ``shared``: dimensions of the retrieval space; ``query``: of a
    ``[SEG]`` query."""

    width: int = 256
    layers: int = 6
    heads: int = 4
    inner: int = 640
    rank: int = 8
    experts: int = 3
    tokens: int = 64
    grid: int = GRID
    shared: int = 96
    query: int = 64
    vocabulary: int = VOCABULARY

    @property
    def head(self) -> int:
        """Dimensions of one head."""
        return self.width // self.heads

    @classmethod
    def of(cls, weights: Dict[str, Tensor]) -> "Shape":
        """The sizes of the network whose ``state_dict`` this is."""
        return cls(*weights["sizes"].tolist())


class Read(NamedTuple):
    """``hidden``: (n, S, d), normed; ``present``: (L, 2, n, heads, S, d / heads), keys and values of these S alone."""

    hidden: Tensor
    present: Tensor


class RootMeanSquareNorm(nn.Module):
    """x / rms(x) · weight, over the last dimension."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        y = x.float()
        return y * torch.rsqrt((y * y).mean(-1, keepdim=True) + 1e-6) * self.weight


class Adapters(nn.Module):
    """Low-rank additions of all experts to one projection, stacked: a [experts, r, d], b [experts, r, d]; b starts at zero.

    All experts' first halves are computed at once and those not chosen are zeroed: no gather, so that a batch may mix
    experts and a graph keeps plain matrix products.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.randn(shape.experts, shape.rank, shape.width) / math.sqrt(shape.width))
        self.b = nn.Parameter(torch.zeros(shape.experts, shape.rank, shape.width))

    def forward(self, x: Tensor, chosen: Tensor) -> Tensor:
        return (x @ self.a.flatten(0, 1).T * chosen) @ self.b.flatten(0, 1)


class Attention(nn.Module):
    """Causal attention over what was read before (``past`` where ``seen``) and the new positions."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.head = shape.heads, shape.head
        self.query, self.key, self.value, self.out = (
            nn.Linear(shape.width, shape.width, bias=False) for _ in range(4))
        self.query_adapters, self.value_adapters = Adapters(shape), Adapters(shape)

    def forward(self, x: Tensor, turn: Tuple[Tensor, Tensor], chosen: Optional[Tensor], mask: Tensor,
                past: Optional[Tuple[Tensor, Tensor]], past_mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
        q, v = self.query(x), self.value(x)
        if chosen is not None:
            q, v = q + self.query_adapters(x, chosen), v + self.value_adapters(x, chosen)
        q, k, v = (part.view(part.shape[0], part.shape[1], self.heads, self.head).transpose(1, 2)
                   for part in (q, self.key(x), v))
        q, k = turned(q, *turn), turned(k, *turn)
        if past is None:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            # Scores are joined, not keys and values: what was read before is never copied.
            scale = 1 / math.sqrt(self.head)
            before = (q * scale) @ past[0].transpose(-1, -2) + past_mask
            weights = torch.cat((before, (q * scale) @ k.transpose(-1, -2) + mask), -1).softmax(-1)
            length = past[0].shape[2]
            y = weights[..., :length] @ past[1] + weights[..., length:] @ v
        return self.out(y.transpose(1, 2).flatten(2)), torch.stack((k, v))


class Layer(nn.Module):
    """Attention, then a gated perceptron, each behind a norm and added to its input."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm, self.inner_norm = RootMeanSquareNorm(shape.width), RootMeanSquareNorm(shape.width)
        self.attention = Attention(shape)
        self.gate, self.widen = (nn.Linear(shape.width, shape.inner, bias=False) for _ in range(2))
        self.narrow = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: Tensor, *context: Any) -> Tuple[Tensor, Tensor]:
        y, present = self.attention(self.attention_norm(x), *context)
        x = x + y
        y = self.inner_norm(x)
        return x + self.narrow(F.silu(self.gate(y)) * self.widen(y)), present


class Bridge(nn.Module):
    """Image tokens (n, tokens, grid) → (n, tokens, d): linear, a learned place each, and a layer norm at the end."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.linear = nn.Linear(shape.grid, shape.width)
        self.place = nn.Parameter(0.02 * torch.randn(shape.tokens, shape.width))
        self.norm = nn.LayerNorm(shape.width)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.norm((self.linear(tokens) + self.place).float())

    @torch.no_grad()
    def match(self, table: Tensor) -> None:
        """Give image tokens the size of words, ``table`` (V, d): else a frozen decoder sees only them, or never them."""
        self.norm.weight.fill_(float(table.pow(2).mean().sqrt()))


class DecoderNetwork(nn.Module):
    """Words and image tokens in, the next word out; with the heads that ``[RET]``, ``[SEG]`` and images are compared by."""

    def __init__(self, shape: Shape = Shape()) -> None:  # noqa: B008 (frozen)
        super().__init__()
        self.shape = shape
        self.register_buffer("sizes", torch.tensor(astuple(shape)))
        self.table = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = RootMeanSquareNorm(shape.width)
        self.bridge = Bridge(shape)
        self.retrieve = nn.Linear(shape.width, shape.shared)
        self.segment = nn.Linear(shape.width, shape.query)
        self.image_norm = nn.LayerNorm(shape.grid)
        self.image = nn.Linear(shape.grid, shape.shared)
        self.log_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))
        self.apply(_initialise)
        for layer in self.layers:  # outputs that are added up start smaller the more there are
            for linear in (layer.attention.out, layer.narrow):
                nn.init.normal_(linear.weight, std=0.02 / math.sqrt(2 * shape.layers))

    def embed(self, ids: Tensor, images: Optional[Tensor] = None) -> Tensor:
        """(n, S) ids → (n, S, d). ``images``: (k, tokens, grid), in the order in which their ``[IMG]`` stand in ``ids``."""
        rows = self.table(ids)
        if images is None:
            return rows
        here = (ids == IMG)[..., None].expand_as(rows)
        return rows.masked_scatter(here, self.bridge(images).to(rows.dtype))

    def forward(self, embeds: Tensor, expert: Optional[Tensor] = None,
                past: Optional[Sequence[Tuple[Tensor, Tensor]]] = None, seen: Optional[Tensor] = None,
                positions: Optional[Tensor] = None) -> Read:
        """``embeds`` (n, S, d); ``expert`` (n,) int64, −1 none; ``past``: of each layer keys and values, both
        (n, heads, C, d / heads), with ``seen`` (n, C) bool, and the new ``positions`` (n, S). None: nothing before.
        """
        n, length = embeds.shape[:2]
        if positions is None:
            positions = torch.arange(length, device=embeds.device).expand(n, length)
        turn = angles(positions, self.shape.head)
        chosen = None if expert is None else choose(expert, self.shape)
        mask = torch.ones(length, length, device=embeds.device).tril().sub(1).mul(-_FAR)
        past_mask = None if seen is None else (1 - seen.float())[:, None, None, :] * _FAR
        x, presents = embeds, []
        for index, layer in enumerate(self.layers):
            x, present = layer(x, turn, chosen, mask, None if past is None else past[index], past_mask)
            presents.append(present)
        return Read(self.norm(x), torch.stack(presents))

    def words(self, hidden: Tensor) -> Tensor:
        """Logits (…, V) of the next word: the table read backwards."""
        return hidden @ self.table.weight.T

    def places(self, hidden: Tensor) -> Tensor:
        """Hidden states at ``[RET]`` (k, d) → unit vectors (k, shared)."""
        return F.normalize(self.retrieve(hidden).float(), dim=-1)

    def pictures(self, images: Tensor) -> Tensor:
        """Image tokens (k, tokens, grid) → unit vectors (k, shared)."""
        return F.normalize(self.image(self.image_norm(images.float()).mean(1)).float(), dim=-1)


def choose(expert: Tensor, shape: Shape) -> Tensor:
    """(n,) → (n, 1, experts · r): 1 where an adapter row belongs to the expert chosen; all 0 for −1."""
    rows = torch.arange(shape.experts, device=expert.device).repeat_interleave(shape.rank)
    return (rows[None] == expert[:, None]).float()[:, None]


def angles(positions: Tensor, head: int) -> Tuple[Tensor, Tensor]:
    """Cosines and sines (n, 1, S, head) of the rotary positions."""
    speed = 10000.0 ** (-torch.arange(0, head, 2, device=positions.device).float() / head)
    angle = (positions.float()[..., None] * speed).repeat(1, 1, 2)[:, None]
    return angle.cos(), angle.sin()


def turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """``x`` (n, heads, S, head) rotated by its positions; pairs are (i, i + head / 2)."""
    first, second = x.chunk(2, -1)
    return (x * cos + torch.cat((-second, first), -1) * sin).to(x.dtype)


def answer_loss(network: DecoderNetwork, hidden: Tensor, ids: Tensor, learn: Tensor) -> Tensor:
    """Mean cross entropy of the tokens marked in ``learn`` (n, S) bool, each predicted from what stands before it."""
    wanted = learn[:, 1:]
    if not wanted.any():
        return hidden.sum() * 0
    return F.cross_entropy(network.words(hidden[:, :-1][wanted]).float(), ids[:, 1:][wanted])


def _initialise(module: nn.Module) -> None:
    if isinstance(module, (nn.Linear, nn.Embedding)):
        nn.init.normal_(module.weight, std=0.02)
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)
