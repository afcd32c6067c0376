"""Several dates laid on the first of them: each is moved and lit as the pair of the two tells."""

from dataclasses import replace
from typing import Callable, List, Optional, Sequence, Tuple

from ..cancel import CancelToken
from ..conversation import View
from ..imagery.displaced import displaced
from ..imagery.radiometry import Light
from ..imagery.regrid import regridded
from ..imagery.source import RasterSource
from ..imagery.stretch import rgb_channels
from .alignment import Alignment, Reader, align, relit, without_colour
from .working_frame import WorkingFrame


def align_series(
    views: Sequence[View], sources: Sequence[RasterSource], frame: WorkingFrame,
    reader: Callable[[RasterSource, RasterSource], Reader], cancel: Optional[CancelToken] = None,
) -> Tuple[List[Reader], Tuple[Alignment, ...]]:
    """Readers of all dates, and what was done to each later one (``moved`` and ``light.date`` are 1); as ``align``.

    The first date stays as it is. If any date has no colour, all are compared in grey.
    """
    readers = [reader(sources[0], views[0].source)]
    done: List[Alignment] = []
    for view, source in zip(views[1:], sources[1:]):
        _, found = align((views[0], view), (sources[0], source), frame, reader, cancel)
        done.append(_of_the_later(found))
        shift, light = done[-1].shift, done[-1].light
        if shift.trusted:
            source = regridded(
                displaced(view.source, source.grid, frame.factor * shift.right, frame.factor * shift.down), source.grid)
        read = reader(source, view.source)
        readers.append(relit(read, light) if light.trusted else read)
    colourless = [len(set(rgb_channels(view.source.bands))) == 1 for view in views]
    if any(colourless) and not all(colourless):
        readers = [read if plain else without_colour(read) for read, plain in zip(readers, colourless)]
    return readers, tuple(done)


def _of_the_later(found: Alignment) -> Alignment:
    """The same, with what would be done to the earlier date done the other way round to the later."""
    shift, light = found.shift, found.light
    if found.moved == 0:
        shift = replace(shift, right=-shift.right, down=-shift.down)
    if light.date == 0:
        light = Light(1, 1 / light.gain, light.stable, light.trusted)
    return replace(found, moved=1, shift=shift, light=light)
