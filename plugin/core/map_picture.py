"""Which picture to draw for a layer without pixels of its own, or for the map as shown. Main thread only."""

import math
from typing import TYPE_CHECKING, List, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpressionContext,
    QgsMapLayer,
    QgsMapSettings,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

from ...models.errors import CrsMissing, NothingToAnalyse
from .. import settings as user
from .errors import AreaTooLarge, NoRegion
from .layer_copies import LayerCopy, web_hosts
from .layer_pixels import layer_time
from .projections import reproject_extent, wkt_of
from .rendered_source import MapPicture
from .request_watch import RequestWatch

if TYPE_CHECKING:
    from ...models.conversation import Region

#: Longest side, in pixels, of the picture of a layer that has no pixels of its own.
DRAWN_SIDE = 2048


def picture_of_map(name: str, layers: List[QgsMapLayer], shown: QgsMapSettings) -> MapPicture:
    """The map exactly as ``shown`` places its pixels. ``layers``: those of it that can be drawn, top first."""
    return _picture(name, layers, shown, None)


def picture_of_layer(layer: QgsMapLayer, region: "Optional[Region]") -> MapPicture:
    """One layer in its own CRS, over the region's box. Raises NoRegion and AreaTooLarge for web layers."""
    web = web_hosts(layer) is not None
    if region is None and web:
        raise NoRegion(layer.name())
    box = layer.extent() if region is None else _box(region)
    if box.isEmpty() or not box.isFinite():
        raise NothingToAnalyse(layer.name())
    pixel = resolution(layer, box)
    # An extent that is a whole number of pixels must not gain one by float arithmetic.
    width = max(1, math.ceil(box.width() / pixel - 1e-6))
    height = max(1, math.ceil(box.height() / pixel - 1e-6))
    limit = user.within(user.web_pixel_limit, 65_536, 1_000_000_000)
    if web and width * height > limit:
        raise AreaTooLarge(layer.name(), width * height, limit)
    shown = QgsMapSettings()
    shown.setDestinationCrs(layer.crs())
    shown.setOutputSize(QSize(width, height))
    left, top = box.xMinimum(), box.yMaximum()
    shown.setExtent(QgsRectangle(left, top - height * pixel, left + width * pixel, top))
    shown.setOutputDpi(96)
    time = layer_time(layer) if isinstance(layer, QgsRasterLayer) else None
    return _picture(layer.name(), [layer], shown, time)


def _box(region: "Region") -> QgsRectangle:
    shells = [shell for shell, *_ in region.polygons]
    lows, highs = [shell.min(axis=0) for shell in shells], [shell.max(axis=0) for shell in shells]
    return QgsRectangle(
        min(low[0] for low in lows),
        min(low[1] for low in lows),
        max(high[0] for high in highs),
        max(high[1] for high in highs),
    )


def resolution(layer: QgsMapLayer, box: QgsRectangle) -> float:
    """Pixel width in CRS units: a raster's own, a web layer's level next to the wanted ground sample distance over
    ``box``, or for other layers what makes the box's longest side :data:`DRAWN_SIDE` pixels."""
    if isinstance(layer, QgsRasterLayer):
        if web_hosts(layer) is None and layer.width() > 0:
            return layer.rasterUnitsPerPixelX()
        wanted = user.within(user.web_ground_sample_distance, 0.05, 1000.0) / _metres_per_unit(layer.crs(), box)
        levels = [level for level in layer.dataProvider().nativeResolutions() if level > 0]
        return min(levels, key=lambda level: abs(math.log(level / wanted))) if levels else wanted
    return max(box.width(), box.height()) / DRAWN_SIDE


def _metres_per_unit(crs: QgsCoordinateReferenceSystem, box: QgsRectangle) -> float:
    """Ground metres in one CRS unit at the box's centre: Mercator's stretch is large away from the equator."""
    lonlat = QgsCoordinateReferenceSystem("EPSG:4326")
    side = max(box.width(), box.height()) * 1e-3 or 1e-6
    centre = QgsRectangle(box.center().x(), box.center().y(), box.center().x() + side, box.center().y() + side)
    try:
        degrees = reproject_extent(centre, crs, lonlat, "")
    except (NothingToAnalyse, CrsMissing):
        return QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), QgsUnitTypes.DistanceUnit.DistanceMeters)
    return degrees.height() * 111_320.0 / side


def _picture(name: str, layers: List[QgsMapLayer], shown: QgsMapSettings, time: Optional[str]) -> MapPicture:
    """Copies of the layers and the place of every pixel of ``shown``."""
    width, height = shown.outputSize().width(), shown.outputSize().height()
    to_map = shown.mapToPixel()
    # The far corners instead of the neighbouring pixels keep the affine exact to double precision.
    corner, right, lower = (to_map.toMapCoordinates(*p) for p in ((0, 0), (width, 0), (0, height)))
    settings = QgsMapSettings(shown)
    settings.setLayers([])
    settings.setExpressionContext(QgsExpressionContext())
    web = [hosts for hosts in (web_hosts(layer) for layer in layers) if hosts is not None]
    watch = RequestWatch(() if () in web else sum(web, ())) if web else None
    return MapPicture(
        name=name,
        layers=tuple(LayerCopy(layer) for layer in layers),
        settings=settings,
        crs_wkt=wkt_of(shown.destinationCrs()),
        size=(width, height),
        corner=(corner.x(), corner.y()),
        across=((right.x() - corner.x()) / width, (right.y() - corner.y()) / width),
        down=((lower.x() - corner.x()) / height, (lower.y() - corner.y()) / height),
        key="|".join(_identity(layer) for layer in layers),
        watch=watch,
        time=time,
    )


def _identity(layer: QgsMapLayer) -> str:
    """Changes with the layer's source, its style and, as far as QGIS knows, its data."""
    manager = layer.styleManager()
    parts = [layer.id(), layer.source(), manager.style(manager.currentStyle()).xmlData()]
    if isinstance(layer, QgsVectorLayer):
        parts += [str(layer.featureCount()), str(layer.undoStack().index()), layer.subsetString()]
    return "\x1f".join(parts)
