"""Stage 1a: the land-cover head alone, on the frozen trunk, with many more outlined roofs than the trunk saw.

A head that learns for minutes what roofs of another country look like finds more of them in a third one (Nairobi .40 to .47,
IoU at 0.3 m) than the whole trunk after an hour (.46), and all that reads the trunk's features stays as it is.
"""

from pathlib import Path
from typing import Dict, Optional, Tuple, cast

import numpy as np
import torch
from torch import Tensor, nn

from .batches import Batch, draw
from .checkpoint import Average
from .encoder_stage import CLOSE_LIGHT, MIXED_EVERY, SATELLITE_EVERY, SATELLITE_LIGHT, WEIGHTS, open_sources
from .loop import Plan, frozen_encoder, optimise
from .losses import cover_loss
from .network import NanoNetwork

#: Tiles of a step by source, their size, and the satellite tiles' number and size.
COUNTS = {"roofs": 14, "outlined": 12, "scenes": 6, "aerial": 12, "crowns": 2, "plains": 1}
SIZE, SATELLITE, SATELLITE_SIZE = 128, 12, 64


def train(packed: Path, rendered: Path, run: Path, steps: int, seed: int = 0, rate: float = 1e-3) -> Path:
    """Train the cover head of ``run``/encoder.pt and put its average in its place."""
    torch.manual_seed(seed)
    network = frozen_encoder(run)
    network.cover.requires_grad_(True)
    sources = open_sources(packed, rendered)

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        rng = np.random.default_rng((seed + 6000, step))
        close = draw(sources, COUNTS, SIZE, rng, CLOSE_LIGHT, mixed=step % MIXED_EVERY == 0)
        far: Optional[Batch] = None
        if step % SATELLITE_EVERY == 0:
            far = draw(sources, {"satellite": SATELLITE}, SATELLITE_SIZE, rng, SATELLITE_LIGHT)
        near = cover_loss(_covers(network, close), close.label)
        loss = WEIGHTS["close"].cover * near
        if far is not None:
            loss = loss + WEIGHTS["satellite"].cover * cover_loss(_covers(network, far), far.label)
        return loss, {"cover": float(near.detach())}

    plan = Plan(steps, seed, rate, warm=30, decay=0.02, beta=0.999)
    optimise(network, network.cover.parameters(), run, "covers", plan, step_of, lambda averaged: _keep(averaged, run))
    return run / "encoder.pt"


def _covers(network: NanoNetwork, batch: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            features = network.pyramid(network.encoder(batch.rgb, batch.gsd))
        return network.cover(features).float()


def _keep(averaged: nn.Module, run: Path) -> None:
    torch.save(cast(NanoNetwork, averaged).state_dict(), run / "encoder.pt")
