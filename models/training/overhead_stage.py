"""The classifier that doubts what was not taken from above, on the frozen encoder: one pass over tiles, then a linear fit."""

from pathlib import Path
from typing import Dict, List, NamedTuple

import numpy as np
import torch
from torch.nn import functional as F

from ..vision.legend import gsd_code
from ..vision.overhead import statistic
from .batches import Source, relight
from .loop import frozen_encoder
from .network import NanoNetwork
from .not_overhead import SIDE, draw_one

NAME = "overhead"
BATCH = 8
#: Share of imagery left out of the fit that may fall below the threshold.
DOUBTED = 0.005
#: Every so many images do not take part in the fit, but choose the threshold.
LEFT_OUT = 5
_DECAY = 3e-3


class Looks(NamedTuple):
    """``statistics``: (n, 2 C) float32; ``above``: (n,) bool."""

    statistics: np.ndarray
    above: np.ndarray


def train(packed: Path, rendered: Path, run: Path, count: int, seed: int = 0) -> Path:
    """Look at ``count`` images of each sort and fit; returns ``run``/overhead.pt."""
    torch.manual_seed(seed)
    looks = look_at(frozen_encoder(run), sources(packed, rendered), count, seed)
    path = run / f"{NAME}.pt"
    torch.save({name: torch.from_numpy(np.asarray(value, np.float32)) for name, value in fit(looks).items()}, path)
    return path


def sources(packed: Path, rendered: Path) -> Dict[str, Source]:
    """Imagery of every kind, in crops from a quarter of a tile to a whole one."""
    near, far = (0.25, 1.0), (0.2, 0.25)  # times SIDE: satellite tiles have 64 px
    found = {name: Source([packed / f"{name}-train"], near) for name in ("ucmerced", "neon_trees", "naip_series")}
    found["grounds"] = Source([packed / "grounds-train"], (0.25, 2.0))
    found["eurosat_rgb"] = Source([packed / "eurosat_rgb-train"], far)
    found["scenes"] = Source([rendered / "train"], near)
    return found


def look_at(network: NanoNetwork, imagery: Dict[str, Source], count: int, seed: int) -> Looks:
    """``count`` images taken from above, drawn evenly from ``imagery``, and as many that were not."""
    statistics: List[np.ndarray] = []
    above: List[bool] = []
    names = sorted(imagery)
    for start in range(0, count, BATCH):
        rng = np.random.default_rng((seed + 6000, start))
        name = names[(start // BATCH) % len(names)]
        rgb, _, _, gsd = imagery[name].sample(rng, BATCH, SIDE)
        shown = relight(rgb / 255.0, rng, 0.7)
        if rng.random() < 0.15:  # false colours
            shown = shown[:, rng.permutation(3).tolist()]
        if rng.random() < 0.25:  # a small image, enlarged without smoothing
            wide = int(rng.choice((2, 4)))
            shown = F.avg_pool2d(shown, wide).repeat_interleave(wide, 2).repeat_interleave(wide, 3)

        def texture(rng: np.random.Generator) -> np.ndarray:
            one, _, _, _ = imagery[names[int(rng.integers(len(names)))]].sample(rng, 1, SIDE)
            return one[0].numpy().astype(np.uint8)

        others = torch.from_numpy(np.stack([draw_one(rng, texture) for _ in range(BATCH)])).float() / 255.0
        # Whatever is no image of the ground has any scale, or none.
        told = [None if rng.random() < 0.3 else float(value) for value in gsd]
        for images, is_above in ((shown, True), (others, False)):
            statistics += list(_statistics(network, images, told))
            above += [is_above] * BATCH
    return Looks(np.stack(statistics), np.array(above))


@torch.no_grad()
def _statistics(network: NanoNetwork, rgb: torch.Tensor, gsd: list) -> List[np.ndarray]:
    with torch.autocast("cpu", torch.bfloat16):
        output = network(rgb.contiguous(memory_format=torch.channels_last), torch.from_numpy(gsd_code(gsd)))
    return [statistic(grid) for grid in output.grid.float().numpy()]


def fit(looks: Looks) -> Dict[str, np.ndarray]:
    """What ``Overhead.load`` reads: logistic regression with a ridge on all but every ``LEFT_OUT``-th image, from which the
    threshold comes."""
    out = np.arange(len(looks.above)) // 2 % LEFT_OUT == 0
    mean, scale = looks.statistics[~out].mean(0), looks.statistics[~out].std(0) + 1e-3
    x = torch.from_numpy((looks.statistics - mean) / scale).float()
    y = torch.from_numpy(looks.above).float()
    weights, bias = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    kept = torch.from_numpy(~out)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = F.binary_cross_entropy_with_logits(x[kept] @ weights + bias, y[kept]) + _DECAY * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    with torch.no_grad():
        likely = torch.sigmoid(x @ weights + bias).numpy()
    threshold = min(0.5, float(np.quantile(likely[out & looks.above], DOUBTED)))
    return {"mean": mean, "scale": scale, "weights": weights.detach().numpy(), "bias": bias.detach().numpy()[0],
            "threshold": np.float32(threshold)}
