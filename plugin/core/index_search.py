"""Searching an index from QGIS: regions into longitude and latitude, finds into features, heat into a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsFields, QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import QVariant

from .map_region import MapRegion
from .service import Service
from .snapshots import ViewSnapshot
from .table_columns import fields_of

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.conversation import Region, View
    from ...models.retrieval.searching import Place, Query

LONGITUDE_LATITUDE = "EPSG:4326"
COLUMNS = (
    ("rank", QVariant.Int), ("score", QVariant.Double), ("source", QVariant.String), ("path", QVariant.String),
    ("time", QVariant.String), ("gsd", QVariant.Double), ("col", QVariant.Int), ("row", QVariant.Int),
    ("width", QVariant.Int), ("height", QVariant.Int), ("tile", QVariant.LongLong), ("model", QVariant.String),
)


class Found(NamedTuple):
    """``places``, best first; ``model``: what ranked them; ``tiles``: how many there were to choose from."""

    places: "List[Place]"
    model: str
    tiles: int


class HeatFile(NamedTuple):
    """A heat layer on disk. ``source``: the raster it lies over."""

    path: Path
    source: str
    model: str


def region_of(region: Optional[MapRegion], name: str) -> "Optional[Region]":
    """A region of the map in longitude and latitude. Main thread. Raises CrsMissing, NothingToAnalyse."""
    if region is None:
        return None
    return region.to_region(QgsCoordinateReferenceSystem(LONGITUDE_LATITUDE), name, 1e-5)


def picture_of(service: Service, snapshot: ViewSnapshot, cancel: "CancelToken") -> np.ndarray:
    """(dim,) vector of what a snapshot shows as a whole. Worker. Raises NothingToAnalyse, RasterUnreadable."""
    engine = service.engine()
    view: "View" = snapshot.open(cancel)
    try:
        from ...models.retrieval.looking import picture_of as look

        return look(view, engine.embedder(), cancel)
    finally:
        view.source.close()


def search(
    service: Service, folder: Path, query: "Query", most: int, cancel: "CancelToken",
    example: Optional[ViewSnapshot] = None,
) -> Found:
    """What fits ``query`` best in the index of ``folder``; ``example``: a place to find the like of. Worker.

    Raises what ``KnownIndexes.open`` and ``Search.find`` raise.
    """
    from dataclasses import replace

    engine = service.engine()
    if example is not None:
        query = replace(query, picture=picture_of(service, example, cancel))
    with engine.indexes.searching:
        opened = engine.indexes.open(folder)
        return Found(opened.find(query, most, cancel), opened.index.model, len(opened.ids))


def heat(
    service: Service, folder: Path, query: "Query", raster: Optional[int], path: Path, cancel: "CancelToken",
    example: Optional[ViewSnapshot] = None,
) -> HeatFile:
    """Where in one raster of an index it looks like ``query``, written to ``path``; ``raster``: its id, None: that of the
    best find. Worker. Raises as :func:`search`, and StorageFull.
    """
    from dataclasses import replace

    from ...models.retrieval.heat import heat_of

    engine = service.engine()
    if example is not None:
        query = replace(query, picture=picture_of(service, example, cancel))
    with engine.indexes.searching:
        opened = engine.indexes.open(folder)
        if raster is None:
            raster = opened.find(query, 1, cancel)[0].raster.id
        windows, scores = opened.scores(query, raster, cancel)
        record, model = opened.records[raster], opened.index.model
    tags = {"model": model, "source": record.name, "words": query.words[:200]}
    return HeatFile(Path(heat_of(record.grid, windows, scores).write(str(path), tags)), record.name, model)


def crs_of(places: "Sequence[Place]") -> Tuple[QgsCoordinateReferenceSystem, bool]:
    """The CRS of a layer of finds, and whether their own outlines are in it; else longitude and latitude."""
    every = {place.raster.grid.crs_wkt for place in places}
    if len(every) == 1:
        return QgsCoordinateReferenceSystem.fromWkt(every.pop()), True
    return QgsCoordinateReferenceSystem(LONGITUDE_LATITUDE), False


def fields() -> QgsFields:
    """The columns of a layer of finds."""
    return fields_of(COLUMNS)


def rows(places: "Sequence[Place]", model: str, own: bool) -> List[QgsFeature]:
    """Finds as features, best first. ``own``: outlines in their rasters' CRS, else in longitude and latitude."""
    found = []
    for number, place in enumerate(places):
        feature = QgsFeature(fields())
        ring = place.ring if own else _geographic(place)
        if ring is not None:
            feature.setGeometry(QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, y in ring.tolist()]]))
        window, raster = place.window, place.raster
        values: List[Any] = [
            number + 1, place.score, raster.name, raster.path, raster.time or None, raster.gsd, window.col, window.row,
            window.width, window.height, place.tile, model]
        feature.setAttributes(values)
        found.append(feature)
    return found


def _geographic(place: "Place") -> Optional[np.ndarray]:
    from ...models.imagery.geodesy import transform_points

    if not place.raster.grid.crs_wkt:
        return None
    ring = transform_points(place.ring, place.raster.grid.crs_wkt, LONGITUDE_LATITUDE)
    return ring if np.isfinite(ring).all() else None
