"""The table of what became of what as an output of an algorithm: rows without geometry."""

from typing import Any, Dict, Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
)

from ..core.messages import tr
from ..core.transition_table import table_fields, table_rows
from .row_output import write_rows

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
    return write_rows(algorithm, parameters, OUTPUT_TRANSITIONS, context, table_fields(), table_rows(transitions))
