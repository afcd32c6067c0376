"""How large a region is, in words: ellipsoidal, whatever the project's CRS."""

from qgis.core import QgsCoordinateReferenceSystem, QgsDistanceArea, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QLocale

from ..core.project_units import unit_system

#: (up to this many square metres, square metres in one unit, unit)
UNITS = {
    "metric": ((1e4, 1.0, "m²"), (1e6, 1e4, "ha"), (float("inf"), 1e6, "km²")),
    "imperial": ((4046.856, 0.09290304, "sq ft"), (2589988.1, 4046.8564224, "acres"), (float("inf"), 2589988.110336, "sq mi")),
}


def area_text(square_metres: float, system: str = "") -> str:
    """An area as in the answers: m², ha, km² or sq ft, acres, sq mi; three digits.

    ``system``: "metric" or "imperial"; the project's if it is left out, which only the main thread may ask for.
    """
    for limit, factor, unit in UNITS[system or unit_system()]:
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
