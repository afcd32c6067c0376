"""A layer to a file: written under a temporary name, reopened, counted, renamed. What a format loses is listed."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import List, Optional, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsFeatureSink,
    QgsFeedback,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)

from ...models.cancel import CancelToken
from ...models.errors import Cancelled
from .errors import ExportFailed
from .export_fields import FieldMapping
from .export_target import ExportTarget, driver_for
from .geopackage import is_whole, mark_undefined


@dataclass(frozen=True)
class ExportReport:
    """The file written, how many features it holds, and translated sentences about what the format could not keep."""

    path: Path
    count: int
    losses: List[str] = field(default_factory=list)


@dataclass(frozen=True)
class ExportRequest:
    """What an export needs of a layer, so that a worker can do it. Made by :func:`snapshot_export`."""

    source: QgsVectorLayerFeatureSource
    fields: FieldMapping
    wkb_type: int
    source_crs: QgsCoordinateReferenceSystem
    crs: QgsCoordinateReferenceSystem
    context: QgsCoordinateTransformContext
    count: int
    target: ExportTarget
    table: str


def snapshot_export(
    layer: QgsVectorLayer,
    path: Path,
    driver: str = "",
    crs: Optional[QgsCoordinateReferenceSystem] = None,
    overwrite: bool = False,
) -> ExportRequest:
    """Check and copy what :func:`run_export` needs. Main thread only. Raises ExportFailed.

    ``driver``: empty takes it from the file's ending. ``crs``: None keeps the layer's; GeoJSON is always written in
    longitude and latitude (RFC 7946). ``overwrite``: may an existing file (in a GeoPackage: table) be replaced?
    """
    path = Path(path)
    driver = driver_for(path, driver)
    count = layer.featureCount()
    if count == 0:
        raise ExportFailed("empty", path.name)
    if path.exists() and _is_open(path):
        raise ExportFailed("open", path.name)
    target_crs = QgsCoordinateReferenceSystem("EPSG:4326") if driver == "GeoJSON" else (crs or layer.crs())
    if target_crs.isValid() and not layer.crs().isValid():
        raise ExportFailed("crs", path.name)
    wkb_type = layer.wkbType()
    if QgsWkbTypes.geometryType(wkb_type) == QgsWkbTypes.GeometryType.PolygonGeometry:
        wkb_type = QgsWkbTypes.multiType(wkb_type)
    target = ExportTarget(path, driver, overwrite)
    return ExportRequest(
        QgsVectorLayerFeatureSource(layer),
        FieldMapping(layer.fields(), driver),
        wkb_type,
        layer.crs(),
        target_crs,
        QgsProject.instance().transformContext(),
        count,
        target,
        path.stem,
    )


def _is_open(path: Path) -> bool:
    """Whether a layer of the project reads this file: renaming over it would pull it away from under QGIS."""
    registry = QgsProviderRegistry.instance()
    for layer in QgsProject.instance().mapLayers().values():
        used = registry.decodeUri(layer.providerType(), layer.source()).get("path")
        if used and used != NULL and Path(str(used)).exists() and Path(str(used)).samefile(path):
            return True
    return False


def run_export(
    request: ExportRequest, feedback: Optional[QgsFeedback] = None, cancel: Optional[CancelToken] = None
) -> ExportReport:
    """Write, reopen, count, rename. Any thread. Raises ExportFailed or Cancelled; then nothing of it is left.

    Either of ``feedback`` and ``cancel`` stops it.
    """
    target = request.target
    stop = _Stop(feedback, cancel)
    try:
        append = target.start()
        written = _write(request, append, stop)
        if target.driver == "GPKG" and not request.crs.isValid():
            try:
                mark_undefined(target.draft, request.table)
            except sqlite3.Error as error:
                raise ExportFailed("incomplete", target.path.name, str(error)) from error
        _verify(request, written)
        stop.check()
        target.finish()
    finally:
        target.abandon()
    losses = request.fields.losses()
    return ExportReport(target.path, written, losses)


def export_layer(
    layer: QgsVectorLayer,
    path: Path,
    driver: str = "",
    crs: Optional[QgsCoordinateReferenceSystem] = None,
    feedback: Optional[QgsFeedback] = None,
    overwrite: bool = False,
) -> ExportReport:
    """:func:`snapshot_export` and :func:`run_export` in one, for scripts. Main thread only."""
    return run_export(snapshot_export(layer, path, driver, crs, overwrite), feedback)


@dataclass(frozen=True)
class _Stop:
    """The ways an export can be stopped."""

    feedback: Optional[QgsFeedback]
    cancel: Optional[CancelToken]

    def check(self, share: Optional[float] = None) -> None:
        """Raise Cancelled if someone wants it; else report ``share`` in [0, 1]."""
        if self.cancel is not None:
            self.cancel.raise_if_cancelled()
        if self.feedback is not None:
            if self.feedback.isCanceled():
                raise Cancelled()
            if share is not None:
                self.feedback.setProgress(100 * share)


def _options(request: ExportRequest, append: bool) -> QgsVectorFileWriter.SaveVectorOptions:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = request.target.driver
    options.fileEncoding = "UTF-8"
    options.layerName = request.table
    if request.target.driver == "GPKG" and append:
        # The default action throws every other table away.
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    if request.target.driver == "GeoJSON":
        options.layerOptions = ["RFC7946=YES", "WRITE_NAME=NO"]
    if request.target.driver == "ESRI Shapefile":
        options.layerOptions = ["ENCODING=UTF-8", "2GB_LIMIT=YES"]
    return options


def _write(request: ExportRequest, append: bool, stop: _Stop) -> int:
    """Write every feature to the draft; how many. Raises ExportFailed, Cancelled."""
    name = request.target.path.name
    bend = QgsCoordinateTransform(request.source_crs, request.crs, request.context)
    writer = QgsVectorFileWriter.create(
        str(request.target.draft),
        request.fields.fields,
        request.wkb_type,
        request.crs,
        request.context,
        _options(request, append),
    )
    written = 0
    try:
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise ExportFailed(_kind_of(writer.errorMessage()), name, writer.errorMessage())
        for row in request.source.getFeatures():
            if written % 256 == 0:
                stop.check(written / request.count if request.count > 0 else None)
            if not writer.addFeature(_converted(row, request, bend), QgsFeatureSink.Flag.FastInsert):
                raise ExportFailed(_kind_of(writer.errorMessage()), name, writer.errorMessage())
            written += 1
        if not writer.flushBuffer() or writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise ExportFailed(_kind_of(writer.errorMessage()), name, writer.errorMessage())
    finally:
        del writer
    if written == 0:
        raise ExportFailed("empty", name)
    return written


def _converted(row: QgsFeature, request: ExportRequest, bend: QgsCoordinateTransform) -> QgsFeature:
    """The feature as the file holds it."""
    out = QgsFeature(request.fields.fields)
    out.setAttributes(request.fields.attributes(row.attributes()))
    geometry = row.geometry()
    if not geometry.isNull():
        if QgsWkbTypes.isMultiType(request.wkb_type):
            geometry.convertToMultiType()
        try:
            failed = bool(geometry.transform(bend))
        except QgsCsException:
            failed = True
        if failed or not geometry.boundingBox().isFinite():
            raise ExportFailed("transform", request.target.path.name, f"feature {row.id()}")
        out.setGeometry(geometry)
    return out


def _kind_of(message: str) -> str:
    """Which sentence a GDAL message deserves."""
    low = message.lower()
    if any(words in low for words in ("no space", "disk is full", "disk i/o", "file too large", "fwrite", "write error")):
        return "disk-full"
    if "2gb" in low or "2 gb" in low or "file size limit" in low:
        return "too-large"
    if "lock" in low or "readonly" in low or "permission" in low:
        return "locked"
    return "incomplete"


def _verify(request: ExportRequest, written: int) -> None:
    """Open the draft again and read all of it: GDAL reports success on a full disk."""
    name = request.target.path.name
    address = str(request.target.draft) + (f"|layername={request.table}" if request.target.driver == "GPKG" else "")
    layer = QgsVectorLayer(address, "check", "ogr")
    if not layer.isValid():
        raise ExportFailed("disk-full", name, "the file written does not open")
    found, shapes = _count(layer)
    del layer
    if request.target.driver == "GPKG" and not is_whole(request.target.draft, request.table):
        raise ExportFailed("disk-full", name, "pages or the spatial index are missing")
    if found != written:
        raise ExportFailed("disk-full", name, f"{found} of {written} features can be read back")
    if shapes == 0 and request.wkb_type != QgsWkbTypes.Type.NoGeometry:
        raise ExportFailed("incomplete", name, "no geometry can be read back")


def _count(layer: QgsVectorLayer) -> Tuple[int, int]:
    """Features, and features with geometry, by reading every one."""
    found = shapes = 0
    for row in layer.getFeatures():
        found += 1
        shapes += row.hasGeometry()
    return found, shapes
