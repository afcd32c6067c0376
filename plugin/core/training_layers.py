"""Vector layers as classed shapes in a raster's CRS: copied on the main thread, transformed and widened on a worker."""

from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Mapping, Tuple

import numpy as np
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...models.errors import CrsMissing, NothingToAnalyse
from .projections import EDGE_PARTS, polygons_of, reproject_extent
from .training_labels import class_name

Rings = Tuple[Tuple[np.ndarray, ...], ...]
#: Why features are left out, for the counts.
NO_CLASS, NO_SHAPE, NO_PLACE = "feature without a class", "feature without a shape", "feature has no place on the raster"
#: Segments of a quarter circle around points and ends of lines.
_ROUND = 12


@dataclass(frozen=True)
class Shape:
    """One part of a feature: ``rings`` in the raster's CRS as ``projections.polygons_of`` gives them."""

    label: str
    rings: Rings
    tags: Mapping[str, str]
    feature: str


@dataclass(frozen=True)
class ClassedLayer:
    """The features of a layer near the raster, free of the layer. ``rows``: (geometry, class, tags, id).

    ``bend``: from the layer's CRS to the raster's; ``out`` and ``back``: to metres around the raster's centre and from
    there to the raster, for lines and points, which are ``width`` metres wide.
    """

    name: str
    labels: Tuple[str, ...]
    rows: Tuple[Tuple[QgsGeometry, str, Mapping[str, str], str], ...]
    bend: QgsCoordinateTransform
    out: QgsCoordinateTransform
    back: QgsCoordinateTransform
    width: float

    def shapes(self, dropped: Dict[str, int]) -> Iterator[Shape]:
        """Every part of every feature that has a class and a place; the rest is counted in ``dropped``. Any thread."""
        for geometry, label, tags, feature in self.rows:
            reason = NO_CLASS if not label else NO_SHAPE if geometry.isNull() or geometry.isEmpty() else ""
            parts = [] if reason else self._parts(geometry)
            if not reason and not parts:
                reason = NO_PLACE
            if reason:
                dropped[reason] = dropped.get(reason, 0) + 1
            for rings in parts:
                yield Shape(label, rings, tags, feature)

    def _parts(self, geometry: QgsGeometry) -> List[Rings]:
        """Each part by itself: what lies apart is seen as two things."""
        found = []
        for part in QgsGeometry(geometry.constGet().segmentize()).asGeometryCollection():
            areal = part.type() == QgsWkbTypes.GeometryType.PolygonGeometry
            try:
                if areal:
                    part = _moved(part, self.bend)
                else:
                    part = _moved(_moved(part, self.out).buffer(self.width / 2, _ROUND), self.back)
            except QgsCsException:
                continue
            rings = polygons_of(part)
            if rings and all(np.isfinite(ring).all() for polygon in rings for ring in polygon):
                found.append(rings)
        return found


def _moved(geometry: QgsGeometry, bend: QgsCoordinateTransform) -> QgsGeometry:
    if bend.isShortCircuited():
        return QgsGeometry(geometry)
    point = geometry.type() == QgsWkbTypes.GeometryType.PointGeometry
    moved = QgsGeometry(geometry) if point else geometry.densifyByCount(EDGE_PARTS - 1)
    moved.transform(bend)
    return moved


def needs_width(layer: QgsVectorLayer) -> bool:
    """Whether its features have no area of their own."""
    return layer.geometryType() in (QgsWkbTypes.GeometryType.LineGeometry, QgsWkbTypes.GeometryType.PointGeometry)


def take_layer(
    layer: QgsVectorLayer,
    field: str,
    fixed: str,
    width: float,
    crs: QgsCoordinateReferenceSystem,
    extent: QgsRectangle,
    with_tags: bool,
) -> ClassedLayer:
    """Copy what lies over ``extent`` (in ``crs``, the raster's). Main thread.

    The class is that of ``field`` where the layer has it, else ``fixed``, else the layer's name. Raises CrsMissing.
    """
    if not layer.crs().isValid():
        raise CrsMissing(layer.name())
    context = QgsProject.instance().transformContext()
    metres = _metres_around(extent, crs)
    request = QgsFeatureRequest()
    try:
        around = reproject_extent(extent, crs, layer.crs(), layer.name())
        # Wide lines and points reach the raster from outside; a tenth of it is more than any curvature takes away.
        around.grow(0.1 * max(around.width(), around.height()) + _in_units(width, layer.crs()))
        request.setFilterRect(around)
    except NothingToAnalyse:
        pass  # the raster reaches beyond where the layer's CRS is defined: all features are looked at
    place = layer.fields().lookupField(field) if field else -1
    names = [column.name() for column in layer.fields()] if with_tags else []
    everywhere = class_name(fixed) or class_name(layer.name())
    rows = []
    for feature in layer.getFeatures(request):
        label = everywhere if place < 0 else class_name(_plain(feature[place]))
        tags = {name: str(feature[name])[:100] for name in names if _plain(feature[name]) is not None}
        rows.append((QgsGeometry(feature.geometry()), label, tags, str(feature.id())))
    labels = {everywhere} if place < 0 else {class_name(_plain(value)) for value in layer.uniqueValues(place)}
    return ClassedLayer(
        layer.name(),
        tuple(sorted(label for label in labels if label)),
        tuple(rows),
        QgsCoordinateTransform(layer.crs(), crs, context),
        QgsCoordinateTransform(layer.crs(), metres, context),
        QgsCoordinateTransform(metres, crs, context),
        width,
    )


def _plain(value: Any) -> Any:
    return None if value is None or value == NULL else value


def _in_units(metres: float, crs: QgsCoordinateReferenceSystem) -> float:
    return metres / 50_000 if crs.isGeographic() else 4 * metres


def _metres_around(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsCoordinateReferenceSystem:
    """A CRS whose units are true metres around the raster: lengths are off by less than 1e-4 within 100 km."""
    geographic = QgsCoordinateReferenceSystem("EPSG:4326")
    centre = QgsCoordinateTransform(crs, geographic, QgsProject.instance().transformContext()).transform(extent.center())
    text = f"+proj=aeqd +lat_0={centre.y():.9f} +lon_0={centre.x():.9f} +datum=WGS84 +units=m +no_defs"
    return QgsCoordinateReferenceSystem.fromProj(text)
