"""One place as a vector, and one tile as a picture: what an example is, and what a find is shown with."""

from typing import Optional

import numpy as np

from ..cancel import CancelToken
from ..conversation import View
from ..errors import NothingToAnalyse, RasterUnreadable
from ..imagery.grid import Window
from ..imagery.source import RasterSource
from ..imagery.stretch import Stretch, measure_stretch
from ..maps.glance import GlanceFrame
from .building import look
from .embedder import Embedder


def picture_of(view: View, embedder: Embedder, cancel: Optional[CancelToken] = None) -> np.ndarray:
    """(dim,) float32 unit vector of the region of ``view`` as a whole, seen as the tiles of an index are.

    Raises NothingToAnalyse, RasterUnreadable, Cancelled.
    """
    window = GlanceFrame.of(view).window
    stretch = measure_stretch(view.source, cancel)
    seen = look(view.source, window, stretch, embedder.side, least=0.0)
    if seen.rgb is None:
        if seen.unreadable >= 1:
            raise RasterUnreadable(view.source.name, "the file is damaged or its server does not answer", 1.0)
        raise NothingToAnalyse(view.source.name)
    return np.asarray(embedder.pictures(seen.rgb[None], [seen.gsd], cancel)[0])


def thumbnail(source: RasterSource, window: Window, stretch: Stretch, side: int) -> np.ndarray:
    """(h, w, 4) uint8 red, green, blue and opacity of ``window``, its longer side ``side`` px. Raises RasterUnreadable."""
    scale = max(window.width, window.height) / side
    image = source.read(window, (max(1, round(window.height / scale)), max(1, round(window.width / scale))))
    out = np.zeros((*image.valid.shape, 4), np.uint8)
    out[..., :3] = np.rint(stretch.apply(image) * 255).astype(np.uint8).transpose(1, 2, 0)
    out[..., 3] = image.valid * 255
    return out
