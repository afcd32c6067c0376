"""How a region looks on the canvas: one place for its colours, so that drawing and display agree."""

from qgis.core import QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

# Bright line in a dark casing: readable on imagery of any tone, and not by hue alone.
LINE = QColor(255, 196, 0)
CASING = QColor(20, 20, 20, 190)
FILL = QColor(255, 196, 0, 36)


def region_band(canvas: QgsMapCanvas, drawing: bool = False) -> QgsRubberBand:
    """A polygon rubber band in the region's colours, hidden until it has points. Main thread only."""
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
    band.setStrokeColor(LINE)
    band.setSecondaryStrokeColor(CASING)
    band.setWidth(2)
    # Filled while it is drawn; once it stands, nothing may tint the imagery inside.
    band.setFillColor(FILL if drawing else QColor(0, 0, 0, 0))
    if drawing:
        band.setLineStyle(Qt.PenStyle.DashLine)
    return band


def discard(canvas: QgsMapCanvas, item) -> None:
    """Take a canvas item off the scene, unless Qt has done so already."""
    from qgis.PyQt import sip

    if item is None or sip.isdeleted(item):
        return
    if not sip.isdeleted(canvas) and canvas.scene() is not None:
        canvas.scene().removeItem(item)
