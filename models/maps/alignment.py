"""Two dates laid on each other before they are compared: where one lies beside the other, and how light differs.

Both are measured on tiles spread over what is looked at, in working pixels, and applied only where they are trusted:
the change head bears about two pixels of shift and a quarter of light by itself.
"""

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import View
from ..imagery.displaced import displaced
from ..imagery.grid import Window
from ..imagery.pairs import overlap
from ..imagery.radiometry import Light, fit_light
from ..imagery.registration import TILE, Shift, find_shift, tile_corners
from ..imagery.regrid import Regridded, regridded
from ..imagery.source import RasterSource
from ..imagery.stretch import rgb_channels
from ..imagery.tiles import TilePixels
from .working_frame import WorkingFrame

Reader = Callable[[Window], TilePixels]
DATES = ("before", "after")
#: Views up to this many working pixels are read in one piece to be measured; of larger ones only the tiles are.
_AT_ONCE = 512 * 512


@dataclass(frozen=True)
class Alignment:
    """What was found between two dates, and what was done about it.

    ``overlap``: share of each whole raster that the other covers too. ``asked``: False if it was switched off.
    ``moved``: the date (0, 1) that ``shift`` belongs to, in working pixels of ``gsd`` metres, applied if trusted; the
    other stays. ``grey``: one date has no colour, so that the other's was left out.
    """

    overlap: Tuple[float, float] = (1.0, 1.0)
    asked: bool = True
    moved: int = 1
    shift: Shift = Shift()
    light: Light = Light()
    grey: bool = False
    gsd: Optional[float] = None
    native_gsd: Tuple[Optional[float], Optional[float]] = (None, None)

    def facts(self) -> Dict[str, Any]:
        """JSON-able, for the facts of a pair (``alignment`` in docs/facts.schema.json)."""
        shift, light = self.shift, self.light
        return {
            "asked": self.asked,
            "overlap": dict(zip(DATES, (round(share, 4) for share in self.overlap))),
            "native_gsd": dict(zip(DATES, self.native_gsd)),
            "grey": self.grey,
            "shift": {
                "date": DATES[self.moved], "right_px": shift.right, "down_px": shift.down, "pixels": round(shift.pixels, 2),
                "metres": None if self.gsd is None else round(shift.pixels * self.gsd, 3),
                "support": round(shift.support, 3), "applied": shift.trusted,
            },
            "light": {
                "date": DATES[light.date], "gain": round(light.gain, 4), "stable": round(light.stable, 3),
                "applied": light.trusted,
            },
        }


def align(
    views: Sequence[View], sources: Sequence[RasterSource], frame: WorkingFrame,
    reader: Callable[[RasterSource, RasterSource], Reader], cancel: Optional[CancelToken] = None,
) -> Tuple[List[Reader], Alignment]:
    """Readers of both dates as they are best compared, and what was done to them.

    ``sources``: of ``views``, on one grid; ``reader(source, layer)``: tiles of ``source`` in ``frame``, in the colours of
    ``layer``. The same pixels twice are left as they are. Raises Cancelled.
    """
    readers = [reader(source, view.source) for source, view in zip(sources, views)]
    colourless = [len(set(rgb_channels(view.source.bands))) == 1 for view in views]
    grey = colourless[0] != colourless[1]
    if grey:
        coloured = colourless.index(False)
        readers[coloured] = without_colour(readers[coloured])
    shares = overlap(views[0].source.grid, views[1].source.grid)
    sizes = views[0].source.gsd, views[1].source.gsd
    plain = Alignment(shares, views[0].aligned and views[1].aligned, grey=grey, gsd=frame.gsd, native_gsd=sizes)
    if not plain.asked or views[0].source.fingerprint() == views[1].source.fingerprint():
        return readers, plain
    before, after = (_samples(read, frame, cancel) for read in readers)
    if all(np.array_equal(one.rgb, two.rgb) for one, two in zip(before, after)):
        return readers, plain
    moved, shift = _shift(before, after, sources)
    if shift.trusted:
        way = frame.factor if moved == 1 else -frame.factor
        grid = sources[moved].grid
        readers[moved] = reader(
            regridded(displaced(views[moved].source, grid, way * shift.right, way * shift.down), grid), views[moved].source)
        if grey and not colourless[moved]:
            readers[moved] = without_colour(readers[moved])
        again = _samples(readers[moved], frame, cancel)
        before, after = (again, after) if moved == 0 else (before, again)
    light = fit_light(*_shared(before, after))
    if light.trusted:
        readers[light.date] = relit(readers[light.date], light)
    if moved == 0:
        shift = Shift(-shift.right, -shift.down, shift.support, shift.correlation, shift.trusted)
    return readers, Alignment(shares, True, moved, shift, light, grey, frame.gsd, sizes)


def _shift(
    before: Sequence[TilePixels], after: Sequence[TilePixels], sources: Sequence[RasterSource]
) -> Tuple[int, Shift]:
    """What ``after`` must be moved by, and the date to move: the one that is resampled anyway, else the second."""
    found = find_shift([(one.rgb.mean(0), two.rgb.mean(0), one.valid & two.valid) for one, two in zip(before, after)])
    first, second = (isinstance(source, Regridded) for source in sources)
    return 0 if first and not second else 1, found


def _samples(read: Reader, frame: WorkingFrame, cancel: Optional[CancelToken]) -> List[TilePixels]:
    height, width = frame.grid.height, frame.grid.width
    corners = tile_corners(height, width)
    if corners and height * width <= _AT_ONCE:
        whole = read(Window(0, 0, width, height))
        parts = [(slice(row, row + TILE), slice(col, col + TILE)) for row, col in corners]
        return [TilePixels(whole.rgb[(slice(None), *part)], whole.valid[part]) for part in parts]
    found = []
    for row, col in corners:
        if cancel is not None:
            cancel.raise_if_cancelled()
        found.append(read(Window(col, row, min(TILE, width - col), min(TILE, height - row))))
    return found


def _shared(before: Sequence[TilePixels], after: Sequence[TilePixels]) -> Tuple[np.ndarray, np.ndarray]:
    """(n, 3) values of both dates where both have any."""
    pairs = [(one.rgb[:, both].T, two.rgb[:, both].T)
             for one, two in zip(before, after) for both in (one.valid & two.valid,)]
    if not pairs:
        return np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32)
    return np.concatenate([one for one, _ in pairs]), np.concatenate([two for _, two in pairs])


def relit(read: Reader, light: Light) -> Reader:
    """``read`` in another light."""
    def lit(window: Window) -> TilePixels:
        tile = read(window)
        return TilePixels(light.apply(tile.rgb), tile.valid, tile.unreadable)

    return lit


def without_colour(read: Reader) -> Reader:
    """``read`` with the mean of the colours in place of each."""
    def grey(window: Window) -> TilePixels:
        tile = read(window)
        mean = tile.rgb.mean(axis=0, keepdims=True)
        return TilePixels(np.repeat(mean, 3, axis=0), tile.valid, tile.unreadable)

    return grey
