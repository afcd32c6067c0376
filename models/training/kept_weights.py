"""Averaged weights in half precision, kept in the repository so that later stages add heads to this very encoder."""

import shutil
from pathlib import Path
from typing import Dict

import numpy as np
import torch
from torch import Tensor

#: By file, the parts in it. What words need changes apart from what sees.
PARTS = {"nano-0.1.npz": ("encoder", "change", "things", "overhead"), "nano-text-0.1.npz": ("contrast",),
         "nano-decoder-0.1.npz": ("experts",)}
KEPT = Path(__file__).parent / "weights"
#: Beside them, what a card says of how they were made.
NOTES = ("encoder-log.jsonl", "covers-log.jsonl", "contrast-figures.json")


def keep(run: Path, folder: Path = KEPT) -> None:
    """Write ``run``'s trained parts to the files of ``PARTS``: float16 arrays named ``part/parameter``, no pickle.

    A part that the run has not is left out; a file without any is not written. ``NOTES`` are copied.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _copy_notes(run, folder)
    for file, parts in PARTS.items():
        trained = [part for part in parts if (run / f"{part}.pt").exists()]
        arrays = {f"{part}/{name}": _half(value) for part in trained
                  for name, value in torch.load(run / f"{part}.pt", weights_only=True).items()}
        if arrays:
            np.savez_compressed(folder / file, **arrays)


def restore(run: Path, folder: Path = KEPT) -> None:
    """Make ``run`` hold the files of its parts again, as float32, and the notes."""
    run.mkdir(parents=True, exist_ok=True)
    _copy_notes(folder, run)
    for file in sorted(folder.glob("*.npz")):
        with np.load(file, allow_pickle=False) as kept:
            for part in {name.split("/", 1)[0] for name in kept.files}:
                weights: Dict[str, Tensor] = {
                    name.split("/", 1)[1]: _full(kept[name]) for name in kept.files if name.startswith(f"{part}/")}
                torch.save(weights, run / f"{part}.pt")


def _copy_notes(source: Path, target: Path) -> None:
    for name in NOTES:
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)


def _half(value: Tensor) -> np.ndarray:
    return value.half().numpy() if value.is_floating_point() else value.numpy()


def _full(value: np.ndarray) -> Tensor:
    tensor = torch.from_numpy(np.ascontiguousarray(value))
    return tensor.float() if tensor.is_floating_point() else tensor
