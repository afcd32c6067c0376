"""terralogue:ask: a question about a raster, answered in words, facts and polygons."""

import json
from typing import Any, Dict

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QVariant

from . import places
from .answering import ask
from .base import TerralogueAlgorithm, opened
from .feature_output import OUTPUT, write_features

INPUT, QUESTION, ANSWER, FACTS = "INPUT", "QUESTION", "ANSWER", "FACTS"


class AskAlgorithm(TerralogueAlgorithm):
    """One raster, one question."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "ask"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Ask about a raster")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("question,answer,chat,count,where,area,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Answers a question about imagery, such as “How many buildings are there?” or “Where is the water?”. "
            "Every number is measured on the pixels with the model that comes with the plugin. The output holds the "
            "polygons that the answer points at; with regions there is one answer for each polygon."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        question = QgsProcessingParameterString(QUESTION, self.tr("Question"), self.tr("What is here?"))
        question.setHelp(self.tr("In plain English: what is here, how many, where, how large."))
        self.addParameter(question)
        places.add_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, self.tr("Objects"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True
            )
        )
        places.add_output(self)
        self.addOutput(QgsProcessingOutputString(ANSWER, self.tr("Answer")))
        self.addOutput(QgsProcessingOutputString(FACTS, self.tr("Facts (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the raster."""
        layer = places.raster_of(self, parameters, INPUT, context)
        self._places = places.take(self, parameters, context, [layer])

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Ask about the whole, then about each region."""
        from ...models.features import FeatureSet

        question = self.parameterAsString(parameters, QUESTION, context)
        share = 0.5 if self._places.each else 1.0
        with opened(self._places.whole, cancel) as views:
            progress = self.progress_of(feedback, cancel, 0, share)
            answer = ask(self.service, views, question, "detailed", self._units, progress, cancel)
            source = views[0].source.name
        feedback.pushInfo(answer.text)
        results: Dict[str, Any] = {ANSWER: answer.text, FACTS: json.dumps(answer.facts, ensure_ascii=False)}
        model = str(answer.provenance.get("model", ""))
        nothing = FeatureSet("mask", self._places.whole[0].crs_wkt, (), model, source)
        results.update(
            write_features(self, parameters, context, answer.features or nothing, self._places.raster_crs, cancel)
        )
        results.update(
            places.write_regions(
                self,
                parameters,
                context,
                self._places,
                (("answer", QVariant.String), ("facts", QVariant.String)),
                lambda views, progress: self._row(question, views, progress, cancel),
                self.progress_of(feedback, cancel, share, 1.0),
                cancel,
            )
        )
        return results

    def _row(self, question, views, progress, cancel):
        answer = ask(self.service, views, question, "brief", self._units, progress, cancel)
        return answer.text, json.dumps(answer.facts, ensure_ascii=False)
