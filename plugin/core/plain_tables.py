"""Tables without geometry that go with polygons: as a temporary layer, or as one more table of their GeoPackage."""

import os
from pathlib import Path
from typing import List

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from .errors import ExportFailed


def in_memory(fields: QgsFields, rows: List[QgsFeature], title: str) -> QgsVectorLayer:
    """A layer that QGIS marks as temporary. Main thread. Raises ExportFailed."""
    layer = QgsVectorLayer("NoGeometry", title, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(fields.toList())
    layer.updateFields()
    added, _ = provider.addFeatures(rows)
    if not added or layer.featureCount() != len(rows):
        raise ExportFailed("incomplete", title, "; ".join(provider.errors()))
    return layer


def add_to_geopackage(name: str, fields: QgsFields, rows: List[QgsFeature], geopackage: Path) -> None:
    """One more table of a GeoPackage. Any thread. Raises ExportFailed."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", name
    options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    writer = QgsVectorFileWriter.create(
        str(geopackage), fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem(),
        QgsCoordinateTransformContext(), options,
    )
    try:
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            kind = "incomplete" if os.access(geopackage.parent, os.W_OK) else "no-results"
            raise ExportFailed(kind, geopackage.name, writer.errorMessage())
        written = all(writer.addFeature(row, QgsFeatureSink.Flag.FastInsert) for row in rows)
        if not written or not writer.flushBuffer():
            raise ExportFailed("incomplete", geopackage.name, writer.errorMessage())
    finally:
        del writer
