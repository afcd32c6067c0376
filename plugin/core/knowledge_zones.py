"""What rasters say of each feature: the mean of every band inside a polygon, the value under a point, with the date."""

import re
from dataclasses import dataclass
from typing import Any, Dict, Sequence, Tuple

from qgis.analysis import QgsZonalStatistics
from qgis.core import (
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from .layer_pixels import layer_time

#: A date in a name: the column is called the same whatever the day.
_DATE = re.compile(r"[_\- ]*(?:19|20)\d{2}[_\-]?\d{2}[_\-]?\d{2}")
#: Bands of a raster that are summed up.
MOST_BANDS = 12


@dataclass(frozen=True)
class _Raster:
    pixels: Any
    move: QgsCoordinateTransform
    size: Tuple[float, float]
    names: Tuple[str, ...]


@dataclass(frozen=True)
class Zones:
    """Made on the main thread, used on one worker. ``columns``: ``material.Column`` of what :meth:`values` gives."""

    rasters: Tuple[_Raster, ...]
    columns: Tuple[Any, ...]

    @classmethod
    def of(cls, layer: QgsVectorLayer, rasters: Sequence[QgsRasterLayer], context: QgsCoordinateTransformContext) -> "Zones":
        """For features of ``layer``; rasters without a CRS, where the layer has one, are left out."""
        from ...models.knowledge.material import Column

        taken, columns = [], []
        for raster in rasters:
            if raster.crs().isValid() != layer.crs().isValid() or raster.dataProvider() is None:
                continue
            day = (layer_time(raster) or "")[:10]
            words = " ".join(_DATE.sub(" ", raster.name()).replace("_", " ").split())[:60] or raster.name()
            names = []
            for band in range(1, min(raster.bandCount(), MOST_BANDS) + 1):
                which = f" band {band}" if raster.bandCount() > 1 else ""
                said = f"mean {words}{which}".lower()
                if any(column.words == said for column in columns):
                    said = f"{said} on {day or raster.name()}"
                name = f"{said} ({day})" if day else said
                names.append(name)
                columns.append(Column(name, said))
            size = raster.rasterUnitsPerPixelX(), raster.rasterUnitsPerPixelY()
            move = QgsCoordinateTransform(layer.crs(), raster.crs(), context)
            taken.append(_Raster(raster.dataProvider().clone(), move, size, tuple(names)))
        return cls(tuple(taken), tuple(columns))

    def values(self, geometry: QgsGeometry) -> Dict[str, float]:
        """By column; what lies outside a raster, or on its nodata, is left out."""
        found: Dict[str, float] = {}
        for raster in self.rasters:
            moved = QgsGeometry(geometry)
            try:
                moved.transform(raster.move)
            except QgsCsException:
                continue
            for band, name in enumerate(raster.names, 1):
                value = _mean(raster, moved, band)
                if value is not None:
                    found[name] = float(f"{value:.6g}")
        return found


def _mean(raster: _Raster, geometry: QgsGeometry, band: int) -> Any:
    if geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry:
        wanted = QgsZonalStatistics.Statistic.Mean
        result = QgsZonalStatistics.calculateStatistics(raster.pixels, geometry, *raster.size, band, wanted)
        value = result.get(wanted)
    else:
        value, inside = raster.pixels.sample(geometry.centroid().asPoint(), band)
        value = value if inside else None
    return None if value is None or value != value else value
