"""Embedders that need no model: what a tile's vector is can be told from its pixels."""

import numpy as np

from terralogue.models.errors import Cancelled


class Colours:
    """The vector of a picture is its mean colour (and its texture), that of a word the colour it names."""

    name, digest, dim, side = "Colours 1", "sha256:colours", 8, 32
    finest = 0.0
    WORDS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "white": (1, 1, 1)}

    def __init__(self, cancel_after=None):
        self.seen, self.batches, self.cancel_after = 0, [], cancel_after

    def pictures(self, rgb, gsd, cancel=None):
        assert rgb.dtype == np.float32 and rgb.shape[1:] == (3, 32, 32)
        if cancel is not None:
            cancel.raise_if_cancelled()
        if self.cancel_after is not None and self.seen >= self.cancel_after:
            raise Cancelled()
        self.seen += len(rgb)
        self.batches.append(len(rgb))
        out = np.zeros((len(rgb), self.dim), np.float32)
        out[:, :3] = rgb.mean((2, 3))
        out[:, 3] = rgb.std((1, 2, 3))
        out[:, 4] = 1e-3
        return out / np.linalg.norm(out, axis=1, keepdims=True)

    def words(self, texts, cancel=None):
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(out, texts):
            for word in text.lower().split():
                row[:3] += self.WORDS.get(word, (0, 0, 0))
            row[4] += 1e-3
        return out / np.linalg.norm(out, axis=1, keepdims=True)
