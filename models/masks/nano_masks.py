"""Nano's mask predictor as a mask engine: one look, then clicks, a box or a class in words (NANO 5; GeoPix, Ou et al. 2025)."""

from contextlib import nullcontext
from typing import Any, ContextManager, List, Optional

import numpy as np

from ..cancel import CancelToken
from ..pointing import INSIDE, together
from ..sharing.priority_lock import PriorityLock
from ..vision.legend import MASK_CLASSES
from ..vision.prompts import prompt_maps
from .engine import Embedding, Prompt, Proposal

#: Sides of the encoder's input are multiples of this.
_STRIDE = 32


class NanoMasks:
    """A :class:`~.engine.MaskEngine` over a loaded ``nano``.

    ``turn``: the lock of whoever else runs the same model (``Engine``'s), held for one step at a time, ``interactive``
    calls first; None where nobody else does. It has no memory: every prompt is answered from the features alone.
    """

    def __init__(self, nano: Any, turn: Optional[PriorityLock] = None, interactive: bool = True) -> None:
        self._nano, self._turn, self._interactive = nano, turn, interactive
        self.name: str = nano.name
        self.digest: str = nano.digest
        self.side: int = nano.tile
        #: Metres a pixel on which it was trained: what is finer is averaged down before it looks.
        self.gsd_range = getattr(nano, "gsd_range", None)

    def encode(self, rgb: np.ndarray, gsd: Optional[float] = None, cancel: Optional[CancelToken] = None) -> Embedding:
        """Look at ``rgb`` (3, H, W) float32 in 0..1 of any size; ``features`` (C, ⌈H / 32⌉ 8, ⌈W / 32⌉ 8) float16."""
        height, width = rgb.shape[1:]
        # The border is repeated up to the encoder's stride: black would be a thing of its own.
        padded = np.pad(rgb, ((0, 0), (0, -height % _STRIDE), (0, -width % _STRIDE)), mode="edge")
        with self._hold(cancel):
            seen = self._nano.see(np.ascontiguousarray(padded[None], np.float32), gsd, cancel)
        return Embedding({"features": seen.features[0].astype(np.float16)}, (height, width))

    def decode(self, seen: Embedding, prompt: Prompt, cancel: Optional[CancelToken] = None) -> List[Proposal]:
        """One mask, or none for an empty prompt, an unknown label alone, and where nothing reaches the score of a mask.

        Of what is pointed at only the pieces under the clicks stay (of a box: the largest); with a label alone, all of it.
        ``quality``: mean score of its pixels.
        """
        label = prompt.label if prompt.label in MASK_CLASSES else ""
        pointing = bool(prompt.inside) or prompt.box is not None
        if not pointing and not label:
            return []
        features = np.asarray(seen.arrays["features"], np.float32)[None]
        maps = prompt_maps((features.shape[2] * 4, features.shape[3] * 4), prompt.inside, prompt.outside, prompt.box)
        with self._hold(cancel):
            scores = self._nano.mask(features, maps[None], label, cancel)[0]
        scores = np.array(scores[:seen.shape[0], :seen.shape[1]], np.float32)
        mask = scores >= INSIDE
        if pointing and mask.any():
            kept = together(mask, prompt.inside)
            # What belongs to another piece keeps its rank, but below the score of a mask.
            scores[mask & ~kept] = np.nextafter(np.float32(INSIDE), np.float32(0))
            mask = kept
        return [Proposal(scores, float(scores[mask].mean()))] if mask.any() else []

    def _hold(self, cancel: Optional[CancelToken]) -> ContextManager[None]:
        return nullcontext() if self._turn is None else self._turn.hold(self._interactive, cancel)
