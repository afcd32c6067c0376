"""The polygons of an answer as a layer of the project, and the way back. Main thread only."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ...models.features import FeatureSet
from .. import settings as user
from . import log
from .class_style import apply_style
from .errors import ExportFailed, ProjectClosed
from .feature_rows import classes_of, fields_for, rows_of
from .messages import tr
from .project_stamp import ProjectStamp
from .result_files import MANY, TABLE, file_name, folder_beside, temporary_folder, write_geopackage
from .statistics_table import STATISTICS, statistics_in_memory
from .transition_table import TRANSITIONS, table_in_memory

#: Custom properties of every result layer.
PROVENANCE = "terralogue/provenance"
RESULT = "terralogue/result"
TEMPORARY = "terralogue/temporary"
#: Custom property of polygons of a change: the id of the layer with their table; and of those with statistics.
TABLE_LAYER = "terralogue/table"
STATISTICS_LAYER = "terralogue/statistics"


@dataclass(frozen=True)
class Undo:
    """Takes back what one answer added. ``layer_ids`` of the project, ``files`` that were written for them."""

    layer_ids: Tuple[str, ...]
    files: Tuple[str, ...] = ()

    def undo(self, project: Optional[QgsProject] = None) -> int:
        """Remove the layers and their files; how many layers were still there. The group goes once it is empty."""
        project = project or QgsProject.instance()
        there = [layer_id for layer_id in self.layer_ids if project.mapLayer(layer_id) is not None]
        project.removeMapLayers(there)
        for file in self.files:
            for leftover in Path(file).parent.glob(Path(file).name + "*"):
                try:
                    leftover.unlink()
                except OSError as error:
                    log.warning(f"Could not remove a result file: {error}")
        group = _group(project)
        if group is not None and not group.children():
            group.parent().removeChildNode(group)
        return len(there)


def prepare_file(
    features: FeatureSet, project_file: str, title: str, cancel=None, transitions: Sequence[Dict[str, Any]] = (),
    statistics: Sequence[Dict[str, Any]] = (),
) -> Path:
    """Write the polygons where :func:`add_features` would, on a worker. Raises ExportFailed, Cancelled."""
    folder = folder_beside(project_file) if user.keep_beside_project.value() else None
    return write_geopackage(features, (folder or temporary_folder()) / file_name(title), cancel, transitions, statistics)


def prepare_rows(features: FeatureSet, cancel=None) -> List[QgsFeature]:
    """The polygons as rows of a memory layer, made on a worker: thousands of them would hold up the main thread.

    Raises Cancelled.
    """
    rows = []
    for row in rows_of(features):
        if cancel is not None and len(rows) % 256 == 0:
            cancel.raise_if_cancelled()
        rows.append(row)
    return rows


def add_features(
    features: FeatureSet,
    project: QgsProject,
    title: str,
    provenance: Dict[str, Any],
    file: Optional[Path] = None,
    stamp: Optional[int] = None,
    rows: Optional[List[QgsFeature]] = None,
    transitions: Sequence[Dict[str, Any]] = (),
    statistics: Sequence[Dict[str, Any]] = (),
    each: bool = False,
) -> QgsVectorLayer:
    """Add the polygons to the project, styled and grouped at the top, without making them the active layer.

    ``transitions``: of a change, ``statistics``: by class; they become tables beside the polygons, which leave with them.
    ``each``: every polygon in a colour of its own.
    ``file``: what :func:`prepare_file` wrote; ``rows``: what :func:`prepare_rows` made. Without a file the polygons are
    kept in a GeoPackage beside a saved project, else in a memory layer, which QGIS marks as temporary.
    ``stamp``: ``ProjectStamp.current()`` of the question.
    Raises ProjectClosed if that project is gone, ExportFailed if there is nothing to add or it cannot be kept.
    """
    if stamp is not None and ProjectStamp.instance().current() != stamp:
        raise ProjectClosed()
    if not features.features:
        raise ExportFailed("empty", title)
    if file is None and (folder_beside(project.fileName()) and user.keep_beside_project.value()):
        file = prepare_file(features, project.fileName(), title, None, transitions, statistics)
    elif file is None and len(features.features) > MANY:
        file = prepare_file(features, "", title, None, transitions, statistics)
    layer = _from_file(file, title) if file is not None else _in_memory(features, title, rows)
    tables = []
    if transitions:
        named = tr("{title}: transitions").format(title=title)
        summed = tr("What became of what, summed over the polygons that {model} found in {source}.")
        table = _from_file(file, named, TRANSITIONS) if file is not None else table_in_memory(transitions, named)
        tables.append((table, TRANSITIONS, TABLE_LAYER, summed))
    if statistics:
        named = tr("{title}: statistics").format(title=title)
        summed = tr("Counts and areas by class of the polygons that {model} found in {source}.")
        table = _from_file(file, named, STATISTICS) if file is not None else statistics_in_memory(statistics, named)
        tables.append((table, STATISTICS, STATISTICS_LAYER, summed))
    if not features.crs_wkt:
        layer.setCrs(QgsCoordinateReferenceSystem())
    apply_style(layer, classes_of(features), each)
    found = tr("Polygons found by {model} in {source}. They are predictions: check them before you rely on them.")
    describe(layer, features.kind, found, features, provenance)
    layer.setCustomProperty(TEMPORARY, file is None or Path(file).parent == temporary_folder())
    for table, kind, link, summed in tables:
        describe(table, kind, summed, features, provenance)
        table.setCustomProperty(TEMPORARY, layer.customProperty(TEMPORARY))
        layer.setCustomProperty(link, table.id())
        add_to_group(table, project)
    add_to_group(layer, project)
    return layer


def add_to_group(layer: QgsMapLayer, project: QgsProject) -> None:
    """Put a result at the top of the results group, which is made at the top of the tree if need be."""
    project.addMapLayer(layer, False)
    group = _group(project) or project.layerTreeRoot().insertGroup(0, tr("Terralogue"))
    group.setCustomProperty(RESULT, True)
    group.insertLayer(0, layer)
    if len(group.children()) == 1:
        group.setExpanded(False)  # the layer tree folded it while it was empty, and only notices a change
        group.setExpanded(True)


def undo_handle(layers: Sequence[QgsMapLayer]) -> Undo:
    """What takes ``layers`` back again, with the tables that came with them; only results of ours lose their files."""
    ours = [layer for layer in layers if layer.customProperty(RESULT) and layer.providerType() in ("ogr", "gdal")]
    files = tuple(dict.fromkeys(layer.source().split("|")[0] for layer in ours))
    tables = [
        (QgsProject.instance().mapLayer(str(layer.customProperty(link, ""))), kind)
        for layer in layers
        for link, kind in ((TABLE_LAYER, TRANSITIONS), (STATISTICS_LAYER, STATISTICS))
    ]
    # The id may come with somebody else's project: only a table of ours goes.
    named = [table.id() for table, kind in tables if table is not None and table.customProperty(RESULT) == kind]
    return Undo((*(layer.id() for layer in layers), *named), files)


def _group(project: QgsProject) -> Optional[QgsLayerTreeGroup]:
    """The results group, found by its mark so that the user may rename and move it."""
    for group in project.layerTreeRoot().findGroups(True):
        if group.customProperty(RESULT):
            return group
    return None


def _from_file(file: Path, title: str, table: str = TABLE) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{file}|layername={table}", title, "ogr")
    if not layer.isValid():
        raise ExportFailed("incomplete", Path(file).name, "the file written does not open")
    return layer


def _in_memory(features: FeatureSet, title: str, rows: Optional[List[QgsFeature]]) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon", title, "memory")
    crs = QgsCoordinateReferenceSystem.fromWkt(features.crs_wkt) if features.crs_wkt else QgsCoordinateReferenceSystem()
    layer.setCrs(crs)
    provider = layer.dataProvider()
    provider.addAttributes(fields_for(features).toList())
    layer.updateFields()
    added, _ = provider.addFeatures(prepare_rows(features) if rows is None else rows)
    if not added or layer.featureCount() != len(features.features):
        raise ExportFailed("incomplete", title, "; ".join(provider.errors()))
    layer.updateExtents()
    return layer


def describe(
    layer: QgsMapLayer, kind: str, abstract: str, features: FeatureSet, provenance: Dict[str, Any]
) -> None:
    """Say in the layer's metadata and properties where it comes from. ``abstract``: with {model} and {source}."""
    record = dict(provenance)
    record.setdefault("model", features.model)
    record.setdefault("source", features.source)
    record["features"] = len(features.features)
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
    layer.setCustomProperty(RESULT, kind)
    layer.setCustomProperty(PROVENANCE, text)
    metadata = QgsLayerMetadata()
    metadata.setTitle(layer.name())
    metadata.setType("dataset")
    metadata.setCrs(layer.crs())
    metadata.setAbstract(abstract.format(model=features.model, source=features.source))
    now = QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate)
    metadata.addHistoryItem(tr("Made by Terralogue on {time}.").format(time=now))
    for key, value in sorted(record.items()):
        if value not in (None, "", NULL):
            metadata.addHistoryItem(f"{key}: {value}")
    layer.setMetadata(metadata)
