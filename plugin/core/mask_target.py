"""The layer that accepted polygons go to: which layers can take them, and how they get in, through its undo stack."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsFeature,
    QgsFieldConstraints,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorDataProvider,
    QgsVectorLayer,
    QgsVectorLayerUtils,
    QgsWkbTypes,
)

from ...models.errors import CrsMissing
from ...models.features import FeatureSet, MaskFeature, Shape
from .errors import TargetUnwritable
from .feature_rows import attributes_of, fields_of, geometry_of, shape_attributes
from .messages import tr
from .projections import transform_between


@dataclass(frozen=True)
class Appended:
    """What became of an accepted object: ``features`` made of it, ``dropped`` names of fields without a place there."""

    features: int
    dropped: Tuple[str, ...]


def polygon_layers(project: QgsProject) -> List[QgsVectorLayer]:
    """The polygon layers that can be edited, by name. Main thread only."""
    found = [layer for layer in project.mapLayers().values() if _takes_polygons(layer) and not _closed(layer)]
    return sorted(found, key=lambda layer: layer.name().casefold())


def check_target(layer: QgsMapLayer, project: QgsProject) -> None:
    """Raise TargetUnwritable, with the reason, if ``layer`` takes no polygons now."""
    if not _takes_polygons(layer):
        raise TargetUnwritable(layer.name(), "kind")
    closed = _closed(layer)
    if closed:
        raise TargetUnwritable(layer.name(), closed)
    place = _place(layer)
    for other in project.mapLayers().values():
        if other is not layer and isinstance(other, QgsVectorLayer) and other.isEditable() and _place(other) == place:
            raise TargetUnwritable(layer.name(), "elsewhere", other.name())


def append(layer: QgsVectorLayer, features: FeatureSet, project: QgsProject, several: bool = False) -> Appended:
    """Add the polygons of one object as one step of the layer's undo stack; editing is begun if need be. Main thread.

    Into multipolygons they go as one feature, into polygons one by one, as they do if they are ``several`` objects.
    Raises TargetUnwritable, and then the layer is as it was.
    """
    check_target(layer, project)
    if not layer.isEditable() and not layer.startEditing():
        raise TargetUnwritable(layer.name(), "locked")
    items: List[Tuple[QgsGeometry, MaskFeature]] = [(_carried(one, features, layer), one) for one in features.features]
    if len(items) > 1 and not several and QgsWkbTypes.isMultiType(layer.wkbType()):
        items = [(QgsGeometry.collectGeometry([geometry for geometry, _ in items]), _joined(features.features))]
    dropped: Dict[str, None] = {}
    layer.beginEditCommand(tr("Take {label}").format(label=features.features[0].label or tr("object")))
    rows: List[QgsFeature] = []
    # Several pieces in one have no outline of which one shape could be said.
    shapes = features.shapes if features.shapes is not None and len(features.shapes) == len(items) else None
    for number, (geometry, item) in enumerate(items):
        values, lost = _values(layer, item, features, None if shapes is None else shapes[number])
        dropped.update(dict.fromkeys(lost))
        made = QgsVectorLayerUtils.createFeature(layer, geometry, values)
        rows += QgsVectorLayerUtils.makeFeatureCompatible(made, layer)
    if not rows or not all(_allowed(layer, row) for row in rows) or not layer.addFeatures(rows):
        layer.destroyEditCommand()
        raise TargetUnwritable(layer.name(), "refused")
    layer.endEditCommand()
    layer.triggerRepaint()
    return Appended(len(rows), tuple(dropped))


def _takes_polygons(layer: QgsMapLayer) -> bool:
    return isinstance(layer, QgsVectorLayer) and layer.isValid() and (
        layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry)


def _closed(layer: QgsVectorLayer) -> str:
    """Why a layer cannot be edited, "" if it can."""
    if layer.readOnly():
        return "read-only"
    provider = layer.dataProvider()
    can = provider is not None and provider.capabilities() & QgsVectorDataProvider.Capability.AddFeatures
    return "" if can else "format"


def _place(layer: QgsVectorLayer) -> Tuple[str, str, str]:
    """The same for layers of the same table."""
    if layer.providerType() == "memory":
        return "memory", layer.id(), ""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return layer.providerType(), str(parts.get("path") or layer.source()), str(parts.get("layerName") or "")


def _carried(item: MaskFeature, features: FeatureSet, layer: QgsVectorLayer) -> QgsGeometry:
    """The polygon in the CRS of ``layer``. Its edges are as short as pixels: only their ends are carried over."""
    geometry = geometry_of(item.rings)
    source = QgsCoordinateReferenceSystem.fromWkt(features.crs_wkt) if features.crs_wkt else QgsCoordinateReferenceSystem()
    if source == layer.crs():
        return geometry
    try:
        failed = geometry.transform(transform_between(source, layer.crs(), layer.name()))
    except (QgsCsException, CrsMissing) as error:
        raise TargetUnwritable(layer.name(), "crs") from error
    if failed or not geometry.boundingBox().isFinite():
        raise TargetUnwritable(layer.name(), "crs")
    return geometry


def _joined(items: Tuple[MaskFeature, ...]) -> MaskFeature:
    """Several pieces as one."""
    pixels = sum(item.pixels for item in items)
    areas = [item.area_m2 for item in items if item.area_m2 is not None]
    score = sum(item.score * item.pixels for item in items) / max(1, pixels)
    return MaskFeature((), items[0].label, score, pixels, sum(areas) if len(areas) == len(items) else None)


def _values(
    layer: QgsVectorLayer, item: MaskFeature, features: FeatureSet, shape: Optional[Shape]
) -> Tuple[Dict[int, Any], List[str]]:
    """Values by index of the layer's fields, and the names of ours that it has no place for."""
    values: Dict[int, Any] = {}
    lost: List[str] = []
    given = attributes_of(item, features) + ([] if shape is None else shape_attributes(item, shape))
    for name, value in zip(fields_of(features.kind, shape is not None).names(), given):
        index = layer.fields().lookupField(name)
        if value is None or value == NULL:
            continue
        fitting = None if index < 0 else _converted(layer, index, value)
        if fitting is None:
            lost.append(name)
        else:
            values[index] = fitting
    return values, lost


def _converted(layer: QgsVectorLayer, index: int, value: Any) -> Any:
    """``value`` as the field keeps it, None if it cannot."""
    try:
        fits, found = _convert(layer.fields().at(index), value)
    except (TypeError, ValueError):  # newer QGIS raises where older ones return False
        return None
    return found if fits else None


def _convert(field: Any, value: Any) -> Tuple[bool, Any]:
    answer = field.convertCompatible(value)
    return answer if isinstance(answer, tuple) else (True, answer)


def _allowed(layer: QgsVectorLayer, row: QgsFeature) -> bool:
    """Whether the row meets what the layer's source insists on, as far as the source does not fill it in itself."""
    hard = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    keys = set(layer.primaryKeyAttributes())
    for index in range(layer.fields().count()):
        if index in keys or layer.dataProvider().defaultValueClause(layer.fields().fieldOriginIndex(index)):
            continue
        met, _errors = QgsVectorLayerUtils.validateAttribute(layer, row, index, hard)
        if not met:
            return False
    return True
