"""All that a report needs of one answer, copied on the main thread so that a worker can write it down."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, QLocale, Qt

from ...core.layer_copies import LayerCopy
from ...core.messages import tr
from ...core.report.scene import Scene
from .map_scenes import map_scenes
from .numbers import NOTHING, whole


@dataclass(frozen=True)
class AnswerRecord:
    """``features``: a ``FeatureSet`` or None; ``kept``: the layer made of them. ``layers``: rows of the layers written.

    ``notes``: sentences that are known before anything is drawn.
    """

    question: str
    subject: str
    asked: str
    answer: str
    facts: Dict[str, Any]
    provenance: Dict[str, Any]
    features: Any
    kept: Optional[LayerCopy]
    layers: Tuple[Tuple[str, ...], ...]
    scenes: Tuple[Scene, ...]
    notes: Tuple[str, ...]


def record_of(exchange, copies: Dict[str, LayerCopy]) -> AnswerRecord:
    """Of an exchange that is over. ``copies``: by layer id, shared by all answers of a report. Main thread only."""
    layer = exchange.keeping.layer
    kept = LayerCopy(layer) if layer is not None and layer.isValid() else None
    scenes, notes = map_scenes(exchange, kept, copies)
    return AnswerRecord(
        exchange.question, exchange.subject, _local(exchange.asked), exchange.answer, exchange.facts,
        exchange.provenance, exchange.features, kept, _written(exchange.keeping), tuple(scenes), tuple(notes),
    )  # fmt: skip


def _local(asked: str) -> str:
    """A stored time in the user's words; "" if there is none."""
    time = QDateTime.fromString(asked, Qt.DateFormat.ISODate)
    return QLocale().toString(time.toLocalTime(), QLocale.FormatType.ShortFormat) if time.isValid() else ""


def _written(keeping) -> Tuple[Tuple[str, ...], ...]:
    """Name, file, reference system and rows of the polygons and of what was kept beside them."""
    if keeping.layer is None:
        return ()
    layers = (QgsProject.instance().mapLayer(layer_id) for layer_id in keeping.undo_of.layer_ids)
    return tuple(_row(layer) for layer in layers if layer is not None)


def _row(layer: QgsVectorLayer) -> Tuple[str, ...]:
    place = tr("temporary layer") if layer.providerType() == "memory" else Path(layer.source().split("|")[0]).name
    return layer.name(), place, layer.crs().authid() or NOTHING, whole(layer.featureCount())


def project_title() -> str:
    """What the open project is called, "" if it has no name. Main thread only."""
    project = QgsProject.instance()
    return project.title() or project.baseName()


def records_of(exchanges: List) -> List[AnswerRecord]:
    """Of all that are over, oldest first."""
    copies: Dict[str, LayerCopy] = {}
    return [record_of(exchange, copies) for exchange in exchanges]
