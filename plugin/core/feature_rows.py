"""Polygons of an answer as rows of a vector layer: fields, geometry, attributes. Any thread; touches no layer."""

import struct
from typing import Iterator, List, Sequence, Tuple

import numpy as np
from qgis.core import NULL, QgsFeature, QgsField, QgsFields, QgsGeometry
from qgis.PyQt.QtCore import QVariant

from ...models.features import FeatureSet, MaskFeature
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


def fields_of(kind: str) -> QgsFields:
    """The fields of a "mask", a "change" or a "series" layer."""
    fields = QgsFields()
    for name, variant, length in _MASK[:1] + _BETWEEN.get(kind, ()) + _MASK[1:]:
        fields.append(QgsField(name, variant, len=length))
    return fields


def geometry_of(rings: Sequence[np.ndarray]) -> QgsGeometry:
    """A polygon from closed (N, 2) rings, to the last bit of their coordinates."""
    parts: List[bytes] = [struct.pack("<BII", 1, 3, len(rings))]
    for ring in rings:
        points = np.ascontiguousarray(ring, dtype="<f8")
        parts += [struct.pack("<I", len(points)), points.tobytes()]
    geometry = QgsGeometry()
    geometry.fromWkb(b"".join(parts))
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


def rows_of(features: FeatureSet) -> Iterator[QgsFeature]:
    """Every polygon as a feature of :func:`fields_of`."""
    fields = fields_of(features.kind)
    for item in features.features:
        row = QgsFeature(fields)
        row.setGeometry(geometry_of(item.rings))
        row.setAttributes(attributes_of(item, features))
        yield row


def classes_of(features: FeatureSet) -> Tuple[Tuple[str, str, str], ...]:
    """The distinct (label, from, to) of the polygons, most pixels first."""
    pixels = {}
    for item in features.features:
        key = (item.label, item.from_label, item.to_label)
        pixels[key] = pixels.get(key, 0) + item.pixels
    return tuple(sorted(pixels, key=lambda key: -pixels[key]))
