"""The ground area of a pixel anywhere on a grid, interpolated from a few ellipsoidal measurements."""

from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np

from ..imagery.grid import Grid, Window

_NODES = 5


@dataclass(frozen=True)
class PixelArea:
    """``nodes`` (5, 5) m² of the pixel at evenly spaced places of a ``width`` × ``height`` grid; bilinear between."""

    width: int
    height: int
    nodes: np.ndarray

    @classmethod
    def of(cls, grid: Grid, measure: Callable[[Grid], Optional[float]]) -> Optional["PixelArea"]:
        """Measured by ``measure`` (ground sample distance in metres of a grid's centre pixel); None without a scale."""
        nodes = np.zeros((_NODES, _NODES))
        cols = np.linspace(0, grid.width - 1, _NODES).round().astype(int)
        rows = np.linspace(0, grid.height - 1, _NODES).round().astype(int)
        for i, row in enumerate(rows):
            for j, col in enumerate(cols):
                distance = measure(grid.part(Window(int(col), int(row), 1, 1), (1, 1)))
                if distance is None:
                    return None
                nodes[i, j] = distance**2
        return cls(grid.width, grid.height, nodes)

    @classmethod
    def constant(cls, grid: Grid, gsd: float) -> "PixelArea":
        """The same area everywhere."""
        return cls(grid.width, grid.height, np.full((_NODES, _NODES), gsd**2))

    @property
    def mean(self) -> float:
        """Mean m² over the grid."""
        weight = np.array([0.5, 1, 1, 1, 0.5])
        return float(np.average(self.nodes, weights=np.outer(weight, weight)))

    def at(self, cols: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """m² of the pixels around positions ``cols``, ``rows`` (pixel corners' coordinates)."""
        x = np.clip((np.asarray(cols, float) - 0.5) / max(self.width - 1, 1), 0, 1) * (_NODES - 1)
        y = np.clip((np.asarray(rows, float) - 0.5) / max(self.height - 1, 1), 0, 1) * (_NODES - 1)
        j, i = np.minimum(x.astype(int), _NODES - 2), np.minimum(y.astype(int), _NODES - 2)
        fx, fy = x - j, y - i
        top = self.nodes[i, j] * (1 - fx) + self.nodes[i, j + 1] * fx
        bottom = self.nodes[i + 1, j] * (1 - fx) + self.nodes[i + 1, j + 1] * fx
        return top * (1 - fy) + bottom * fy
