"""Stage 1: encoder with all dense, scene and thing heads on every source at once. Resumable, seeded, weights averaged.

Things and masks have a last stage of their own (``thing_stage``), but the trunk must learn what they need to see: on a trunk
that was never asked for centres, courts and aircraft stayed below an F1 of .3.
"""

from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from ..vision.legend import SCENES_AERIAL
from . import labels
from .batches import Batch, Source, draw
from .checkpoint import Average
from .loop import Plan, optimise
from .losses import cover_loss, scene_loss, share_loss
from .network import NanoNetwork
from .thing_batches import Crops, ThingSource
from .thing_stage import Heads
from .thing_stage import losses as thing_losses


class Phase(NamedTuple):
    """A share of the steps at one crop size; ``counts``: tiles of each source in a step.

    The first steps are on real tiles alone: early features come from real texture.
    """

    share: float
    size: int
    counts: Dict[str, int]


PHASES = (
    Phase(0.06, 128, {"roofs": 30, "outlined": 12, "aerial": 16, "crowns": 3, "plains": 2, "satellite": 20}),
    Phase(0.69, 128, {"roofs": 26, "outlined": 10, "scenes": 8, "aerial": 14, "crowns": 3, "plains": 2, "satellite": 20}),
    Phase(0.19, 192, {"roofs": 11, "outlined": 5, "scenes": 4, "aerial": 6, "crowns": 1, "plains": 1, "satellite": 16}),
    Phase(0.06, 256, {"roofs": 6, "outlined": 3, "scenes": 2, "aerial": 4, "crowns": 1, "plains": 1, "satellite": 16}),
)


class Weight(NamedTuple):
    """How much the losses of a part count."""

    cover: float
    scene: float


#: Set so that the parts' gradients in the trunk are about equally long (1.7, 7.3, 9.1 and 8.4 unweighted at step 1500);
#: satellite covers are guesses from the scene's name and count least.
WEIGHTS = {"close": Weight(1.6, 0.3), "satellite": Weight(0.12, 0.6)}

#: The weight of roofs that are known by their amount alone.
SHARE_WEIGHT = 4.0

#: One step in so many learns from satellite tiles, and one in so many asks for things: 66 mapped footprints are learnt
#: from slowly, and every second of the others' is missing there.
SATELLITE_EVERY, THINGS_EVERY = 2, 4

#: The crops' size, their numbers of scenes, mapped roofs and aerial tiles, and the weight that lets things pull about as
#: hard at the trunk as the close tiles do.
THING_SIZE, THING_CROPS, THING_WEIGHT = 192, (6, 2, 3), 0.6

#: How much the light of close tiles is changed, and one step in so many in which they also borrow light and pieces from
#: each other. Both in full in every step, roofs stayed unlearnt: .56 on the very tiles trained on.
CLOSE_LIGHT, MIXED_EVERY = 0.65, 3

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

    left_out = {"rendered": ("scenes",), "real": ("roofs", "outlined", "crowns", "plains")}.get(without, ())
    recipe = {
        "roofs": (folders("grounds"), (0.4, 3.0)),
        "outlined": (folders("outlined"), (0.4, 2.0)),
        "aerial": (folders("ucmerced"), (0.6, 2.0)),
        "satellite": (folders("eurosat_rgb"), (0.48, 1.0)),
        "crowns": (folders("neon_trees"), (0.8, 2.0)),
        "plains": (folders("naip_series"), (0.7, 2.0)),
        "scenes": ([rendered / "train"], (0.8, 2.0)),
    }
    return {name: Source(*how) for name, how in recipe.items() if name not in left_out}


class Drawn(NamedTuple):
    """What a step learns from: close tiles, and in some steps satellite tiles at their own size and crops with things."""

    close: Batch
    satellite: Optional[Batch]
    things: Optional[Crops]


def drawn(sources: Dict[str, Source], things: Optional[ThingSource], steps: int, start: int, seed: int) -> Iterator[Drawn]:
    """The batches of each step from ``start``."""
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
        yield Drawn(draw(sources, close, size, rng, CLOSE_LIGHT, mixed=step % MIXED_EVERY == 0),
                    draw(sources, {"satellite": few}, satellite, rng, SATELLITE_LIGHT)
                    if step % SATELLITE_EVERY == 0 else None,
                    things.draw(rng, THING_SIZE, *THING_CROPS) if things and step % THINGS_EVERY == 0 else None)


