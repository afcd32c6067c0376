"""The measured values of one view as tables of a report."""

from typing import Any, Dict, List, Tuple

from qgis.PyQt.QtCore import QLocale

from ...core.class_style import colour_of, legend_of
from ...core.messages import tr
from ...core.report.document import Table
from ..chat.view_section import count_text
from ..chat.visible_text import one_line
from .cell_tables import columns, square
from .numbers import NOTHING, amount, area, number, score, share, whole

#: Keys of the facts that these tables show, or that say nothing by themselves.
SHOWN = frozenset(
    ("schema", "kind", "key", "covers", "things", "undecided", "unknown", "unreadable", "region", "valid", "scenes",
     "relations", "frame", "extent", "parts", "focus", "source", "time", "model", "gsd", "native_gsd", "gsd_range",
     "in_range", "selection", "together")
)  # fmt: skip


def view_tables(facts: Dict[str, Any], system: str) -> Tuple[List[Table], List[Table]]:
    """Main tables and those in small print. Raises KeyError, TypeError … for facts of another shape."""
    things, covers = facts.get("things") or {}, facts["covers"]
    present = {name: part for group in (things, covers) for name, part in _by_size(group) if part.get("pixels", 0) > 0}
    tables = [_amounts(present, facts, system), *_chosen(facts, present, system)]
    if present:
        chosen = _asked_about(facts, present)
        tables.insert(0, _square(chosen, present[chosen]))
        title = tr("Where it lies (each row adds up to 100 %)")
        rows = [(legend_of(name), part.get("cells") or [], colour_of(name)) for name, part in present.items()]
        tables.append(columns(title, tr("Cover"), rows, facts.get("frame") != "image"))
    return tables, [*_scenes(facts), *_relations(facts), *_limits(present, system), *errors({**covers, **things})]


def errors(covers: Dict[str, Dict[str, Any]]) -> List[Table]:
    """How well the model did on validation places, by cover."""
    found = {name: part["validation"] for name, part in covers.items() if isinstance(part.get("validation"), dict)}
    keys = sorted({key for values in found.values() for key in values})
    rows = tuple((legend_of(name), *(number(values.get(key)) for key in keys)) for name, values in found.items())
    names = {"iou": tr("Overlap (IoU)"), "precision": tr("Precision"), "recall": tr("Recall")}
    headers = (tr("Cover"), *(names.get(key, one_line(key, 30)) for key in keys))
    return [Table(tr("How well the model does on places it never saw"), headers, rows)] if rows else []


def ground_rows(facts: Dict[str, Any], known: str, system: str) -> List[Tuple[str, ...]]:
    """The region, and what of it was looked at: name, share, area, pixels. ``known``: what valid pixels are called."""
    region = facts.get("region") or {}
    rows = [(tr("Region"), NOTHING, area(region.get("area_m2"), system), whole(region.get("pixels")))] if region else []
    parts = (("valid", known), ("unknown", tr("Not readable or empty")), ("unreadable", tr("Could not be read")))
    for key, name in parts:
        part = facts.get(key) or {}
        if part.get("pixels") or (part and key == "valid"):
            rows.append((name, *amount(part, system)))
    return rows


def _by_size(group: Dict[str, Dict[str, Any]]) -> List[tuple]:
    return sorted(group.items(), key=lambda pair: -pair[1].get("pixels", 0))


def _asked_about(facts: Dict[str, Any], present: Dict[str, Any]) -> str:
    """The cover that the question is about; without one the first: things that were asked for, else the largest."""
    return next((name for name in facts.get("selection") or {} if name in present), next(iter(present)))


def _square(name: str, part: Dict[str, Any]) -> Table:
    return square(tr("Where it lies: {cover}").format(cover=legend_of(name)), part.get("cells") or [], colour_of(name))


def _amounts(present: Dict[str, Dict[str, Any]], facts: Dict[str, Any], system: str) -> Table:
    rows = [(legend_of(name), *amount(part, system), count_text(part)) for name, part in present.items()]
    undecided = facts.get("undecided") or {}
    if undecided.get("pixels"):
        rows.append((tr("Not sure"), *amount(undecided, system), ""))
    rows += [(*row, "") for row in ground_rows(facts, tr("Looked at"), system)]
    headers = (tr("Cover"), tr("Share"), tr("Area"), tr("Pixels"), tr("Count"))
    return Table(tr("Measured in the region"), headers, tuple(rows), colours=_padded(map(colour_of, present), len(rows)))


def _chosen(facts: Dict[str, Any], present: Dict[str, Any], system: str) -> List[Table]:
    """What the question narrowed the covers to, by size, rank or place, where that is less than all of them."""
    rows = []
    for name, part in (facts.get("selection") or {}).items():
        if part.get("pixels") != (present.get(name) or {}).get("pixels"):
            rows.append((legend_of(name), *amount(part, system), whole(part.get("count"))))
    together = facts.get("together") or {}
    if together.get("pixels") and len(facts.get("selection") or {}) > 1:
        rows.append((tr("Together"), *amount(together, system), ""))
    headers = (tr("Cover"), tr("Share"), tr("Area"), tr("Pixels"), tr("Patches"))
    return [Table(tr("As the question narrows it"), headers, tuple(rows))] if rows else []


def _padded(colours, total: int) -> Tuple[str, ...]:
    known = tuple(colours)
    return known + ("",) * (total - len(known))


def _scenes(facts: Dict[str, Any]) -> List[Table]:
    rows = tuple((one_line(str(row["word"]), 60), share(row["probability"])) for row in facts.get("scenes") or ())
    return [Table(tr("What the place looks like as a whole"), (tr("Scene"), tr("Probability")), rows)] if rows else []


def _relations(facts: Dict[str, Any]) -> List[Table]:
    rows = []
    for row in (facts.get("relations") or {}).values():
        names = f"{legend_of(str(row['subject']))} → {legend_of(str(row['object']))}"
        touching = tr("touching") if row.get("touching") else ""
        metres = QLocale().toString(float(row["metres"]), "f", 1) + " m"
        rows.append((names, one_line(str(row.get("direction") or touching), 30), metres))
    headers = (tr("From → to"), tr("Direction"), tr("Distance"))
    return [Table(tr("Nearest distances"), headers, tuple(rows), texts=2)] if rows else []


def _limits(present: Dict[str, Dict[str, Any]], system: str) -> List[Table]:
    """Thresholds, and what fell below them."""
    rows = []
    for name, part in present.items():
        if part.get("threshold") is None:
            continue
        small = part.get("too_small") or {}
        left_out = f"{whole(small.get('count'))} ({whole(small.get('pixels'))})"
        counts = " – ".join(whole(value) for value in part.get("count_interval") or ())
        rows.append((legend_of(name), score(part["threshold"]), whole(part.get("min_pixels")), left_out,
                     whole(part.get("count")), counts, score(part.get("mean_score"))))  # fmt: skip
    headers = (tr("Cover"), tr("Score from"), tr("Pixels from"), tr("Left out: patches (pixels)"), tr("Patches"),
               tr("Stricter to looser"), tr("Mean score"))  # fmt: skip
    return [Table(tr("Thresholds"), headers, tuple(rows))] if rows else []
