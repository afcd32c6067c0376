"""Conversations inside the project file: text, facts, regions and layer ids, never pixels. Nothing is run on loading.

A project may come from somebody else: what is read is checked for type and length and is only ever shown as text.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsWkbTypes

from .map_region import MapRegion
from .projections import wkt_of

SCOPE = "terralogue"
KEY = "/conversation"
VERSION = 1
#: Bytes of JSON that the conversation may take in the project file.
LIMIT = 1_000_000
_TEXT = 20_000
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_UNWANTED = frozenset(range(0x7F, 0xA0)) | {0xFFFE, 0xFFFF}
_KINDS = ("rectangle", "polygon", "lasso", "click", "features", "layer", "bookmark", "view")


@dataclass(frozen=True)
class StoredTurn:
    """One question with its answer. ``region``: (WKT of the polygon, WKT of its CRS, kind) or None.

    ``sources``: ids of the layers asked about; ``results``: ids of the layers added. ``asked``: ISO 8601.
    """

    question: str
    answer: str
    facts: Dict[str, Any] = field(default_factory=dict)
    region: Optional[Tuple[str, str, str]] = None
    sources: Tuple[str, ...] = ()
    results: Tuple[str, ...] = ()
    asked: str = ""
    provenance: Dict[str, Any] = field(default_factory=dict)


def clean(text: str) -> str:
    """``text`` without what a project file drops or an XML parser refuses: control characters, lone surrogates."""
    text = str(text).encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) not in _UNWANTED))


def _clean_all(value: Any, depth: int = 0) -> Any:
    """JSON-able ``value`` with every text cleaned; what JSON cannot hold becomes text."""
    if isinstance(value, str):
        return clean(value)[:_TEXT]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if depth > 20:
        return None
    if isinstance(value, dict):
        return {clean(key)[:200]: _clean_all(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean_all(item, depth + 1) for item in value]
    if hasattr(value, "tolist"):
        return _clean_all(value.tolist(), depth + 1)
    return clean(str(value))[:_TEXT]


def _dump(value: Any) -> str:
    """JSON in which characters beyond the basic plane are escaped: Qt 5 drops them from a project file."""
    text = json.dumps(value, ensure_ascii=False)
    return _BEYOND.sub(lambda match: json.dumps(match.group())[1:-1], text)


def region_record(region: Optional[MapRegion]) -> Optional[Tuple[str, str, str]]:
    """A region as it is stored."""
    if region is None:
        return None
    geometry = region.geometry
    if geometry.isNull() and region.point is not None:
        geometry = QgsGeometry.fromPointXY(region.point)
    return geometry.asWkt(12), wkt_of(region.crs), region.kind


def region_of(record: Optional[Tuple[str, str, str]]) -> Optional[MapRegion]:
    """The region of a record, None if it makes no sense."""
    if record is None:
        return None
    geometry = QgsGeometry.fromWkt(record[0])
    crs = QgsCoordinateReferenceSystem.fromWkt(record[1]) if record[1] else QgsCoordinateReferenceSystem()
    if geometry.isNull():
        return None
    if geometry.type() == QgsWkbTypes.GeometryType.PointGeometry and not geometry.isMultipart():
        return MapRegion(QgsGeometry(), crs, "click", geometry.asPoint())
    return MapRegion(geometry, crs, record[2])


def save(project: QgsProject, turns: List[StoredTurn]) -> int:
    """Store the conversation; how many of the oldest turns were dropped to stay under :data:`LIMIT`. Main thread."""
    records = [_dump(_clean_all(asdict(turn))) for turn in turns]
    sizes = [len(record.encode("utf-8")) + 2 for record in records]
    dropped = 0
    while sizes and sum(sizes) + 64 > LIMIT:
        sizes.pop(0)
        dropped += 1
    if dropped == len(records):
        clear(project)
        return dropped
    text = f'{{"version": {VERSION}, "turns": [{", ".join(records[dropped:])}]}}'
    project.writeEntry(SCOPE, KEY, text)
    return dropped


def load(project: QgsProject) -> List[StoredTurn]:
    """The stored conversation, oldest first; damaged or foreign records are left out. Main thread."""
    text, found = project.readEntry(SCOPE, KEY, "")
    if not found or not text or len(text) > 4 * LIMIT:
        return []
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("turns"), list):
        return []
    turns = [_turn_of(record) for record in data["turns"]]
    return [turn for turn in turns if turn is not None]


def _turn_of(record: Any) -> Optional[StoredTurn]:
    if not isinstance(record, dict):
        return None
    question, answer = record.get("question"), record.get("answer")
    if not isinstance(question, str) or not isinstance(answer, str):
        return None
    return StoredTurn(
        clean(question)[:_TEXT],
        clean(answer)[:_TEXT],
        _dictionary(record.get("facts")),
        _region(record.get("region")),
        _ids(record.get("sources")),
        _ids(record.get("results")),
        clean(str(record.get("asked") or ""))[:40],
        _dictionary(record.get("provenance")),
    )


def _dictionary(value: Any) -> Dict[str, Any]:
    return _clean_all(value) if isinstance(value, dict) else {}


def _ids(value: Any) -> Tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(clean(item)[:300] for item in value[:200] if isinstance(item, str))


def _region(value: Any) -> Optional[Tuple[str, str, str]]:
    if not isinstance(value, list) or len(value) != 3 or not all(isinstance(item, str) for item in value):
        return None
    return (value[0], value[1], value[2]) if value[2] in _KINDS else None


def clear(project: QgsProject) -> None:
    """Forget the conversation."""
    project.removeEntry(SCOPE, KEY)
