"""The part of the map a question is about, as the user drew it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsRectangle

from ...models.errors import NothingToAnalyse
from .projections import polygons_of, reproject

if TYPE_CHECKING:
    from ...models.conversation import Region

#: A click stands for this many pixels of the layer around it, in each direction.
CLICK_PIXELS = 128


@dataclass(frozen=True)
class MapRegion:
    """``geometry``: polygon or multipolygon in ``crs``, null for a click. ``point``: the click, in ``crs``.

    ``kind``: "rectangle", "polygon", "lasso", "click", "features", "layer", "bookmark" or "view".
    """

    geometry: QgsGeometry
    crs: QgsCoordinateReferenceSystem
    kind: str
    point: Optional[QgsPointXY] = None

    @staticmethod
    def from_extent(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, kind: str = "rectangle") -> "MapRegion":
        """The region of a box."""
        return MapRegion(QgsGeometry.fromRect(extent), crs, kind)

    def to_region(self, crs: QgsCoordinateReferenceSystem, name: str, pixel: float = 0.0) -> "Region":
        """The same ground in ``crs``, edges densified. ``pixel``: width of a pixel there, for a click.

        Raises CrsMissing, or NothingToAnalyse if nothing of it has a place in ``crs``. Main thread only.
        """
        from ...models.conversation import Region

        point = None
        geometry = reproject(self.geometry, self.crs, crs, name) if not self.geometry.isNull() else None
        if self.point is not None:
            there = reproject(QgsGeometry.fromPointXY(self.point), self.crs, crs, name).asPoint()
            point = (there.x(), there.y())
            if geometry is None and pixel > 0:
                reach = CLICK_PIXELS * pixel
                geometry = QgsGeometry.fromRect(
                    QgsRectangle(there.x() - reach, there.y() - reach, there.x() + reach, there.y() + reach)
                )
        polygons = polygons_of(geometry) if geometry is not None else ()
        if not polygons:
            raise NothingToAnalyse(name)
        return Region(polygons, point)
