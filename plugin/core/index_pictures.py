"""Small pictures of finds, read from their rasters on a worker; a raster that is gone has none."""

from typing import TYPE_CHECKING, Any, Callable, Dict, Sequence

import numpy as np
from qgis.PyQt.QtGui import QImage

from ...models.errors import NothingToAnalyse, TerralogueError
from . import index_build

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.retrieval.searching import Place


def read_pictures(
    places: "Sequence[Place]", side: int, shown: Callable[[int, QImage], None], cancel: "CancelToken"
) -> int:
    """Hand ``shown`` the number and the picture of each place, its longer side ``side`` px, a null one where it cannot be
    read; how many could. Worker. Raises Cancelled.
    """
    from ...models.imagery.stretch import Stretch
    from ...models.retrieval.looking import thumbnail

    opened: Dict[int, Any] = {}
    good = 0
    try:
        for number, place in enumerate(places):
            cancel.raise_if_cancelled()
            record = place.raster
            image = QImage()
            try:
                if record.id not in opened:
                    opened[record.id] = None
                    source = index_build.again(record).open()
                    if source.grid == record.grid:
                        opened[record.id] = source
                    else:  # another raster under the same name: its pixels would be shown for those that were found
                        source.close()
                if opened[record.id] is not None:
                    stretch = Stretch.from_json(record.stretch)
                    image = _image(thumbnail(opened[record.id], place.window, stretch, side))
                    good += 1
            except (TerralogueError, NothingToAnalyse, ValueError, OSError):
                image = QImage()
            shown(number, image)
    finally:
        for source in opened.values():
            if source is not None:
                source.close()
    return good


def _image(rgba: np.ndarray) -> QImage:
    pixels = np.ascontiguousarray(rgba)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
