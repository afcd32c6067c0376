"""Averaged weights in half precision, kept in the repository so that later stages add heads to this very encoder."""

from pathlib import Path
from typing import Dict

import numpy as np
import torch
from torch import Tensor

PARTS = ("encoder", "change", "things")
KEPT = Path(__file__).parent / "weights" / "nano-0.1.npz"


def keep(run: Path, path: Path = KEPT) -> None:
    """Write ``run``'s trained parts to ``path``: float16 arrays named ``part/parameter``, no pickle."""
    arrays = {f"{part}/{name}": _half(value)
              for part in PARTS for name, value in torch.load(run / f"{part}.pt", weights_only=True).items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def restore(run: Path, path: Path = KEPT) -> None:
    """Make ``run`` hold the files of its parts again, as float32."""
    run.mkdir(parents=True, exist_ok=True)
    with np.load(path, allow_pickle=False) as kept:
        for part in PARTS:
            weights: Dict[str, Tensor] = {
                name.split("/", 1)[1]: _full(kept[name]) for name in kept.files if name.startswith(f"{part}/")}
            torch.save(weights, run / f"{part}.pt")


def _half(value: Tensor) -> np.ndarray:
    return value.half().numpy() if value.is_floating_point() else value.numpy()


def _full(value: np.ndarray) -> Tensor:
    tensor = torch.from_numpy(np.ascontiguousarray(value))
    return tensor.float() if tensor.is_floating_point() else tensor
