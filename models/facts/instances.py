"""Detections and the ground they cover as patches: things that touch stay apart, which components cannot do."""

from typing import Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..vision.detections import Detection
from .components import Components
from .runs import Runs, RunsBuilder
from .survey import Patches, ScoreReader, bands

#: A thing's ground may reach beyond its box by this share of the box's side: boxes are rounded, shadows cling.
SLACK = 0.12
#: From this score a pixel of the label's ground belongs to a thing.
GROUND = 0.5


def instance_patches(
    reader: ScoreReader, detections: Sequence[Detection], threshold: float, inside: Optional[np.ndarray] = None,
    floor: int = 1, cancel: Optional[CancelToken] = None,
) -> Patches:
    """Each detection of at least ``threshold`` with its pixels: those of the label's ground in its box that lie nearer
    to its centre, in units of its size, than to any other's.

    ``reader``: scores of the one label. Only pixels ``inside`` count ((H, W) bool; None: all). Detections with fewer
    than ``floor`` pixels are too small. The interval of the count comes from scores .1 below and above.
    """
    sure = [one for one in detections if one.score >= threshold]
    builder = RunsBuilder(reader.grid.width)
    for window in bands(reader.grid):
        if cancel is not None:
            cancel.raise_if_cancelled()
        bottom = window.row + window.height
        here = [(k, one) for k, one in enumerate(sure) if _reach(one)[1] > window.row and _reach(one)[0] < bottom]
        if not here:
            continue
        scores = np.nan_to_num(reader.read(window)[0])
        ground = scores >= GROUND
        if inside is not None:
            ground &= inside[window.row:window.row + window.height]
        owner = _owners(ground, here, window.row)
        builder.add(owner >= 0, scores, window.row, owner)
    every = _numbered(builder.runs(), np.array([one.score for one in sure]))
    big = every.pixels >= floor
    seen = [one for one in detections if inside is None or _within(one, inside)]
    counts = [int(big.sum())] + [sum(one.score >= threshold + step for one in seen) for step in (-0.1, 0.1)]
    return Patches(every.keep(big), int((~big).sum()), int(every.pixels[~big].sum()), (min(counts), max(counts)))


def _owners(ground: np.ndarray, here: Sequence[Tuple[int, Detection]], top: int) -> np.ndarray:
    """(h, width) number of the thing that each pixel of ``ground`` belongs to, −1 none."""
    owner = np.full(ground.shape, -1, np.int64)
    nearest = np.full(ground.shape, np.inf, np.float32)
    for number, one in here:
        x0, y0, x1, y1 = one.box
        wide, tall = max(x1 - x0, 1.0), max(y1 - y0, 1.0)
        left, right = (int(np.clip(v, 0, ground.shape[1])) for v in (np.floor(x0 - SLACK * wide), np.ceil(x1 + SLACK * wide)))
        high, low = (int(np.clip(v - top, 0, ground.shape[0])) for v in _reach(one))
        if right <= left or low <= high:
            continue
        x, y = one.centre
        across = (np.arange(left, right, dtype=np.float32) + 0.5 - x) / wide
        down = (np.arange(high, low, dtype=np.float32) + 0.5 + top - y) / tall
        distance = np.maximum(np.abs(across)[None], np.abs(down)[:, None])
        part = np.s_[high:low, left:right]
        closer = ground[part] & (distance < nearest[part])
        owner[part][closer] = number
        nearest[part][closer] = distance[closer]
    return owner


def _reach(one: Detection) -> Tuple[float, float]:
    """First row and the row after the last that the thing's ground may lie in."""
    _, y0, _, y1 = one.box
    slack = SLACK * max(y1 - y0, 1.0)
    return float(np.floor(y0 - slack)), float(np.ceil(y1 + slack))


def _numbered(runs: Runs, scores: np.ndarray) -> Components:
    """Runs grouped by their value, largest first; ``scores`` (n,) of the detections that the values number."""
    numbers, label = np.unique(runs.value, return_inverse=True)
    length, count = runs.length, len(numbers)
    pixels = np.bincount(label, length, count).astype(np.int64)
    col = np.bincount(label, length * (runs.start + runs.stop) / 2.0, count)
    row = np.bincount(label, length * (runs.row + 0.5), count)
    order = np.argsort(-pixels, kind="stable")
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    size = np.maximum(pixels[order], 1)
    return Components(runs, rank[label], pixels[order], scores[numbers[order]], col[order] / size, row[order] / size)


def _within(one: Detection, inside: np.ndarray) -> bool:
    x, y = (int(value) for value in one.centre)
    return 0 <= y < inside.shape[0] and 0 <= x < inside.shape[1] and bool(inside[y, x])
