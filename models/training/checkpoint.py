"""State that lets a stage go on where it stopped, and the running average of its weights."""

import copy
import os
from pathlib import Path
from typing import Dict

import torch
from torch import Tensor, nn


class Average:
    """Exponential moving average of a network (decay .999, shorter while young); ``network`` is ready to run."""

    def __init__(self, network: nn.Module, decay: float = 0.999) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay = decay

    @property
    def weights(self) -> Dict[str, Tensor]:
        """The averaged weights."""
        return self.network.state_dict()

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Move towards ``network`` after optimiser step ``step``."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for mean, value in zip(self.network.parameters(), network.parameters()):
            mean.lerp_(value, 1 - decay)


def save_state(path: Path, network: nn.Module, average: Average, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Write everything needed to resume at ``step``; the old file stays whole until the new one is complete."""
    temporary = path.with_suffix(".part")
    torch.save({"network": network.state_dict(), "average": average.weights, "optimiser": optimiser.state_dict(),
                "step": step}, temporary)
    os.replace(temporary, path)


def load_state(path: Path, network: nn.Module, average: Average, optimiser: torch.optim.Optimizer) -> int:
    """Restore a state written by :func:`save_state`; returns the next step, 0 if there is none."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    average.network.load_state_dict(state["average"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])
