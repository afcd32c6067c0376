"""What runs per batch of tiles over several dates: each date through the encoder once, neighbours compared."""

from typing import Any, Callable, List, Sequence

import numpy as np

from ..imagery.grid import Window
from ..imagery.tiles import TilePixels
from .encoding import Encoder

#: Planes a date takes in a tile of a series: red, green, blue, and 1 where they are known.
PLANES = 4


def series_reader(readers: Sequence[Callable[[Window], TilePixels]]) -> Callable[[Window], TilePixels]:
    """Tiles of all dates at once: (dates × PLANES, h, w), valid where any date is; unreadable: on whichever date most."""
    def read(window: Window) -> TilePixels:
        tiles = [reader(window) for reader in readers]
        planes = np.concatenate([np.concatenate([t.rgb, t.valid[None].astype(np.float32)]) for t in tiles])
        return TilePixels(planes, np.any([t.valid for t in tiles], axis=0), max(t.unreadable for t in tiles))

    return read


class SeriesEncoder(Encoder):
    """One run over several dates. A pixel that one date lacks is unknown on that date and in its two periods alone."""

    def series(self, planes: np.ndarray) -> np.ndarray:
        """(n, dates × PLANES, h, w) → (n, dates × covers + periods × changes, h, w), NaN where unknown."""
        n, _, h, w = planes.shape
        dates = planes.reshape(n, -1, PLANES, h, w).transpose(1, 0, 2, 3, 4)
        rgb, known = dates[:, :, :3], dates[:, :, 3] > 0.5
        seen: List[Any] = []
        for date, pixels in enumerate(rgb):
            # A date that shows what the one before it did needs no second look.
            seen.append(seen[-1] if date and np.array_equal(pixels, rgb[date - 1]) else self._see(pixels))
        covers = [np.where(known[d][:, None], one.cover, np.nan) for d, one in enumerate(seen)]
        changes = []
        for d in range(len(seen) - 1):
            both = known[d] & known[d + 1]
            # What only one date shows must not reach the model as a difference: at gaps, both are looked at with both.
            one, two = (
                seen[x] if np.array_equal(both, known[x]) else self._see(rgb[x] * both[:, None]) for x in (d, d + 1)
            )
            equal = np.array([np.array_equal(a, b) for a, b in zip(rgb[d] * both[:, None], rgb[d + 1] * both[:, None])])
            changes.append(np.where(both[:, None], self._moved(one, two, equal), np.nan))
        return np.concatenate([*covers, *changes], axis=1).astype(np.float32)
