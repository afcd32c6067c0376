"""What became of what, as a table without geometry: its sums are those of the polygons beside it."""

from pathlib import Path
from typing import Any, Dict, List, Sequence

from qgis.core import NULL, QgsFeature, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant

from .plain_tables import add_to_geopackage, in_memory
from .table_columns import fields_of

#: Name of the table in a result file.
TRANSITIONS = "transitions"
_TEXT = ("from", "to")
_WHOLE = ("count", "pixels")
_REAL = ("area_m2", "share")


def table_fields() -> QgsFields:
    """from, to, count (of polygons), pixels, area_m2, share (0..1 of the pixels known on both dates)."""
    columns = ((_TEXT, QVariant.String), (_WHOLE, QVariant.LongLong), (_REAL, QVariant.Double))
    return fields_of([(name, variant) for names, variant in columns for name in names])


def table_rows(transitions: Sequence[Dict[str, Any]]) -> List[QgsFeature]:
    """The rows of the facts' ``transitions`` in the order they have; an area that is not known is NULL."""
    fields, rows = table_fields(), []
    for entry in transitions:
        row = QgsFeature(fields)
        values: List[Any] = [str(entry[name]) for name in _TEXT]
        values += [int(entry[name]) for name in _WHOLE]
        values += [NULL if entry[name] is None else float(entry[name]) for name in _REAL]
        row.setAttributes(values)
        rows.append(row)
    return rows


def table_in_memory(transitions: Sequence[Dict[str, Any]], title: str) -> QgsVectorLayer:
    """The table as a layer that QGIS marks as temporary. Main thread. Raises ExportFailed."""
    return in_memory(table_fields(), table_rows(transitions), title)


def write_table(transitions: Sequence[Dict[str, Any]], geopackage: Path) -> None:
    """Add the table to a GeoPackage. Any thread. Raises ExportFailed."""
    add_to_geopackage(TRANSITIONS, table_fields(), table_rows(transitions), geopackage)
