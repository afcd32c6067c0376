"""What there is of each class, as a table without geometry: its sums are those of the polygons beside it."""

from pathlib import Path
from statistics import median
from typing import Any, Dict, List, Optional, Sequence

from qgis.core import NULL, QgsFeature, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant

from ...models.features import FeatureSet
from .plain_tables import add_to_geopackage, in_memory
from .table_columns import fields_of

#: Name of the table in a result file.
STATISTICS = "statistics"
_COLUMNS = (
    ("label", QVariant.String),
    ("from", QVariant.String),
    ("to", QVariant.String),
    ("count", QVariant.LongLong),
    ("pixels", QVariant.LongLong),
    ("area_m2", QVariant.Double),
    ("mean_m2", QVariant.Double),
    ("median_m2", QVariant.Double),
    ("share", QVariant.Double),
)


def statistics_of(features: FeatureSet, known: Optional[int]) -> List[Dict[str, Any]]:
    """One row per class, the largest first. Areas are those of the masks, None where they are not known.

    ``known``: pixels of the raster, or of the region asked about, that could be looked at; ``share`` is of those.
    """
    members: Dict[tuple, list] = {}
    for item in features.features:
        members.setdefault((item.label, item.from_label, item.to_label), []).append(item)
    rows = []
    for (label, was, became), items in members.items():
        pixels = sum(item.pixels for item in items)
        areas = [item.area_m2 for item in items if item.area_m2 is not None]
        whole = len(areas) == len(items)
        rows.append({
            "label": label, "from": was or None, "to": became or None, "count": len(items), "pixels": pixels,
            "area_m2": float(sum(areas)) if whole else None,
            "mean_m2": float(sum(areas)) / len(areas) if whole else None,
            "median_m2": float(median(areas)) if whole else None,
            "share": pixels / known if known else None,
        })
    return sorted(rows, key=lambda row: -row["pixels"])


def known_pixels(facts: Dict[str, Any]) -> Optional[int]:
    """The pixels that an answer's facts are about, None where they do not say."""
    valid = facts.get("valid")
    pixels = valid.get("pixels") if isinstance(valid, dict) else None
    return int(pixels) if pixels else None


def statistics_fields() -> QgsFields:
    """label, from, to, count (of polygons), pixels, total, mean and median area in m², share (0..1) of the known pixels."""
    return fields_of(_COLUMNS)


def statistics_rows(rows: Sequence[Dict[str, Any]]) -> List[QgsFeature]:
    """What :func:`statistics_of` found, as rows."""
    fields, made = statistics_fields(), []
    for entry in rows:
        row = QgsFeature(fields)
        row.setAttributes([NULL if entry[name] is None else entry[name] for name, _ in _COLUMNS])
        made.append(row)
    return made


def statistics_in_memory(rows: Sequence[Dict[str, Any]], title: str) -> QgsVectorLayer:
    """The table as a layer that QGIS marks as temporary. Main thread. Raises ExportFailed."""
    return in_memory(statistics_fields(), statistics_rows(rows), title)


def write_statistics(rows: Sequence[Dict[str, Any]], geopackage: Path) -> None:
    """Add the table to a GeoPackage. Any thread. Raises ExportFailed."""
    add_to_geopackage(STATISTICS, statistics_fields(), statistics_rows(rows), geopackage)
