"""The polygons of a result as the OUTPUT layer of an algorithm, styled as in the panel."""

import shutil
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...models.cancel import CancelToken
from ...models.features import FeatureSet
from ..core.class_style import apply_style
from ..core.feature_rows import classes_of, fields_for, rows_of
from ..core.geopackage import mark_undefined
from ..core.messages import tr
from .row_output import write_rows

OUTPUT = "OUTPUT"
SCORES = "SCORES"


class _Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles the layer once QGIS loads it. QGIS keeps no reference to it: the class does."""

    alive: List["_Styler"] = []

    def __init__(self, style: Callable[[QgsVectorLayer], None]) -> None:
        super().__init__()
        self._style = style
        _Styler.alive = _Styler.alive[-20:] + [self]

    def postProcessLayer(self, layer, context, feedback) -> None:  # noqa: N802 - the name QGIS calls
        """Called by QGIS on the main thread."""
        if isinstance(layer, QgsVectorLayer):
            self._style(layer)


def write_features(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    features: FeatureSet,
    crs: QgsCoordinateReferenceSystem,
    cancel: CancelToken,
    multipart: bool = False,
    each: bool = False,
) -> Dict[str, Any]:
    """Write every polygon to OUTPUT; an empty result is an empty layer, so that models and batches go on.

    ``multipart``: one feature per class. ``each``: a colour per feature, not per class.
    """
    polygon = QgsWkbTypes.Type.MultiPolygon if multipart else QgsWkbTypes.Type.Polygon
    rows = _until(cancel, rows_of(features, multipart))
    written = write_rows(algorithm, parameters, OUTPUT, context, fields_for(features), rows, polygon, crs)
    if not written:
        return {}
    classes = classes_of(features)
    finish_layer(str(written[OUTPUT]), crs, context, lambda layer: apply_style(layer, classes, each))
    return written


def finish_layer(
    target: str,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    style: Optional[Callable[[QgsVectorLayer], None]] = None,
) -> None:
    """What is written stays without a CRS where the raster has none, and is styled once QGIS loads it (main thread)."""
    if not crs.isValid():
        _stay_undefined(target, context)
    if style is not None and context.willLoadLayerOnCompletion(target):
        context.layerToLoadOnCompletionDetails(target).setPostProcessor(_Styler(style))


def _until(cancel: CancelToken, rows: Iterable[QgsFeature]) -> Iterator[QgsFeature]:
    for place, row in enumerate(rows):
        if place % 256 == 0:
            cancel.raise_if_cancelled()
        yield row


def _stay_undefined(target: str, context: QgsProcessingContext) -> None:
    """Polygons without a CRS stay without: QGIS gives memory layers WGS 84, and GDAL calls GeoPackages geographic."""
    path = Path(target.split("|")[0])
    if path.suffix.lower() == ".gpkg" and path.is_file():
        mark_undefined(path, path.stem)
        return
    layer = QgsProcessingUtils.mapLayerFromString(target, context)
    if layer is not None and layer.providerType() == "memory":
        layer.setCrs(QgsCoordinateReferenceSystem())


def write_scores(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    context: QgsProcessingContext,
    scores: Optional[str],
) -> Dict[str, Any]:
    """Copy the score raster to SCORES, in the format of the name asked for."""
    if parameters.get(SCORES) in (None, ""):
        return {}
    target = algorithm.parameterAsOutputLayer(parameters, SCORES, context)
    if not scores or not Path(scores).is_file():
        raise QgsProcessingException(tr("This run made no scores. Leave the scores output empty and run it again."))
    draft = Path(target).with_name("_draft_" + Path(target).name)
    try:
        if Path(target).suffix.lower() in (".tif", ".tiff"):
            shutil.copyfile(scores, draft)
        else:
            from osgeo import gdal

            if gdal.Translate(str(draft), scores) is None:
                raise QgsProcessingException(tr("The scores could not be written. Choose a name that ends in .tif."))
        draft.replace(target)
    finally:
        if draft.exists():
            draft.unlink()
    return {SCORES: target}
