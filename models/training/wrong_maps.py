"""Land-cover maps as users have them: a pixel beside their place, and wrong here and there in whole blocks."""

import numpy as np

from ..vision.legend import COVERS

#: Share of the ground that is told wrongly, and the side in pixels of a wrong block.
WRONG, BLOCK = 0.15, 24


def corrupted(cover: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(H, W) class indices: a pixel beside their place, ``WRONG`` of them another class in whole blocks."""
    moved = np.roll(cover, tuple(int(step) for step in rng.integers(-1, 2, 2)), (0, 1))
    rows, cols = -(-cover.shape[0] // BLOCK), -(-cover.shape[1] // BLOCK)
    wrong = rng.random((rows, cols)) < WRONG
    other = rng.integers(1, len(COVERS), (rows, cols))

    def whole(block: np.ndarray) -> np.ndarray:
        return block.repeat(BLOCK, 0).repeat(BLOCK, 1)[:cover.shape[0], :cover.shape[1]]

    known = moved < len(COVERS)
    return np.where(whole(wrong) & known, (moved + whole(other)) % len(COVERS), moved).astype(cover.dtype)
