"""Tuning: from labelled tiles and the frozen encoder to a head with its threshold, and how good it is where it never looked."""

import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import TuningImpossible
from .cells import cells, enlarged, shares
from .figures import Judged, best_floor, best_threshold, iou, measured, sizes
from .head import Head, Learner, batch_of, spread
from .lights import lit

#: Cells that are learned from at most, in half precision 240 MB; of more tiles, cells without the class are thinned out.
MOST_CELLS = 600_000
#: Looks at all cells at most, and how many without progress end it.
EPOCHS, PATIENCE = 16, 4
#: Largest weight of a cell with the class against one without.
_HEAVIEST = 6.0
#: Cells with the class that are needed to learn anything.
_FEWEST = 40
#: Share of the progress until all tiles are encoded.
_ENCODED = 0.7

#: ``see(rgb, gsd)``: (1, 3, H, W) float32 0..1 and metres a pixel → features (1, C, H / 4, W / 4).
See = Callable[[np.ndarray, Optional[float]], np.ndarray]


@dataclass(frozen=True)
class LabelledTile:
    """``rgb`` (3, H, W) uint8; ``wanted`` (H, W) int8: 1 the class, 0 not, −1 unknown; ``gsd`` metres, None unknown."""

    name: str
    rgb: np.ndarray
    wanted: np.ndarray
    gsd: Optional[float]

    def light(self, variant: int, rng: np.random.Generator) -> Tuple[np.ndarray, np.ndarray]:
        """(3, H, W) float32 and its ``wanted``: as it is (variant 0), or turned over and under another light."""
        rgb = self.rgb.astype(np.float32) / 255
        return (rgb, self.wanted) if variant == 0 else lit(rgb, self.wanted, rng)


@dataclass(frozen=True)
class Budget:
    """``lights``: how often each tile is encoded, each time under another light. ``minutes``: learning ends then."""

    lights: int = 3
    epochs: int = EPOCHS
    minutes: float = 30.0
    seed: int = 0


@dataclass(frozen=True)
class Trained:
    """``floor``: pixels of the smallest component that counts. ``held_out``: ``figures.measured`` of the test tiles;
    ``run``: JSON-able, how it was learned."""

    head: Head
    threshold: float
    floor: int
    held_out: Dict[str, Any]
    run: Dict[str, Any]


def train(
    tiles: Sequence[LabelledTile], splits: Mapping[str, str], see: See, budget: Optional[Budget] = None,
    progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
) -> Trained:
    """Learn the class of ``tiles``; ``splits``: name to "train", "validation" or "test", others are left out. One thread.

    The encoder is not changed; the head learns from "train" until "validation" gets no better, which also picks threshold
    and floor; "test" is only measured. Equal input and seed give an equal class unless ``minutes`` ran out. Raises
    TuningImpossible and Cancelled.
    """
    budget = budget or Budget()
    begun, worked = time.monotonic(), time.process_time()
    rng = np.random.default_rng(budget.seed)
    parts = {name: [tile for tile in tiles if splits.get(tile.name) == name] for name in ("train", "validation", "test")}
    looks = len(parts["train"]) * budget.lights + len(parts["validation"]) + len(parts["test"])
    done = 0

    def encoded(rgb: np.ndarray, gsd: Optional[float]) -> np.ndarray:
        nonlocal done
        _stop(cancel)
        found = cells(see(rgb[None], gsd)[0], rgb)
        done += 1
        progress(_ENCODED * done / max(looks, 1), "Looking at the tiles")
        return found

    given, wanted = _gathered(parts["train"], encoded, budget, rng)
    held = [(encoded(*_plain(tile)).astype(np.float16), tile.wanted) for tile in parts["validation"]]
    progress(_ENCODED, "Learning")
    head, history = _learned(given, wanted, held, budget, rng, begun, progress, cancel)
    judged = [Judged(_map(head, part), truth) for part, truth in held]
    threshold = best_threshold(judged)
    every = sizes(tile.wanted for name in ("train", "validation") for tile in parts[name])
    floor = best_floor(judged, threshold, float(np.percentile(every, 10)) if every else 0.0)
    test = [Judged(_map(head, encoded(*_plain(tile))), tile.wanted) for tile in parts["test"]]
    progress(1.0, "Measuring")
    return Trained(head, threshold, floor, measured(test, threshold, floor), {
        "seed": budget.seed, "lights": budget.lights, "epochs": len(history), "validation_iou": history,
        "cells": len(given), "cells_with_class": int((wanted > 0.5).sum()),
        "tiles": {name: len(part) for name, part in parts.items()},
        "minutes": round((time.monotonic() - begun) / 60, 2), "core_minutes": round((time.process_time() - worked) / 60, 2),
    })


