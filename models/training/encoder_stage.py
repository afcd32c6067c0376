"""Stage 1: encoder with all dense and scene heads on every source at once. Resumable, seeded, weights averaged."""

import json
import time
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from ..vision.legend import SCENES_AERIAL
from . import labels
from .batches import Batch, Source, draw
from .checkpoint import Average, load_state, save_state
from .losses import cover_loss, scene_loss, share_loss
from .network import NanoNetwork


class Phase(NamedTuple):
    """A share of the steps at one crop size; ``counts``: tiles of each source in a step.

    The first steps are on real tiles alone: early features come from real texture.
    """

    share: float
    size: int
    counts: Dict[str, int]


PHASES = (
    Phase(0.06, 128, {"roofs": 24, "aerial": 20, "crowns": 3, "plains": 2, "satellite": 20}),
    Phase(0.69, 128, {"roofs": 20, "scenes": 10, "aerial": 20, "crowns": 3, "plains": 2, "satellite": 20}),
    Phase(0.19, 192, {"roofs": 9, "scenes": 5, "aerial": 10, "crowns": 1, "plains": 1, "satellite": 16}),
    Phase(0.06, 256, {"roofs": 5, "scenes": 3, "aerial": 6, "crowns": 1, "plains": 1, "satellite": 16}),
)


class Weight(NamedTuple):
    """How much the losses of a part count."""

    cover: float
    scene: float


#: Set so that the parts' gradients in the trunk are about equally long (1.7, 7.3, 9.1 and 8.4 unweighted at step 1500);
#: satellite covers are guesses from the scene's name and count least.
WEIGHTS = {"close": Weight(1.6, 0.35), "satellite": Weight(0.08, 0.4)}

#: The weight of roofs that are known by their amount alone.
SHARE_WEIGHT = 4.0

#: Crop sizes of satellite tiles (as many pixels a step), and one step in so many in which close crops are small too: a
#: network that sees 10 m only in small crops tells the scale by the padding at the border, and finds no roof in any.
SATELLITE_SIZES, SMALL_EVERY, SMALL = (64, 64, 64, 96, 128), 6, 64

#: At 10 m colour is most of what a scene is known by: its light is changed less.
SATELLITE_LIGHT = 0.4

#: UC Merced scenes whose tiles hold roofs that nobody labelled: the averaged network labels what it is sure of.
ROOFED = tuple(SCENES_AERIAL.index(name) for name in (
    "buildings", "denseresidential", "mediumresidential", "sparseresidential", "mobilehomepark", "intersection"))
PSEUDO_FROM = 0.35


def open_sources(packed: Path, rendered: Path, without: str = "") -> Dict[str, Source]:
    """The training sources by role. ``without``: "rendered" or "real" for the ablations."""
    def folders(*names: str) -> List[Path]:
        return [packed / f"{name}-train" for name in names]

    left_out = {"rendered": ("scenes",), "real": ("roofs", "crowns", "plains")}.get(without, ())
    recipe = {
        "roofs": (folders("grounds"), (0.9, 4.0)),
        "aerial": (folders("ucmerced"), (0.6, 2.0)),
        "satellite": (folders("eurosat_rgb"), (0.48, 1.0)),
        "crowns": (folders("neon_trees"), (0.8, 2.0)),
        "plains": (folders("naip_series"), (0.7, 2.0)),
        "scenes": ([rendered / "train"], (0.8, 2.0)),
    }
    return {name: Source(*how) for name, how in recipe.items() if name not in left_out}


def batches(sources: Dict[str, Source], steps: int, start: int, seed: int) -> Iterator[List[Batch]]:
    """The batches of each step from ``start``: the close ones, and satellite tiles at their own size."""
    ends = np.cumsum([phase.share for phase in PHASES]) * steps
    for step in range(start, steps):
        rng = np.random.default_rng((seed, step))
        phase = PHASES[min(int(np.searchsorted(ends, step, side="right")), len(PHASES) - 1)]
        close = {name: n for name, n in phase.counts.items() if name != "satellite" and name in sources}
        size = SMALL if rng.integers(SMALL_EVERY) == 0 else phase.size
        if size == SMALL:
            close = {name: 2 * n for name, n in close.items()}
        satellite = int(rng.choice(SATELLITE_SIZES))
        few = max(4, round(phase.counts["satellite"] * (80 / satellite) ** 2))
        yield [draw(sources, close, size, rng, mixed=True), draw(sources, {"satellite": few}, satellite, rng, SATELLITE_LIGHT)]


