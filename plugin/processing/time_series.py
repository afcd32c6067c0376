"""terralogue:timeseries: what changed when over several dates, as polygons, a table per period and words."""

import json
from dataclasses import replace
from typing import Any, Dict

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..core.dated_snapshot import snapshot_dates
from ..core.map_region import MapRegion
from ..core.period_table import period_fields, period_rows
from .base import TerralogueAlgorithm, opened
from .feature_output import OUTPUT, write_features
from .row_output import write_rows

INPUT, QUESTION, ALIGN, EXTENT, OUTPUT_TABLE = "INPUT", "QUESTION", "ALIGN", "EXTENT", "OUTPUT_TABLE"
CAPTION, COUNT, PERIODS = "CAPTION", "COUNT", "PERIODS"


class TimeSeriesAlgorithm(TerralogueAlgorithm):
    """Several rasters of the same place."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "timeseries"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Find changes over several dates")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("time series,change detection,history,dates,first change,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Compares every date with the next and draws what changed in which period, with the first date on which it "
            "looks changed and whether it changed back later. The date of a layer is that of its temporal properties or "
            "its file, else the one in its name. The order of the layers does not matter. Pixels that are missing on a "
            "date are left out of its two periods and never called unchanged."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        layers = QgsProcessingParameterMultipleLayers(INPUT, self.tr("Dates"), QgsProcessing.SourceType.TypeRaster)
        layers.setMinimumNumberInputs(2)
        self.declare(layers, self.tr("Rasters of one place, each with its date."))
        self.declare(
            QgsProcessingParameterString(QUESTION, self.tr("Question"), optional=True),
            self.tr("Narrows the change, such as “new buildings”. Empty: every change."),
        )
        self.declare(
            QgsProcessingParameterBoolean(ALIGN, self.tr("Align the images"), True),
            self.tr("Moves every later image onto the first and matches its light, where that is trusted."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterExtent(EXTENT, self.tr("Extent"), optional=True),
            self.tr("Only look inside this extent. Empty: the whole raster."),
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, self.tr("Changes"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT_TABLE, self.tr("Table of periods"), QgsProcessing.SourceType.TypeVector, optional=True
            )
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, self.tr("Number of changes")))
        self.addOutput(QgsProcessingOutputString(CAPTION, self.tr("Description")))
        self.addOutput(QgsProcessingOutputString(PERIODS, self.tr("Periods (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the rasters, oldest first."""
        layers = self.parameterAsLayerList(parameters, INPUT, context)
        if len(layers) < 2:
            raise QgsProcessingException(self.tr("Choose at least two layers with different dates."))
        region = None
        if parameters.get(EXTENT) not in (None, ""):
            extent = self.parameterAsExtent(parameters, EXTENT, context)
            if not extent.isEmpty():
                region = MapRegion.from_extent(extent, self.parameterAsExtentCrs(parameters, EXTENT, context))
        self._align = self.parameterAsBool(parameters, ALIGN, context)
        self._snapshots = snapshot_dates(layers, region)

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Compare every date with the next."""
        engine = self.service.engine().batch
        from ...models.experts import series
        from ...models.language.units import Units

        question = self.parameterAsString(parameters, QUESTION, context)
        with opened(self._snapshots, cancel) as views:
            dated = tuple(replace(view, aligned=self._align) for view in views)
            request = series.SeriesRequest(dated, question, "detailed", Units(self._units))
            result = series.run(request, engine, self.progress_of(feedback, cancel), cancel)
        feedback.pushInfo(result.caption)
        crs = QgsCoordinateReferenceSystem.fromWkt(result.features.crs_wkt)
        results: Dict[str, Any] = {
            CAPTION: result.caption,
            COUNT: len(result.features.features),
            PERIODS: json.dumps(result.table, ensure_ascii=False),
        }
        results.update(write_features(self, parameters, context, result.features, crs, cancel))
        results.update(write_rows(self, parameters, OUTPUT_TABLE, context, period_fields(), period_rows(result.table)))
        return results
