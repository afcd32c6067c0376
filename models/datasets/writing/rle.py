"""Masks as COCO run lengths: column by column, background first, the counts as printable text (cocodataset's maskApi)."""

from typing import Any, Dict, List

import numpy as np


def encode_rle(mask: np.ndarray) -> Dict[str, Any]:
    """(H, W) bool as ``{"size": [H, W], "counts": text}``."""
    height, width = mask.shape
    flat = np.asarray(mask, bool).ravel(order="F")
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    edges = np.concatenate([[0], changes, [flat.size]])
    runs = [int(run) for run in np.diff(edges)] if flat.size else []
    if flat.size and flat[0]:
        runs.insert(0, 0)
    return {"size": [int(height), int(width)], "counts": _text(runs)}


def decode_rle(rle: Dict[str, Any]) -> np.ndarray:
    """(H, W) bool from text or a list of counts. Raises ``ValueError`` if they do not fill ``size``."""
    height, width = (int(side) for side in rle["size"])
    counts = rle["counts"]
    runs = _runs(counts) if isinstance(counts, str) else [int(run) for run in counts]
    if min(runs, default=0) < 0 or sum(runs) != height * width:
        raise ValueError(f"run lengths of {sum(runs)} pixels do not fill {height} × {width}")
    values = np.arange(len(runs)) % 2 == 1
    return np.repeat(values, runs).reshape((height, width), order="F")


def _text(runs: List[int]) -> str:
    """From the fourth on, a run is written as its difference to the one two before; five bits a character, sign extended."""
    out = []
    for i, run in enumerate(runs):
        value = run - runs[i - 2] if i > 2 else run
        more = True
        while more:
            bits = value & 0x1F
            value >>= 5
            more = value != (-1 if bits & 0x10 else 0)
            out.append(chr((bits | 0x20 if more else bits) + 48))
    return "".join(out)


def _runs(text: str) -> List[int]:
    runs: List[int] = []
    value = shift = 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64:
            raise ValueError(f"“{character}” is no run length")
        value |= (bits & 0x1F) << shift
        shift += 5
        if not bits & 0x20:
            if bits & 0x10:
                value -= 1 << shift
            runs.append(value + (runs[-2] if len(runs) > 2 else 0))
            value = shift = 0
    if shift:
        raise ValueError("run lengths end in the middle of a number")
    return runs
