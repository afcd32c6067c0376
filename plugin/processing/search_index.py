"""terralogue:search: places of indexed imagery that look like words or like an example, as polygons and as heat."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict

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
    QgsWkbTypes,
)

from ..core import index_search
from ..core.index_build import files_of
from ..core.map_region import MapRegion
from ..core.messages import short_name
from ..core.snapshots import snapshot_layer
from .base import TerralogueAlgorithm
from .feature_output import OUTPUT, finish_layer
from .row_output import write_rows

INDEX, WORDS, EXAMPLE, EXAMPLE_EXTENT = "INDEX", "WORDS", "EXAMPLE", "EXAMPLE_EXTENT"
EXTENT, SINCE, UNTIL, MOST, HEAT_OF, HEAT, COUNT = "EXTENT", "SINCE", "UNTIL", "MOST", "HEAT_OF", "HEAT", "COUNT"
#: A year, a month, a day or a moment, as ISO 8601 writes them.
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])([T ].*)?)?)?")


class SearchAlgorithm(TerralogueAlgorithm):
    """An index, and what to look for in it."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "search"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Search indexed imagery")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("search,find,similar,retrieval,text,heat map,localisation,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Ranks the tiles of an index by how well they fit words, such as “boats in a harbour” or “houses without trees”, or "
            "by how much they look like an example. No two results show the same ground. Field score is a cosine, with "
            "“without” a probability. The heat raster shows one raster of the index: 0 is its lowest place, 254 its highest. "
            "A best match is always found: look at it before you trust it."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterFile(INDEX, self.tr("Index"), QgsProcessingParameterFile.Behavior.Folder))
        self.declare(
            QgsProcessingParameterString(WORDS, self.tr("What to look for"), optional=True),
            self.tr("Words in English. May be empty when an example is given."))
        self.declare(QgsProcessingParameterRasterLayer(EXAMPLE, self.tr("Example"), optional=True))
        self.declare(
            QgsProcessingParameterExtent(EXAMPLE_EXTENT, self.tr("Extent of the example"), optional=True),
            self.tr("Empty: the whole example."))
        self.declare(
            QgsProcessingParameterExtent(EXTENT, self.tr("Extent"), optional=True), self.tr("Only look inside this extent."))
        dates = self.tr("A date, a month or a year, as 2024-05-31, 2024-05 or 2024.")
        self.declare(QgsProcessingParameterString(SINCE, self.tr("Not before"), optional=True), dates, advanced=True)
        self.declare(QgsProcessingParameterString(UNTIL, self.tr("Not after"), optional=True), dates, advanced=True)
        number = QgsProcessingParameterNumber
        self.declare(number(MOST, self.tr("Largest number of places"), number.Type.Integer, 50, False, 1, 10000))
        self.declare(
            QgsProcessingParameterFeatureSink(
                OUTPUT, self.tr("Places"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True))
        self.declare(
            QgsProcessingParameterRasterLayer(HEAT_OF, self.tr("Raster of the heat"), optional=True),
            self.tr("Empty: the one with the best place."), advanced=True)
        self.declare(
            QgsProcessingParameterRasterDestination(HEAT, self.tr("Heat"), optional=True, createByDefault=False))
        self.addOutput(QgsProcessingOutputNumber(COUNT, self.tr("Number of places")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the example and the extents."""
        self._folder = Path(self.parameterAsString(parameters, INDEX, context))
        self._words = self.parameterAsString(parameters, WORDS, context).strip()
        layer = self.parameterAsRasterLayer(parameters, EXAMPLE, context)
        self._example = None
        if layer is not None:
            self._example = snapshot_layer(layer, self._region(parameters, EXAMPLE_EXTENT, context))
        elif not self._words:
            raise QgsProcessingException(self.tr("Say what to look for, or choose an example."))
        self._since, self._until = (self._date(parameters, name, context) for name in (SINCE, UNTIL))
        self._where = index_search.region_of(self._region(parameters, EXTENT, context), self.tr("Extent"))
        heated = self.parameterAsRasterLayer(parameters, HEAT_OF, context)
        self._heated = files_of([heated])[0].path if heated is not None else ""

    def _date(self, parameters, name, context) -> str:
        """A date, a month or a year; anything else would compare as text and leave out whatever it likes."""
        text = self.parameterAsString(parameters, name, context).strip()
        if text and not DATE.fullmatch(text):
            said = self.tr("“{text}” is no date. Write a date, a month or a year, as 2024-05-31, 2024-05 or 2024.")
            raise QgsProcessingException(said.format(text=short_name(text, 40)))
        return text

    def _region(self, parameters, name, context):
        if parameters.get(name) in (None, ""):
            return None
        extent = self.parameterAsExtent(parameters, name, context)
        if extent.isNull() or extent.isEmpty():
            return None
        return MapRegion.from_extent(extent, self.parameterAsExtentCrs(parameters, name, context))

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Rank the tiles, then lay them over each other."""
        self.service.engine()
        from ...models.retrieval.searching import Query

        query = Query(self._words, region=self._where, since=self._since, until=self._until)
        if self._example is not None:
            query = replace(query, picture=index_search.picture_of(self.service, self._example, cancel))
        most = self.parameterAsInt(parameters, MOST, context)
        found = index_search.search(self.service, self._folder, query, most, cancel)
        feedback.setProgress(50)
        crs, own = index_search.crs_of(found.places)
        results: Dict[str, Any] = {COUNT: len(found.places)}
        written = write_rows(
            self, parameters, OUTPUT, context, index_search.fields(),
            index_search.rows(found.places, found.model, own), QgsWkbTypes.Type.Polygon, crs)
        if written:
            finish_layer(str(written[OUTPUT]), crs, context)
        results.update(written)
        if parameters.get(HEAT) not in (None, ""):
            target = Path(self.parameterAsOutputLayer(parameters, HEAT, context))
            if target.suffix.lower() not in (".tif", ".tiff"):
                raise QgsProcessingException(self.tr("Heat can be written as .tif only. Choose another name."))
            heat = index_search.heat(self.service, self._folder, query, self._raster(found), target, cancel)
            results[HEAT] = str(heat.path)
        return results

    def _raster(self, found: index_search.Found) -> int:
        """Id of the raster whose heat is wanted."""
        if not self._heated:
            return found.places[0].raster.id
        with self.service.engine().indexes.searching:
            records = self.service.engine().indexes.open(self._folder).records.values()
        ids = [record.id for record in records if record.path == self._heated]
        if not ids:
            raise QgsProcessingException(self.tr("The raster of the heat is not in this index. Index it first."))
        return ids[0]
