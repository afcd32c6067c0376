"""What was measured on more than two dates as tables of a report: the dates, every period, what became what in each."""

from typing import Any, Dict, List, Tuple

from ...core.messages import tr
from ...core.report.document import Table
from ..chat.visible_text import one_line
from .numbers import NOTHING, amount, share, whole
from .pair_tables import transition_table
from .view_tables import errors, ground_rows

#: Keys of the facts that these tables show, or that say nothing by themselves.
SHOWN = frozenset(
    ("schema", "kind", "key", "model", "gsd", "native_gsd", "gsd_range", "in_range", "frame", "extent", "region",
     "unreadable", "validation", "dates", "periods", "total", "flicker", "most", "parts", "focus")
)  # fmt: skip


def series_tables(facts: Dict[str, Any], system: str) -> Tuple[List[Table], List[Table]]:
    """Main tables and those in small print. Raises KeyError, TypeError … for facts of another shape."""
    tables = [_periods(facts, system), _dates(facts)]
    for period in facts["periods"]:
        if period["transitions"]:
            title = tr("What became what, {period}").format(period=_span(period))
            tables.append(transition_table(title, period["transitions"], period.get("changed") or {}, [], system))
    return tables, errors({tr("Any change"): {"validation": facts.get("validation")}})


def _span(period: Dict[str, Any]) -> str:
    return one_line(f"{str(period['start'])[:10]} → {str(period['end'])[:10]}", 60)


def _periods(facts: Dict[str, Any], system: str) -> Table:
    rows = []
    for period in facts["periods"]:
        changed = period.get("changed")
        known = share((period.get("known") or {}).get("share"))
        if changed is None:
            rows.append((_span(period), NOTHING, NOTHING, NOTHING, NOTHING, known))
        else:
            rows.append((_span(period), whole(changed.get("count")), *amount(changed, system), known))
    for key, name in (("total", tr("All periods")), ("flicker", tr("Of these, changed and changed back"))):
        part = facts.get(key) or {}
        rows.append((name, whole(part.get("count")), *amount(part, system), ""))
    rows += [(name, "", *rest, "") for name, *rest in ground_rows(facts, tr("Known on both dates"), system)]
    headers = (tr("Period"), tr("Places"), tr("Share"), tr("Area"), tr("Pixels"), tr("Known on both dates"))
    return Table(tr("Changes of every period"), headers, tuple(rows))


def _dates(facts: Dict[str, Any]) -> Table:
    rows = []
    for date in facts["dates"]:
        time = str(date["time"])[:19].replace("T", " ")
        rows.append((time, one_line(str(date["source"]), 80), share((date.get("known") or {}).get("share"))))
    return Table(tr("The dates"), (tr("Time"), tr("Source"), tr("Known")), tuple(rows), texts=2)
