"""How a picture lies on the ground: metres in a pixel, where north is, and extent and reference system in words."""

import math
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsDistanceArea,
    QgsPointXY,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QLocale

from ..messages import tr

#: Share of the width that a scale bar is right for: the middle of the picture.
_MIDDLE = 0.25


def metres_per_pixel(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, width: int) -> Optional[float]:
    """Ground metres in one of ``width`` pixels, west to east through the middle, on the ellipsoid of ``crs``.

    None without a reference system, and where the middle has no place on the Earth. Any thread.
    """
    if not crs.isValid() or width < 1 or extent.width() <= 0:
        return None
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsCoordinateTransformContext())
    measure.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    half = _MIDDLE * extent.width() / 2
    centre = extent.center()
    ends = (QgsPointXY(centre.x() - half, centre.y()), QgsPointXY(centre.x() + half, centre.y()))
    try:
        metres = measure.measureLine(*ends)
    except QgsCsException:
        return None
    found = metres / (_MIDDLE * width)
    return found if math.isfinite(found) and found > 0 else None


def north_angle(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> Optional[float]:
    """Where true north is at the middle, in degrees clockwise from the picture's top; None if that is unknown."""
    if not crs.isValid():
        return None
    lonlat = QgsCoordinateReferenceSystem("EPSG:4326")
    context = QgsCoordinateTransformContext()
    centre = extent.center()
    try:
        there = QgsCoordinateTransform(crs, lonlat, context).transform(centre)
        step = QgsPointXY(there.x(), there.y() + (1e-3 if there.y() < 89 else -1e-3))
        beyond = QgsCoordinateTransform(lonlat, crs, context).transform(step)
    except QgsCsException:
        return None
    sign = 1 if there.y() < 89 else -1
    across, up = sign * (beyond.x() - centre.x()), sign * (beyond.y() - centre.y())
    if not (math.isfinite(across) and math.isfinite(up)) or (across == 0 and up == 0):
        return None
    return math.degrees(math.atan2(across, up))


def crs_line(crs: QgsCoordinateReferenceSystem) -> str:
    """The reference system by number and name."""
    if not crs.isValid():
        return tr("No coordinate reference system: no scale and no north")
    return " – ".join(part for part in (crs.authid(), crs.description()) if part) or tr("A reference system of its own")


def extent_line(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> str:
    """West to east and south to north in the units of ``crs``."""
    digits = 5 if crs.isGeographic() else 1
    west, east, south, north = (
        QLocale().toString(float(value), "f", digits)
        for value in (extent.xMinimum(), extent.xMaximum(), extent.yMinimum(), extent.yMaximum())
    )
    return tr("x {west} to {east}, y {south} to {north}").format(west=west, east=east, south=south, north=north)
