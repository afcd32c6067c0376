"""What a question is about, copied on the main thread and opened on a worker; the project's layers stay where they are."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Iterable, Optional, Tuple, Union

from qgis.core import (
    QgsAnnotationLayer,
    QgsMapLayer,
    QgsMapSettings,
    QgsPluginLayer,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ...models.errors import CrsMissing, NothingToAnalyse
from .. import settings as user
from . import layer_pixels
from .errors import LayerUnsupported
from .map_picture import picture_of_layer, picture_of_map, resolution
from .map_region import MapRegion
from .projections import wkt_of
from .rendered_source import MapPicture

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.conversation import Region, View
    from ...models.imagery.source import RasterSource


@dataclass(frozen=True)
class RasterFile:
    """A file that GDAL reads, with what the user told QGIS about it."""

    path: str
    name: str
    crs_wkt: str
    roles: Optional[layer_pixels.BandRoles]
    nodata: Tuple[layer_pixels.NodataRange, ...]
    time: Optional[str]

    def open(self, cancel: "Optional[CancelToken]" = None) -> "RasterSource":
        """The source, on the calling thread. Raises RasterUnreadable or UnsupportedPixels."""
        from ...models.imagery.opening import open_raster
        from ...models.imagery.source import AcquisitionTime
        from .user_nodata import UserNodata

        time = AcquisitionTime(self.time, "layer") if self.time else None
        source = open_raster(self.path, band_roles=self.roles, crs_wkt=self.crs_wkt or None, name=self.name, time=time)
        return UserNodata(source, self.nodata) if self.nodata else source


@dataclass(frozen=True)
class ViewSnapshot:
    """A source and a region, free of live layers. ``layer_ids``: the project layers it was taken from.

    ``aligned``: whether it may be laid onto another date; as the user has it when the snapshot is taken.
    """

    name: str
    layer_ids: Tuple[str, ...]
    crs_wkt: str
    pixels: Union[RasterFile, MapPicture]
    region: "Optional[Region]" = None
    aligned: bool = field(default_factory=user.align_dates.value)

    def open(self, cancel: "Optional[CancelToken]" = None) -> "View":
        """The view, to be used on the calling thread; close its source afterwards. ``cancel`` stops the drawing."""
        from ...models.conversation import View

        return View(self.pixels.open(cancel), self.region, self.aligned)


@dataclass(frozen=True)
class StandIn:
    """Stands in for ``snapshot``: of the same source; subclasses open a view of their own."""

    snapshot: ViewSnapshot

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.snapshot.name

    @property
    def layer_ids(self) -> Tuple[str, ...]:
        """The project layers behind it."""
        return self.snapshot.layer_ids


def supported(layer: QgsMapLayer) -> Tuple[bool, str]:
    """Whether a layer's pixels can be had, and if not, the translated sentence that says why."""
    from .messages import sentence

    reason = _obstacle(layer)
    return (True, "") if not reason else (False, sentence(LayerUnsupported(layer.name() if layer else "", reason)))


def _obstacle(layer: Optional[QgsMapLayer]) -> str:
    """Why a layer cannot be read or drawn, as a key of ``messages``; "" if it can."""
    if layer is None:
        return "gone"
    if isinstance(layer, (QgsPluginLayer, QgsAnnotationLayer)):
        return "kind"
    if not layer.isValid():
        return "invalid"
    if isinstance(layer, QgsVectorLayer) and not layer.isSpatial():
        return "kind"
    if isinstance(layer, QgsRasterLayer) and layer.providerType() == "gdal" and layer_pixels.is_complex(layer):
        return "complex"
    return ""


def snapshot_layer(
    layer: QgsMapLayer,
    region: Optional[MapRegion] = None,
    band_roles: Optional[layer_pixels.BandRoles] = None,
) -> ViewSnapshot:
    """The layer's own pixels (``gdal`` provider) or its picture, in the layer's CRS. Main thread only.

    Raises LayerUnsupported, CrsMissing, NothingToAnalyse (region outside the layer), NoRegion, AreaTooLarge.
    """
    reason = _obstacle(layer)
    if reason:
        raise LayerUnsupported(layer.name() if layer is not None else "", reason)
    name, crs = layer.name(), layer.crs()
    path = layer_pixels.gdal_source(layer) if isinstance(layer, QgsRasterLayer) else None
    if path is None and not crs.isValid():
        raise CrsMissing(name)
    part = None
    if region is not None:
        part = region.to_region(crs, name, resolution(layer, layer.extent()))
    if path is None:
        picture = picture_of_layer(layer, part)
        return ViewSnapshot(name, (layer.id(),), picture.crs_wkt, picture, part)
    if part is not None:
        _check_overlap(part, layer.extent(), name)
    roles = band_roles or layer_pixels.band_roles(layer)
    file = RasterFile(
        path, name, wkt_of(crs), roles, layer_pixels.nodata_ranges(layer), layer_pixels.layer_time(layer)
    )
    return ViewSnapshot(name, (layer.id(),), file.crs_wkt, file, part)


def snapshot_canvas(map_settings: QgsMapSettings, region: Optional[MapRegion] = None) -> ViewSnapshot:
    """The map as it is shown, rotation included. Main thread only.

    Raises LayerUnsupported (nothing is visible), CrsMissing, NothingToAnalyse (region outside the view).
    """
    from .messages import tr

    layers = [layer for layer in map_settings.layers() if not _obstacle(layer)]
    name = tr("Map view")
    if not layers:
        raise LayerUnsupported(name, "empty")
    part = None
    crs = map_settings.destinationCrs()
    if region is not None:
        part = region.to_region(crs, name, map_settings.mapUnitsPerPixel())
        _check_overlap(part, map_settings.visibleExtent(), name)
    picture = picture_of_map(name, layers, map_settings)
    return ViewSnapshot(name, tuple(layer.id() for layer in layers), picture.crs_wkt, picture, part)


def choose_source(
    canvas_layers: Iterable[QgsMapLayer], region: Optional[MapRegion] = None
) -> Optional[QgsRasterLayer]:
    """The topmost raster of ``canvas_layers`` (top first) under the region; None: take the map as shown."""
    for layer in canvas_layers:
        if not isinstance(layer, QgsRasterLayer) or _obstacle(layer):
            continue
        if region is None:
            return layer
        try:
            part = region.to_region(layer.crs(), layer.name(), resolution(layer, layer.extent()))
            _check_overlap(part, layer.extent(), layer.name())
        except (NothingToAnalyse, CrsMissing):
            continue
        return layer
    return None


def _check_overlap(region: "Region", extent: QgsRectangle, name: str) -> None:
    """Raise NothingToAnalyse if no shell's box meets the extent."""
    for shell, *_ in region.polygons:
        (left, bottom), (right, top) = shell.min(axis=0), shell.max(axis=0)
        if left < extent.xMaximum() and right > extent.xMinimum():
            if bottom < extent.yMaximum() and top > extent.yMinimum():
                return
    raise NothingToAnalyse(name)
