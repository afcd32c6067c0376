"""A new layer for what is taken by pointing: empty, styled, said where it comes from, in the results group."""

from typing import Any, Dict, List

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from ...models.features import FeatureSet
from .. import settings as user
from .class_style import apply_style
from .errors import ExportFailed
from .feature_rows import fields_of
from .layers import TEMPORARY, add_to_group, describe
from .messages import tr
from .result_files import TABLE, file_name, folder_beside, write_geopackage

#: Custom property of such a layer: the classes that were taken into it.
CLASSES = "terralogue/taken-classes"


def new_mask_layer(features: FeatureSet, project: QgsProject, title: str, provenance: Dict[str, Any]) -> QgsVectorLayer:
    """An empty layer in the CRS of ``features``: a GeoPackage beside a saved project, else in memory. Main thread only.

    Raises ExportFailed if the file cannot be written.
    """
    folder = folder_beside(project.fileName()) if user.keep_beside_project.value() else None
    if folder is not None:
        nothing = FeatureSet("mask", features.crs_wkt, (), features.model, features.source)
        file = write_geopackage(nothing, folder / file_name(title))
        layer = QgsVectorLayer(f"{file}|layername={TABLE}", title, "ogr")
        if not layer.isValid():
            raise ExportFailed("incomplete", file.name, "the file written does not open")
    else:
        layer = QgsVectorLayer("Polygon", title, "memory")
        layer.dataProvider().addAttributes(fields_of("mask").toList())
        layer.updateFields()
    crs = QgsCoordinateReferenceSystem.fromWkt(features.crs_wkt) if features.crs_wkt else QgsCoordinateReferenceSystem()
    layer.setCrs(crs)
    found = tr("Polygons pointed at in {source} and outlined by {model}, each taken by hand.")
    describe(layer, "mask", found, features, provenance)
    layer.setCustomProperty(TEMPORARY, folder is None)
    add_to_group(layer, project)
    return layer


def style_class(layer: QgsVectorLayer, label: str) -> None:
    """Give ``label`` a colour of its own in a layer that :func:`new_mask_layer` made."""
    kept = layer.customProperty(CLASSES)
    classes: List[str] = [str(one) for one in kept] if isinstance(kept, (list, tuple)) else []
    if label in classes:
        return
    classes.append(label)
    layer.setCustomProperty(CLASSES, classes)
    apply_style(layer, [(one, "", "") for one in classes])
    layer.triggerRepaint()
