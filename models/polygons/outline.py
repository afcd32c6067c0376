"""The outline of one polygon while it is being shaped."""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np

from .lattice import Lattice
from .right_angles import Squared


@dataclass
class Outline:
    """``pixels``, ``crs``: open rings on the lattice and in CRS units; ``places``: numbers of their corners.

    ``lines``: area in pixels. ``fewer``: it has lost corners. ``square``: right angles, instead of all that.
    """

    pixels: List[np.ndarray]
    crs: List[np.ndarray]
    places: List[np.ndarray]
    lines: float
    fewer: bool
    square: Optional[Squared] = None

    @property
    def shown(self) -> Sequence[np.ndarray]:
        """The open rings there will be, in pixels."""
        return self.pixels if self.square is None else self.square.rings

    @property
    def area(self) -> float:
        """In pixels, of what is shown."""
        if self.square is None:
            return self.lines
        signed = 0.0
        for ring in self.square.rings:
            local = ring - ring[0]
            after = np.roll(local, -1, axis=0)
            signed += float((local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]).sum() / 2)
        return signed

    def kind(self, pixels: int) -> str:
        """What was done to lines that have no right angles."""
        if self.fewer:
            return "simplified"
        return "exact" if abs(self.lines - pixels) < 0.5 else "filled"

    def closed(self, lattice: Lattice) -> Tuple[np.ndarray, ...]:
        """Closed rings in CRS units, shell first."""
        rings = self.crs if self.square is None else [lattice.to_crs(ring) for ring in self.square.rings]
        return tuple(np.concatenate([ring, ring[:1]]) for ring in rings)
