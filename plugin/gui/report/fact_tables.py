"""Facts to the tables of a report, by the facts' kind; what no table shows is listed."""

from typing import Any, Callable, Dict, List, Tuple

from ...core.report.document import Table
from . import pair_tables, place_table, series_tables, view_tables
from .other_values import other_values

#: What facts of another shape, in a project that somebody else made, may cause.
DAMAGED = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError)
_KINDS: Dict[str, Tuple[Callable, frozenset]] = {
    "view": (view_tables.view_tables, view_tables.SHOWN),
    "pair": (pair_tables.pair_tables, pair_tables.SHOWN),
    "series": (series_tables.series_tables, series_tables.SHOWN),
    "places": (place_table.place_tables, place_table.SHOWN),
}
_SILENT = frozenset(("schema", "kind", "key", "parts", "focus"))


def main_tables(facts: Dict[str, Any], system: str) -> Tuple[List[Table], List[Table]]:
    """Main tables and those in small print. Raises one of :data:`DAMAGED` for facts of another shape."""
    make, shown = _KINDS.get(str(facts.get("kind")), (None, _SILENT))
    tables, small = make(facts, system) if make is not None else ([], [])
    return tables, [*small, *other_values(facts, shown)]
