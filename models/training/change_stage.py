"""Stage 1b: the change head, on pairs made from single-date labels; the trunk is frozen and gets no gradient.

Four kinds of pair: two labelled crops of different ground (truth is the XOR), one crop with a block replaced, one crop
unchanged under other light and a shift of up to 3 px, and two dates of a rendered scene.
"""

from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple, cast

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..maps.land_cover import TRUST
from ..vision.legend import CHANGES, gsd_code
from . import labels
from .batches import Source, relight
from .checkpoint import Average
from .loop import Plan, frozen_encoder, optimise
from .losses import change_loss, compared
from .network import ChangeHead, NanoNetwork, Output
from .rendering import RenderedPairs, rendered_pairs
from .wrong_maps import corrupted

SIZE, SHIFT = 128, 3
#: Share of the drawn pairs whose land cover is told.
TOLD = 0.4


class Pair(NamedTuple):
    """``before``, ``after`` (n, 3, S, S) in 0..1; ``target`` and ``known`` (n, 7, S, S); ``gsd`` code (n, 3).

    ``told`` (n, 2, S, S): the cover that is told of each date, an index of ``COVERS``, −1 where nothing is.
    """

    before: Tensor
    after: Tensor
    target: Tensor
    known: Tensor
    gsd: Tensor
    told: Tensor


def unchanged(shape: Tuple[int, int, int]) -> Tuple[Tensor, Tensor]:
    """Target and known-mask of ground that did not change."""
    n, height, width = shape
    return torch.zeros(n, len(CHANGES), height, width), torch.ones(n, len(CHANGES), height, width, dtype=torch.bool)


def two_grounds(source: Source, rng: np.random.Generator, count: int) -> Pair:
    """Any two crops of a labelled source laid over each other."""
    first, label_first, _, gsd = source.sample(rng, count, SIZE)
    second, label_second, _, _ = source.sample(rng, count, SIZE)
    target, known = compared(label_first, label_second)
    return _lit(first, second, target, known, gsd, rng)


