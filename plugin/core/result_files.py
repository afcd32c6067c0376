"""GeoPackages for the polygons of answers: beside a saved project, else in the temporary folder. Any thread."""

import os
import re
import tempfile
import uuid
from pathlib import Path
from typing import Any, Dict, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureSink,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...models.cancel import CancelToken
from ...models.features import FeatureSet
from .errors import ExportFailed
from .feature_rows import fields_for, rows_of
from .geopackage import is_whole, mark_undefined
from .statistics_table import write_statistics
from .transition_table import write_table

#: Above this many polygons a worker writes the file and the main thread only adds it.
MANY = 5000
TABLE = "features"


def folder_beside(project_file: str) -> Optional[Path]:
    """The results folder of a saved project, None for a project that has no file."""
    if not project_file:
        return None
    path = Path(project_file)
    return path.with_name(path.stem + "_terralogue")


def temporary_folder() -> Path:
    """A folder for results of projects that are not saved."""
    folder = Path(tempfile.gettempdir()) / "terralogue-results"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def file_name(title: str) -> str:
    """A file name from a title that every system can store, and that no other result has."""
    plain = re.sub(r"[^0-9A-Za-z]+", "_", title).strip("_").lower()[:40] or "result"
    return f"{plain}_{uuid.uuid4().hex[:8]}.gpkg"


def write_geopackage(
    features: FeatureSet,
    path: Path,
    cancel: Optional[CancelToken] = None,
    transitions: Sequence[Dict[str, Any]] = (),
    statistics: Sequence[Dict[str, Any]] = (),
    multipart: bool = False,
) -> Path:
    """Write the polygons under a temporary name, count them, rename. Nothing is left behind on failure or cancel.

    ``transitions``: of a change, a second table of the file; ``statistics``: by class, one more. ``multipart``: one
    feature for each class.
    Raises ExportFailed, Cancelled.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed("no-results", path.name, str(error)) from error
    draft = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}.gpkg")
    try:
        written = _write(features, draft, cancel, multipart)
        if transitions:
            write_table(transitions, draft)
        if statistics:
            write_statistics(statistics, draft)
        if not features.crs_wkt:
            mark_undefined(draft, TABLE)
        check = QgsVectorLayer(f"{draft}|layername={TABLE}", "check", "ogr")
        found = check.featureCount() if check.isValid() else -1
        del check
        if found != written:
            raise ExportFailed("disk-full", path.name, f"{found} of {written} features")
        if not is_whole(draft, TABLE):
            raise ExportFailed("disk-full", path.name, "pages or the spatial index are missing")
        os.replace(draft, path)
    finally:
        for leftover in path.parent.glob(draft.name + "*"):
            leftover.unlink()
    return path


def _write(features: FeatureSet, draft: Path, cancel: Optional[CancelToken], multipart: bool) -> int:
    """How many rows there should be."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", TABLE
    crs = QgsCoordinateReferenceSystem.fromWkt(features.crs_wkt) if features.crs_wkt else QgsCoordinateReferenceSystem()
    writer = QgsVectorFileWriter.create(
        str(draft),
        fields_for(features),
        QgsWkbTypes.Type.MultiPolygon if multipart else QgsWkbTypes.Type.Polygon,
        crs,
        QgsCoordinateTransformContext(),
        options,
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        kind = "incomplete" if os.access(draft.parent, os.W_OK) else "no-results"
        raise ExportFailed(kind, draft.name, writer.errorMessage())
    rows = 0
    try:
        for row in rows_of(features, multipart):
            if cancel is not None and rows % 256 == 0:
                cancel.raise_if_cancelled()
            rows += 1
            if not writer.addFeature(row, QgsFeatureSink.Flag.FastInsert):
                break
        if not writer.flushBuffer() or writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise ExportFailed("incomplete", draft.name, writer.errorMessage())
    finally:
        del writer
    return rows
