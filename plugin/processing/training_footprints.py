"""The outlines of chips as the OUTPUT layer: which split each went to, what was said of it, or why it was left out."""

from typing import Any, Dict, Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSink,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ..core.table_columns import fields_of
from ..core.tile_index import Row, feature_of

OUTPUT = "OUTPUT"
_COLUMNS = (
    ("chip", QVariant.String), ("image", QVariant.String), ("split", QVariant.String), ("turns", QVariant.Int),
    ("captions", QVariant.String), ("counts", QVariant.String), ("dropped", QVariant.String),
)


def write_footprints(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    rows: Iterable[Row],
    crs: QgsCoordinateReferenceSystem,
) -> Dict[str, Any]:
    """One polygon per chip in the raster's CRS, along the outer edges of its pixels. ``rows``: ring and values by column."""
    if parameters.get(OUTPUT) in (None, ""):
        return {}
    fields = fields_of(_COLUMNS)
    sink, target = algorithm.parameterAsSink(parameters, OUTPUT, context, fields, QgsWkbTypes.Type.Polygon, crs)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, OUTPUT))
    for row in rows:
        if not sink.addFeature(feature_of(row, fields), QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT))
    if not sink.flushBuffer():
        raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT))
    del sink
    return {OUTPUT: target}
