"""What became of what, as a table without geometry: its sums are those of the polygons beside it."""

import os
from pathlib import Path
from typing import Any, Dict, List, Sequence

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from .errors import ExportFailed
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
    layer = QgsVectorLayer("NoGeometry", title, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(table_fields().toList())
    layer.updateFields()
    added, _ = provider.addFeatures(table_rows(transitions))
    if not added or layer.featureCount() != len(transitions):
        raise ExportFailed("incomplete", title, "; ".join(provider.errors()))
    return layer


def write_table(transitions: Sequence[Dict[str, Any]], geopackage: Path) -> None:
    """Add the table to a GeoPackage. Any thread. Raises ExportFailed."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", TRANSITIONS
    options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    writer = QgsVectorFileWriter.create(
        str(geopackage), table_fields(), QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem(),
        QgsCoordinateTransformContext(), options,
    )
    try:
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            kind = "incomplete" if os.access(geopackage.parent, os.W_OK) else "no-results"
            raise ExportFailed(kind, geopackage.name, writer.errorMessage())
        written = all(writer.addFeature(row, QgsFeatureSink.Flag.FastInsert) for row in table_rows(transitions))
        if not written or not writer.flushBuffer():
            raise ExportFailed("incomplete", geopackage.name, writer.errorMessage())
    finally:
        del writer
