"""Measures a chip from its masks with nothing but numpy: the checker's own figures, shared with no builder."""

import math
from typing import Any, Dict, List, Tuple

import numpy as np

from .chip import UNKNOWN, Chip

_NORTH = ("north-west", "north", "north-east", "west", "centre", "east", "south-west", "south", "south-east")
_IMAGE = ("top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right")
_LINES = ("north–south", "north-east–south-west", "east–west", "north-west–south-east")
_IMAGE_LINES = ("vertical", "rising", "horizontal", "falling")
_LONG = 2.0


def measured(chip: Chip) -> Dict[str, Any]:
    """What the masks of ``chip`` say, under the keys that ``language.claims`` judges by."""
    height, width = chip.shape
    metres = None if chip.gsd is None else chip.gsd * chip.gsd
    labels = sorted({thing.label for thing in chip.things} | set(chip.complete))
    covers: Dict[str, Any] = {}
    if chip.covers is not None and not (chip.covers == UNKNOWN).any():
        for k, name in enumerate(chip.cover_names):
            mask = chip.covers == k
            patches = connected(mask)
            covers[name] = {**_amount(mask, chip, metres), "count": len(patches), "count_interval": [len(patches)] * 2,
                            "present": bool(mask.any()), "countable": False, "largest": []}
    return {
        "kind": "view", "frame": "north" if chip.north_up else "image", "size": [width, height],
        "extent": [0.0, 0.0, float(width), float(height)], "relations": {},
        "region": {"pixels": height * width, "area_m2": None if metres is None else metres * height * width},
        "scenes": [{"word": chip.scene, "probability": 1.0}] if chip.scene else [], "covers": covers,
        "things": {label: _things(chip, label, metres) for label in labels},
    }


def _things(chip: Chip, label: str, metres: Any) -> Dict[str, Any]:
    painted = np.zeros(chip.shape, np.int64)
    rows: List[Dict[str, Any]] = []
    for index, thing in enumerate(chip.things):
        if thing.label == label:
            full = np.zeros(chip.shape, bool)
            x0, y0, x1, y1 = thing.box
            full[y0:y1, x0:x1] = thing.mask
            painted += full
            ys, xs = np.nonzero(full)
            rows.append({
                "index": index, "pixels": len(ys), "area_m2": None if metres is None else len(ys) * metres,
                "box": list(thing.box), "colour": thing.colour,
                "where": _cell(chip, float(xs.mean()) + 0.5, float(ys.mean()) + 0.5),
                "at": [(float(xs.mean()) + 0.5) / chip.shape[1], (float(ys.mean()) + 0.5) / chip.shape[0]],
                "axis": _line(xs, ys, chip.north_up),
            })
    rows.sort(key=lambda row: -row["pixels"])
    return {**_amount(painted > 0, chip, metres), "present": bool(rows), "count": len(rows), "countable": True,
            "count_interval": [len(rows)] * 2, "complete": label in chip.complete, "largest": rows}


def _amount(mask: np.ndarray, chip: Chip, metres: Any) -> Dict[str, Any]:
    pixels = int(np.count_nonzero(mask))
    held: Dict[str, int] = {}
    for y, x in zip(*np.nonzero(mask)) if pixels < 400 else ():
        name = _cell(chip, x + 0.5, y + 0.5)
        held[name] = held.get(name, 0) + 1
    if pixels >= 400:
        height, width = chip.shape
        names = _NORTH if chip.north_up else _IMAGE
        down = np.minimum(2, (3 * (np.arange(height) + 0.5) / height).astype(int))
        across = np.minimum(2, (3 * (np.arange(width) + 0.5) / width).astype(int))
        held = {names[3 * r + c]: int(mask[np.ix_(down == r, across == c)].sum()) for r in range(3) for c in range(3)}
    cells = [{"where": name, "share": n / pixels} for name, n in sorted(held.items(), key=lambda item: -item[1]) if n]
    return {"pixels": pixels, "share": pixels / mask.size, "area_m2": None if metres is None else pixels * metres, "cells": cells}


def _cell(chip: Chip, x: float, y: float) -> str:
    height, width = chip.shape
    return (_NORTH if chip.north_up else _IMAGE)[3 * min(2, int(3 * y / height)) + min(2, int(3 * x / width))]


def _line(xs: np.ndarray, ys: np.ndarray, north: bool) -> str:
    """The line of its longest spread: from the eigenvectors of its pixels' covariance, each pixel a square."""
    if len(xs) < 3:
        return ""
    values, vectors = np.linalg.eigh(np.cov(np.stack([xs, ys]).astype(float), bias=True) + np.eye(2) / 12)
    if round(math.sqrt(values[1] / values[0]), 6) < _LONG:
        return ""
    dx, dy = vectors[:, 1]
    degrees = math.degrees(math.atan2(dx, -dy)) % 180
    return (_LINES if north else _IMAGE_LINES)[int((degrees + 22.5) // 45) % 4]


def connected(mask: np.ndarray) -> List[int]:
    """Pixels of the 4-connected patches of ``mask`` (H, W), largest first: row by row, runs that overlap are joined."""
    parent: List[int] = []
    sizes: List[int] = []

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    above: List[Tuple[int, int, int]] = []
    for row in mask:
        steps = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
        here = []
        for start, stop in zip(steps[::2].tolist(), steps[1::2].tolist()):
            number = len(parent)
            parent.append(number)
            sizes.append(stop - start)
            here.append((start, stop, number))
            for left, right, other in above:
                a, b = root(other), root(number)
                if left < stop and start < right and a != b:
                    parent[b], sizes[a] = a, sizes[a] + sizes[b]
        above = here
    return sorted((sizes[i] for i in range(len(parent)) if parent[i] == i), reverse=True)
