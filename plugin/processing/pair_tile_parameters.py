"""What builders of two-date data sets ask alike: both rasters, tiles, splits and the folder."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Tuple

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)

from ...models.errors import CrsMissing
from ..core.messages import short_name, tr
from . import places
from .base import TerralogueAlgorithm
from .split_parameters import declare_splits, optional_number, read_splits

if TYPE_CHECKING:
    from ...models.datasets.legend import Legend
    from ..core.pair_tiles import TileRequest

BEFORE, AFTER, SIZE, GSD, MOST, FOLDER = "BEFORE", "AFTER", "SIZE", "GSD", "MOST", "FOLDER"
INDEX, COUNTS, TILES = "INDEX", "COUNTS", "TILES"


def declare_rasters(algorithm: TerralogueAlgorithm) -> None:
    """Declare BEFORE and AFTER."""
    algorithm.addParameter(QgsProcessingParameterRasterLayer(BEFORE, tr("Before")))
    algorithm.addParameter(QgsProcessingParameterRasterLayer(AFTER, tr("After")))


def declare_tiles(algorithm: TerralogueAlgorithm) -> None:
    """Declare SIZE, GSD, MOST, the splits and FOLDER, and the outputs INDEX, COUNTS and TILES."""
    number = QgsProcessingParameterNumber
    real, whole = number.Type.Double, number.Type.Integer
    algorithm.addParameter(number(SIZE, tr("Tile size (pixels)"), whole, 256, False, 32, 4096))
    algorithm.declare(
        number(GSD, tr("Pixel size (m)"), real, None, True, 0.001), tr("Empty: that of the coarser of both rasters.")
    )
    algorithm.addParameter(number(MOST, tr("Largest number of tiles"), whole, 1000, False, 1))
    declare_splits(algorithm)
    algorithm.addParameter(QgsProcessingParameterFolderDestination(FOLDER, tr("Folder of the data set")))
    algorithm.addOutput(QgsProcessingOutputVectorLayer(INDEX, tr("Index of tiles")))
    algorithm.addOutput(QgsProcessingOutputString(COUNTS, tr("Counts (JSON)")))
    algorithm.addOutput(QgsProcessingOutputNumber(TILES, tr("Number of tiles")))


def rasters_of(
    algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], context: QgsProcessingContext
) -> Tuple[QgsRasterLayer, QgsRasterLayer]:
    """Both layers. Raises QgsProcessingException without one, CrsMissing without a reference system."""
    before, after = (places.raster_of(algorithm, parameters, name, context) for name in (BEFORE, AFTER))
    for layer in (before, after):
        if not layer.crs().isValid():
            raise CrsMissing(layer.name())
    return before, after


def legend_of(
    algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
) -> "Legend":
    """The legend in a text parameter. Raises QgsProcessingException with the pair that is none."""
    # The data engine's modules need packages that may be missing when QGIS loads the provider.
    from ...models.datasets.legend import Legend

    try:
        return Legend(algorithm.parameterAsString(parameters, name, context))
    except ValueError as error:
        raise QgsProcessingException(
            tr("“{pair}” is no pair of a value and a class. Write them as in “1=road; 2=building”.").format(
                pair=short_name(str(error))
            )
        ) from error


def tile_request(
    algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], context: QgsProcessingContext, name: str
) -> "TileRequest":
    """What is asked of the tiles of a data set that is called as the raster ``name``."""
    from ..core.pair_tiles import TileRequest

    block, shares, seed = read_splits(algorithm, parameters, context)
    size, most = (algorithm.parameterAsInt(parameters, key, context) for key in (SIZE, MOST))
    return TileRequest(name, size, optional_number(algorithm, parameters, GSD, context) or 0.0, most, block, shares, seed)


def results_of(folder: Path, counts: Dict[str, Any], context: QgsProcessingContext) -> Dict[str, Any]:
    """The outputs of a finished data set; its index is added to the map where there is one."""
    from ..core.tile_index import FILE

    index = str(folder / FILE)
    if context.project() is not None:
        details = QgsProcessingContext.LayerDetails(short_name(folder.name), context.project(), INDEX)
        context.addLayerToLoadOnCompletion(index, details)
    return {FOLDER: str(folder), INDEX: index, COUNTS: json.dumps(counts, ensure_ascii=False), TILES: counts["tiles"]}
