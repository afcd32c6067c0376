"""terralogue:buildtrainingdata: chips of a raster with everything that layers know of them, as data sets to train on."""

import json
from typing import Any, Dict, List

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...models.errors import CrsMissing
from ..core.messages import short_name
from ..core.snapshots import snapshot_layer
from . import places
from .base import TerralogueAlgorithm, opened
from .split_parameters import declare_splits, optional_number, read_splits
from .training_folder import TrainingFolder
from .training_footprints import OUTPUT, write_footprints

INPUT, LAYERS, CLASS_FIELD, CLASS_NAME, COMPLETE, WIDTH = (
    "INPUT", "LAYERS", "CLASS_FIELD", "CLASS_NAME", "COMPLETE", "WIDTH",
)  # fmt: skip
SIZE, GSD, OVERLAP, MOST, KINDS, FORMATS = "SIZE", "GSD", "OVERLAP", "MOST", "KINDS", "FORMATS"
COUNTRY, CITY, FOLDER, COUNTS, CHIPS = "COUNTRY", "CITY", "FOLDER", "COUNTS", "CHIPS"
#: In the order of ``training_samples.KINDS`` and of the writers; never translated, so that models and scripts go on.
KIND_NAMES = ("captions", "questions", "dialogues", "referring", "gaia", "metadata", "tags")
FORMAT_NAMES = ("llava", "skyeye", "gaia", "webdataset", "karpathy", "referring", "skyscript")


