"""How large a region is, in words: ellipsoidal, whatever the project's CRS."""

from qgis.core import QgsCoordinateReferenceSystem, QgsDistanceArea, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QLocale


def area_text(square_metres: float) -> str:
    """Square metres below a hectare, hectares below a square kilometre, then square kilometres; three digits."""
    for limit, factor, unit in ((1e4, 1.0, "m²"), (1e6, 1e4, "ha"), (float("inf"), 1e6, "km²")):
        if square_metres < limit:
            value = square_metres / factor
            decimals = 0 if value >= 100 else 1 if value >= 10 else 2
            return QLocale().toString(value, "f", decimals) + " " + unit
    return ""


def geodesic_area(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem):
    """Square metres on the ellipsoid of the geometry's own CRS; None without CRS or polygon."""
    if geometry.isNull() or not crs.isValid():
        return None
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsProject.instance().transformContext())
    measure.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    return measure.measureArea(geometry)


def region_text(region) -> str:
    """One or two words on a region for its label: its area, “One place” for a click."""
    if region is None:
        return ""
    if region.point is not None:
        return QCoreApplication.translate("Region", "One place")
    square_metres = geodesic_area(region.geometry, region.crs)
    return QCoreApplication.translate("Region", "No CRS") if square_metres is None else area_text(square_metres)
