"""Which tiles of a run reach the model, in the order in which they do."""

from collections import deque
from typing import Callable, Deque, List, Tuple

from ..imagery.grid import Window
from ..imagery.tiles import TilePixels


class ReachingTiles:
    """Notes tiles with a valid pixel on the thread that reads, hands them to the thread that runs the model."""

    def __init__(self) -> None:
        self._waiting: Deque[Tuple[Window, float]] = deque()

    def noting(self, read: Callable[[Window], TilePixels]) -> Callable[[Window], TilePixels]:
        """``read``, noting every tile that has a valid pixel: ``blend_tiles`` passes these, and no others, on."""
        def noted(window: Window) -> TilePixels:
            tile = read(window)
            if tile.valid.any():
                self._waiting.append((window, float(tile.valid.mean())))
            return tile

        return noted

    def take(self, count: int) -> List[Tuple[Window, float]]:
        """The next ``count`` tiles: where they lie, and the share 0..1 of their pixels that is valid."""
        return [self._waiting.popleft() for _ in range(count)]
