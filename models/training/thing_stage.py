"""Things and masks on top of the frozen encoder: centre heat maps, sizes, and masks of what is pointed at. Resumable."""

from pathlib import Path
from typing import Dict, List, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from . import pointing
from .checkpoint import Average
from .heads import Found, MaskHead, ThingHead
from .loop import Plan, frozen_encoder, optimise
from .thing_batches import Crops, ThingSource
from .thing_truth import ThingTruth, truth

SIZE, SCENES, ROOFS, AERIAL = 192, 12, 4, 6
#: Mask prompts drawn from a crop.
ASKED = 2


class Heads(torch.nn.Module):
    """Both heads, trained together."""

    def __init__(self) -> None:
        super().__init__()
        self.things, self.masks = ThingHead(), MaskHead()

    @classmethod
    def of(cls, run: Path) -> "Heads":
        """The heads of ``run``/things.pt, or new ones: a better recipe goes on from what was learned."""
        heads = cls()
        if (run / "things.pt").exists():
            heads.load_state_dict(torch.load(run / "things.pt", weights_only=True))
        return heads


def train(packed: Path, rendered: Path, run: Path, steps: int, seed: int = 0, rate: float = 1.5e-3) -> Path:
    """Train on top of ``run``/encoder.pt; returns the path of the averaged heads, ``run``/things.pt."""
    torch.manual_seed(seed)
    network, heads, source = frozen_encoder(run), Heads.of(run), ThingSource(packed, rendered)

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        rng = np.random.default_rng((seed + 2000, step))
        crops = source.draw(rng, SIZE, SCENES, ROOFS, AERIAL)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            features = network(crops.rgb, crops.gsd).features
        return losses(heads, features, crops, rng)

    plan = Plan(steps, seed, rate, warm=50, decay=0.02, beta=0.999, clip=2.0)
    return optimise(heads, heads.parameters(), run, "things", plan, step_of)


def losses(heads: Heads, features: Tensor, crops: Crops, rng: np.random.Generator) -> Tuple[Tensor, Dict[str, float]]:
    """The loss of both heads on the ``features`` (n, 96, h, w) of ``crops``, and its parts to log."""
    truths = [truth(*known) for known in zip(crops.ids, crops.rosters, crops.complete)]
    with torch.autocast("cpu", torch.bfloat16):
        found = heads.things(features)
    heat, place = thing_losses(Found(found.heat.float(), found.shape.float()), truths)
    weak = presence_loss(found.heat.float(), torch.from_numpy(crops.present))
    which, asked = ask(crops, truths, rng)
    with torch.autocast("cpu", torch.bfloat16):
        logits = heads.masks(features[which], *(torch.from_numpy(np.stack(column)) for column in
                                                ([a.maps for a in asked], [a.classes for a in asked])))
    mask = mask_loss(logits.float(), *(torch.from_numpy(np.stack(column)[:, 1::2, 1::2]) for column in
                                       ([a.mask for a in asked], [a.judged for a in asked])))
    return heat + 1.5 * place + 0.5 * weak + 1.0 * mask, {
        "heat": float(heat.detach()), "place": float(place.detach()), "weak": float(weak.detach()),
        "mask": float(mask.detach())}


def ask(crops: Crops, truths: List[ThingTruth], rng: np.random.Generator) -> Tuple[List[int], List[pointing.Asked]]:
    """Prompts for a batch and the crop that each is about."""
    which, asked = [], []
    for index, known in enumerate(truths):
        for _ in range(ASKED):
            if len(known.ids) and rng.random() < 0.65:
                number = int(rng.choice(known.ids))
                one = pointing.one_thing(crops.ids[index], number, int(crops.rosters[index][number]), rng)
            else:
                one = pointing.one_class(crops.ids[index], crops.rosters[index], crops.complete[index],
                                         crops.label[index], rng)
            if one is not None:
                which.append(index)
                asked.append(one)
    return which, asked


def thing_losses(found: Found, truths: List[ThingTruth]) -> Tuple[Tensor, Tensor]:
    """Focal loss of the centres (Zhou et al. 2019, equation 1: α 2, β 4) over judged cells, per thing; and the mean
    absolute error of offset and log size at the centres."""
    heat = torch.from_numpy(np.stack([known.heat for known in truths]))
    judged = torch.from_numpy(np.stack([known.judged for known in truths])).float()
    centre = (heat == 1).float()
    right = found.heat.sigmoid()
    positive = centre * (1 - right) ** 2 * F.logsigmoid(found.heat)
    negative = (1 - centre) * (1 - heat) ** 4 * right ** 2 * F.logsigmoid(-found.heat)
    loss = -((positive + negative) * judged).sum() / centre.sum().clamp(min=1)
    errors = [(found.shape[index][:, known.cells[:, 0], known.cells[:, 1]].T - torch.from_numpy(known.shape)).abs()
              for index, known in enumerate(truths) if len(known.cells)]
    return loss, torch.cat(errors).mean() if errors else found.shape.sum() * 0


def presence_loss(heat: Tensor, present: Tensor) -> Tensor:
    """The strongest centre of a label against whether it stands anywhere in the tile; unknown (−1) is left out."""
    strongest = heat.flatten(2).max(2).values
    known = present >= 0
    if not known.any():
        return heat.sum() * 0
    return F.binary_cross_entropy_with_logits(strongest[known], present[known].float())


def mask_loss(logits: Tensor, mask: Tensor, judged: Tensor) -> Tensor:
    """Cross entropy over judged pixels, plus one minus the soft Dice overlap where there is anything to find."""
    weight, target = judged.float(), mask.float()
    pixels = F.binary_cross_entropy_with_logits(logits, target, weight, reduction="sum") / weight.sum().clamp(min=1)
    soft = logits.sigmoid() * weight
    overlap = (2 * (soft * target).sum((1, 2)) + 1) / (soft.sum((1, 2)) + target.sum((1, 2)) + 1)
    there = target.flatten(1).any(1)
    return pixels + 0.5 * (1 - overlap[there]).mean() if there.any() else pixels
