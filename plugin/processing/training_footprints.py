"""The outlines of chips as the OUTPUT layer: which split each went to, what was said of it, or why it was left out."""

import json
from typing import Any, Dict, Iterable, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

OUTPUT = "OUTPUT"
_COLUMNS = (
    ("chip", QVariant.String), ("image", QVariant.String), ("split", QVariant.String), ("turns", QVariant.Int),
    ("captions", QVariant.String), ("counts", QVariant.String), ("dropped", QVariant.String),
)

Ring = Tuple[Tuple[float, float], ...]


def write_footprints(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    rows: Iterable[Tuple[Ring, Dict[str, Any]]],
    crs: QgsCoordinateReferenceSystem,
) -> Dict[str, Any]:
    """One polygon per chip in the raster's CRS, along the outer edges of its pixels. ``rows``: ring and values by column."""
    if parameters.get(OUTPUT) in (None, ""):
        return {}
    fields = QgsFields()
    for name, variant in _COLUMNS:
        fields.append(QgsField(name, variant))
    sink, target = algorithm.parameterAsSink(parameters, OUTPUT, context, fields, QgsWkbTypes.Type.Polygon, crs)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, OUTPUT))
    for ring, values in rows:
        row = QgsFeature(fields)
        row.setGeometry(QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, y in (*ring, ring[0])]]))
        row.setAttributes([_written(values.get(name)) for name, _ in _COLUMNS])
        if not sink.addFeature(row, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT))
    if not sink.flushBuffer():
        raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT))
    del sink
    return {OUTPUT: target}


def _written(value: Any) -> Any:
    if value is None or value == "":
        return NULL
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
