"""Land cover of both dates as parameters of an algorithm: what the user knows of the ground beside the images."""

from typing import TYPE_CHECKING, Any, Dict, Optional, Sequence, Tuple

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..core.messages import tr
from .base import TerralogueAlgorithm
from .pair_tile_parameters import legend_of

if TYPE_CHECKING:
    from ..core.told_cover import ToldCover

BEFORE_COVER, AFTER_COVER, CLASSES, CLASS_FIELD = "BEFORE_COVER", "AFTER_COVER", "CLASSES", "CLASS_FIELD"


def declare_covers(algorithm: TerralogueAlgorithm) -> None:
    """Declare the four parameters, all optional and advanced."""
    text, kind = QgsProcessingParameterString, QgsProcessing.SourceType.TypeMapLayer
    for key, title in ((BEFORE_COVER, tr("Land cover before")), (AFTER_COVER, tr("Land cover after"))):
        algorithm.declare(
            QgsProcessingParameterMultipleLayers(key, title, kind, optional=True),
            tr("What is known of the ground is believed more than what is seen there. Polygons lie over rasters."),
            advanced=True,
        )
    algorithm.declare(
        text(CLASSES, tr("Classes of the land cover"), optional=True, multiLine=True),
        tr("Which land cover a value is: 1=tree; lake=water; lot=paved. A “-” leaves a value out."),
        advanced=True,
    )
    algorithm.declare(
        text(CLASS_FIELD, tr("Class field of the land cover"), optional=True),
        tr("Name of the field that holds the class. Layers without it are one class each."),
        advanced=True,
    )


def covers_of(
    algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], context: QgsProcessingContext, layers: Sequence[QgsMapLayer]
) -> Tuple[Optional["ToldCover"], ...]:
    """What is told of each of ``layers``, None where nothing is. Main thread.

    Raises QgsProcessingException with what to do, CrsMissing.
    """
    from ..core.class_ground import take_ground
    from ..core.told_cover import told_cover

    field = algorithm.parameterAsString(parameters, CLASS_FIELD, context).strip()
    found = []
    for key, layer in zip((BEFORE_COVER, AFTER_COVER), layers):
        told = algorithm.parameterAsLayerList(parameters, key, context)
        legend = legend_of(algorithm, parameters, CLASSES, context) if told else None
        if legend is None:
            found.append(None)
            continue
        ground = take_ground(told, field, "", 0.0, legend, layers[0].crs(), layer.extent())
        found.append(told_cover(layer.name(), ground, legend))
    return tuple(found)