class _Stream(IterableDataset[List[Batch]]):
    """The batches of each step as a stream that a loader process draws ahead of the training."""

    def __init__(self, sources: Dict[str, Source], steps: int, start: int, seed: int) -> None:
        self._drawn = (sources, steps, start, seed)

    def __iter__(self) -> Iterator[List[Batch]]:
        return batches(*self._drawn)


def train(packed: Path, rendered: Path, out: Path, steps: int, seed: int = 0, without: str = "",
          rate: float = 1.2e-3, minutes: float = 150.0) -> Path:
    """Train to ``steps`` or until ``minutes`` are used; returns the averaged weights' path.

    Resumes ``out``/state.pt; without one, goes on from the weights in ``out``/encoder.pt (``kept_weights.restore``).
    """
    torch.manual_seed(seed)
    network = NanoNetwork().to(memory_format=torch.channels_last)
    if (out / "encoder.pt").exists():
        network.load_state_dict(torch.load(out / "encoder.pt", weights_only=True))
    average = Average(network)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}],
                                  lr=rate, betas=(0.9, 0.98))
    out.mkdir(parents=True, exist_ok=True)
    start = load_state(out / "state.pt", network, average, optimiser)
    if start >= steps:
        return out / "encoder.pt"
    begun, saved = time.monotonic(), time.monotonic()
    stream = _Stream(open_sources(packed, rendered, without), steps, start, seed)
    ahead = DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=2)
    for step, parts in enumerate(ahead, start):
        for group in optimiser.param_groups:
            group["lr"] = rate * _schedule(step, steps)
        losses = _step(network, average, parts, pseudo=step > PSEUDO_FROM * steps)
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        average.update(network, step)
        if step % 20 == 0:
            line = {"step": step, **{name: round(value, 4) for name, value in losses.items()},
                    "seconds": round(time.monotonic() - begun, 1)}
            with open(out / "log.jsonl", "a") as log:
                log.write(json.dumps(line) + "\n")
        if time.monotonic() - saved > 240:
            save_state(out / "state.pt", network, average, optimiser, step + 1)
            saved = time.monotonic()
        if time.monotonic() - begun > minutes * 60:
            break
    save_state(out / "state.pt", network, average, optimiser, min(step + 1, steps))
    torch.save(average.weights, out / "encoder.pt")
    return out / "encoder.pt"


def _step(network: NanoNetwork, average: Average, parts: List[Batch], pseudo: bool) -> Dict[str, float]:
    losses = {"cover": 0.0, "scene": 0.0}
    for batch in parts:
        label = _pseudo_labels(average.network, batch) if pseudo else batch.label
        with torch.autocast("cpu", torch.bfloat16):
            output = network(batch.rgb, batch.gsd)
        cover = cover_loss(output.cover.float(), label)
        scene = scene_loss(output.scene.float(), batch.scene)
        satellite = bool((batch.scene >= len(SCENES_AERIAL)).all())
        weight = WEIGHTS["satellite" if satellite else "close"]
        loss = weight.cover * cover + weight.scene * scene
        if not satellite:
            loss = loss + SHARE_WEIGHT * share_loss(output.cover.float(), batch.scene)
        loss.backward()
        losses["cover"] += 0.0 if satellite else float(cover.detach())
        losses["scene"] += float(scene.detach()) / len(parts)
    return losses


@torch.no_grad()
def _pseudo_labels(teacher: NanoNetwork, batch: Batch) -> Tensor:
    """Roofs in residential tiles: the averaged network's building where > .8, no building where < .1, else unknown."""
    roofed = torch.isin(batch.scene, torch.tensor(ROOFED))
    if not roofed.any():
        return batch.label
    with torch.autocast("cpu", torch.bfloat16):
        cover = teacher(batch.rgb[roofed], batch.gsd[roofed]).cover.float().softmax(1)[:, :1]
    building = torch.nn.functional.interpolate(cover, batch.label.shape[1:], mode="bilinear")[:, 0]
    own = batch.label[roofed]
    visible = batch.rgb[roofed].amax(1) > 0
    own = torch.where(visible & (building > 0.8), torch.full_like(own, labels.BUILDING), own)
    without = own & ~labels.BUILDING & labels.UNKNOWN
    own = torch.where((building < 0.1) & (without > 0), without, own)  # a roof cut in from elsewhere stays one
    label = batch.label.clone()
    label[roofed] = own
    return label


def _schedule(step: int, steps: int, warm: int = 150) -> float:
    return min(1.0, (step + 1) / warm) * (0.02 + 0.98 * 0.5 * (1 + float(np.cos(np.pi * step / steps))))
