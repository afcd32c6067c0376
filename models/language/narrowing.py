"""Reads what narrows a question: sizes, cells of the 3 × 3 grid, ranks such as "the second largest"."""

import re
from dataclasses import dataclass
from typing import FrozenSet, Optional, Tuple

_UNITS = {
    "m2": 1.0, "sqm": 1.0, "sq m": 1.0, "square m": 1.0, "square metre": 1.0, "square meter": 1.0, "metre": None,
    "ha": 1e4, "hectare": 1e4, "km2": 1e6, "sq km": 1e6, "square km": 1e6, "square kilometre": 1e6, "square kilometer": 1e6,
    "acre": 4046.8564224, "ft2": 0.09290304, "sq ft": 0.09290304, "square foot": 0.09290304, "square feet": 0.09290304,
}
_UNIT = (
    r"(m2|m\^2|sqm|sq\.? ?(?:m|km|ft)|square (?:m|km|metres?|meters?|kilometres?|kilometers?|feet|foot)"
    r"|ha|hectares?|km2|acres?|ft2)\b"
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_OVER = r"(?:larger|bigger|greater|more|above|over|exceeding|at least|from|beyond|>=?|minimum of|min)"
_UNDER = r"(?:smaller|less|below|under|at most|up to|<=?|maximum of|max)"
_RANKS = {"largest": 1, "biggest": 1, "greatest": 1, "smallest": -1, "tiniest": -1}
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "fifth": 5}
_ROWS = {"north": 1, "northern": 1, "top": 1, "upper": 1, "south": 3, "southern": 3, "bottom": 3, "lower": 3}
_COLS = {"west": 1, "western": 1, "left": 1, "east": 3, "eastern": 3, "right": 3}
_CELL = re.compile(
    r"\b(north|south)[ -]?(east|west)(?:ern)?\b|\b(top|upper|bottom|lower)[ -](left|right)\b"
    r"|\b(northern|southern|eastern|western|north|south|east|west"
    r"|(?:top|bottom|upper|lower|left|right)(?= (?:side|part|half|third|edge|row|column|of the)\b|[?.!]*$))"
    r"|\b(?:in|at|near|of|only) the (cent(?:re|er)|middle)\b|\b(central)\b|^(cent(?:re|er)|middle)\b"
)
#: A compass word after one of these says how things lie to each other, not which part is meant.
_RELATIVE = re.compile(r"\b(?:north|south|east|west)\S* of\b|\b(?:left|right) of\b|\bon top of\b")


@dataclass(frozen=True)
class Narrowing:
    """Which of the things found are meant. Areas in m²; ``cells`` 0..8 in reading order, None: anywhere.

    ``rank``: 1 the largest, 2 the second largest …, -1 the smallest; 0: all.
    """

    min_area: Optional[float] = None
    max_area: Optional[float] = None
    cells: Optional[FrozenSet[int]] = None
    rank: int = 0

    @property
    def empty(self) -> bool:
        """True if nothing is narrowed."""
        return self == Narrowing()


def narrowing_of(text: str) -> Narrowing:
    """What ``text`` (lower case) asks for besides the thing itself."""
    text = text.replace("²", "2").replace("^2", "2")
    return Narrowing(_area(text, _OVER), _area(text, _UNDER), _cells(text), _rank(text))


def _area(text: str, comparison: str) -> Optional[float]:
    found = re.search(comparison + r"(?: than)?(?: or equal to)? ?" + _NUMBER + r" ?" + _UNIT, text)
    if found is None:
        return None
    unit = found.group(2).replace("^", "").replace(".", "")
    return float(found.group(1).replace(",", ".")) * _metres2(unit)


def _metres2(unit: str) -> float:
    for form in (unit, unit.rstrip("s")):
        factor = _UNITS.get(form)
        if factor is not None:
            return factor
    return 1.0


def _cells(text: str) -> Optional[FrozenSet[int]]:
    cells = set()
    for found in _CELL.finditer(_RELATIVE.sub("", text)):
        north, east, top, left, one = found.group(1, 2, 3, 4, 5)
        rows: Tuple[int, ...] = (1, 2, 3)
        cols: Tuple[int, ...] = (1, 2, 3)
        if north or top:
            rows, cols = (_ROWS[north or top],), (_COLS[east or left],)
        elif one in _ROWS:
            rows = (_ROWS[one],)
        elif one in _COLS:
            cols = (_COLS[one],)
        else:
            rows, cols = (2,), (2,)
        cells |= {(row - 1) * 3 + col - 1 for row in rows for col in cols}
    return frozenset(cells) if cells else None


def _rank(text: str) -> int:
    found = re.search(r"\b(?:(second|2nd|third|3rd|fourth|fifth)[ -])?(largest|biggest|greatest|smallest|tiniest)\b", text)
    if found is None:
        return 0
    return _RANKS[found.group(2)] * _ORDINALS.get(found.group(1) or "", 1)
