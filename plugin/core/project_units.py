"""In which units answers are given: those the project measures areas in."""

from qgis.core import QgsProject, QgsUnitTypes

_FEET_AND_MILES = ("AreaSquareFeet", "AreaSquareYards", "AreaSquareMiles", "AreaAcres")


def unit_system() -> str:
    """ "metric" or "imperial". Main thread."""
    unit = QgsProject.instance().areaUnits()
    imperial = [getattr(QgsUnitTypes.AreaUnit, name) for name in _FEET_AND_MILES]
    return "imperial" if unit in imperial else "metric"