def _plain(tile: LabelledTile) -> Tuple[np.ndarray, Optional[float]]:
    return tile.light(0, np.random.default_rng(0))[0], tile.gsd


def _stop(cancel: Optional[CancelToken]) -> None:
    if cancel is not None:
        cancel.raise_if_cancelled()


def _gathered(
    tiles: Sequence[LabelledTile], encoded: Callable[..., np.ndarray], budget: Budget, rng: np.random.Generator
) -> Tuple[np.ndarray, np.ndarray]:
    """(n, d) float16 inputs and (n,) float32 shares of the class, of every known cell under every light."""
    room = sum(tile.wanted.size // 16 for tile in tiles) * budget.lights
    kept = min(1.0, MOST_CELLS / max(room, 1))
    inputs: List[np.ndarray] = []
    wanted: List[np.ndarray] = []
    for tile in tiles:
        for variant in range(budget.lights):
            rgb, truth = tile.light(variant, rng)
            part = shares(truth)
            # What holds the class is rare and all kept; so is a share of the rest, wherever it lies.
            chosen = (part > 0) | ((part == 0) & (rng.random(part.shape) < kept))
            inputs.append(encoded(rgb, tile.gsd)[chosen].astype(np.float16))
            wanted.append(part[chosen])
    found = np.concatenate(wanted) if wanted else np.zeros(0, np.float32)
    if (found > 0.5).sum() < _FEWEST or (found == 0).sum() < _FEWEST:
        raise TuningImpossible(
            "Too little of the class, or of what is not it, lies on the raster to learn from. Map more of it, or less closely.")
    return np.concatenate(inputs), found


def _learned(
    given: np.ndarray, wanted: np.ndarray, held: Sequence[Tuple[np.ndarray, np.ndarray]], budget: Budget,
    rng: np.random.Generator, begun: float, progress: Progress, cancel: Optional[CancelToken],
) -> Tuple[Head, List[float]]:
    """The head that does best on ``held``, and how it did after each epoch."""
    positive = float(wanted.mean())
    weight = np.where(wanted > 0, min(_HEAVIEST, np.sqrt((1 - positive) / positive)), 1.0).astype(np.float32)
    steps = budget.epochs * -(-len(given) // batch_of(len(given)))
    learner = Learner(Head.fresh(*spread(given), rng, min(max(positive, 0.01), 0.5)), rng, steps)
    best, history = learner.head, []
    for epoch in range(budget.epochs):
        for step, _ in enumerate(learner.epoch(given, wanted, weight), 1):
            _stop(cancel)
            reached = (epoch + step / max(steps // budget.epochs, 1)) / budget.epochs
            progress(_ENCODED + (0.95 - _ENCODED) * min(reached, 1.0), "Learning")
        head = learner.head
        judged = [Judged(_map(head, part), truth) for part, truth in held]
        history.append(round(iou(judged, best_threshold(judged)), 4))
        if history[-1] >= max(history):
            best = head
        late = (time.monotonic() - begun) / 60 >= budget.minutes
        if late or len(history) - 1 - int(np.argmax(history)) >= PATIENCE:
            break
    return best, history


def _map(head: Head, given: np.ndarray) -> np.ndarray:
    """(h, w, d) cells → (4 h, 4 w) float32 scores."""
    height, across, d = given.shape
    return enlarged(head.scores(given.reshape(-1, d)).reshape(height, across))


def usable(tiles: Iterable[LabelledTile], least: float = 0.25) -> List[LabelledTile]:
    """Those of which at least the share ``least`` is known."""
    return [tile for tile in tiles if float((tile.wanted >= 0).mean()) >= least]