class _Stream(IterableDataset[Drawn]):
    """The batches of each step as a stream that a loader process draws ahead of the training."""

    def __init__(self, *how: Any) -> None:
        self._how = how

    def __iter__(self) -> Iterator[Drawn]:
        return drawn(*self._how)


def _as_drawn(drawn: Drawn) -> Drawn:
    """The loader's own way would make tensors of everything."""
    return drawn


class Learner(nn.Module):
    """The encoder with the heads that are asked for things while it learns."""

    def __init__(self, run: Path) -> None:
        super().__init__()
        self.encoder = NanoNetwork().to(memory_format=torch.channels_last)
        if (run / "encoder.pt").exists():
            self.encoder.load_state_dict(torch.load(run / "encoder.pt", weights_only=True))
        self.heads = Heads.of(run)


def train(packed: Path, rendered: Path, run: Path, steps: int, seed: int = 0, without: str = "",
          rate: float = 1.2e-3, minutes: float = 150.0) -> Path:
    """Train to ``steps`` or until ``minutes`` are used; returns the averaged encoder's path, beside which things.pt lies.

    Goes on from ``run``/encoder-state.pt; without one, from the weights in ``run`` (``kept_weights.restore``).
    """
    torch.manual_seed(seed)
    learner = Learner(run)
    sources = open_sources(packed, rendered, without)
    things = ThingSource(packed, rendered / "train") if "scenes" in sources and "roofs" in sources else None
    batches: Optional[Iterator[Drawn]] = None

    def step_of(step: int, average: Average) -> Tuple[Tensor, Dict[str, float]]:
        nonlocal batches
        if batches is None:
            stream = _Stream(sources, things, steps, step, seed)
            batches = iter(DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=2, collate_fn=_as_drawn))
        teacher = cast(Learner, average.network).encoder if step > PSEUDO_FROM * steps else None
        return _losses(learner, teacher, next(batches), np.random.default_rng((seed + 3000, step)))

    plan = Plan(steps, seed, rate, minutes, warm=150, beta=0.98)
    return optimise(learner, learner.parameters(), run, "encoder", plan, step_of, lambda averaged: _keep(averaged, run))


def _keep(averaged: nn.Module, run: Path) -> None:
    learner = cast(Learner, averaged)
    torch.save(learner.encoder.state_dict(), run / "encoder.pt")
    torch.save(learner.heads.state_dict(), run / "things.pt")


def _losses(learner: Learner, teacher: Optional[NanoNetwork], drawn: Drawn,
            rng: np.random.Generator) -> Tuple[Tensor, Dict[str, float]]:
    """The loss of the close tiles; that of the others is already sent back, to keep one graph in memory at a time."""
    figures: Dict[str, float] = {}
    if drawn.things is not None:
        with torch.autocast("cpu", torch.bfloat16):
            features = learner.encoder(drawn.things.rgb, drawn.things.gsd).features
        things, figures = thing_losses(learner.heads, features, drawn.things, rng)
        (THING_WEIGHT * things).backward()
    if drawn.satellite is not None:
        cover, scene, _ = _tile_losses(learner.encoder, teacher, drawn.satellite)
        (WEIGHTS["satellite"].cover * cover + WEIGHTS["satellite"].scene * scene).backward()
        figures["satellite"] = float(scene.detach())
    cover, scene, logits = _tile_losses(learner.encoder, teacher, drawn.close)
    share = share_loss(logits, drawn.close.scene)
    figures.update(cover=float(cover.detach()), scene=float(scene.detach()), share=float(share.detach()))
    return WEIGHTS["close"].cover * cover + WEIGHTS["close"].scene * scene + SHARE_WEIGHT * share, figures


def _tile_losses(network: NanoNetwork, teacher: Optional[NanoNetwork], batch: Batch) -> Tuple[Tensor, Tensor, Tensor]:
    """Of the covers and of the scenes; and the covers' logits (n, 6, h, w)."""
    label = _pseudo_labels(teacher, batch) if teacher is not None else batch.label
    with torch.autocast("cpu", torch.bfloat16):
        output = network(batch.rgb, batch.gsd)
    logits = output.cover.float()
    return cover_loss(logits, label), scene_loss(output.scene.float(), batch.scene), logits


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
    may = (own & labels.BUILDING) > 0  # outlined ground is known not to be one
    own = torch.where(visible & may & (building > 0.8), torch.full_like(own, labels.BUILDING), own)
    without = own & ~labels.BUILDING & labels.UNKNOWN
    own = torch.where((building < 0.1) & (without > 0), without, own)  # a roof cut in from elsewhere stays one
    label = batch.label.clone()
    label[roofed] = own
    return label
