"""What was pointed at so far and what was taken: every step can be taken back. Knows no map, no engine and no threads."""

from dataclasses import dataclass
from typing import Generic, List, Optional, Tuple, TypeVar

import numpy as np

from ..errors import TooManyPrompts
from ..imagery.grid import Grid
from .engine import Box, Point, Prompt

#: Steps for one object; whoever needs more is pointing at several, and every click costs an engine of tokens time.
MOST_STEPS = 64
#: A box leaning by more than this (its smaller leg over its longer, in pixels) is one of a turned map.
_LEANS = 0.02

T = TypeVar("T")
Place = Tuple[float, float]


@dataclass(frozen=True)
class Step:
    """One gesture. ``kind``: "inside" or "outside" (one place), "box" (its four corners in ring order), "lasso" (a ring).

    ``places`` in units of the raster's CRS, so that they outlive the window and the scale that they were drawn over.
    """

    kind: str
    places: Tuple[Place, ...]


class PointingSession(Generic[T]):
    """Prompts of the object in hand, and the objects taken before it, each with its prompts. One thread.

    A later box or lasso replaces the one before, until it is taken back.
    """

    def __init__(self, most: int = MOST_STEPS) -> None:
        self.steps: Tuple[Step, ...] = ()
        self.taken: List[Tuple[Tuple[Step, ...], T]] = []
        self._most = most

    @property
    def empty(self) -> bool:
        """Nothing is pointed at."""
        return not self.steps

    @property
    def pointed(self) -> bool:
        """Whether there is something to look for: clicks outside alone name nothing."""
        return any(step.kind != "outside" for step in self.steps)

    def add(self, step: Step) -> None:
        """One more gesture. Raises TooManyPrompts, and then nothing has changed."""
        if len(self.steps) >= self._most:
            raise TooManyPrompts(self._most)
        self.steps += (step,)

    def undo(self) -> Optional[Step]:
        """Take the last gesture back; None if there is none."""
        if not self.steps:
            return None
        last, self.steps = self.steps[-1], self.steps[:-1]
        return last

    def clear(self) -> None:
        """Nothing is pointed at; what was taken stays."""
        self.steps = ()

    def accept(self, found: T) -> None:
        """The object in hand is taken as ``found``; the next one begins."""
        self.taken.append((self.steps, found))
        self.steps = ()

    def undo_accepted(self) -> Optional[T]:
        """Give the object taken last back; None if there is none.

        Its prompts come back too, so that it can be put right, unless another object was begun meanwhile.
        """
        if not self.taken:
            return None
        steps, found = self.taken.pop()
        self.steps = self.steps or steps
        return found


def prompt_of(steps: Tuple[Step, ...], grid: Grid, label: str = "", memory: Optional[np.ndarray] = None) -> Prompt:
    """The steps as a prompt in pixels of ``grid``, a window. Of a box or lasso, the box around it."""
    inside = tuple(_pixel(grid, step.places[0]) for step in steps if step.kind == "inside")
    outside = tuple(_pixel(grid, step.places[0]) for step in steps if step.kind == "outside")
    return Prompt(inside, outside, _box(steps, grid), label, memory)


def limit_of(steps: Tuple[Step, ...], grid: Grid) -> Optional[np.ndarray]:
    """(N, 2) float64 closed ring in CRS units outside of which nothing is taken; None without one.

    That is a lasso, and a box that leans in ``grid`` because the map is turned: the box around it, which is all that an
    engine is told, also holds its neighbours.
    """
    drawn = _drawn(steps)
    if drawn is None or (drawn.kind == "box" and not _leans(drawn, grid)):
        return None
    return np.array([*drawn.places, drawn.places[0]], np.float64)


def bounds_of(steps: Tuple[Step, ...], grid: Grid) -> Box:
    """(x0, y0, x1, y1) in pixels of ``grid`` around everything that is pointed at. Raises ValueError without a step."""
    pixels = np.array([_pixel(grid, place) for step in steps for place in step.places], np.float64)
    (x0, y0), (x1, y1) = pixels.min(axis=0), pixels.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _drawn(steps: Tuple[Step, ...]) -> Optional[Step]:
    return next((step for step in reversed(steps) if step.kind in ("box", "lasso")), None)


def _box(steps: Tuple[Step, ...], grid: Grid) -> Optional[Box]:
    drawn = _drawn(steps)
    return None if drawn is None else bounds_of((drawn,), grid)


def _leans(box: Step, grid: Grid) -> bool:
    corners = np.array([_pixel(grid, place) for place in box.places], np.float64)
    across, down = np.abs(corners[1] - corners[0])
    return bool(min(across, down) > _LEANS * max(across, down))


def _pixel(grid: Grid, place: Place) -> Point:
    x, y = ~grid.affine * place
    return float(x), float(y)
