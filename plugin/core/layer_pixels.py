"""What the user told QGIS about a raster layer's pixels: its file, band roles, extra nodata and date. Main thread."""

import json
import math
from dataclasses import dataclass
from typing import Optional, Tuple

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterRange,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

#: Layer property that holds the roles the user chose, as JSON: [[band, role], …].
ROLES_PROPERTY = "terralogue/band-roles"
#: Layer property that holds the date the user chose, ISO 8601.
DATE_PROPERTY = "terralogue/date"
ROLES = ("red", "green", "blue", "nir", "gray", "other")

BandRoles = Tuple[Tuple[int, str], ...]


@dataclass(frozen=True)
class NodataRange:
    """Values of one band that the user declared empty. ``closed``: whether low and high themselves belong to it."""

    band: int
    low: float
    high: float
    closed: Tuple[bool, bool] = (True, True)


def gdal_source(layer: QgsRasterLayer) -> Optional[str]:
    """What GDAL opens for a layer of the ``gdal`` provider, subdataset and archive included; None if QGIS must read it.

    QGIS appends open options (``|option:A=B``) and sign-in references, which GDAL does not know: the options are cut
    off, and a source behind a sign-in is left to QGIS.
    """
    if layer.providerType() != "gdal":
        return None
    source = layer.source()
    if "authcfg=" in source:
        return None
    return source.split("|option:")[0].split("|credential:")[0]


def stored_roles(layer: QgsRasterLayer) -> Optional[BandRoles]:
    """The roles kept in the layer, None if there are none or they do not fit it."""
    text = layer.customProperty(ROLES_PROPERTY)
    if not isinstance(text, str):
        return None
    try:
        pairs = tuple((int(band), str(role)) for band, role in json.loads(text))
    except (ValueError, TypeError):
        return None
    fits = all(1 <= band <= layer.bandCount() and role in ROLES for band, role in pairs)
    return pairs if pairs and fits else None


def store_roles(layer: QgsRasterLayer, roles: BandRoles) -> None:
    """Keep the user's choice in the layer, and so in the project."""
    layer.setCustomProperty(ROLES_PROPERTY, json.dumps([list(pair) for pair in roles]))


def band_roles(layer: QgsRasterLayer) -> Optional[BandRoles]:
    """The user's choice, else the bands that the layer's style shows as red, green, blue or gray; None: the file's."""
    chosen = stored_roles(layer)
    if chosen is not None:
        return chosen
    renderer = layer.renderer()
    if isinstance(renderer, QgsMultiBandColorRenderer):
        bands = (renderer.redBand(), renderer.greenBand(), renderer.blueBand())
        if all(1 <= band <= layer.bandCount() for band in bands):
            return tuple(zip(bands, ("red", "green", "blue")))
    if isinstance(renderer, QgsSingleBandGrayRenderer) and layer.bandCount() > 1:
        band = renderer.grayBand()
        if 1 <= band <= layer.bandCount():
            return ((band, "gray"),)
    return None


def is_complex(layer: QgsRasterLayer) -> bool:
    """Whether a band holds complex numbers."""
    kinds = (
        Qgis.DataType.CInt16,
        Qgis.DataType.CInt32,
        Qgis.DataType.CFloat32,
        Qgis.DataType.CFloat64,
    )
    provider = layer.dataProvider()
    return any(provider.sourceDataType(band) in kinds for band in range(1, layer.bandCount() + 1))


def nodata_ranges(layer: QgsRasterLayer) -> Tuple[NodataRange, ...]:
    """The additional nodata values of the layer properties."""
    provider = layer.dataProvider()
    found = []
    for band in range(1, layer.bandCount() + 1):
        for entry in provider.userNoDataValues(band):
            bounds = entry.bounds()
            closed_low = bounds in (QgsRasterRange.BoundsType.IncludeMinAndMax, QgsRasterRange.BoundsType.IncludeMin)
            closed_high = bounds in (QgsRasterRange.BoundsType.IncludeMinAndMax, QgsRasterRange.BoundsType.IncludeMax)
            low = -math.inf if math.isnan(entry.min()) else entry.min()
            high = math.inf if math.isnan(entry.max()) else entry.max()
            found.append(NodataRange(band, low, high, (closed_low, closed_high)))
    return tuple(found)


def stored_date(layer: QgsMapLayer) -> Optional[str]:
    """The date kept in the layer, None if there is none or it is no date."""
    text = layer.customProperty(DATE_PROPERTY)
    return text if isinstance(text, str) and QDate.fromString(text, Qt.DateFormat.ISODate).isValid() else None


def store_date(layer: QgsMapLayer, iso: str) -> None:
    """Keep the user's date in the layer, and so in the project; "" forgets it."""
    if iso:
        layer.setCustomProperty(DATE_PROPERTY, iso)
    else:
        layer.removeCustomProperty(DATE_PROPERTY)


def layer_time(layer: QgsRasterLayer) -> Optional[str]:
    """The date the user chose, else the start of the layer's fixed temporal range, as ISO 8601; None without either."""
    chosen = stored_date(layer)
    if chosen:
        return chosen
    properties = layer.temporalProperties()
    fixed = Qgis.RasterTemporalMode.FixedTemporalRange
    if properties is None or not properties.isActive() or properties.mode() != fixed:
        return None
    begin: QDateTime = properties.fixedTemporalRange().begin()
    if not begin.isValid():
        return None
    midnight = begin.time().msecsSinceStartOfDay() == 0
    return begin.date().toString(Qt.DateFormat.ISODate) if midnight else begin.toString(Qt.DateFormat.ISODate)
