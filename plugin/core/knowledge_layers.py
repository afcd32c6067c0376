"""Vector layers and tables as sources of a knowledge base: taken on the main thread, read on the worker."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, List, Optional, Sequence, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, Qt, QTime

from ...models.cancel import CancelToken
from .errors import LayerUnsupported
from .knowledge_zones import Zones
from .projections import wkt_of

if TYPE_CHECKING:
    from ...models.knowledge.material import Box, Chips, Row, Source

#: Columns of a layer that are read at most.
MOST_COLUMNS = 200


@dataclass(frozen=True)
class TakenLayer:
    """One layer, free of the project. ``fields``: (place, name) of the columns that are read."""

    id: str
    name: str
    crs_wkt: str
    spatial: bool
    fields: Tuple[Tuple[int, str], ...]
    features: QgsVectorLayerFeatureSource
    to_degrees: Optional[QgsCoordinateTransform]
    zones: Optional[Zones]
    expected: int

    def source(self, chips: "Optional[Chips]" = None) -> "Source":
        """What the base is built from. Worker."""
        from ...models.knowledge.material import Source
        from ...models.knowledge.wording import column_of

        columns = [column_of(name) for _, name in self.fields]
        columns += list(self.zones.columns) if self.zones is not None else []
        kind = "layer" if self.spatial else "table"
        return Source(kind, self.id, self.name, self.crs_wkt, tuple(columns), self.rows, chips=chips, expected=self.expected)

    def rows(self, cancel: CancelToken) -> "Iterator[Row]":
        """The features, one by one. Worker."""
        for feature in self.features.getFeatures(QgsFeatureRequest()):
            if cancel.cancelled:
                return
            yield self.row(feature)

    def row(self, feature: QgsFeature) -> "Row":
        """One feature as a base knows it."""
        from ...models.knowledge.material import Row

        values = {name: plain_of(feature[place]) for place, name in self.fields}
        if not self.spatial or not feature.hasGeometry():
            return Row(str(feature.id()), values)
        geometry = feature.geometry()
        if self.zones is not None:
            values.update(self.zones.values(geometry))
        bounds = geometry.boundingBox()
        box = _box(bounds)
        return Row(str(feature.id()), values, box, None if box is None else self._degrees(bounds))

    def _degrees(self, bounds: QgsRectangle) -> "Optional[Box]":
        if self.to_degrees is None:
            return None
        try:
            return _box(self.to_degrees.transformBoundingBox(bounds))
        except QgsCsException:
            return None


def take(layer: QgsVectorLayer, columns: Sequence[str] = (), rasters: Sequence[Any] = ()) -> TakenLayer:
    """A layer for a base. ``columns``: names, () for all; ``rasters``: layers summed up over each feature. Main thread.

    Raises LayerUnsupported.
    """
    if layer is None or not isinstance(layer, QgsVectorLayer):
        raise LayerUnsupported(layer.name() if layer is not None else "", "kind" if layer is not None else "gone")
    if not layer.isValid():
        raise LayerUnsupported(layer.name(), "invalid")
    context = QgsProject.instance().transformContext()
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    crs = layer.crs()
    fields = [(place, field.name()) for place, field in enumerate(layer.fields()) if not columns or field.name() in columns]
    zones = Zones.of(layer, rasters, context) if rasters and layer.isSpatial() else None
    return TakenLayer(
        layer.id(), layer.name(), wkt_of(crs), layer.isSpatial(), tuple(fields[:MOST_COLUMNS]),
        QgsVectorLayerFeatureSource(layer),
        QgsCoordinateTransform(crs, degrees, context) if crs.isValid() and layer.isSpatial() else None,
        zones, max(0, int(layer.featureCount())),
    )


def document_source(path: str) -> "Source":
    """A document for a base. Any thread."""
    from ...models.knowledge.documents import passages_of
    from ...models.knowledge.material import Source

    place = Path(path)
    return Source("document", str(place), place.name, passages=lambda cancel: passages_of(place, cancel))


def plain_of(value: Any) -> Any:
    """An attribute as text, number or truth value; None for NULL and for bytes."""
    if value is None or value == NULL or isinstance(value, (QByteArray, bytes)):
        return None
    if isinstance(value, (QDate, QDateTime, QTime)):
        return value.toString(Qt.DateFormat.ISODate) if value.isValid() else None
    if isinstance(value, (list, tuple)):
        found = [str(item) for item in value if item is not None and item != NULL]
        return ", ".join(found[:50]) or None
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return None
    text = str(value).strip()
    return text or None


def _box(bounds: QgsRectangle) -> "Optional[Box]":
    if bounds.isNull() or not bounds.isFinite():
        return None
    return bounds.xMinimum(), bounds.yMinimum(), bounds.xMaximum(), bounds.yMaximum()


def layer_of(id_: str) -> Optional[QgsVectorLayer]:
    """The vector layer of the project with this id. Main thread."""
    layer = QgsProject.instance().mapLayer(id_)
    return layer if isinstance(layer, QgsVectorLayer) else None


def choosable() -> List[QgsVectorLayer]:
    """Vector layers and tables of the project, by name. Main thread."""
    found = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsVectorLayer)]
    return sorted((one for one in found if one.isValid() and one.fields().count()), key=lambda one: one.name().lower())
