"""Region by drawing freehand."""

from qgis.PyQt.QtCore import QPoint

from .region_tool import SLIP, RegionTool, is_left

#: Screen pixels by which the drawn line may be simplified: below what a hand can aim at.
TOLERANCE = 1.5


class LassoTool(RegionTool):
    """Press, draw around the place, release."""

    kind = "lasso"

    def reset(self) -> None:
        """Forget the line."""
        super().reset()
        self.points = []
        self.box = None

    def canvasPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Begin the line."""
        if is_left(event):
            self.points = [self.to_map(event.pos())]
            self.box = [event.pos(), event.pos()]

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Extend the line."""
        if not self.points:
            return
        self.points.append(self.to_map(event.pos()))
        low, high, here = self.box[0], self.box[1], event.pos()
        self.box = [
            QPoint(min(low.x(), here.x()), min(low.y(), here.y())),
            QPoint(max(high.x(), here.x()), max(high.y(), here.y())),
        ]
        self.show_points(self.points)

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """Close the line."""
        if not self.points or not is_left(event):
            return
        if (self.box[1] - self.box[0]).manhattanLength() < SLIP or len(self.points) < 3:
            self.reset()
            return
        self.finish(self.points, tolerance=TOLERANCE * self.canvas().mapUnitsPerPixel())
