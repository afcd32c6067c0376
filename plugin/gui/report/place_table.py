"""Places that look like a description, as a table of a report."""

from typing import Any, Dict, List, Tuple

from qgis.PyQt.QtCore import QLocale

from ...core.messages import tr
from ...core.report.document import Table
from ..chat.places_section import MOST, extent_of
from .numbers import area, score, whole

#: Keys of the facts that this table shows, or that say nothing by themselves.
SHOWN = frozenset(("schema", "kind", "key", "places", "parts", "focus"))


def place_tables(facts: Dict[str, Any], system: str) -> Tuple[List[Table], List[Table]]:
    """One table, best first. Raises KeyError, TypeError … for facts of another shape."""
    rows = []
    for number, row in enumerate(facts["places"][:MOST], 1):
        box = ", ".join(QLocale().toString(float(value), "f", 2) for value in extent_of(row["extent"]))
        rows.append((whole(number), box, score(row["likeness"]), area(row.get("area_m2"), system)))
    headers = (tr("Place"), tr("West, south, east, north"), tr("Likeness"), tr("Area"))
    return ([Table(tr("Places, best first"), headers, tuple(rows), texts=2)] if rows else []), []
