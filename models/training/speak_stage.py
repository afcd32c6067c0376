"""Stages 4 and 5: the decoder speaks of what it sees, then three adapters of it write one part of a caption each.

Sources: RS-CapRet (instruction tuning after the bridge), RS-MoE (experts on one base, each started from it).
"""

from pathlib import Path
from typing import Dict, Tuple

import numpy as np
import torch
from torch import Tensor

from .bridge_stage import Lesson, retrieval_losses, together
from .checkpoint import Average
from .corpus import Corpus
from .decoder_network import NO_EXPERT, DecoderNetwork, Shape
from .loop import Plan, optimise
from .text_stage import LAST, TOKENS

SPEAK, EXPERTS = "speak", LAST
#: One step in so many also keeps ``[RET]`` and pictures together.
RETRIEVAL_EVERY = 4


def train(corpus: Path, images: Path, run: Path, plan: Plan, tokens: int = TOKENS) -> Path:
    """All of the decoder on top of ``run``/bridge.pt, experts' parts by the base; returns ``run``/speak.pt."""
    network, lesson = _network(run / "bridge.pt"), Lesson.load(corpus, images)
    trained = [p for name, p in network.named_parameters() if "adapters" not in name]

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        rng = np.random.default_rng((plan.seed + 4000, step))
        answers = lesson.answers(network, rng, tokens)
        figures = {"answers": float(answers.detach())}
        if step % RETRIEVAL_EVERY:
            return answers, figures
        parts = retrieval_losses(network, lesson.pairs, lesson.cached, rng)
        figures.update({name: float(value.detach()) for name, value in parts.items()})
        return answers + together(parts), figures

    return optimise(network, trained, run, SPEAK, plan, step_of)


def train_experts(corpus: Path, images: Path, run: Path, plan: Plan, tokens: int = TOKENS) -> Path:
    """The adapters alone on top of ``run``/speak.pt, each on its own part; returns ``run``/experts.pt, the whole network."""
    network, lesson = _network(run / f"{SPEAK}.pt"), Lesson.load(corpus, images)
    parts = [example for example in lesson.seen.examples if example.expert != NO_EXPERT]
    if not parts:
        raise ValueError("the corpus holds no part of a caption")
    own = lesson._replace(seen=Corpus(parts, lesson.seen.has))
    for name, parameter in network.named_parameters():
        parameter.requires_grad_("adapters" in name)

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        answers = own.answers(network, np.random.default_rng((plan.seed + 5000, step)), tokens, experts=True)
        return answers, {"answers": float(answers.detach())}

    return optimise(network, network.parameters(), run, EXPERTS, plan, step_of)


def _network(path: Path) -> DecoderNetwork:
    weights = torch.load(path, weights_only=True)
    network = DecoderNetwork(Shape.of(weights))
    network.load_state_dict(weights)
    return network
