"""terralogue:classify: tiles of a raster named with any class words, as polygons."""

import json
from pathlib import Path
from typing import Any, Dict

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..core.class_tiles import summary_of, tile_fields, tile_rows
from ..core.model_store import chosen_folder
from ..core.tile_style import apply_tile_style
from . import places
from .base import TerralogueAlgorithm, opened
from .feature_output import OUTPUT, finish_layer
from .row_output import write_rows

INPUT, CLASSES, TILE_SIZE, OVERLAP, PROPAGATE = "INPUT", "CLASSES", "TILE_SIZE", "OVERLAP", "PROPAGATE"
NONE_OF_THESE, ENCODER, SUMMARY, COUNT = "NONE_OF_THESE", "ENCODER", "SUMMARY", "COUNT"


class ClassifyAlgorithm(TerralogueAlgorithm):
    """One raster, and the classes to choose from."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "classify"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Classify tiles with your own classes")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("classify,classes,zero-shot,tiles,scene,land use,label,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Cuts the raster into tiles and writes on each which of your classes it looks like most, with its score (how sure "
            "among these classes, 0 to 1) and the runner-up. A tile is named by what shows in it: one that a river crosses may "
            "be water. The classes are words in English; nothing is trained. The "
            "model that comes with the plugin refuses names that it does not know and offers the nearest known ones; a "
            "converted published encoder takes any words. Other classes on the same tiles cost no second look at the raster."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.declare(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        self.declare(
            QgsProcessingParameterString(CLASSES, self.tr("Classes"), multiLine=True),
            self.tr("One on each line, or separated by commas."))
        number = QgsProcessingParameterNumber
        self.declare(
            number(TILE_SIZE, self.tr("Tile size (pixels)"), number.Type.Integer, None, True, 32),
            self.tr("Empty: 256 pixels, more on imagery finer than the model knows or too large for so many tiles."))
        self.declare(
            number(OVERLAP, self.tr("Overlap of tiles (pixels)"), number.Type.Integer, 0, True, 0),
            self.tr("With an overlap the map is finer: each cell is named by all tiles that hold its middle."), advanced=True)
        self.declare(
            QgsProcessingParameterBoolean(PROPAGATE, self.tr("Let alike tiles agree"), False),
            self.tr("Tiles that look alike get the same class more often (TransCLIP). Best with a hundred tiles or more."))
        self.declare(
            QgsProcessingParameterBoolean(NONE_OF_THESE, self.tr("Allow “none of these”"), True),
            self.tr("Off: every tile gets the class it looks like most, however little."), advanced=True)
        self.declare(
            QgsProcessingParameterFile(
                ENCODER, self.tr("Published encoder"), QgsProcessingParameterFile.Behavior.Folder,
                defaultValue=str(chosen_folder("classify") or ""), optional=True),
            self.tr("Folder made by “python -m terralogue.models.dual_encoders.convert” or imported in the window of models. "
                    "Empty: the model that comes with the plugin."),
            advanced=True)
        places.add_extent(self)
        self.declare(
            QgsProcessingParameterFeatureSink(
                OUTPUT, self.tr("Tiles"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True))
        self.addOutput(QgsProcessingOutputNumber(COUNT, self.tr("Number of tiles")))
        self.addOutput(QgsProcessingOutputString(SUMMARY, self.tr("Summary (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Read the classes, snapshot the raster."""
        from ...models.classify.class_list import read_classes

        layer = places.raster_of(self, parameters, INPUT, context)
        self._classes = read_classes(self.parameterAsString(parameters, CLASSES, context))
        given = parameters.get(TILE_SIZE) not in (None, "")
        self._side = self.parameterAsInt(parameters, TILE_SIZE, context) if given else 0
        self._overlap = self.parameterAsInt(parameters, OVERLAP, context)
        if self._overlap and not self._side:
            raise QgsProcessingException(self.tr("An overlap needs a tile size. Fill in both."))
        self._folder = self.parameterAsString(parameters, ENCODER, context)
        self._places = places.take(self, parameters, context, [layer])

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Look at the tiles, name them, write them."""
        engine = self.service.engine().batch
        from ...models.classify import classify
        from ...models.classify.naming import NONE

        embedder = None
        if self._folder:
            from ...models.dual_encoders.encoder import DualEncoder

            feedback.pushInfo(self.tr("Loading the encoder"))
            embedder = DualEncoder.load(Path(self._folder))
        with opened(self._places.whole, cancel) as views:
            request = classify.ClassifyRequest(
                views[0], self._classes, self._side, self._overlap, self.parameterAsBool(parameters, PROPAGATE, context),
                self.parameterAsBool(parameters, NONE_OF_THESE, context))
            found = classify.run(request, engine, self.progress_of(feedback, cancel), cancel, embedder)
        if found.facts["skipped"]:
            said = self.tr("{number} tiles show nothing valid and were left out.")
            feedback.pushInfo(said.format(number=found.facts["skipped"]))
        crs = self._places.raster_crs
        results: Dict[str, Any] = {COUNT: found.facts["looked"], SUMMARY: json.dumps(summary_of(found), ensure_ascii=False)}
        written = write_rows(
            self, parameters, OUTPUT, context, tile_fields(), tile_rows(found, cancel), QgsWkbTypes.Type.Polygon, crs)
        if written:
            classes = self._classes
            finish_layer(str(written[OUTPUT]), crs, context, lambda layer: apply_tile_style(layer, classes, NONE))
        return {**results, **written}
