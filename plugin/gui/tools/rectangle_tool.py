"""Region by dragging a rectangle on the screen."""

from typing import List

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QPoint

from .region_tool import SLIP, RegionTool, is_left


class RectangleTool(RegionTool):
    """A rectangle as the user sees it: under a rotated canvas its corners make a turned polygon on the map."""

    kind = "rectangle"

    def reset(self) -> None:
        """Forget the first corner."""
        super().reset()
        self.corner = None

    def canvasPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Set the first corner, in map units: the canvas may be zoomed by wheel during the drag."""
        if is_left(event):
            self.corner = self.to_map(event.pos())

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Show the rectangle so far."""
        if self.corner is not None:
            self.show_points(self.corners(event.pos()))

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """Finish, unless the mouse hardly moved."""
        if self.corner is None or not is_left(event):
            return
        start = self.toCanvasCoordinates(self.corner)
        if (event.pos() - start).manhattanLength() < SLIP:
            self.reset()
            return
        self.finish(self.corners(event.pos()))

    def corners(self, position: QPoint) -> List[QgsPointXY]:
        """The four map points of the screen rectangle between the first corner and ``position``."""
        start = self.toCanvasCoordinates(self.corner)
        screen = (start, QPoint(position.x(), start.y()), position, QPoint(start.x(), position.y()))
        return [self.corner, *(self.to_map(point) for point in screen[1:])]
