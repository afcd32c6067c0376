"""The index of a tiled data set: a GeoPackage with one outline per tile that was looked at, kept or left out."""

import json
from pathlib import Path
from typing import Any, Dict, Iterable, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from .geopackage import is_whole
from .messages import tr
from .table_columns import Columns, fields_of

#: The file in the data set's folder, and its table.
FILE, TABLE = "tiles.gpkg", "tiles"
Row = Tuple[Tuple[Tuple[float, float], ...], Dict[str, Any]]


def feature_of(row: Row, fields: QgsFields) -> QgsFeature:
    """One polygon along the outer edges of the tile's pixels; objects become JSON, missing values NULL."""
    ring, values = row
    feature = QgsFeature(fields)
    feature.setGeometry(QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, y in (*ring, ring[0])]]))
    feature.setAttributes([_written(values.get(field.name())) for field in fields])
    return feature


def write_index(folder: Path, columns: Columns, rows: Iterable[Row], crs: QgsCoordinateReferenceSystem) -> None:
    """``tiles.gpkg`` in ``folder``. Any thread. Raises QgsProcessingException if it could not be written whole."""
    fields, path = fields_of(columns), folder / FILE
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", TABLE
    context = QgsCoordinateTransformContext()
    writer = QgsVectorFileWriter.create(str(path), fields, QgsWkbTypes.Type.Polygon, crs, context, options)
    good = writer.hasError() == QgsVectorFileWriter.WriterError.NoError
    for row in rows if good else ():
        good = good and writer.addFeature(feature_of(row, fields), QgsFeatureSink.Flag.FastInsert)
    del writer
    if not good or not is_whole(path, TABLE):
        raise QgsProcessingException(tr("The index of tiles could not be written. Free some space or choose another folder."))


def _written(value: Any) -> Any:
    if value is None or value == "":
        return NULL
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
