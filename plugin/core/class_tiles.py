"""Named tiles as rows of a vector layer: fields, geometry, attributes. Any thread; touches no layer."""

from typing import TYPE_CHECKING, Any, Dict, Iterator

from qgis.core import NULL, QgsFeature, QgsFields
from qgis.PyQt.QtCore import QVariant

from ...models.cancel import CancelToken
from .feature_rows import geometry_of
from .table_columns import fields_of

if TYPE_CHECKING:
    from ...models.classify.classify import Classified

COLUMNS = (
    ("label", QVariant.String), ("score", QVariant.Double), ("runner_up", QVariant.String), ("runner_up_score", QVariant.Double),
    ("pixels", QVariant.LongLong), ("area_m2", QVariant.Double), ("model", QVariant.String), ("source", QVariant.String),
    ("time", QVariant.String),
)  # fmt: skip


def tile_fields() -> QgsFields:
    """The fields of a layer of named tiles."""
    return fields_of(COLUMNS)


def tile_rows(found: "Classified", cancel: CancelToken) -> Iterator[QgsFeature]:
    """A row for each tile; a score, a runner-up or an area that there is none of is NULL."""
    fields, features = tile_fields(), found.features
    for number, (item, (runner, score)) in enumerate(zip(features.features, found.runners)):
        if number % 256 == 0:
            cancel.raise_if_cancelled()
        row = QgsFeature(fields)
        row.setGeometry(geometry_of(item.rings))
        row.setAttributes([
            item.label, float(item.score) if item.score else NULL, runner or NULL, float(score) if runner else NULL,
            int(item.pixels), NULL if item.area_m2 is None else float(item.area_m2), features.model, features.source,
            features.time or NULL])
        yield row


def summary_of(found: "Classified") -> Dict[str, Any]:
    """What a run came to, as JSON: classes with their tiles, share and area."""
    kept = ("source", "model", "gsd", "side", "classes", "none", "looked", "skipped", "encoded", "unreadable", "together")
    return {key: found.facts[key] for key in kept}
