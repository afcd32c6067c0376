"""What the stages share: optimiser steps with a schedule, a log, an average and a state to go on from."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Iterable, Optional, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from .checkpoint import Average, load_state, save_state
from .network import NanoNetwork

#: Steps between two lines of a log, and seconds between two states.
LOGGED, SAVED = 20, 240.0


@dataclass(frozen=True)
class Plan:
    """``steps`` of the whole schedule; ``minutes``: limit of a call, a later one goes on. ``rate``: the highest.

    ``decay``: weight decay of matrices; ``beta``: AdamW's second; ``clip``: the longest gradient.
    """

    steps: int
    seed: int = 0
    rate: float = 1e-3
    minutes: float = float("inf")
    warm: int = 100
    decay: float = 0.05
    beta: float = 0.95
    clip: float = 1.0


def optimise(network: nn.Module, trained: Iterable[nn.Parameter], run: Path, name: str, plan: Plan,
             step_of: Callable[[int, Average], Tuple[Tensor, Dict[str, float]]],
             keep: Optional[Callable[[nn.Module], None]] = None) -> Path:
    """Step until ``plan.steps`` or its minutes are used up; returns the averaged weights' path, ``run``/``name``.pt.

    A run that has made all its steps is left alone. ``keep``: writes the averaged network in another way.
    ``step_of``: for a step's number and the average so far, the loss of one drawn batch and what to log of it. It may
    have called ``backward`` on parts of the loss itself; the one returned is what is left. Drawing must depend on seed
    and step alone, so that a run that was interrupted goes on as if it had not been.
    """
    torch.manual_seed(plan.seed)
    parameters = [p for p in trained if p.requires_grad]
    # A table's rows that get no gradient must not decay either: only matrices of layers do.
    table = {id(p) for module in network.modules() if isinstance(module, nn.Embedding) for p in module.parameters()}
    decayed = [p for p in parameters if p.ndim > 1 and id(p) not in table]
    plain = [p for p in parameters if p.ndim <= 1 or id(p) in table]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": plan.decay}, {"params": plain, "weight_decay": 0.0}],
                                  lr=plan.rate, betas=(0.9, plan.beta))
    average, path, state = Average(network), run / f"{name}.pt", run / f"{name}-state.pt"
    run.mkdir(parents=True, exist_ok=True)
    start = load_state(state, network, average, optimiser)
    if start >= plan.steps:
        return path
    begun = saved = time.monotonic()
    done = start
    for step in range(start, plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * schedule(step, plan)
        loss, figures = step_of(step, average)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, plan.clip)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        average.update(network, step)
        done, now = step + 1, time.monotonic()
        if step % LOGGED == 0:
            line = {"step": step, **{key: round(value, 4) for key, value in figures.items()},
                    "seconds": round(now - begun, 1)}
            with open(run / f"{name}-log.jsonl", "a") as log:
                log.write(json.dumps(line) + "\n")
        if now - saved > SAVED:
            save_state(state, network, average, optimiser, done)
            saved = now
        if now - begun > plan.minutes * 60:
            break
    save_state(state, network, average, optimiser, done)
    if keep is None:
        torch.save(average.weights, path)
    else:
        keep(average.network)
    return path


def schedule(step: int, plan: Plan) -> float:
    """Part of the highest rate: up within ``plan.warm`` steps, then down along a cosine to a fiftieth."""
    rise = min(1.0, (step + 1) / min(plan.warm, max(1, plan.steps // 10)))
    return rise * (0.02 + 0.49 * (1 + float(np.cos(np.pi * step / plan.steps))))


def frozen_encoder(run: Path) -> NanoNetwork:
    """``run``/encoder.pt ready to be read from; it gets no gradient."""
    network = NanoNetwork().to(memory_format=torch.channels_last).eval().requires_grad_(False)
    network.load_state_dict(torch.load(run / "encoder.pt", weights_only=True))
    return network
