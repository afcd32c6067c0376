"""Geometry from one CRS to another without QGIS's silence: a missing CRS is an error, edges are densified."""

from typing import List, Tuple

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)

from ...models.errors import CrsMissing, NothingToAnalyse

#: Points that an edge is cut into before it is bent into another CRS.
EDGE_PARTS = 20


def wkt_of(crs: QgsCoordinateReferenceSystem) -> str:
    """The CRS as WKT 2, "" if it is invalid."""
    if not crs.isValid():
        return ""
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)


def transform_between(
    source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem, name: str
) -> QgsCoordinateTransform:
    """The transform, by the open project's rules. Raises CrsMissing where QGIS would hand back an identity."""
    if source.isValid() != target.isValid():
        raise CrsMissing(name)
    return QgsCoordinateTransform(source, target, QgsProject.instance().transformContext())


def reproject(
    geometry: QgsGeometry, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem, name: str
) -> QgsGeometry:
    """A copy of ``geometry`` in ``target``. Raises CrsMissing, or NothingToAnalyse if it has no place there."""
    bend = transform_between(source, target, name)
    if bend.isShortCircuited():
        return QgsGeometry(geometry)
    result = QgsGeometry(geometry).densifyByCount(EDGE_PARTS - 1)
    try:
        failed = result.transform(bend)
    except QgsCsException as error:
        raise NothingToAnalyse(name) from error
    box = result.boundingBox()
    if failed or not np.isfinite([box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]).all():
        raise NothingToAnalyse(name)
    return result


def reproject_extent(
    extent: QgsRectangle, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem, name: str
) -> QgsRectangle:
    """The box around ``extent`` in ``target``; the same errors."""
    return reproject(QgsGeometry.fromRect(extent), source, target, name).boundingBox()


def polygons_of(geometry: QgsGeometry) -> Tuple[Tuple[np.ndarray, ...], ...]:
    """The polygons of an areal geometry as (N, 2) float64 closed rings, shell first, then holes."""
    if geometry.isNull() or geometry.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return ()
    flat = QgsGeometry(geometry)
    flat.convertToMultiType()
    polygons: List[Tuple[np.ndarray, ...]] = []
    for polygon in flat.asMultiPolygon():
        rings = tuple(np.array([(p.x(), p.y()) for p in ring], dtype=np.float64) for ring in polygon if len(ring) > 3)
        if rings:
            polygons.append(rings)
    return tuple(polygons)
