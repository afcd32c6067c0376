"""Region by one click, for questions like “What is this?”."""

from qgis.core import QgsGeometry

from ...core.map_region import MapRegion
from .region_tool import RegionTool, is_left


class ClickTool(RegionTool):
    """Emits a region with ``point`` and no geometry: how much around it is looked at depends on the layer."""

    kind = "click"

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """One click is the whole gesture."""
        if is_left(event):
            crs = self.canvas().mapSettings().destinationCrs()
            self.captured.emit(MapRegion(QgsGeometry(), crs, self.kind, self.to_map(event.pos())))
