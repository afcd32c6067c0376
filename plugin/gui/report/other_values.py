"""Measured values that no table of their own shows, so that no number of the facts is missing in a report."""

from typing import Any, Collection, Dict, Iterator, List, Tuple

from ...core.messages import tr
from ...core.report.document import Table
from ..chat.visible_text import one_line
from .numbers import number, whole

#: Rows before the rest is only counted.
MOST = 300
_DEEPEST, _LONGEST = 8, 200


def other_values(facts: Dict[str, Any], shown: Collection[str]) -> List[Table]:
    """The values under every key but ``shown``, one in a row, under the path of its keys."""
    rows: List[Tuple[str, str]] = []
    left = 0
    for key, value in facts.items():
        if key in shown:
            continue
        for path, words in _rows(one_line(str(key), 60), value, 0):
            if len(rows) < MOST:
                rows.append((path, words))
            else:
                left += 1
    if left:
        rows.append((tr("… and {number} more").format(number=whole(left)), ""))
    return [Table(tr("Other measured values"), (tr("Value"), ""), tuple(rows), texts=2)] if rows else []


def _rows(path: str, value: Any, depth: int) -> Iterator[Tuple[str, str]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, item in value.items():
            yield from _rows(f"{path} › {one_line(str(key), 60)}", item, depth + 1)
    elif isinstance(value, (list, tuple)) and depth < _DEEPEST and any(isinstance(item, (dict, list, tuple)) for item in value):
        for place, item in enumerate(value):
            yield from _rows(f"{path} {place + 1}", item, depth + 1)
    elif isinstance(value, (list, tuple)):
        yield path, one_line("; ".join(number(item) for item in value), _LONGEST)
    elif value is not None and value != "":
        yield path, one_line(number(value), _LONGEST)
