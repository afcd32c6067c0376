"""Rows as an output of an algorithm: asked for or not, written whole or not at all."""

from typing import Any, Dict, Iterable, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsWkbTypes,
)


def write_rows(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    fields: QgsFields,
    rows: Iterable[QgsFeature],
    geometry: QgsWkbTypes.Type = QgsWkbTypes.Type.NoGeometry,
    crs: Optional[QgsCoordinateReferenceSystem] = None,
) -> Dict[str, Any]:
    """Write ``rows`` to the sink ``name``; {} if nobody asked for it, and ``rows`` are not looked at then.

    Raises QgsProcessingException with QGIS's own sentence.
    """
    if parameters.get(name) in (None, ""):
        return {}
    sink, target = algorithm.parameterAsSink(
        parameters, name, context, fields, geometry, crs or QgsCoordinateReferenceSystem()
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    written = all(sink.addFeature(row, QgsFeatureSink.Flag.FastInsert) for row in rows)
    if not written or not sink.flushBuffer():
        raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, name))
    return {name: target}
