"""A person who points at a known target, simulated: where the next click goes, and what an engine makes of it.

The rule is that of interactive segmentation's benchmarks (Xu et al. 2016; Sofiiuk et al. 2022, 4): first the most inner
point of the target, then the most inner point of the largest error.
"""

from dataclasses import dataclass
from typing import List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..pointing import INSIDE, together
from .engine import Embedding, MaskEngine, Point, Prompt


@dataclass(frozen=True)
class Click:
    """``place`` in pixels of the window; ``inside``: it says "this too", else "not this"."""

    place: Point
    inside: bool


def next_click(target: np.ndarray, mask: Optional[np.ndarray] = None) -> Optional[Click]:
    """Where somebody who wants ``target`` (H, W) bool and sees ``mask`` (the same; None: nothing yet) clicks next.

    None where there is nothing left to say.
    """
    if mask is None:
        return Click(inner_point(target), True) if target.any() else None
    missed, wrong = together(target & ~mask, ()), together(mask & ~target, ())
    if not missed.any() and not wrong.any():
        return None
    inside = int(missed.sum()) >= int(wrong.sum())
    return Click(inner_point(missed if inside else wrong), inside)


def masks_by_click(
    engine: MaskEngine, seen: Embedding, target: np.ndarray, clicks: int, cancel: Optional[CancelToken] = None
) -> List[np.ndarray]:
    """The mask (H, W) bool after each of ``clicks`` clicks at ``target`` (H, W) bool; one that is right stays.

    Raises Cancelled, and what the engine raises.
    """
    found: List[np.ndarray] = []
    mask: Optional[np.ndarray] = None
    prompt = Prompt()
    for _ in range(clicks):
        click = next_click(target, mask)
        if click is not None:
            inside = prompt.inside + ((click.place,) if click.inside else ())
            outside = prompt.outside + (() if click.inside else (click.place,))
            proposals = engine.decode(seen, Prompt(inside, outside, memory=prompt.memory), cancel)
            mask = proposals[0].scores >= INSIDE if proposals else np.zeros(target.shape, bool)
            prompt = Prompt(inside, outside, memory=proposals[0].memory if proposals else None)
        found.append(np.zeros(target.shape, bool) if mask is None else mask)
    return found


def inner_point(mask: np.ndarray) -> Point:
    """The middle of the pixel of ``mask`` (H, W) bool, not empty, that lies deepest in it.

    Beyond the image is outside. Depth is counted in steps that go alternately to four and to eight neighbours; of
    equally deep pixels the one nearest to their middle is taken.
    """
    top, left, box = _box(mask)
    rest, last, corners = np.pad(box, 1), box, False
    while rest.any():
        last = rest[1:-1, 1:-1]
        shrunk = rest.copy()
        shrunk[1:-1, 1:-1] &= rest[:-2, 1:-1] & rest[2:, 1:-1] & rest[1:-1, :-2] & rest[1:-1, 2:]
        if corners:
            shrunk[1:-1, 1:-1] &= rest[:-2, :-2] & rest[:-2, 2:] & rest[2:, :-2] & rest[2:, 2:]
        rest, corners = shrunk, not corners
    rows, cols = np.nonzero(last)
    nearest = int(np.argmin((rows - rows.mean()) ** 2 + (cols - cols.mean()) ** 2))
    return left + int(cols[nearest]) + 0.5, top + int(rows[nearest]) + 0.5


def _box(mask: np.ndarray) -> Tuple[int, int, np.ndarray]:
    """(top, left, part) of the smallest box that holds the mask."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0]), int(cols[0]), mask[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