def replaced_block(source: Source, rng: np.random.Generator, count: int, blocks: bool = True) -> Pair:
    """The same crop twice, shifted; with ``blocks`` a rectangle of the second date comes from elsewhere."""
    margin = SHIFT * 2
    wide, label_wide, _, gsd = source.sample(rng, count, SIZE + margin)
    other, label_other, _, _ = source.sample(rng, count, SIZE)
    first, label_first = wide[:, :, SHIFT:-SHIFT, SHIFT:-SHIFT], label_wide[:, SHIFT:-SHIFT, SHIFT:-SHIFT]
    down, right = (int(value) for value in rng.integers(0, margin + 1, 2))
    second = wide[:, :, down:down + SIZE, right:right + SIZE].clone()
    target, known = unchanged(tuple(label_first.shape))
    if blocks:
        height, width = (int(value) for value in rng.integers(SIZE // 5, SIZE // 2 + 10, 2))
        top, left = int(rng.integers(0, SIZE - height)), int(rng.integers(0, SIZE - width))
        block = (slice(None), slice(top, top + height), slice(left, left + width))
        second[:, :, block[1], block[2]] = other[:, :, block[1], block[2]]
        inside, inside_known = compared(label_first[block], label_other[block])
        target[:, :, block[1], block[2]], known[:, :, block[1], block[2]] = inside, inside_known
    return _lit(first, second, target, known, gsd, rng)


def _lit(first: Tensor, second: Tensor, target: Tensor, known: Tensor, gsd: np.ndarray,
         rng: np.random.Generator, sets: Optional[np.ndarray] = None) -> Pair:
    """``sets``: the certain covers of both dates, of some of which the head is told as a user would."""
    n = len(first)
    told = torch.from_numpy(np.full((n, 2, *first.shape[2:]), -1.0, np.float32) if sets is None else _told(sets, rng))
    code = gsd_code([None if rng.random() < 0.15 else float(value) for value in gsd])
    before, after = relight(first / 255.0, rng), relight(second / 255.0, rng)
    swap = torch.from_numpy(rng.random(n) < 0.5)[:, None, None, None]
    before, after = torch.where(swap, after, before), torch.where(swap, before, after)
    return Pair(before, after, target, known, torch.from_numpy(code), torch.where(swap, told.flip(1), told))


def _told(sets: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(n, 2, S, S) float32 as in :class:`Pair` from cover sets of one cover each: ``TOLD`` of the pairs, with a user's errors."""
    indices = np.where(sets == labels.UNKNOWN, -1, np.log2(np.maximum(sets, 1)).astype(np.int64))
    for pair in indices:
        if rng.random() < TOLD:
            pair[:] = [np.where(date < 0, date, corrupted(np.maximum(date, 0), rng)) for date in pair]
        else:
            pair[:] = -1
    return indices.astype(np.float32)


class PairSource:
    """Draws the pairs of a step from mapped and outlined roofs, aerial tiles and rendered scenes."""

    def __init__(self, packed: Path, rendered: Path) -> None:
        self._roofs = Source([packed / "grounds-train"], (0.9, 3.5))
        self._outlined = Source([packed / "outlined-train"], (0.9, 2.0))
        self._aerial = Source([packed / "ucmerced-train"], (0.9, 1.8))
        self._scenes = rendered_pairs(rendered / "train")

    def __call__(self, rng: np.random.Generator) -> Pair:
        """One batch of 24 pairs."""
        return _joined([
            two_grounds(self._roofs, rng, 6), two_grounds(self._outlined, rng, 3), replaced_block(self._roofs, rng, 4),
            replaced_block(self._roofs, rng, 3, blocks=False), replaced_block(self._aerial, rng, 3, blocks=False),
            self._drawn(rng, 5) if self._scenes else two_grounds(self._roofs, rng, 5)])

    def _drawn(self, rng: np.random.Generator, count: int) -> Pair:
        *pair, sets = cast(RenderedPairs, self._scenes).sample(rng, count, SIZE)
        return _lit(*pair, rng=rng, sets=sets)


def _joined(parts: List[Pair]) -> Pair:
    return Pair(*(torch.cat(column) for column in zip(*parts)))


def coarse_cover(output: Output) -> Tensor:
    """Cover probabilities at stride 4, as the change head reads them."""
    return F.avg_pool2d(output.cover.float().softmax(1), 2)


def look(network: NanoNetwork, rgb: Tensor, gsd: Tensor, told: Optional[Tensor] = None) -> Tuple[Tensor, Tensor]:
    """Frozen features and coarse covers of one date; ``told`` (n, S, S): see :class:`Pair`."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        output = network(rgb.contiguous(memory_format=torch.channels_last), gsd)
    cover = coarse_cover(output)
    return output.features.float(), cover if told is None else _believed(cover, told)


def _believed(cover: Tensor, told: Tensor) -> Tensor:
    """``maps.land_cover.believed`` on coarse covers (n, 6, h, w)."""
    step = told.shape[-1] // cover.shape[-1]
    named = torch.stack([(told == index).float() for index in range(cover.shape[1])], 1)
    known = F.avg_pool2d((told >= 0).float()[:, None], step)
    return cover * (1 - TRUST * known) + TRUST * F.avg_pool2d(named, step)


def train(packed: Path, rendered: Path, run: Path, steps: int, seed: int = 0, rate: float = 1.5e-3) -> Path:
    """Train on top of ``run``/encoder.pt; returns the path of the averaged head."""
    torch.manual_seed(seed)
    network, head = frozen_encoder(run), ChangeHead()
    draw = PairSource(packed, rendered)

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        pair = draw(np.random.default_rng((seed + 1000, step)))
        (features_a, cover_a), (features_b, cover_b) = (
            look(network, rgb, pair.gsd, pair.told[:, date]) for date, rgb in enumerate((pair.before, pair.after)))
        with torch.autocast("cpu", torch.bfloat16):
            logits = head(features_a, features_b, cover_a, cover_b)
        loss = change_loss(logits.float(), pair.target[:, :, 1::2, 1::2], pair.known[:, :, 1::2, 1::2])
        return loss, {"loss": float(loss.detach())}

    plan = Plan(steps, seed, rate, warm=50, decay=0.02, beta=0.999)
    return optimise(head, head.parameters(), run, "change", plan, step_of)
