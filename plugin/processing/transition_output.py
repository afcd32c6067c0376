"""The table of what became of what as an output of an algorithm: rows without geometry."""

from typing import Any, Dict, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ..core.messages import tr
from ..core.transition_table import table_fields, table_rows

OUTPUT_TRANSITIONS = "OUTPUT_TRANSITIONS"


def table_parameter() -> QgsProcessingParameterFeatureSink:
    """The parameter; left out unless asked for."""
    return QgsProcessingParameterFeatureSink(
        OUTPUT_TRANSITIONS, tr("Table of transitions"), QgsProcessing.SourceType.TypeVector, optional=True,
        createByDefault=False,
    )


def write_transitions(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    transitions: Sequence[Dict[str, Any]],
) -> Dict[str, Any]:
    """Write one row per pair of classes; no change is an empty table."""
    if parameters.get(OUTPUT_TRANSITIONS) in (None, ""):
        return {}
    sink, target = algorithm.parameterAsSink(
        parameters, OUTPUT_TRANSITIONS, context, table_fields(), QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, OUTPUT_TRANSITIONS))
    written = all(sink.addFeature(row, QgsFeatureSink.Flag.FastInsert) for row in table_rows(transitions))
    if not written or not sink.flushBuffer():
        raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT_TRANSITIONS))
    return {OUTPUT_TRANSITIONS: target}
