"""The box of an object that was found before, as the map shows it: where refining it begins. Main thread only."""

from typing import Any, List, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas

from ...core import log
from ...core.feature_rows import geometry_of


def box_of(canvas: QgsMapCanvas, features: Any, number: int) -> Optional[List[QgsPointXY]]:
    """Corners in canvas map units around feature ``number`` of a FeatureSet; None if it has no place there."""
    if features is None or not 0 <= number < len(features.features):
        return None
    box = geometry_of(features.features[number].rings).boundingBox()
    left, right, bottom, top = box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum()
    corners = [QgsPointXY(*place) for place in ((left, top), (right, top), (right, bottom), (left, bottom))]
    crs, here = QgsCoordinateReferenceSystem.fromWkt(features.crs_wkt), canvas.mapSettings().destinationCrs()
    if not crs.isValid() or not here.isValid() or crs == here:
        return corners
    bend = QgsCoordinateTransform(crs, here, QgsProject.instance().transformContext())
    try:
        return [bend.transform(corner) for corner in corners]
    except QgsCsException as error:
        log.error(error, "refining an object")
        return None