class BuildTrainingDataAlgorithm(TerralogueAlgorithm):
    """One raster, the layers that say what is on it, and what is to be made of them."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "buildtrainingdata"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Build training data from layers")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("training,dataset,chips,captions,questions,LLaVA,GAIA,SkyScript,annotation").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Cuts a raster into chips and writes captions, questions with answers, dialogues and referring phrases about "
            "them, all taken from your vector layers and checked against their rasterised shapes. A pixel belongs to a "
            "shape when its centre does. Training, validation and test chips lie in different blocks of ground and never "
            "touch. Classes are best named in English, in the singular: “building”, “storage tank”."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        kind = QgsProcessing.SourceType
        self.addParameter(
            QgsProcessingParameterMultipleLayers(LAYERS, self.tr("Vector layers"), kind.TypeVectorAnyGeometry)
        )
        text = QgsProcessingParameterString
        self.declare(
            text(CLASS_FIELD, self.tr("Class field"), optional=True),
            self.tr("Name of the field that holds the class. Layers without it are one class each."),
        )
        self.declare(
            text(CLASS_NAME, self.tr("Class of layers without the field"), optional=True),
            self.tr("Empty: each layer's own name."),
        )
        self.declare(
            QgsProcessingParameterBoolean(COMPLETE, self.tr("The layers are complete"), False),
            self.tr(
                "Every object of every class on the raster is in the layers. Only then are numbers, shares and absence "
                "asked about."
            ),
        )
        number = QgsProcessingParameterNumber
        real, whole = number.Type.Double, number.Type.Integer
        self.declare(
            number(WIDTH, self.tr("Width of lines and points (m)"), real, None, True, 0.0),
            self.tr("Lines and points are drawn this wide. Needed if there are any."),
        )
        self.addParameter(number(SIZE, self.tr("Chip size (pixels)"), whole, 256, False, 32, 4096))
        self.declare(
            number(GSD, self.tr("Pixel size (m)"), real, None, True, 0.001),
            self.tr("Empty: that of the raster."),
        )
        self.declare(
            number(OVERLAP, self.tr("Overlap of chips (pixels)"), whole, 0, False, 0),
            self.tr("Chips that overlap or touch one of another split are left out."),
        )
        self.addParameter(number(MOST, self.tr("Largest number of chips"), whole, 1000, False, 1))
        self.addParameter(
            QgsProcessingParameterEnum(
                KINDS, self.tr("What is said"), list(KIND_NAMES), True, list(KIND_NAMES), usesStaticStrings=True
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                FORMATS, self.tr("Formats"), list(FORMAT_NAMES), True, list(FORMAT_NAMES), usesStaticStrings=True
            )
        )
        declare_splits(self)
        self.declare(text(COUNTRY, self.tr("Country"), optional=True), advanced=True)
        self.declare(text(CITY, self.tr("City"), optional=True), advanced=True)
        self.addParameter(QgsProcessingParameterFolderDestination(FOLDER, self.tr("Folder of the data set")))
        self.addParameter(
            QgsProcessingParameterFeatureSink(OUTPUT, self.tr("Footprints"), kind.TypeVectorPolygon, optional=True)
        )
        self.addOutput(QgsProcessingOutputString(COUNTS, self.tr("Counts (JSON)")))
        self.addOutput(QgsProcessingOutputNumber(CHIPS, self.tr("Number of chips")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the raster and what of the layers lies over it."""
        raster = places.raster_of(self, parameters, INPUT, context)
        if not raster.crs().isValid():
            raise CrsMissing(raster.name())
        self._read_numbers(parameters, context)
        self._folder = TrainingFolder(self.parameterAsFileOutput(parameters, FOLDER, context))
        self._snapshot = snapshot_layer(raster)
        self._crs, self._raster_name = raster.crs(), short_name(raster.name())
        self._layers = self._read_layers(parameters, context, raster)

    def _read_numbers(self, parameters, context) -> None:
        self._width, self._gsd = (optional_number(self, parameters, key, context) or 0.0 for key in (WIDTH, GSD))
        self._size, self._overlap, self._most = (
            self.parameterAsInt(parameters, key, context) for key in (SIZE, OVERLAP, MOST)
        )
        if self._overlap >= self._size:
            raise QgsProcessingException(self.tr("The overlap must be smaller than a chip. Choose a smaller one."))
        self._block, self._shares, self._seed = read_splits(self, parameters, context)
        self._kinds = frozenset(self.parameterAsEnumStrings(parameters, KINDS, context))
        self._formats = self.parameterAsEnumStrings(parameters, FORMATS, context)
        if not self._kinds or not self._formats:
            raise QgsProcessingException(self.tr("Choose what is to be said, and at least one format."))

    def _read_layers(self, parameters, context, raster) -> List[Any]:
        # The data engine's modules need packages that may be missing when QGIS loads the provider.
        from ..core.training_layers import needs_width, take_layer

        field = self.parameterAsString(parameters, CLASS_FIELD, context).strip()
        fixed = self.parameterAsString(parameters, CLASS_NAME, context).strip()
        layers = self.parameterAsLayerList(parameters, LAYERS, context)
        for layer in layers:
            name = short_name(layer.name())
            spatial = isinstance(layer, QgsVectorLayer) and layer.isSpatial()
            if not spatial or layer.geometryType() == QgsWkbTypes.GeometryType.UnknownGeometry:
                raise QgsProcessingException(
                    self.tr("{name} has no polygons, lines or points. Choose another layer.").format(name=name)
                )
            if layer.featureCount() == 0:
                raise QgsProcessingException(self.tr("{name} has no features. Choose another layer.").format(name=name))
            if needs_width(layer) and self._width <= 0:
                raise QgsProcessingException(
                    self.tr("{name} holds lines or points. Say how wide they are on the ground.").format(name=name)
                )
        if field and not any(layer.fields().lookupField(field) >= 0 for layer in layers):
            raise QgsProcessingException(
                self.tr("No layer has a field {name}. Choose another class field.").format(name=short_name(field))
            )
        tags = "tags" in self._kinds
        return [take_layer(layer, field, fixed, self._width, raster.crs(), raster.extent(), tags) for layer in layers]

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Cut, divide, say, check and write."""
        from ..core.training_build import Request, build

        complete = self.parameterAsBool(parameters, COMPLETE, context)
        if not complete:
            feedback.pushInfo(self.tr("The layers may be incomplete: no numbers, shares or absence are asked about."))
        request = Request(
            self._raster_name, tuple(self._layers), complete, self._size, self._gsd, self._overlap, self._most,
            self._kinds, tuple(self._formats), self._block, self._shares, self._seed,
            self.parameterAsString(parameters, COUNTRY, context).strip(),
            self.parameterAsString(parameters, CITY, context).strip(),
        )
        with opened((self._snapshot,), cancel) as views, self._folder.draft() as draft:
            built = build(request, views[0].source, draft, self.progress_of(feedback, cancel))
        counts = json.dumps(built.counts, ensure_ascii=False)
        feedback.pushInfo(counts)
        if built.counts["dropped"]:
            feedback.pushInfo(self.tr("What was left out, and why, is in the counts and in the footprints."))
        results: Dict[str, Any] = {FOLDER: str(self._folder.path), COUNTS: counts, CHIPS: built.counts["chips"]}
        results.update(write_footprints(self, parameters, context, built.footprints, self._crs))
        return results
