"""terralogue:index: looks at rasters tile by tile and keeps what they look like, to be searched."""

import json
from pathlib import Path
from typing import Any, Dict

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
)

from ..core.index_build import build_index, files_of, input_of
from .base import TerralogueAlgorithm

INPUT, FOLDER, GSD, ANEW, LIST, INDEX = "INPUT", "FOLDER", "GSD", "ANEW", "LIST", "INDEX"
TILES, REUSED, REFUSED = "TILES", "REUSED", "REFUSED"


class IndexAlgorithm(TerralogueAlgorithm):
    """Layers or a folder of images, into a new index or one that is there."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "index"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Index imagery for search")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("index,search,embedding,tiles,retrieval,similar,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Looks at rasters in windows of 256, 512 and 768 pixels and keeps what each looks like in a folder: index.gpkg "
            "with the outlines, vectors.npy with the vectors. Run it again into the same folder to add rasters or to bring it "
            "up to date: what has not changed is not looked at again, and a run that was stopped goes on. Search it with "
            "“Search indexed imagery” or in the Find window."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterMultipleLayers(
                INPUT, self.tr("Rasters"), QgsProcessing.SourceType.TypeRaster, optional=True))
        self.declare(
            QgsProcessingParameterFile(
                FOLDER, self.tr("Folder of images"), QgsProcessingParameterFile.Behavior.Folder, optional=True),
            self.tr("All imagery in this folder and those in it; or the parts of an index that were made on other machines."))
        number = QgsProcessingParameterNumber
        self.declare(
            number(GSD, self.tr("Pixel size of images without georeference (m)"), number.Type.Double, None, True, 0.0),
            advanced=True)
        self.declare(
            QgsProcessingParameterBoolean(ANEW, self.tr("Make the index anew"), False),
            self.tr("Throw away what is in the folder, for instance after the model was updated."), advanced=True)
        self.declare(
            QgsProcessingParameterBoolean(LIST, self.tr("List it in the Find window"), True), advanced=True)
        self.addParameter(QgsProcessingParameterFolderDestination(INDEX, self.tr("Index")))
        self.addOutput(QgsProcessingOutputNumber(TILES, self.tr("Tiles that were looked at")))
        self.addOutput(QgsProcessingOutputNumber(REUSED, self.tr("Tiles that had not changed")))
        self.addOutput(QgsProcessingOutputString(REFUSED, self.tr("Rasters that could not be read (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the layers."""
        self._files = files_of(self.parameterAsLayerList(parameters, INPUT, context) or [])
        self._images = self.parameterAsString(parameters, FOLDER, context)
        if not self._files and not self._images:
            raise QgsProcessingException(self.tr("Choose rasters or a folder of images."))
        given = parameters.get(GSD) not in (None, "")
        self._gsd = self.parameterAsDouble(parameters, GSD, context) if given else None
        self._anew = self.parameterAsBool(parameters, ANEW, context)
        self._list = self.parameterAsBool(parameters, LIST, context)
        # Generated names are fresh folders: a temporary index is made, used and gone.
        self._target = Path(self.parameterAsString(parameters, INDEX, context))

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Look at every tile that is new."""
        self.service.engine()  # what is missing is said before files are looked for
        from ...models.retrieval.inputs import rasters_of

        if self._images and self._gathered(cancel, feedback):
            return {INDEX: str(self._target), TILES: 0, REUSED: self._reused, REFUSED: "{}"}
        inputs = [input_of(file) for file in self._files]
        inputs += rasters_of([self._images], self._gsd or None) if self._images else []
        if not inputs:
            raise QgsProcessingException(self.tr("There is no imagery in this folder. Choose another one."))
        report = build_index(
            self.service, self._target, inputs, self.progress_of(feedback, cancel), cancel, self._anew, batch=True)
        for name, reason in list(report.refused.items())[:20]:
            feedback.pushWarning(reason if name in reason else f"{name}: {reason}")
        said = self.tr("{tiles} tiles of {rasters} rasters were looked at, {reused} had not changed, {empty} show nothing.")
        feedback.pushInfo(said.format(
            tiles=report.encoded, rasters=report.rasters, reused=report.reused, empty=report.empty))
        if self._list:
            self.service.list_index(self._target)
        return {
            INDEX: str(self._target), TILES: report.encoded, REUSED: report.reused,
            REFUSED: json.dumps(report.refused, ensure_ascii=False)}

    def _gathered(self, cancel, feedback) -> bool:
        """Whether the folder holds parts that were made elsewhere; then they are in the index now."""
        from ...models.retrieval.joining import join, parts_in

        if not parts_in(Path(self._images)):
            return False
        embedder = self.service.engine().batch.embedder()
        said = join(Path(self._images), embedder, self.progress_of(feedback, cancel), cancel, self._target)
        self._reused = said["tiles"]
        for part in said["missing"]:
            feedback.pushWarning(self.tr("Part {part} is missing.").format(part=part))
        for name in said["unfinished"][:20]:
            feedback.pushWarning(self.tr("{name} is not finished; finish its part, then run this again.").format(name=name))
        if self._list:
            self.service.list_index(self._target)
        return True
