"""A mask engine for which an object is what hangs together in one colour."""

import numpy as np

from terralogue.models.masks.engine import Embedding, Proposal
from terralogue.models.pointing import together


class SameColour:
    """Counts what it is asked. ``soft``: all of the colour is nearly as sure."""

    name, digest, side = "Same colour", "none", 128

    def __init__(self, quality=0.9, soft=False):
        self.looks, self.asked, self.quality, self.soft = 0, 0, quality, soft

    def encode(self, rgb, gsd=None, cancel=None):
        self.looks += 1
        return Embedding({"rgb": rgb}, rgb.shape[1:])

    def decode(self, seen, prompt, cancel=None):
        self.asked += 1
        (x, y), = prompt.inside
        rgb = seen.arrays["rgb"]
        same = (np.abs(rgb - rgb[:, int(y), int(x)][:, None, None]) < 0.01).all(0)
        mask = together(same, prompt.inside)
        scores = np.where(mask, 0.95, 0.05).astype(np.float32)
        if self.soft:
            scores[same] = 0.55
        return [Proposal(scores, self.quality)]
