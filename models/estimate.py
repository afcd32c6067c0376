"""What a run over a view would cost, before it is run."""

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Estimate:
    """Tiles through the model, seconds, bytes on disk, and the metres a pixel it works at."""

    tiles: int
    seconds: float
    bytes: int
    working_gsd: Optional[float]
