"""Two dates through one blending run: tiles read together, scores written to three stores."""

from typing import Callable, List, Optional, Sequence

import numpy as np

from ..imagery.checkpoints import Checkpoints
from ..imagery.grid import Window
from ..imagery.score_store import ScoreStore
from ..imagery.tiles import TilePixels


class PairStores:
    """Looks like one store of all classes to ``blend_tiles``; the bands go to ``parts`` in order."""

    #: A run into these stores is not kept while it goes on.
    checkpoints: Optional[Checkpoints] = None

    def __init__(self, parts: Sequence[ScoreStore]) -> None:
        self.parts: List[ScoreStore] = list(parts)
        self.grid = parts[0].grid
        self.labels = tuple(label for part in parts for label in part.labels)

    def write_bytes(self, window: Window, values: np.ndarray) -> None:
        """Store (K, h, w) uint8 for ``window``."""
        first = 0
        for part in self.parts:
            part.write_bytes(window, values[first:first + len(part.labels)])
            first += len(part.labels)

    def finish(self) -> None:
        """Complete the files, so that others may read them."""
        for part in self.parts:
            part.finish()

    def close(self) -> None:
        """Release and remove them."""
        for part in self.parts:
            part.close()


def pair_reader(
    before: Callable[[Window], TilePixels], after: Callable[[Window], TilePixels]
) -> Callable[[Window], TilePixels]:
    """Tiles of both dates at once: (6, h, w), valid where both are; unreadable: on whichever date more."""
    def read(window: Window) -> TilePixels:
        one, two = before(window), after(window)
        valid = one.valid & two.valid
        # What only one date shows must not reach the model as a difference.
        rgb = np.concatenate([one.rgb, two.rgb]) * valid
        return TilePixels(rgb, valid, max(one.unreadable, two.unreadable))

    return read
