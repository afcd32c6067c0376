"""terralogue:askknowledge: a question to a knowledge base, answered with citations and the cited features."""

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ..core.knowledge_state import state_of
from ..core.messages import tr
from ..core.table_columns import fields_of
from .base import TerralogueAlgorithm
from .feature_output import finish_layer
from .row_output import write_rows

BASE, QUESTION, EXTENT, POINT, OUTPUT = "BASE", "QUESTION", "EXTENT", "POINT", "OUTPUT"
ANSWER, VALUE, ANSWERED, CITATIONS = "ANSWER", "VALUE", "ANSWERED", "CITATIONS"
#: Degrees around a point: what lies within a twentieth of it is meant.
_AROUND = 2e-4
_COLUMNS = (
    ("citation", QVariant.Int), ("layer", QVariant.String), ("fid", QVariant.String), ("label", QVariant.String),
    ("quoted", QVariant.String), ("question", QVariant.String), ("base", QVariant.String),
)


class AskKnowledgeAlgorithm(TerralogueAlgorithm):
    """Base, question → answer."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "askknowledge"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Ask a knowledge base")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("knowledge,question,answer,citation,documents,attributes,RAG").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Answers a question from a knowledge base, such as “How many buildings have a tin roof?”, “What is the roof "
            "material here?” or “What does the report say about flooding?”. Facts are quoted and counted, never guessed, and "
            "each carries the number of its citation; the output holds the boxes of the cited features. What the base does "
            "not say is said so."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterFile(
            BASE, self.tr("Knowledge base"), QgsProcessingParameterFile.Behavior.File,
            fileFilter=self.tr("Knowledge bases (*.knowledge)")))
        self.addParameter(QgsProcessingParameterString(QUESTION, self.tr("Question")))
        self.declare(QgsProcessingParameterExtent(EXTENT, self.tr("Extent"), optional=True),
                     self.tr("What “this” and “here” mean, and where is counted. Empty: everywhere."))
        self.declare(QgsProcessingParameterPoint(POINT, self.tr("Point"), optional=True),
                     self.tr("The feature at this point is meant by “this” and “here”."))
        self.addParameter(QgsProcessingParameterFeatureSink(
            OUTPUT, self.tr("Cited features"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True))
        self.addOutput(QgsProcessingOutputString(ANSWER, self.tr("Answer")))
        self.addOutput(QgsProcessingOutputString(VALUE, self.tr("Value")))
        self.addOutput(QgsProcessingOutputBoolean(ANSWERED, self.tr("Whether the base says it")))
        self.addOutput(QgsProcessingOutputString(CITATIONS, self.tr("Citations (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Where is meant, and the question itself: a base answers before anything is drawn."""
        from ...models.knowledge.answering import answer
        from ...models.knowledge.base import Base

        self._question = self.parameterAsString(parameters, QUESTION, context)
        with Base(Path(self.parameterAsFile(parameters, BASE, context))) as base:
            self._name = base.name
            self._answer = answer(base, self._question, self._where(parameters, context))
            self._boxes = {}
            for cited in self._answer.citations:
                source = next((s.id for s in base.sources.values() if s.key == cited.key), None)
                wanted = set(cited.fids)
                for id_ in base.features_of(source) if source is not None and wanted else ():
                    known = base.feature(id_)
                    if known.fid in wanted:
                        self._boxes[cited.number, known.fid] = known
        # Layers belong to the main thread: whether they still say so is looked up here.
        self._states = {cited.number: state_of(cited.record()) for cited in self._answer.citations}

    def _where(self, parameters, context) -> Any:
        from ...models.knowledge.retrieving import Where

        degrees = QgsCoordinateReferenceSystem("EPSG:4326")
        point: Optional[Tuple[float, float]] = None
        if parameters.get(POINT) not in (None, ""):
            there = self.parameterAsPoint(parameters, POINT, context, degrees)
            point = there.x(), there.y()
        if parameters.get(EXTENT) not in (None, ""):
            box = self.parameterAsExtent(parameters, EXTENT, context, degrees)
            if not box.isEmpty():
                return Where((box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()), point)
        if point is None:
            return None
        return Where((point[0] - _AROUND, point[1] - _AROUND, point[0] + _AROUND, point[1] + _AROUND), point)

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Say it, and write what is cited."""
        answer = self._answer
        feedback.pushInfo(answer.text)
        for number, state in self._states.items():
            if state:
                feedback.pushWarning(tr("Citation [{number}]: {state}.").format(number=number, state=state))
        records = [{**cited.record(), "state": self._states.get(cited.number, "")} for cited in answer.citations]
        crs = next((cited.crs_wkt for cited in answer.citations if cited.crs_wkt), "")
        boxes = any(known.box is not None for known in self._boxes.values())
        # Boxes of layers without a CRS lie in no CRS; without boxes any will do.
        target = QgsCoordinateReferenceSystem.fromWkt(crs) if crs or boxes else QgsCoordinateReferenceSystem("EPSG:4326")
        rows = list(self._rows(target, context))
        polygon = QgsWkbTypes.Type.Polygon
        written = write_rows(self, parameters, OUTPUT, context, fields_of(_COLUMNS), rows, polygon, target)
        if written:
            finish_layer(str(written[OUTPUT]), target, context)
        return {ANSWER: answer.text, VALUE: answer.value, ANSWERED: answer.answered,
                CITATIONS: json.dumps(records, ensure_ascii=False), **written}

    def _rows(self, target: QgsCoordinateReferenceSystem, context) -> Iterator[QgsFeature]:
        fields: QgsFields = fields_of(_COLUMNS)
        cited = {one.number: one for one in self._answer.citations}
        for (number, fid), known in self._boxes.items():
            one = cited[number]
            row = QgsFeature(fields)
            if known.box is not None:
                shape = QgsGeometry.fromRect(QgsRectangle(*known.box))
                own = QgsCoordinateReferenceSystem.fromWkt(one.crs_wkt) if one.crs_wkt else QgsCoordinateReferenceSystem()
                if own.isValid() and own != target:
                    shape.transform(QgsCoordinateTransform(own, target, context.transformContext()))
                row.setGeometry(shape)
            values: List[Any] = [number, one.source, fid, known.label, one.text, self._question, self._name]
            row.setAttributes([NULL if value is None else value for value in values])
            yield row
