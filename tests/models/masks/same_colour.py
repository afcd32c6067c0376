"""A mask engine whose answers anybody can check: the pixels of the colour under the first click."""

import time

import numpy as np

from terralogue.models.masks.engine import Embedding, Proposal


class SameColour:
    """Or of that at the middle of a box. Counts looks in ``encoded``; ``gate`` holds them up, ``decode_seconds`` answers."""

    name, digest, side = "Same colour", "sha256:test", 64
    gsd_range = (0.1, 1.5)

    def __init__(self):
        self.encoded, self.decoded = [], 0
        self.gate, self.encoding = None, False
        self.decode_seconds, self.decode_error = 0.0, None

    def encode(self, rgb, gsd=None, cancel=None):
        self.encoding = True
        while self.gate is not None and not self.gate.wait(0.01):
            if cancel is not None:
                cancel.raise_if_cancelled()
        self.encoded.append(gsd)
        return Embedding({"rgb": rgb}, rgb.shape[1:])

    def decode(self, seen, prompt, cancel=None):
        self.decoded += 1
        time.sleep(self.decode_seconds)
        if self.decode_error is not None:
            raise self.decode_error
        if prompt.empty:
            return []
        x, y = prompt.inside[0] if prompt.inside else (
            (prompt.box[0] + prompt.box[2]) / 2, (prompt.box[1] + prompt.box[3]) / 2)
        rgb = seen.arrays["rgb"]
        scores = (np.abs(rgb - rgb[:, int(y), int(x)][:, None, None]).max(axis=0) < 0.01) * np.float32(0.9)
        memory = np.array([0.0 if prompt.memory is None else prompt.memory[0] + 1])
        return [Proposal(scores, 0.9, memory), Proposal(np.ones_like(scores), 0.2, memory)]
