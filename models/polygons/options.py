"""What may be done to outlines, and what it cost."""

from dataclasses import dataclass, field
from typing import Dict

#: Ground that has no right angles; everything else may be built.
GROWN = frozenset(
    {"tree", "low vegetation", "bare", "water", "road", "paved", "storage tank", "roundabout", "low plants", "trees"}
)


@dataclass(frozen=True)
class Shaping:
    """The default leaves every outline on the edges of its pixels.

    ``tolerance``: farthest that a corner left out may lie from the outline, 0 keeps all; corners stay where else the
    area of a polygon would be off by more than the share ``most_error``. ``right_angles``: for what may be built.
    ``fill_holes``: holes of less area go. ``min_width``: what is narrower goes. In metres and m² on the ground, or
    ``in_pixels``. ``keep_neighbours``: an outline with a common edge gets no right angles, and none that has may reach
    into another; simplified outlines keep their common edges always.
    """

    tolerance: float = 0.0
    right_angles: bool = False
    fill_holes: float = 0.0
    min_width: float = 0.0
    keep_neighbours: bool = True
    in_pixels: bool = False
    most_error: float = 0.1

    @property
    def exact(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.tolerance > 0 or self.right_angles or self.fill_holes > 0 or self.min_width > 0)


@dataclass
class ShapeReport:
    """What was done, in numbers.

    ``area_error``: area of all outlines over that of their pixels, minus 1; ``largest_error``: of one outline, without
    sign. ``refused``: outlines that got no right angles, by reason: "shape" (none lies close enough to the mask),
    "touching" (a common edge), "neighbour" (it would have met another outline, or itself). ``overlap``: mean
    intersection over union with the mask of those that did. ``narrow_pixels``: taken away by the width; ``vanished``:
    polygons of which nothing was left. ``lattice``: False where the outlines are no pixels' and were left alone.
    """

    polygons: int = 0
    simplified: int = 0
    squared: int = 0
    refused: Dict[str, int] = field(default_factory=dict)
    overlap: float = 1.0
    holes: int = 0
    vanished: int = 0
    narrow_pixels: int = 0
    corners_before: int = 0
    corners: int = 0
    area_error: float = 0.0
    largest_error: float = 0.0
    lattice: bool = True
