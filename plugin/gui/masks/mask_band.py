"""The mask in hand on the canvas: firm for what was pointed at, faint for what the mouse rests on. Main thread only."""

from typing import Optional, Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...core.feature_rows import geometry_of
from ..tools.region_band import discard

#: Corners drawn; what has more is drawn as its boxes: a rubber band is painted anew with every move of the map.
CORNERS = 20_000


class MaskBand:
    """One rubber band; made at its first use, gone after :meth:`unload`."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self.band: Optional[QgsRubberBand] = None

    def show_features(self, features: Sequence, crs: QgsCoordinateReferenceSystem, colour: QColor, faint: bool) -> None:
        """Draw the polygons of MaskFeatures in ``crs``; ``faint``: only a suggestion."""
        if self.band is None:
            self.band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
            self.band.setSecondaryStrokeColor(QColor(255, 255, 255, 180))
        shapes = [geometry_of(feature.rings) for feature in features]
        if sum(len(ring) for feature in features for ring in feature.rings) > CORNERS:
            shapes = [QgsGeometry.fromRect(shape.boundingBox()) for shape in shapes]
        fill = QColor(colour)
        fill.setAlpha(45 if faint else 100)
        self.band.setStrokeColor(colour)
        self.band.setFillColor(fill)
        self.band.setWidth(1 if faint else 2)
        self.band.setLineStyle(Qt.PenStyle.DashLine if faint else Qt.PenStyle.SolidLine)
        self.band.setToGeometry(shapes[0] if len(shapes) == 1 else QgsGeometry.collectGeometry(shapes), crs)
        self.band.show()

    def clear(self) -> None:
        """Draw nothing."""
        if self.band is not None:
            self.band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)

    def unload(self) -> None:
        """Take it off the canvas."""
        discard(self._canvas, self.band)
        self.band = None
