"""Region by clicking corners."""

from qgis.PyQt.QtCore import Qt

from .region_tool import RegionTool, is_left


class PolygonTool(RegionTool):
    """Left click adds a corner, Backspace takes the last one back, right click, Enter or double click closes."""

    kind = "polygon"

    def reset(self) -> None:
        """Forget all corners."""
        super().reset()
        self.points = []

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """Add a corner or close."""
        if is_left(event):
            self.points.append(self.to_map(event.pos()))
            self.show_points([*self.points, self.points[-1]])
        elif event.button() == Qt.MouseButton.RightButton:
            self.close()

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Show the polygon as it would be with a corner here."""
        if self.points:
            self.show_points([*self.points, self.to_map(event.pos())])

    def canvasDoubleClickEvent(self, event) -> None:  # noqa: N802 - Qt
        """Close; the two clicks have added their corner already."""
        if is_left(event):
            self.close()

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Backspace, Enter, Escape."""
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            event.accept()
            if self.points:
                self.points.pop()
                self.show_points(self.points)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.close()
        else:
            super().keyPressEvent(event)

    def close(self) -> None:
        """Finish with the corners so far; with fewer than three, say what is missing and go on."""
        corners = [point for i, point in enumerate(self.points) if i == 0 or point != self.points[i - 1]]
        if len(corners) < 3:
            self.refused.emit(self.tr("A polygon needs at least three corners."))
            return
        self.finish(corners)
