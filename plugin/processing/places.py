"""Where an algorithm looks: the whole raster, an extent, or the polygons of a layer, one row each in the output."""

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ...models.cancel import CancelToken
from ...models.errors import Cancelled, CrsMissing, NothingToAnalyse, TerralogueError
from ..core.errors import PluginError
from ..core.map_region import MapRegion
from ..core.messages import sentence, tr
from ..core.projections import reproject
from ..core.snapshots import ViewSnapshot, snapshot_layer
from ..core.table_columns import fields_of
from .base import opened

EXTENT, REGIONS, OUTPUT_REGIONS = "EXTENT", "REGIONS", "OUTPUT_REGIONS"
#: Written where a region has no result: the sentence that says why.
NOTE = "note"


def add_extent(algorithm: QgsProcessingAlgorithm) -> None:
    """Declare EXTENT."""
    extent = QgsProcessingParameterExtent(EXTENT, tr("Extent"), optional=True)
    extent.setHelp(tr("Only look inside this extent. Empty: the whole raster."))
    algorithm.addParameter(extent)


def add_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Declare EXTENT, REGIONS and OUTPUT_REGIONS."""
    add_extent(algorithm)
    regions = QgsProcessingParameterFeatureSource(
        REGIONS, tr("Regions"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
    )
    regions.setHelp(tr("Only look inside these polygons, and give one row of results for each."))
    algorithm.addParameter(regions)


def add_output(algorithm: QgsProcessingAlgorithm) -> None:
    """Declare the layer with one row per region."""
    algorithm.addParameter(
        QgsProcessingParameterFeatureSink(
            OUTPUT_REGIONS,
            tr("Results by region"),
            QgsProcessing.SourceType.TypeVectorPolygon,
            optional=True,
            createByDefault=False,
        )
    )


@dataclass(frozen=True)
class Place:
    """One polygon of the regions layer. ``snapshots``: one per raster; empty with ``note`` where there is nothing."""

    feature: QgsFeature
    snapshots: Tuple[ViewSnapshot, ...]
    note: str = ""


@dataclass(frozen=True)
class Places:
    """``whole``: a snapshot per raster of all that is asked about. ``each``: the regions one by one, () without."""

    whole: Tuple[ViewSnapshot, ...]
    each: Tuple[Place, ...]
    fields: QgsFields
    crs: QgsCoordinateReferenceSystem
    raster_crs: QgsCoordinateReferenceSystem


def raster_of(
    algorithm: QgsProcessingAlgorithm, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
) -> QgsRasterLayer:
    """The raster layer of a parameter. Raises QgsProcessingException with QGIS's own sentence."""
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    if layer is None:
        raise QgsProcessingException(algorithm.invalidRasterError(parameters, name))
    return layer


def take(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    layers: Sequence[QgsMapLayer],
) -> Places:
    """Snapshot the rasters over the extent and the regions. Main thread. Raises what ``snapshot_layer`` raises."""
    box = _extent(algorithm, parameters, context)
    source = algorithm.parameterAsSource(parameters, REGIONS, context)
    raster_crs = layers[0].crs()
    if source is None:
        whole = tuple(snapshot_layer(layer, box) for layer in layers)
        return Places(whole, (), QgsFields(), QgsCoordinateReferenceSystem(), raster_crs)
    crs = source.sourceCrs()
    if box is not None:
        clip = reproject(box.geometry, box.crs, crs, tr("Regions"))
    each: List[Place] = []
    shapes: List[QgsGeometry] = []
    for feature in source.getFeatures():
        shape = feature.geometry()
        if box is not None and not shape.isNull():
            shape = shape.intersection(clip)
        place = _place(feature, shape, crs, layers)
        each.append(place)
        if place.snapshots:
            shapes.append(shape)
    if not shapes:
        raise NothingToAnalyse(layers[0].name())
    together = MapRegion(QgsGeometry.unaryUnion(shapes), crs, "features")
    whole = tuple(snapshot_layer(layer, together) for layer in layers)
    return Places(whole, tuple(each), source.fields(), crs, raster_crs)


def _extent(
    algorithm: QgsProcessingAlgorithm, parameters: Dict[str, Any], context: QgsProcessingContext
) -> Optional[MapRegion]:
    if parameters.get(EXTENT) in (None, ""):
        return None
    extent = algorithm.parameterAsExtent(parameters, EXTENT, context)
    if extent.isNull() or extent.isEmpty():
        return None
    return MapRegion.from_extent(extent, algorithm.parameterAsExtentCrs(parameters, EXTENT, context))


def _place(
    feature: QgsFeature, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, layers: Sequence[QgsMapLayer]
) -> Place:
    if shape.isNull() or shape.isEmpty() or shape.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return Place(feature, (), sentence(NothingToAnalyse(layers[0].name())))
    try:
        region = MapRegion(shape, crs, "features")
        return Place(feature, tuple(snapshot_layer(layer, region) for layer in layers))
    except CrsMissing:
        raise
    except (TerralogueError, PluginError) as error:
        return Place(feature, (), sentence(error))


def write_regions(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    places: Places,
    columns: Sequence[Tuple[str, QVariant.Type]],
    row_of: Callable[[Tuple, Callable[[float, str], None]], Sequence[Any]],
    progress: Callable[[float, str], None],
    cancel: CancelToken,
) -> Dict[str, Any]:
    """One row per region: its own attributes, then ``columns`` with what ``row_of(views, progress)`` gives.

    A region that fails gets NULLs and the reason in ``note``. Nothing is written if nobody asked for it.
    """
    if not places.each or parameters.get(OUTPUT_REGIONS) in (None, ""):
        return {}
    extra = fields_of((*columns, (NOTE, QVariant.String)))
    fields = QgsProcessingUtils.combineFields(places.fields, extra)
    sink, target = algorithm.parameterAsSink(
        parameters, OUTPUT_REGIONS, context, fields, QgsWkbTypes.Type.MultiPolygon, places.crs
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, OUTPUT_REGIONS))
    count = len(places.each)
    for number, place in enumerate(places.each):
        values: Sequence[Any] = [NULL] * len(columns)
        note = place.note
        if place.snapshots:
            try:
                with opened(place.snapshots, cancel) as views:
                    values = row_of(views, lambda f, m="", n=number: progress((n + f) / count, m))
            except Cancelled:
                raise
            except TerralogueError as error:
                note = sentence(error)
        row = QgsFeature(fields)
        geometry = place.feature.geometry()
        geometry.convertToMultiType()
        row.setGeometry(geometry)
        row.setAttributes(place.feature.attributes() + [NULL if v is None else v for v in values] + [note or NULL])
        if not sink.addFeature(row, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT_REGIONS))
    del sink
    return {OUTPUT_REGIONS: target}
