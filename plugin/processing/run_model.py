"""terralogue:runmodel: a segmentor or detector of the user's own, an ONNX file, over a raster of any size."""

from pathlib import Path
from typing import Any, Dict, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.running_on import running_on
from . import places
from .base import TerralogueAlgorithm, opened
from .feature_output import OUTPUT, SCORES, write_features, write_scores

INPUT, MODEL, CLASSES, COUNT = "INPUT", "MODEL", "CLASSES", "COUNT"
THRESHOLD, MIN_AREA, OVERLAP = "THRESHOLD", "MIN_AREA", "OVERLAP"


class RunModelAlgorithm(TerralogueAlgorithm):
    """One raster and one model file."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "runmodel"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Run a model of your own")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("onnx,deepness,model zoo,yolo,detector,segmentation,deep learning,inference,own model").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Runs a segmentor or a detector (YOLO) that is kept as an ONNX file, as those of the Deepness model zoo. Classes, "
            "ground scale, tiles and thresholds are read from the file; what you enter here goes before them. Pixels "
            "without data never belong to anything, tiles are blended, and polygons have exactly the area of their pixels."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        kind, number = QgsProcessing.SourceType, QgsProcessingParameterNumber
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        self.declare(
            QgsProcessingParameterFile(MODEL, self.tr("Model"), extension="onnx"),
            self.tr("An ONNX file. Only open files of people you trust: a model decides what you see."),
        )
        self.declare(
            QgsProcessingParameterString(CLASSES, self.tr("Classes"), None, False, True),
            self.tr(
                "Separated by commas; a class may have a threshold of its own, as in “roof=0.7”. Empty: all but the background."
            ),
        )
        self.declare(
            number(THRESHOLD, self.tr("Threshold"), number.Type.Double, None, True, 0.0, 1.0),
            self.tr("Score from which a pixel or a box counts. Empty: the model's own."),
        )
        self.declare(
            number(MIN_AREA, self.tr("Smallest area (m²)"), number.Type.Double, 0.0, True, 0.0),
            self.tr("Smaller polygons are left out. 0: as the model says."),
        )
        self.declare(
            number(OVERLAP, self.tr("Overlap of tiles (%)"), number.Type.Double, None, True, 0.0, 50.0),
            self.tr("More is slower and hides better what a model does at the edges of its tiles. Empty: the model's own."),
            advanced=True,
        )
        extent = QgsProcessingParameterExtent(places.EXTENT, self.tr("Extent"), optional=True)
        self.declare(extent, self.tr("Only look inside this extent. Empty: the whole raster."))
        self.addParameter(
            QgsProcessingParameterFeatureSink(OUTPUT, self.tr("Polygons"), kind.TypeVectorPolygon, optional=True)
        )
        self.addParameter(
            QgsProcessingParameterRasterDestination(SCORES, self.tr("Scores"), optional=True, createByDefault=False)
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, self.tr("Number of polygons")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the raster, read what the model says of itself."""
        from ...models.zoo.contract import read_contract

        layer = places.raster_of(self, parameters, INPUT, context)
        self._path = Path(self.parameterAsFile(parameters, MODEL, context))
        # Before anything is computed: a model that cannot be run is told at once.
        read_contract(self._path)
        self._classes, self._thresholds = self._read_classes(self.parameterAsString(parameters, CLASSES, context))
        self._threshold = self._optional(parameters, THRESHOLD, context)
        self._overlap = self._optional(parameters, OVERLAP, context)
        self._min_area = self.parameterAsDouble(parameters, MIN_AREA, context)
        self._places = places.take(self, parameters, context, [layer])

    def _optional(self, parameters, name, context):
        return None if parameters.get(name) in (None, "") else self.parameterAsDouble(parameters, name, context)

    def _read_classes(self, text: str) -> Tuple[Tuple[str, ...], Dict[str, float]]:
        """The names and those of their thresholds that were given."""
        names, thresholds = [], {}
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            name, sign, limit = (piece.strip() for piece in part.rpartition("="))
            names.append(name if sign else part)
            if sign:
                try:
                    thresholds[name] = float(limit)
                except ValueError:
                    thresholds[name] = -1.0
                if not 0 <= thresholds[name] <= 1:
                    said = self.tr("The threshold of {name} is not a number from 0 to 1. Write it as “roof=0.7”.")
                    raise QgsProcessingException(said.format(name=name[:40]))
        return tuple(names), thresholds

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Load the model, run it, write what it found."""
        from ...models.zoo import running
        from ...models.zoo.brought_model import BroughtModel

        model = BroughtModel.load(self._path)
        place = running_on({"model": (model.provider, model.fallback)})
        feedback.pushInfo(self.tr("{name} runs on {provider}.").format(name=model.contract.name, provider=place))
        labels = {label.lower(): label for label in model.labels}
        thresholds = {labels.get(name.lower(), name): limit for name, limit in self._thresholds.items()}
        options = running.Options(self._classes, self._threshold, thresholds, self._min_area,
                                  None if self._overlap is None else self._overlap / 100)
        with opened(self._places.whole, cancel) as views:
            progress = self.progress_of(feedback, cancel)
            found = running.run(views[0], model, self.service.cache / "models", options, progress, cancel)
        try:
            if found.unreadable:
                said = self.tr("{share} % of the pixels could not be read; nothing is said about them.")
                feedback.pushWarning(said.format(share=f"{100 * found.unreadable:.1f}"))
            results: Dict[str, Any] = {COUNT: len(found.features.features)}
            results.update(
                write_features(self, parameters, context, found.features, self._places.raster_crs, cancel)
            )
            results.update(write_scores(self, parameters, context, found.features.scores))
        finally:
            found.close()
        return results
