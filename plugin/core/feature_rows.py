"""Polygons of an answer as rows of a vector layer: fields, geometry, attributes. Any thread; touches no layer."""

import struct
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
from qgis.core import NULL, QgsFeature, QgsField, QgsFields, QgsGeometry
from qgis.PyQt.QtCore import QVariant

from ...models.features import FeatureSet, MaskFeature, Shape
from ...models.series_features import SeriesFeature

#: name, type, length (0: unlimited)
_MASK = (
    ("label", QVariant.String, 0),
    ("score", QVariant.Double, 0),
    ("pixels", QVariant.LongLong, 0),
    ("area_m2", QVariant.Double, 0),
    ("model", QVariant.String, 0),
    ("source", QVariant.String, 0),
    ("time", QVariant.String, 0),
)
_CHANGE = (("from", QVariant.String, 0), ("to", QVariant.String, 0))
_SERIES = (
    ("period", QVariant.Int, 0),
    ("start", QVariant.String, 0),
    ("end", QVariant.String, 0),
    ("first_change", QVariant.String, 0),
    ("flicker", QVariant.Bool, 0),
)
_BETWEEN = {"change": _CHANGE, "series": _CHANGE + _SERIES}
#: What was done to the outline, its own area, and that over the area of its pixels, minus 1.
_SHAPED = (("shape", QVariant.String, 0), ("shape_m2", QVariant.Double, 0), ("shape_err", QVariant.Double, 0))


def fields_of(kind: str, shaped: bool = False) -> QgsFields:
    """The fields of a "mask", a "change" or a "series" layer; ``shaped``: with those of changed outlines."""
    fields = QgsFields()
    for name, variant, length in _MASK[:1] + _BETWEEN.get(kind, ()) + _MASK[1:] + (_SHAPED if shaped else ()):
        fields.append(QgsField(name, variant, len=length))
    return fields


def fields_for(features: FeatureSet) -> QgsFields:
    """The fields that the rows of ``features`` have."""
    return fields_of(features.kind, features.shapes is not None)


def _polygon(rings: Sequence[np.ndarray]) -> bytes:
    parts: List[bytes] = [struct.pack("<BII", 1, 3, len(rings))]
    for ring in rings:
        points = np.ascontiguousarray(ring, dtype="<f8")
        parts += [struct.pack("<I", len(points)), points.tobytes()]
    return b"".join(parts)


def geometry_of(rings: Sequence[np.ndarray]) -> QgsGeometry:
    """A polygon from closed (N, 2) rings, to the last bit of their coordinates."""
    geometry = QgsGeometry()
    geometry.fromWkb(_polygon(rings))
    return geometry


def together(polygons: Sequence[Sequence[np.ndarray]]) -> QgsGeometry:
    """All as one multipolygon; those with a common edge grow into one, for else it would not be valid."""
    geometry = QgsGeometry()
    geometry.fromWkb(struct.pack("<BII", 1, 6, len(polygons)) + b"".join(map(_polygon, polygons)))
    if geometry.isGeosValid():
        return geometry
    geometry = QgsGeometry.unaryUnion([geometry_of(rings) for rings in polygons])
    geometry.convertToMultiType()
    return geometry


def attributes_of(item: MaskFeature, features: FeatureSet) -> List:
    """One row, in the order of :func:`fields_of`. An area that is not known is NULL."""
    area = NULL if item.area_m2 is None else float(item.area_m2)
    between = [item.from_label or NULL, item.to_label or NULL] if features.kind in _BETWEEN else []
    if isinstance(item, SeriesFeature):
        between += [item.period, item.start, item.end, item.first_change, item.flicker]
    head: List = [item.label]
    rest = [float(item.score), int(item.pixels), area, features.model, features.source, features.time or NULL]
    return head + between + rest


def shape_attributes(item: MaskFeature, shape: Shape) -> List:
    """Values of the fields of changed outlines."""
    area = NULL if item.area_m2 is None else float(item.area_m2) * (1 + shape.area_error)
    return [shape.kind, area, float(shape.area_error)]


def rows_of(features: FeatureSet, multipart: bool = False) -> Iterator[QgsFeature]:
    """Every polygon as a feature of :func:`fields_for`; ``multipart``: all of a class as one."""
    if multipart:
        yield from _by_class(features)
        return
    fields = fields_for(features)
    for number, item in enumerate(features.features):
        row = QgsFeature(fields)
        row.setGeometry(geometry_of(item.rings))
        shape = shape_attributes(item, features.shapes[number]) if features.shapes is not None else []
        row.setAttributes(attributes_of(item, features) + shape)
        yield row


def _by_class(features: FeatureSet) -> Iterator[QgsFeature]:
    """Pixels and areas are sums, scores means over the pixels; largest first."""
    fields = fields_for(features)
    members: Dict[Tuple[str, str, str], List[int]] = {}
    for number, item in enumerate(features.features):
        members.setdefault((item.label, item.from_label, item.to_label), []).append(number)
    for key in classes_of(features):
        items = [features.features[number] for number in members[key]]
        pixels = sum(item.pixels for item in items)
        areas = [item.area_m2 for item in items if item.area_m2 is not None]
        score = sum(item.score * item.pixels for item in items) / max(1, pixels)
        area: Optional[float] = sum(areas) if len(areas) == len(items) else None
        whole = MaskFeature((), key[0], score, pixels, area, key[1], key[2])
        values = attributes_of(whole, features)
        if features.shapes is not None:
            shapes = [features.shapes[number] for number in members[key]]
            off = sum(shape.area_error * item.pixels for shape, item in zip(shapes, items)) / max(1, pixels)
            kinds = dict.fromkeys(shape.kind for shape in shapes)
            values += shape_attributes(whole, Shape(", ".join(kinds), off))
        row = QgsFeature(fields)
        row.setGeometry(together([item.rings for item in items]))
        row.setAttributes(values)
        yield row


def classes_of(features: FeatureSet) -> Tuple[Tuple[str, str, str], ...]:
    """The distinct (label, from, to) of the polygons, most pixels first."""
    pixels = {}
    for item in features.features:
        key = (item.label, item.from_label, item.to_label)
        pixels[key] = pixels.get(key, 0) + item.pixels
    return tuple(sorted(pixels, key=lambda key: -pixels[key]))
