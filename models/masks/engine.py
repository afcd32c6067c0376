"""What every mask engine does: it looks at a window once, then answers prompts from what it saw (Kirillov et al. 2023, 3).

Nano's predictor, the SAM family and whatever a user brings stand behind this one interface, so that the pointing tool,
the cache on disk and the click benchmark know none of them by name.
"""

from dataclasses import dataclass
from typing import Dict, List, Optional, Protocol, Tuple

import numpy as np

from ..cancel import CancelToken

#: (x, y) in pixels of the window, from its upper left corner; the middle of the first pixel is (0.5, 0.5).
Point = Tuple[float, float]
#: (x0, y0, x1, y1), as points.
Box = Tuple[float, float, float, float]


@dataclass(frozen=True)
class Prompt:
    """What is pointed at. ``label``: a class in words, for engines that know classes.

    ``memory``: that of the :class:`Proposal` which this prompt refines.
    """

    inside: Tuple[Point, ...] = ()
    outside: Tuple[Point, ...] = ()
    box: Optional[Box] = None
    label: str = ""
    memory: Optional[np.ndarray] = None

    @property
    def empty(self) -> bool:
        """Nothing is pointed at and nothing named."""
        return not (self.inside or self.box is not None or self.label)


@dataclass(frozen=True)
class Embedding:
    """What an engine saw of a window of ``shape`` (H, W) pixels: plain ``arrays`` by name, so that a file can hold them."""

    arrays: Dict[str, np.ndarray]
    shape: Tuple[int, int]


@dataclass(frozen=True)
class Proposal:
    """One mask: ``scores`` (H, W) float32 in 0..1, in it from 0.5; ``quality`` 0..1: what the engine itself thinks of it."""

    scores: np.ndarray
    quality: float
    memory: Optional[np.ndarray] = None


class MaskEngine(Protocol):
    """``name`` as the user reads it; ``digest`` of its files; ``side``: pixels of the square window it looks at best.

    Both functions may be called from any thread, one at a time, and raise Cancelled.
    """

    name: str
    digest: str
    side: int

    def encode(self, rgb: np.ndarray, gsd: Optional[float] = None, cancel: Optional[CancelToken] = None) -> Embedding:
        """Look at ``rgb`` (3, H, W) float32 in 0..1, ``gsd`` metres a pixel or None if unknown. The slow half."""

    def decode(self, seen: Embedding, prompt: Prompt, cancel: Optional[CancelToken] = None) -> List[Proposal]:
        """Masks for ``prompt``, best first; none for an empty one."""
