"""terralogue:segment: masks of what the words, points or boxes name, as polygons."""

from typing import Any, Dict, List, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QVariant

from ..core.projections import reproject
from . import every_object, places, polygon_options
from .base import TerralogueAlgorithm, opened
from .feature_output import OUTPUT, SCORES, write_features, write_scores
from .sign_field import positive

INPUT, PROMPT, POINTS, SIGN, BOXES = "INPUT", "PROMPT", "POINTS", "SIGN", "BOXES"
THRESHOLD, MIN_AREA, COUNT = "THRESHOLD", "MIN_AREA", "COUNT"


class SegmentAlgorithm(TerralogueAlgorithm):
    """One raster and what to look for in it."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "segment"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Segment a raster")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("mask,segmentation,extract,building,tree,water,polygons,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Draws polygons around what you name, such as “buildings” or “water”. With points or boxes only the "
            "objects under them are kept; points whose sign field is negative, 0 or false are left out. Field pixels "
            "is an exact count, area_m2 is measured on the ellipsoid, score is the model's mean score."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        kind = QgsProcessing.SourceType
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        prompt = QgsProcessingParameterString(PROMPT, self.tr("What to look for"), "buildings", optional=True)
        prompt.setHelp(self.tr("Words in English. May be empty when points or boxes are given."))
        self.addParameter(prompt)
        self.addParameter(
            QgsProcessingParameterFeatureSource(POINTS, self.tr("Points"), [kind.TypeVectorPoint], optional=True)
        )
        sign = QgsProcessingParameterField(
            SIGN, self.tr("Sign field of the points"), parentLayerParameterName=POINTS, optional=True
        )
        sign.setHelp(self.tr("Negative, 0, false or “-”: the object under the point is left out."))
        self.addParameter(sign)
        self.addParameter(
            QgsProcessingParameterFeatureSource(BOXES, self.tr("Boxes"), [kind.TypeVectorPolygon], optional=True)
        )
        number = QgsProcessingParameterNumber
        threshold = number(THRESHOLD, self.tr("Threshold"), number.Type.Double, None, True, 0.0, 1.0)
        threshold.setHelp(self.tr("Score from which a pixel belongs to the mask. Empty: the model's own."))
        self.addParameter(threshold)
        self.addParameter(number(MIN_AREA, self.tr("Smallest area (m²)"), number.Type.Double, 0.0, True, 0.0))
        places.add_parameters(self)
        polygon_options.add_parameters(self)
        every_object.add_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(OUTPUT, self.tr("Masks"), kind.TypeVectorPolygon, optional=True)
        )
        self.addParameter(
            QgsProcessingParameterRasterDestination(SCORES, self.tr("Scores"), optional=True, createByDefault=False)
        )
        places.add_output(self)
        polygon_options.add_statistics(self)
        self.addOutput(QgsProcessingOutputNumber(COUNT, self.tr("Number of polygons")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the raster, the points and the boxes."""
        layer = places.raster_of(self, parameters, INPUT, context)
        self._words = self.parameterAsString(parameters, PROMPT, context).strip()
        self._points = self._read_points(parameters, context, layer.crs())
        self._boxes = self._read_boxes(parameters, context, layer.crs())
        self._every = every_object.read(self, parameters, context)
        if not self._words and not self._points and not self._boxes and self._every is None:
            raise QgsProcessingException(self.tr("Say what to look for, or give points or boxes."))
        given = parameters.get(THRESHOLD) not in (None, "")
        self._threshold = self.parameterAsDouble(parameters, THRESHOLD, context) if given else None
        self._min_area = self.parameterAsDouble(parameters, MIN_AREA, context)
        self._options = polygon_options.read_options(self, parameters, context)
        self._places = places.take(self, parameters, context, [layer])

    def _read_points(self, parameters, context, crs: QgsCoordinateReferenceSystem) -> Tuple:
        source = self.parameterAsSource(parameters, POINTS, context)
        if source is None:
            return ()
        names = self.parameterAsFields(parameters, SIGN, context)
        found: List[Tuple[float, float, bool]] = []
        for feature in source.getFeatures():
            if feature.geometry().isNull():
                continue
            wanted = positive(feature[names[0]]) if names else True
            moved = reproject(feature.geometry(), source.sourceCrs(), crs, self.tr("Points"))
            found += [(vertex.x(), vertex.y(), wanted) for vertex in moved.vertices()]
        return tuple(found)

    def _read_boxes(self, parameters, context, crs: QgsCoordinateReferenceSystem) -> Tuple:
        source = self.parameterAsSource(parameters, BOXES, context)
        if source is None:
            return ()
        found = []
        for feature in source.getFeatures():
            if not feature.geometry().isNull():
                box = reproject(feature.geometry(), source.sourceCrs(), crs, self.tr("Boxes")).boundingBox()
                found.append((box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()))
        return tuple(found)

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Segment the whole, then each region."""
        share = 0.5 if self._places.each else 1.0
        with opened(self._places.whole, cancel) as views:
            result = self._segment(views, self.progress_of(feedback, cancel, 0, share), cancel)
        features = result.features
        predicted = sum(row["by"] == "mask predictor" for row in result.facts.get("pointed", ()))
        if predicted:
            said = self.tr("{number} of {all} masks are the mask predictor's; the others are the ground cover at that place.")
            feedback.pushInfo(said.format(number=predicted, all=len(features.features)))
        options = self._options
        features = polygon_options.shape(features, options, feedback, cancel)
        results: Dict[str, Any] = {COUNT: len(features.features)}
        results.update(write_features(
            self, parameters, context, features, self._places.raster_crs, cancel, options.multipart, options.each
        ))
        results.update(polygon_options.write_statistics(self, parameters, context, features, result.facts))
        results.update(write_scores(self, parameters, context, features.scores))
        results.update(
            places.write_regions(
                self,
                parameters,
                context,
                self._places,
                (("count", QVariant.Int), ("pixels", QVariant.LongLong), ("area_m2", QVariant.Double)),
                lambda views, progress: self._row(views, progress, cancel),
                self.progress_of(feedback, cancel, share, 1.0),
                cancel,
            )
        )
        return results

    def _segment(self, views, progress, cancel):
        engine = self.service.engine().batch
        from ...models.experts import segment

        if self._every is not None:
            found = self._every.run(views[0], engine.nano, progress, cancel, self._min_area)
            return segment.SegmentResult(found, {})
        request = segment.SegmentRequest(
            views[0],
            self._words,
            threshold=self._threshold,
            min_area=self._min_area,
            points=self._points,
            boxes=self._boxes,
        )
        return segment.run(request, engine, progress, cancel)

    def _row(self, views, progress, cancel):
        found = self._segment(views, progress, cancel).features.features
        areas = [feature.area_m2 for feature in found]
        total = None if any(area is None for area in areas) else float(sum(areas))
        return len(found), sum(feature.pixels for feature in found), total
