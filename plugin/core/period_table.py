"""What changed in which period, as rows of a table without geometry: its sums are those of the polygons beside it."""

from typing import Any, Dict, List, Sequence

from qgis.core import NULL, QgsFeature, QgsFields
from qgis.PyQt.QtCore import QVariant

from .table_columns import fields_of

_COLUMNS = (
    ("period", QVariant.Int),
    ("start", QVariant.String),
    ("end", QVariant.String),
    ("from", QVariant.String),
    ("to", QVariant.String),
    ("count", QVariant.LongLong),
    ("pixels", QVariant.LongLong),
    ("area_m2", QVariant.Double),
    ("known", QVariant.Double),
)


def period_fields() -> QgsFields:
    """period (1 for the first), start, end (ISO 8601), from, to, count (of polygons), pixels, area_m2, known (share of the
    region, 0..1, that both dates show)."""
    return fields_of(_COLUMNS)


def period_rows(table: Sequence[Dict[str, Any]]) -> List[QgsFeature]:
    """The rows of ``SeriesResult.table``; what is not known, and covers where nothing changed, are NULL."""
    fields, rows = period_fields(), []
    for entry in table:
        row = QgsFeature(fields)
        row.setAttributes([NULL if entry[name] in (None, "") else entry[name] for name, _ in _COLUMNS])
        rows.append(row)
    return rows
