"""Outlines, parts, colours and statistics: what the algorithms that draw polygons let one choose about them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict

from qgis.core import (
    QgsProcessing,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
)

from ...models.cancel import CancelToken
from ..core.messages import tr
from ..core.outline_words import outline_sentences
from ..core.statistics_table import known_pixels, statistics_fields, statistics_of, statistics_rows
from .base import TerralogueAlgorithm
from .row_output import write_rows

if TYPE_CHECKING:
    from ...models.features import FeatureSet
    from ...models.polygons.options import Shaping

SIMPLIFY, RIGHT_ANGLES, FILL_HOLES, MIN_WIDTH = "SIMPLIFY", "RIGHT_ANGLES", "FILL_HOLES", "MIN_WIDTH"
KEEP_NEIGHBOURS, MULTIPART, COLOURS = "KEEP_NEIGHBOURS", "MULTIPART", "COLOURS"
OUTPUT_STATISTICS = "OUTPUT_STATISTICS"


@dataclass(frozen=True)
class PolygonOptions:
    """``each``: a colour for every polygon instead of one for every class."""

    shaping: "Shaping"
    multipart: bool
    each: bool


def add_parameters(algorithm: TerralogueAlgorithm) -> None:
    """Declare them all, folded away; by default outlines are those of the pixels."""
    number, boolean = QgsProcessingParameterNumber, QgsProcessingParameterBoolean
    real = number.Type.Double
    algorithm.declare(
        number(SIMPLIFY, tr("Simplify outlines by at most (m)"), real, 0.0, True, 0.0),
        tr("Leaves corners out that lie no farther than this from the outline. Neighbours keep their common edges. The "
           "fields shape, shape_m2 and shape_err say what that changed. 0: the edges of the pixels."),
        advanced=True,
    )
    algorithm.declare(
        boolean(RIGHT_ANGLES, tr("Right angles for buildings"), False),
        tr("Draws walls along one direction and across it, with the area of the mask. Where such an outline would lie far "
           "from the mask, the outline stays as it is; the log says how often."),
        advanced=True,
    )
    algorithm.declare(
        number(FILL_HOLES, tr("Fill holes smaller than (m²)"), real, 0.0, True, 0.0),
        tr("Holes in which another polygon lies stay, unless neighbours need not be kept apart."),
        advanced=True,
    )
    algorithm.declare(
        number(MIN_WIDTH, tr("Leave out parts narrower than (m)"), real, 0.0, True, 0.0),
        tr("Takes pixels away before outlines are drawn: a thin bridge between two objects parts them. The fields pixels "
           "and area_m2 are of what is left."),
        advanced=True,
    )
    algorithm.declare(
        boolean(KEEP_NEIGHBOURS, tr("Keep neighbours apart"), True),
        tr("Right angles and filled holes never reach into another polygon, and a polygon that shares an edge with "
           "another keeps it."),
        advanced=True,
    )
    algorithm.declare(
        boolean(MULTIPART, tr("One multipolygon for each class"), False),
        tr("Pixels and areas are sums, the score is the mean over all pixels."),
        advanced=True,
    )
    algorithm.declare(
        QgsProcessingParameterEnum(COLOURS, tr("Colours"), [tr("By class"), tr("Each polygon its own")], False, 0, True),
        advanced=True,
    )


def add_statistics(algorithm: TerralogueAlgorithm) -> None:
    """Declare the table; left out unless asked for."""
    algorithm.addParameter(
        QgsProcessingParameterFeatureSink(
            OUTPUT_STATISTICS, tr("Statistics by class"), QgsProcessing.SourceType.TypeVector, optional=True,
            createByDefault=False,
        )
    )


def read_options(algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], context) -> PolygonOptions:
    """What was chosen."""
    from ...models.polygons.options import Shaping

    number = {name: algorithm.parameterAsDouble(parameters, name, context) for name in (SIMPLIFY, FILL_HOLES, MIN_WIDTH)}
    flag = {name: algorithm.parameterAsBool(parameters, name, context) for name in (RIGHT_ANGLES, KEEP_NEIGHBOURS, MULTIPART)}
    shaping = Shaping(
        number[SIMPLIFY], flag[RIGHT_ANGLES], number[FILL_HOLES], number[MIN_WIDTH], flag[KEEP_NEIGHBOURS]
    )
    return PolygonOptions(shaping, flag[MULTIPART], algorithm.parameterAsEnum(parameters, COLOURS, context) == 1)


def shape(
    features: "FeatureSet", options: PolygonOptions, feedback: QgsProcessingFeedback, cancel: CancelToken
) -> "FeatureSet":
    """The polygons with the outlines chosen; the log says what that cost. Raises QuestionUnclear, Cancelled."""
    if options.shaping.exact:
        return features
    from ...models.polygons.shaping import shaped

    found, report = shaped(features, options.shaping, cancel=cancel)
    for said in outline_sentences(report):
        feedback.pushInfo(said)
    return found


def write_statistics(
    algorithm: TerralogueAlgorithm,
    parameters: Dict[str, Any],
    context,
    features: "FeatureSet",
    facts: Dict[str, Any],
) -> Dict[str, Any]:
    """One row per class, if anybody asked for them."""
    rows = statistics_rows(statistics_of(features, known_pixels(facts)))
    return write_rows(algorithm, parameters, OUTPUT_STATISTICS, context, statistics_fields(), rows)
