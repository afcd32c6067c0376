"""How an answer was made, as a table of a report: model, digest, sources, times, pixel sizes, what ran where, version."""

from typing import Any, Dict, List, Tuple

from qgis.PyQt.QtCore import QLocale

from ...core.messages import tr
from ...core.report.document import Table
from ..chat.provenance import title_of, value_text
from ..chat.visible_text import one_line

_LONGEST = 400


def provenance_table(provenance: Dict[str, Any], facts: Dict[str, Any], asked: str) -> Table:
    """``asked``: when, in words. What the facts know of the pixels comes after what the answer says of itself."""
    rows: List[Tuple[str, str]] = [(tr("Asked"), asked)] if asked else []
    for key, value in provenance.items():
        if value in (None, "", False, [], {}) or (isinstance(value, (list, tuple)) and not any(value)):
            continue
        rows.append((title_of(one_line(str(key), 40)), one_line(value_text(str(key), value), _LONGEST)))
    rows += _pixels(facts)
    ran = tr("On this computer; no pixel and no question left it.")
    return Table(tr("How this was made"), (), (*rows, (tr("Where it ran"), ran)), texts=2)


def _pixels(facts: Dict[str, Any]) -> List[Tuple[str, str]]:
    rows = []
    native, span = facts.get("native_gsd"), facts.get("gsd_range")
    if isinstance(native, (int, float)):
        rows.append((tr("Pixel size of the source"), _metres(native)))
    if isinstance(span, list) and len(span) == 2 and all(isinstance(value, (int, float)) for value in span):
        words = tr("{low} to {high}").format(low=_metres(span[0]), high=_metres(span[1]))
        rows.append((tr("Pixel sizes the model was trained for"), words))
    return rows


def _metres(value: float) -> str:
    return QLocale().toString(float(value), "g", 4) + " m"
