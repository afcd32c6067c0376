"""terralogue:change: what differs between two dates, as polygons, words and tables."""

import json
from dataclasses import replace
from typing import Any, Dict

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QVariant

from . import places, polygon_options
from .base import TerralogueAlgorithm, opened
from .cover_parameters import covers_of, declare_covers
from .feature_output import OUTPUT, SCORES, write_features, write_scores
from .transition_output import table_parameter, write_transitions

BEFORE, AFTER, QUESTION, THRESHOLD, ALIGN = "BEFORE", "AFTER", "QUESTION", "THRESHOLD", "ALIGN"
CHANGED, CAPTION, COUNTS, CELLS, TRANSITIONS = "CHANGED", "CAPTION", "COUNTS", "CELLS", "TRANSITIONS"


class ChangeAlgorithm(TerralogueAlgorithm):
    """Two rasters of the same place."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "change"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Find changes between two dates")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("change detection,difference,before,after,transition,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Compares two images of the same place and draws what changed, from what to what, with a description, "
            "counts, a 3 × 3 table of places and a table of transitions. The images may differ in size, pixel size and "
            "coordinate reference system. Pixels that are missing on one date are never called unchanged."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterRasterLayer(BEFORE, self.tr("Before")))
        self.addParameter(QgsProcessingParameterRasterLayer(AFTER, self.tr("After")))
        question = QgsProcessingParameterString(QUESTION, self.tr("Question"), optional=True)
        question.setHelp(self.tr("Narrows the change, such as “new buildings”. Empty: every change."))
        self.addParameter(question)
        number = QgsProcessingParameterNumber
        self.declare(
            number(THRESHOLD, self.tr("Threshold"), number.Type.Double, None, True, 0.0, 1.0),
            self.tr("Score from which a pixel counts as changed. Empty: the model's own."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterBoolean(ALIGN, self.tr("Align the images"), True),
            self.tr(
                "Moves one image by up to five pixels and matches its light to the other, where that makes them agree "
                "clearly better. The description says what was moved."
            ),
            advanced=True,
        )
        declare_covers(self)
        places.add_parameters(self)
        polygon_options.add_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, self.tr("Changes"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterRasterDestination(SCORES, self.tr("Scores"), optional=True, createByDefault=False)
        )
        self.addParameter(table_parameter())
        places.add_output(self)
        self.addOutput(QgsProcessingOutputBoolean(CHANGED, self.tr("Something changed")))
        self.addOutput(QgsProcessingOutputString(CAPTION, self.tr("Description")))
        self.addOutput(QgsProcessingOutputString(COUNTS, self.tr("Counts (JSON)")))
        self.addOutput(QgsProcessingOutputString(CELLS, self.tr("Cells (JSON)")))
        self.addOutput(QgsProcessingOutputString(TRANSITIONS, self.tr("Transitions (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Snapshot both rasters and what is known of the ground."""
        layers = [places.raster_of(self, parameters, name, context) for name in (BEFORE, AFTER)]
        given = parameters.get(THRESHOLD) not in (None, "")
        self._threshold = self.parameterAsDouble(parameters, THRESHOLD, context) if given else None
        self._align = self.parameterAsBool(parameters, ALIGN, context)
        self._options = polygon_options.read_options(self, parameters, context)
        self._covers = covers_of(self, parameters, context, layers)
        self._places = places.take(self, parameters, context, layers)

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Compare over the whole, then over each region."""
        question = self.parameterAsString(parameters, QUESTION, context)
        share = 0.5 if self._places.each else 1.0
        with opened(self._places.whole, cancel) as views:
            result = self._compare(views, question, self.progress_of(feedback, cancel, 0, share), cancel)
        feedback.pushInfo(result.caption)
        results: Dict[str, Any] = {
            CHANGED: bool(result.changed),
            CAPTION: result.caption,
            COUNTS: json.dumps(result.counts, ensure_ascii=False),
            CELLS: json.dumps(result.cells, ensure_ascii=False),
            TRANSITIONS: json.dumps(result.transitions, ensure_ascii=False),
        }
        options = self._options
        features = polygon_options.shape(result.features, options, feedback, cancel)
        results.update(write_features(
            self, parameters, context, features, self._places.raster_crs, cancel, options.multipart, options.each
        ))
        results.update(write_scores(self, parameters, context, result.features.scores))
        results.update(write_transitions(self, parameters, context, result.transitions))
        results.update(
            places.write_regions(
                self,
                parameters,
                context,
                self._places,
                (("changed", QVariant.Int), ("caption", QVariant.String), ("counts", QVariant.String)),
                lambda views, progress: self._row(views, question, progress, cancel),
                self.progress_of(feedback, cancel, share, 1.0),
                cancel,
            )
        )
        return results

    def _compare(self, views, question, progress, cancel):
        engine = self.service.engine().batch
        from ...models.experts import change
        from ...models.language.units import Units

        before, after = (
            replace(view, aligned=self._align, land_cover=told) for view, told in zip(views, self._covers)
        )
        request = change.ChangeRequest(before, after, question, Units(self._units), self._threshold)
        return change.run(request, engine, progress, cancel)

    def _row(self, views, question, progress, cancel):
        result = self._compare(views, question, progress, cancel)
        return int(bool(result.changed)), result.caption, json.dumps(result.counts, ensure_ascii=False)
