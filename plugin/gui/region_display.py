"""The region asked about: held, drawn on the canvas, and kept in place when the project CRS changes."""

from typing import Optional

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsProject, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsVertexMarker
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.map_region import MapRegion
from .tools.region_band import LINE, discard, region_band

#: Straight edges bend under a change of CRS; this many pieces per outline follow the bend closely enough to look right.
PIECES = 200


class RegionDisplay(QObject):
    """``changed(region or None)`` after every change. The region keeps the CRS it was drawn in. Main thread only."""

    changed = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.region: Optional[MapRegion] = None
        self.band = region_band(canvas)
        self.mark = QgsVertexMarker(canvas)
        self.mark.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
        self.mark.setColor(LINE)
        self.mark.setPenWidth(3)
        self.mark.setIconSize(16)
        self.mark.hide()
        canvas.destinationCrsChanged.connect(self.redraw)

    def set_region(self, region: Optional[MapRegion]) -> None:
        """Hold and show ``region``; None clears."""
        self.region = region
        self.redraw()
        self.changed.emit(region)

    def clear(self) -> None:
        """No region: questions are about the whole source again."""
        self.set_region(None)

    def on_canvas(self, bend: bool = True) -> QgsGeometry:
        """The region (for a click, its point) in canvas map units; empty if there is none or it has no place there.

        ``bend``: follow the curve that straight edges take in another CRS; False keeps the corners only, for editing.
        """
        if self.region is None:
            return QgsGeometry()
        geometry = QgsGeometry(self.region.geometry)
        if self.region.point is not None:
            geometry = QgsGeometry.fromPointXY(self.region.point)
        here = self.canvas.mapSettings().destinationCrs()
        if not self.region.crs.isValid() or not here.isValid() or self.region.crs == here:
            return geometry
        if bend and geometry.length() > 0:
            geometry = geometry.densifyByDistance(geometry.length() / PIECES)
        try:
            geometry.transform(QgsCoordinateTransform(self.region.crs, here, QgsProject.instance().transformContext()))
        except QgsCsException:
            return QgsGeometry()
        return geometry

    def redraw(self) -> None:
        """Draw the region where it lies now."""
        self.band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self.mark.hide()
        geometry = self.on_canvas()
        if geometry.isEmpty():
            return
        if geometry.type() == QgsWkbTypes.GeometryType.PointGeometry:
            self.mark.setCenter(geometry.asPoint())
            self.mark.show()
        else:
            self.band.setToGeometry(geometry, None)
            self.band.show()

    def unload(self) -> None:
        """Take the region off the canvas."""
        self.canvas.destinationCrsChanged.disconnect(self.redraw)
        discard(self.canvas, self.band)
        discard(self.canvas, self.mark)
