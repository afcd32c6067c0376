"""Places between the map and the imagery that is pointed at. Layers without a CRS lie where the map says. Main thread."""

from typing import List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas

Place = Tuple[float, float]


class GroundPlaces:
    """``crs``: of the imagery."""

    def __init__(self, canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem) -> None:
        self._canvas, self._crs = canvas, crs

    def to_ground(self, points: Sequence[QgsPointXY]) -> Optional[Tuple[Place, ...]]:
        """From canvas map units into units of the imagery's CRS; None where there is no such place."""
        try:
            found = [self._bend().transform(point) for point in points]
        except QgsCsException:
            return None
        return tuple((point.x(), point.y()) for point in found)

    def to_map(self, places: Sequence[Place]) -> List[QgsPointXY]:
        """Back; places that the map has not are left out."""
        try:
            bend = self._bend(back=True)
            return [bend.transform(QgsPointXY(*place)) for place in places]
        except QgsCsException:
            return []

    def pixel(self, point: QgsPointXY) -> float:
        """How many units of the imagery's CRS a pixel of the screen is, around ``point`` (canvas map units)."""
        size = self._canvas.mapUnitsPerPixel()
        reach = 8 * size
        ends = self.to_ground([QgsPointXY(point.x() - reach, point.y()), QgsPointXY(point.x() + reach, point.y())])
        if ends is None:
            return size
        (x0, y0), (x1, y1) = ends
        return float(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5) / 16 or size

    def _bend(self, back: bool = False) -> QgsCoordinateTransform:
        here = self._canvas.mapSettings().destinationCrs()
        if not here.isValid() or not self._crs.isValid() or here == self._crs:
            return QgsCoordinateTransform()
        pair = (self._crs, here) if back else (here, self._crs)
        return QgsCoordinateTransform(*pair, QgsProject.instance().transformContext())
