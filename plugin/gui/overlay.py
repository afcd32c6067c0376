"""What an answer points at, drawn on the canvas until it is kept as a layer or dismissed. Main thread only."""

from typing import Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QColor

from ..core.feature_rows import geometry_of
from .class_colours import feature_colour
from .tools.region_band import discard

#: Features turned into geometry per slice of the event loop: a few milliseconds.
SLICE = 300
#: Features of one rubber band: drawn in one go, in some ten milliseconds.
BAND = 2000
#: Corners drawn as they are; beyond it, boxes: a rubber band is redrawn with every pan.
CORNERS = 150_000
#: Objects that also get a box, which is easier to find than a small outline; beyond it boxes hide the imagery.
BOXES = 300


class PreviewOverlay(QObject):
    """A rubber band per class and :data:`BAND` features, one for the boxes. ``show_features`` draws in slices: thousands
    of objects freeze nothing."""

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.features = None
        self.crs = QgsCoordinateReferenceSystem()
        self.bands: Dict[Tuple[str, int], QgsRubberBand] = {}
        self.box_band: Optional[QgsRubberBand] = None
        self._parts: Dict[Tuple[str, int], List[QgsGeometry]] = {}
        self._undrawn: List[Tuple[str, int]] = []
        self._boxes: List[QgsGeometry] = []
        self._next = 0
        self._corners = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)
        canvas.destinationCrsChanged.connect(self._redraw)

    def show_features(self, feature_set) -> None:
        """Draw a ``models`` FeatureSet instead of what is drawn now; None draws nothing."""
        self.clear()
        if feature_set is None or not feature_set.features:
            return
        self.features = feature_set
        self.crs = QgsCoordinateReferenceSystem.fromWkt(feature_set.crs_wkt)
        self._timer.start()

    @property
    def drawn(self) -> bool:
        """Whether everything there is to show is on the canvas."""
        return not self._timer.isActive()

    def clear(self) -> None:
        """Take everything off the canvas."""
        self._timer.stop()
        for band in filter(None, (*self.bands.values(), self.box_band)):
            discard(self.canvas, band)
        self.box_band = None
        self.bands, self._parts, self._boxes, self._undrawn, self.features = {}, {}, [], [], None
        self._next = self._corners = 0

    def _slice(self) -> None:
        """One step: turn some features into geometry or, once all are, draw one band."""
        if self._next < len(self.features.features):
            self._turn(self.features.features[self._next : self._next + SLICE])
        elif self._undrawn:
            self._draw(self._undrawn.pop(0))
        else:
            self._timer.stop()

    def _turn(self, features) -> None:
        for number, feature in enumerate(features, start=self._next):
            self._corners += sum(len(ring) for ring in feature.rings)
            geometry = geometry_of(feature.rings)
            box = QgsGeometry.fromRect(geometry.boundingBox())
            if len(self.features.features) <= BOXES:
                self._boxes.append(box)
            if self._corners > CORNERS:
                geometry = box
            self._parts.setdefault((feature_colour(feature).name(), number // BAND), []).append(geometry)
        self._next += len(features)
        if self._next >= len(self.features.features):
            self._redraw()

    def _draw(self, key) -> None:
        band = self.bands.get(key)
        if band is None:
            band = self.bands[key] = self._band(QColor(key[0]))
        self._fill(band, self._parts[key])
        if self._boxes and not self._undrawn:
            self.box_band = self.box_band or self._new_box_band()
            self._fill(self.box_band, self._boxes)

    def _redraw(self) -> None:
        """Draw everything where it lies now: all is there, or the canvas has another CRS."""
        if self.features is not None and self._next >= len(self.features.features):
            self._undrawn = list(self._parts)
            self._timer.start()

    def _fill(self, band: QgsRubberBand, parts: List[QgsGeometry]) -> None:
        band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        band.setToGeometry(QgsGeometry.collectGeometry(parts), self.crs)
        band.show()

    def _band(self, colour: QColor) -> QgsRubberBand:
        band = QgsRubberBand(self.canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        band.setStrokeColor(colour)
        band.setSecondaryStrokeColor(QColor(255, 255, 255, 150))
        band.setWidth(2)
        fill = QColor(colour)
        fill.setAlpha(70)
        band.setFillColor(fill)
        return band

    def _new_box_band(self) -> QgsRubberBand:
        band = QgsRubberBand(self.canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        band.setStrokeColor(QColor(255, 255, 255, 220))
        band.setFillColor(QColor(0, 0, 0, 0))
        band.setWidth(1)
        return band

    def unload(self) -> None:
        """Leave the canvas as it was."""
        self.clear()
        self.canvas.destinationCrsChanged.disconnect(self._redraw)


def flash_features(canvas: QgsMapCanvas, feature_set, indices: Sequence[int]) -> None:
    """Flash the chosen features, and bring them into view if they are outside or too small to see."""
    crs = QgsCoordinateReferenceSystem.fromWkt(feature_set.crs_wkt)
    shapes = [geometry_of(feature_set.features[i].rings) for i in indices[:200] if i < len(feature_set.features)]
    if not shapes:
        return
    box = _box_on_canvas(canvas, shapes, crs)
    if box is not None:
        view, short = canvas.extent(), 24 * canvas.mapUnitsPerPixel()
        if not view.contains(box) or max(box.width(), box.height()) < short:
            box.grow(max(box.width(), box.height(), 20 * canvas.mapUnitsPerPixel() * 0.05))
            box.scale(4.0 if len(shapes) == 1 else 1.3)
            canvas.setExtent(box)
            canvas.refresh()
    colour = feature_colour(feature_set.features[indices[0]])
    canvas.flashGeometries(shapes, crs, colour, QColor(255, 255, 255, 0), 3, 350)


def _box_on_canvas(canvas: QgsMapCanvas, shapes, crs: QgsCoordinateReferenceSystem) -> Optional[QgsRectangle]:
    box = QgsRectangle()
    for shape in shapes:
        box.combineExtentWith(shape.boundingBox())
    here = canvas.mapSettings().destinationCrs()
    if not crs.isValid() or not here.isValid() or crs == here:
        return box
    try:
        return QgsCoordinateTransform(crs, here, QgsProject.instance().transformContext()).transformBoundingBox(box)
    except QgsCsException:
        return None
