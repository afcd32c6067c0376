"""When the image of a layer was taken, as far as can be told without opening the file."""

import re
from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsMapLayer, QgsRasterLayer

from .layer_pixels import layer_time

#: Year, month, day with or without separators; a lone year counts too.
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
#: Tags in which files say when their image was taken, as QGIS lists them.
_TAG = re.compile(r"(?:TIFFTAG_DATETIME|ACQUISITIONDATETIME|EXIF_DateTimeOriginal)=((?:19|20)\d\d)[:-](\d\d)[:-](\d\d)")


@dataclass(frozen=True)
class LayerDate:
    """``iso``: date or date and time; ``is_guess``: read from the layer's name, not from the layer or its file."""

    iso: str
    is_guess: bool


def date_of(layer: Optional[QgsMapLayer]) -> Optional[LayerDate]:
    """The user's or the layer's own date, else that in its file's tags, else a guess from its name. Main thread only."""
    if layer is None:
        return None
    if isinstance(layer, QgsRasterLayer):
        iso = layer_time(layer)
        if iso:
            return LayerDate(iso, False)
        tag = _TAG.search(layer.dataProvider().htmlMetadata()) if layer.providerType() == "gdal" else None
        if tag:
            return LayerDate("-".join(tag.groups()), False)
    return guess(layer.name())


def guess(name: str) -> Optional[LayerDate]:
    """A date in ``name``, marked as a guess."""
    day = _DAY.search(name)
    if day:
        return LayerDate("-".join(day.groups()), True)
    year = _YEAR.search(name)
    return LayerDate(year.group(1), True) if year else None
