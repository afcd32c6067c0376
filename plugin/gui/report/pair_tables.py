"""What was measured on two dates as tables of a report."""

from typing import Any, Dict, List, Tuple

from ...core.class_style import colour_of, legend_of
from ...core.messages import tr
from ...core.report.document import Table
from ..chat.change_section import CHANGED
from ..class_colours import change_colours
from .cell_tables import columns, square
from .numbers import NOTHING, amount, area, share, whole
from .view_tables import errors, ground_rows

#: Keys of the facts that these tables show, or that say nothing by themselves.
SHOWN = frozenset(
    ("schema", "kind", "key", "before", "after", "covers", "transitions", "changed", "region", "valid", "unknown",
     "unreadable", "frame", "extent", "parts", "focus", "model", "gsd", "native_gsd", "gsd_range", "in_range",
     "validation")
)  # fmt: skip


def pair_tables(facts: Dict[str, Any], system: str) -> Tuple[List[Table], List[Table]]:
    """Main tables and those in small print. Raises KeyError, TypeError … for facts of another shape."""
    changed = facts.get("changed") or {}
    tables: List[Table] = []
    if changed.get("cells"):
        tables.append(square(tr("Where it changed (adds up to 100 %)"), changed["cells"], CHANGED.name()))
    ground = ground_rows(facts, tr("Known on both dates"), system)
    tables.append(transition_table(tr("What became what"), facts["transitions"], changed, ground, system))
    covers = {name: part for name, part in (facts.get("covers") or {}).items() if _moved_or_there(part)}
    if covers:
        tables += [_both_dates(covers, system), *_where(covers, facts)]
    judged = {**covers, tr("Any change"): {"validation": facts.get("validation")}}
    return tables, [*_pixels(covers), *errors(judged)]


def _moved_or_there(part: Dict[str, Any]) -> bool:
    return any((part.get(key) or {}).get("pixels") for key in ("before", "after", "added", "removed"))


def swatches(was: str, became: str) -> str:
    """The colours of what was and of what is there now, as a table of the document takes them."""
    return " ".join(colour.name() for colour in change_colours(was, became))


def transition_table(title: str, transitions: Any, changed: Dict[str, Any], ground: List[tuple], system: str) -> Table:
    """From → to with places, share, area and pixels; ``changed``: all of them; ``ground``: rows of what was looked at."""
    rows, colours = [], []
    for row in transitions:
        before, after = (legend_of(str(row[key])) if row.get(key) else NOTHING for key in ("from", "to"))
        rows.append((f"{before} → {after}", whole(row.get("count")), *amount(row, system)))
        colours.append(swatches(str(row.get("from") or ""), str(row.get("to") or "")))
    if changed:
        rows.append((tr("All changes"), whole(changed.get("count")), *amount(changed, system)))
    rows += [(name, "", *rest) for name, *rest in ground]
    headers = (tr("From → to"), tr("Places"), tr("Share"), tr("Area"), tr("Pixels"))
    padded = tuple(colours) + ("",) * (len(rows) - len(colours))
    return Table(title, headers, tuple(rows), colours=padded)


def _both_dates(covers: Dict[str, Dict[str, Any]], system: str) -> Table:
    rows = []
    for name, part in covers.items():
        row = [legend_of(name)]
        for key in ("before", "after"):
            there = part.get(key) or {}
            row += [area(there.get("area_m2"), system), share(there.get("share"))]
        for key in ("added", "removed"):
            moved = part.get(key) or {}
            row += [area(moved.get("area_m2"), system), whole(moved.get("count"))]
        rows.append(tuple(row))
    headers = (tr("Cover"), tr("Before"), tr("Share"), tr("After"), tr("Share"), tr("Came"), tr("Places"), tr("Went"),
               tr("Places"))  # fmt: skip
    return Table(tr("Each cover on both dates"), headers, tuple(rows), colours=tuple(map(colour_of, covers)))


def _where(covers: Dict[str, Dict[str, Any]], facts: Dict[str, Any]) -> List[Table]:
    rows = []
    for key, words in (("added", tr("{cover} came")), ("removed", tr("{cover} went"))):
        for name, part in covers.items():
            cells = (part.get(key) or {}).get("cells") or []
            if cells:
                rows.append((words.format(cover=legend_of(name)), cells, colour_of(name)))
    title = tr("Where it came and went (each row adds up to 100 %)")
    return [columns(title, tr("Change"), rows, facts.get("frame") != "image")] if rows else []


def _pixels(covers: Dict[str, Dict[str, Any]]) -> List[Table]:
    def text(part: Dict[str, Any]) -> str:
        return f"{whole(part.get('pixels'))} ({share(part.get('share'))})"

    keys = ("before", "after", "added", "removed")
    rows = tuple((legend_of(name), *(text(part.get(key) or {}) for key in keys)) for name, part in covers.items())
    headers = (tr("Cover"), tr("Before"), tr("After"), tr("Came"), tr("Went"))
    return [Table(tr("The same in pixels (share of what is known)"), headers, rows)] if rows else []
