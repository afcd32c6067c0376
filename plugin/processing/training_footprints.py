"""The outlines of chips as the OUTPUT layer: which split each went to, what was said of it, or why it was left out."""

from typing import Any, Dict, Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ..core.table_columns import fields_of
from ..core.tile_index import Row, feature_of
from .row_output import write_rows

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
    fields = fields_of(_COLUMNS)
    features = (feature_of(row, fields) for row in rows)
    return write_rows(algorithm, parameters, OUTPUT, context, fields, features, QgsWkbTypes.Type.Polygon, crs)
