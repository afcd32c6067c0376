"""terralogue:findalike: everything on a raster that is like the polygons of a layer."""

from typing import Any, Dict, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtCore import QVariant

from ..core.map_region import MapRegion
from . import places
from .base import TerralogueAlgorithm, opened
from .feature_output import OUTPUT, SCORES, write_features, write_scores
from .sign_field import positive

INPUT, EXAMPLES, SIGN, THRESHOLD, COUNT = "INPUT", "EXAMPLES", "SIGN", "THRESHOLD", "COUNT"
#: Most examples of a layer: each costs a look.
MOST = 500


class FindAlikeAlgorithm(TerralogueAlgorithm):
    """One raster and outlined examples on it."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "findalike"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Find all like these")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("similar,example,alike,few-shot,extract,polygons,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Outline one thing or a few, and everything on the raster that looks like them is found. Nothing is learned and "
            "no class is named: what the model sees in the examples is compared with what it sees elsewhere. Outlines follow "
            "steps of four pixels. Polygons whose sign field is negative, 0 or false say what is not meant. For many "
            "examples of one kind, “Teach a class from polygons” does better."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        kind, number = QgsProcessing.SourceType, QgsProcessingParameterNumber
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        self.declare(
            QgsProcessingParameterFeatureSource(EXAMPLES, self.tr("Examples"), [kind.TypeVectorPolygon]),
            self.tr("Polygons on the raster. Selected features alone can be used."),
        )
        self.declare(
            QgsProcessingParameterField(
                SIGN, self.tr("Sign field of the examples"), parentLayerParameterName=EXAMPLES, optional=True),
            self.tr("Negative, 0, false or “-”: things like this one are not meant."),
        )
        self.declare(
            number(THRESHOLD, self.tr("Threshold"), number.Type.Double, None, True, 0.0, 1.0),
            self.tr("Likeness from which ground belongs: 0.5 is any ground, 1 the examples. Empty: set by the examples."),
        )
        places.add_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(OUTPUT, self.tr("Alike"), kind.TypeVectorPolygon, optional=True)
        )
        self.addParameter(
            QgsProcessingParameterRasterDestination(SCORES, self.tr("Scores"), optional=True, createByDefault=False)
        )
        places.add_output(self)
        self.addOutput(QgsProcessingOutputNumber(COUNT, self.tr("Number of polygons")))
        self.addOutput(QgsProcessingOutputNumber(THRESHOLD, self.tr("Threshold")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the raster and the examples."""
        layer = places.raster_of(self, parameters, INPUT, context)
        self._examples = self._read_examples(parameters, context, layer)
        given = parameters.get(THRESHOLD) not in (None, "")
        self._threshold = self.parameterAsDouble(parameters, THRESHOLD, context) if given else None
        self._places = places.take(self, parameters, context, [layer])

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Look over the whole, then over each region."""
        share = 0.5 if self._places.each else 1.0
        with opened(self._places.whole, cancel) as views:
            found = self._find(views, self.progress_of(feedback, cancel, 0, share), cancel)
        features = found.features
        feedback.pushInfo(self.tr("Threshold {value}").format(value=f"{found.threshold:.3f}"))
        results: Dict[str, Any] = {COUNT: len(features.features), THRESHOLD: found.threshold}
        results.update(write_features(self, parameters, context, features, self._places.raster_crs, cancel))
        results.update(write_scores(self, parameters, context, features.scores))
        results.update(
            places.write_regions(
                self,
                parameters,
                context,
                self._places,
                (("count", QVariant.Int), ("pixels", QVariant.LongLong)),
                lambda views, progress: self._row(views, progress, cancel),
                self.progress_of(feedback, cancel, share, 1.0),
                cancel,
            )
        )
        return results

    def _read_examples(self, parameters, context, layer) -> Tuple:
        source = self.parameterAsSource(parameters, EXAMPLES, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, EXAMPLES))
        names = self.parameterAsFields(parameters, SIGN, context)
        found = []
        for feature in source.getFeatures():
            geometry = feature.geometry()
            if geometry.isNull() or geometry.isEmpty():
                continue
            # Where the two cannot be brought together for want of a CRS, it is said which of them has none.
            named = layer.name() if source.sourceCrs().isValid() else source.sourceName()
            region = MapRegion(geometry, source.sourceCrs(), "features").to_region(layer.crs(), named)
            found.append((region, positive(feature[names[0]]) if names else True))
            if len(found) > MOST:
                said = self.tr("There are more than {number} examples. Select the most telling, or teach a class from them.")
                raise QgsProcessingException(said.format(number=MOST))
        if not any(wanted for _, wanted in found):
            raise QgsProcessingException(self.tr("Outline at least one thing that the others should be like."))
        return tuple(found)

    def _find(self, views, progress, cancel):
        engine = self.service.engine().batch
        from ...models.masks.alike import Example, alike

        examples = [Example(region, wanted) for region, wanted in self._examples]
        return alike(views[0], examples, engine, progress, cancel, self._threshold)

    def _row(self, views, progress, cancel):
        found = self._find(views, progress, cancel).features.features
        return len(found), sum(feature.pixels for feature in found)
