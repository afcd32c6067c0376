"""What an answer points at, object by object: from the answer itself, or from the layer that an earlier session kept."""

from dataclasses import dataclass
from typing import Any, Iterable, List, Optional, Tuple

from qgis.core import NULL, QgsFeatureRequest, QgsVectorLayer

from ...core.class_style import colour_of, legend_of
from ...core.messages import tr
from ...core.report.document import Table
from ..chat.visible_text import one_line
from .numbers import NOTHING, area, score, whole
from .pair_tables import swatches

#: The largest of them; the layer has them all.
MOST = 40


@dataclass(frozen=True)
class Row:
    """``place``: its number in the answer or the layer, from 1. Unknown values are None."""

    place: int
    label: str
    from_label: str
    to_label: str
    area_m2: Optional[float]
    pixels: Optional[int]
    score: Optional[float]


def rows_of_features(features: Any) -> List[Row]:
    """Of a ``FeatureSet``."""
    return [
        Row(place, item.label, item.from_label or "", item.to_label or "", item.area_m2, item.pixels, item.score)
        for place, item in enumerate(features.features, 1)
    ]


def rows_of_layer(layer: QgsVectorLayer) -> List[Row]:
    """Of a layer made by ``core.layers.add_features``, or what a user has made of it since. The layer's own thread."""
    names = layer.fields().names()

    def value(row, name):
        found = row[name] if name in names else None
        return None if found == NULL else found

    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    return [
        Row(place, str(value(row, "label") or ""), str(value(row, "from") or ""), str(value(row, "to") or ""),
            _number(value(row, "area_m2")), _number(value(row, "pixels")), _number(value(row, "score")))
        for place, row in enumerate(layer.getFeatures(request), 1)
    ]  # fmt: skip


def object_table(rows: Iterable[Row], system: str) -> List[Table]:
    """The largest :data:`MOST` in the order of their size; [] without objects."""
    every = sorted(rows, key=lambda row: (-(row.pixels or 0), row.place))
    if not every:
        return []
    title = tr("Objects")
    if len(every) > MOST:
        title = tr("Objects: the {shown} largest of {total}").format(shown=whole(MOST), total=whole(len(every)))
    shown = every[:MOST]
    headers = (tr("Object"), tr("Number"), tr("Area"), tr("Pixels"), tr("Score"))
    return [Table(title, headers, tuple(_texts(row, system) for row in shown), colours=tuple(map(_colour, shown)))]


def _texts(row: Row, system: str) -> Tuple[str, ...]:
    name = legend_of(row.label)
    if row.from_label or row.to_label:
        name = " → ".join(legend_of(part) if part else NOTHING for part in (row.from_label, row.to_label))
    return one_line(name, 80), whole(row.place), area(row.area_m2, system), whole(row.pixels), score(row.score)


def _colour(row: Row) -> str:
    return swatches(row.from_label, row.to_label) or colour_of(row.label)


def _number(value: Any) -> Any:
    return value if isinstance(value, (int, float)) else None
