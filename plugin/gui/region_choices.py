"""Regions that need no drawing: selected features, a layer's extent, a bookmark, the view."""

from typing import Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas

from ..core.map_region import MapRegion
from .tools.region_tool import polygons_of

#: More selected features than this take noticeable time to merge.
MOST_FEATURES = 2000


def of_view(canvas: QgsMapCanvas) -> MapRegion:
    """What the canvas shows, as a turned polygon if it is rotated."""
    settings = canvas.mapSettings()
    corners = settings.visiblePolygon()
    if not corners.isClosed():
        corners.append(corners[0])  # open, it would become a line
    return MapRegion(QgsGeometry.fromQPolygonF(corners), settings.destinationCrs(), "view")


def of_layer(layer: QgsMapLayer) -> MapRegion:
    """The layer's extent in its own CRS."""
    return MapRegion.from_extent(layer.extent(), layer.crs(), "layer")


def of_bookmark(bookmark) -> MapRegion:
    """The bookmark's extent."""
    return MapRegion.from_extent(bookmark.extent(), bookmark.extent().crs(), "bookmark")


def bookmarks() -> list:
    """Of the project first, then the user's own."""
    managers = (QgsProject.instance().bookmarkManager(), QgsApplication.bookmarkManager())
    return [bookmark for manager in managers for bookmark in manager.bookmarks()]


def layers_with_selection() -> list:
    """Polygon layers in which features are selected."""
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if isinstance(layer, QgsVectorLayer)
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        and layer.selectedFeatureCount() > 0
    ]


def of_selection(layer: QgsVectorLayer) -> Optional[MapRegion]:
    """The selected polygons of ``layer``, merged; None if nothing usable is selected or it is too much."""
    if not 0 < layer.selectedFeatureCount() <= MOST_FEATURES:
        return None
    shapes = [feature.geometry() for feature in layer.selectedFeatures() if feature.hasGeometry()]
    merged = QgsGeometry.unaryUnion([shape if shape.isGeosValid() else shape.makeValid() for shape in shapes])
    if not merged.isNull() and merged.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        merged = polygons_of(merged)
    if merged.isNull() or merged.isEmpty():
        return None
    return MapRegion(merged, layer.crs(), "features")


def zoom_to(canvas: QgsMapCanvas, region: MapRegion) -> None:
    """Show the region, with some room around it; a click is only brought to the middle."""
    box = region.geometry.boundingBox() if region.point is None else QgsRectangle(region.point, region.point)
    here = canvas.mapSettings().destinationCrs()
    if region.crs.isValid() and here.isValid():
        try:
            bend = QgsCoordinateTransform(region.crs, here, QgsProject.instance().transformContext())
            box = bend.transformBoundingBox(box)
        except QgsCsException:
            return
    if box.isEmpty():
        canvas.setCenter(box.center())
    else:
        box.scale(1.2)
        canvas.setExtent(box)
    canvas.refresh()
