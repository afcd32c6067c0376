"""The imagery that is pointed at: a raster file as it is, or the picture of any other layer as the map shows it now."""

from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsMapSettings, QgsRasterLayer

from . import layer_pixels
from .errors import LayerUnsupported
from .map_picture import picture_of_map
from .snapshots import StandIn, ViewSnapshot, snapshot_canvas, snapshot_layer, supported


@dataclass(frozen=True)
class MaskGround(StandIn):
    """``snapshot``: opened on the worker. ``crs``: that of its pixels. ``screen``: a picture of one view, gone with it.

    ``key``: equal for the same imagery.
    """

    crs: QgsCoordinateReferenceSystem
    screen: bool
    key: str


def ground_of(layer: Optional[QgsMapLayer], settings: QgsMapSettings) -> MaskGround:
    """The pixels of ``layer``, its picture in the view of ``settings`` if it has none; None: the map as shown.

    Main thread only. Raises LayerUnsupported, CrsMissing.
    """
    if layer is None:
        snapshot = snapshot_canvas(settings)
        return MaskGround(snapshot, settings.destinationCrs(), True, _view(settings) + "|".join(snapshot.layer_ids))
    path = layer_pixels.gdal_source(layer) if isinstance(layer, QgsRasterLayer) else None
    if path is not None:
        snapshot = snapshot_layer(layer)
        return MaskGround(snapshot, layer.crs(), False, f"{layer.id()}|{path}|{snapshot.pixels!r}")
    usable, _reason = supported(layer)
    if not usable:
        raise LayerUnsupported(layer.name(), "invalid" if not layer.isValid() else "kind")
    picture = picture_of_map(layer.name(), [layer], settings)
    snapshot = ViewSnapshot(layer.name(), (layer.id(),), picture.crs_wkt, picture)
    return MaskGround(snapshot, settings.destinationCrs(), True, _view(settings) + picture.key)


def _view(settings: QgsMapSettings) -> str:
    """The place of every pixel of the screen."""
    box, size = settings.visibleExtent(), settings.outputSize()
    return f"{box.toString(12)}|{size.width()}×{size.height()}|{settings.rotation()}|{settings.destinationCrs().authid()}|"
