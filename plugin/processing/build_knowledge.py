"""terralogue:buildknowledge: layers, tables and documents become a base that answers quote."""

import json
from pathlib import Path
from typing import Any, Dict, List

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..core.knowledge_build import KnowledgeRequest, build_knowledge
from ..core.knowledge_layers import take
from ..core.knowledge_store import ENDING, path_of
from ..core.snapshots import snapshot_layer
from .base import TerralogueAlgorithm

LAYERS, COLUMNS, DOCUMENTS, FOLDER = "LAYERS", "COLUMNS", "DOCUMENTS", "FOLDER"
RASTERS, IMAGERY, NAME, OUTPUT, REPORT = "RASTERS", "IMAGERY", "NAME", "OUTPUT", "REPORT"
FEATURES, CHUNKS = "FEATURES", "CHUNKS"
_ENDINGS = (".txt", ".md", ".markdown", ".docx", ".pdf")
#: Documents of a folder that are taken.
_MOST_DOCUMENTS = 2000


class BuildKnowledgeAlgorithm(TerralogueAlgorithm):
    """Layers, documents → base."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "buildknowledge"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Build a knowledge base")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("knowledge,documents,attributes,search,retrieval,RAG,PDF,citation").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Puts what your layers, tables and documents say into one file, from which questions are answered with numbered "
            "citations. With imagery, features are also found by their looks; with rasters, the mean over each feature is "
            "known too. Run it again on the same file after an edit: only what changed is read anew. Everything stays on this "
            "computer, and documents are only quoted: what they ask for is never done."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        many, kind = QgsProcessingParameterMultipleLayers, QgsProcessing.SourceType
        self.declare(
            many(LAYERS, self.tr("Layers and tables"), kind.TypeVector, optional=True),
            self.tr("Vector layers, and tables such as CSV or Excel sheets that QGIS has opened."))
        self.declare(
            QgsProcessingParameterString(COLUMNS, self.tr("Columns"), optional=True),
            self.tr("Separated by commas; empty: all columns."), True)
        self.declare(
            QgsProcessingParameterString(DOCUMENTS, self.tr("Documents"), optional=True, multiLine=True),
            self.tr("Paths of .txt, .md, .docx or .pdf files, one on each line."))
        self.addParameter(QgsProcessingParameterFile(
            FOLDER, self.tr("Folder of documents"), QgsProcessingParameterFile.Behavior.Folder, optional=True))
        self.declare(
            many(RASTERS, self.tr("Rasters to sum up over each feature"), kind.TypeRaster, optional=True),
            self.tr("The mean of each band inside a polygon, or the value under a point, becomes known."), True)
        self.declare(
            QgsProcessingParameterRasterLayer(IMAGERY, self.tr("Imagery of the features"), optional=True),
            self.tr("A picture of each feature is looked at, so that it is found again by its looks."))
        self.declare(QgsProcessingParameterString(NAME, self.tr("Name"), optional=True), self.tr("Empty: that of the file."))
        self.addParameter(QgsProcessingParameterFileDestination(
            OUTPUT, self.tr("Knowledge base"), self.tr("Knowledge bases (*.knowledge)"), optional=True, createByDefault=True))
        self.addOutput(QgsProcessingOutputString(REPORT, self.tr("Report (JSON)")))
        self.addOutput(QgsProcessingOutputNumber(FEATURES, self.tr("Features")))
        self.addOutput(QgsProcessingOutputNumber(CHUNKS, self.tr("Pieces of text")))

    def prepare(self, parameters, context) -> None:
        """Take the layers and list the documents."""
        columns = [name.strip() for name in self.parameterAsString(parameters, COLUMNS, context).split(",") if name.strip()]
        layers = [layer for layer in self.parameterAsLayerList(parameters, LAYERS, context) if isinstance(layer, QgsVectorLayer)]
        rasters = self.parameterAsLayerList(parameters, RASTERS, context)
        documents = self._documents(parameters, context)
        if not layers and not documents:
            raise QgsProcessingException(self.tr("Nothing was chosen. Choose layers, tables or documents."))
        imagery = self.parameterAsRasterLayer(parameters, IMAGERY, context)
        name = " ".join(self.parameterAsString(parameters, NAME, context).split())
        if parameters.get(OUTPUT) in (None, ""):
            path = path_of(name or (layers[0].name() if layers else Path(documents[0]).stem))
        else:
            path = Path(self.parameterAsFileOutput(parameters, OUTPUT, context))
            path = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        taken = tuple(take(layer, columns, rasters) for layer in layers)
        snapshot = snapshot_layer(imagery) if imagery is not None else None
        self._request = KnowledgeRequest(path, name or path.stem, taken, tuple(documents), snapshot)

    def _documents(self, parameters, context) -> List[str]:
        lines = self.parameterAsString(parameters, DOCUMENTS, context).splitlines()
        found = [line.strip() for line in lines if line.strip()]
        folder = self.parameterAsString(parameters, FOLDER, context)
        if folder:
            inside = sorted(path for path in Path(folder).glob("*") if path.suffix.lower() in _ENDINGS and path.is_file())
            found += [str(path) for path in inside[:_MOST_DOCUMENTS]]
        return list(dict.fromkeys(found))

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Build, or bring up to date."""
        try:
            built = build_knowledge(self._request, self.service, self.progress_of(feedback, cancel), cancel)
        except OSError as error:
            raise QgsProcessingException(
                self.tr("The base could not be written. Free some space or choose another folder.")) from error
        feedback.pushInfo(built.sentence())
        for name, reason in built.refused.items():
            feedback.reportError(self.tr("{name} is left out: {reason}").format(name=name, reason=reason), False)
        report = {**vars(built), "seconds": round(built.seconds, 3)}
        return {OUTPUT: str(self._request.path), REPORT: json.dumps(report, ensure_ascii=False),
                FEATURES: built.features, CHUNKS: built.chunks}
