"""From names of columns and values to words, and from words to stems: what questions and data are compared by."""

import math
import re
import unicodedata
from typing import List, Optional, Tuple

from ..metrics.porter import stem
from .material import Column, Value

#: Letters of a value or a name that are kept, and beyond which nobody looks.
MOST_LETTERS = 500
#: Words of a value that a question can name.
LONGEST_VALUE = 10
_UNITS = {
    "m": "m", "metres": "m", "meters": "m", "metre": "m", "meter": "m", "km": "km", "cm": "cm", "mm": "mm", "ft": "ft",
    "m2": "m²", "sqm": "m²", "km2": "km²", "ha": "ha", "m3": "m³", "pct": "%", "percent": "%", "kg": "kg", "t": "t",
    "deg": "°", "degc": "°C", "celsius": "°C", "eur": "EUR", "usd": "USD", "years": "years", "kwh": "kWh", "mw": "MW",
}
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_BRACKETS = re.compile(r"[\[(]\s*([^\])]{1,12})\s*[\])]\s*$")
_WORD = re.compile(r"\w+(?:['’]\w+)*", re.UNICODE)
_MARK = re.compile(r"\[(\d{1,4})\]")
_NUMBER = re.compile(r"^\s*([-+]?\d{1,15}(?:[.,]\d{1,15})?)\s*([^\d\s]{0,12})\s*$")


def column_of(name: str) -> Column:
    """A column by its name: "roof:material" → "roof material", "height_m" and "Height (m)" → "height" in m."""
    text, unit = str(name)[:MOST_LETTERS], ""
    found = _BRACKETS.search(text)
    if found is not None and found.start() > 0:
        text, unit = text[:found.start()], _UNITS.get(found.group(1).lower().replace("²", "2"), found.group(1))
    parts = re.split(r"[\s_:.\-/]+", _CAMEL.sub(" ", clean(text)))
    parts = [part for part in parts if part]
    if not unit and len(parts) > 1 and parts[-1].lower() in _UNITS:
        unit = _UNITS[parts.pop().lower()]
    return Column(str(name), " ".join(part if part.isupper() and len(part) < 5 else part.lower() for part in parts), unit)


def clean(text: str, most: int = MOST_LETTERS) -> str:
    """One line without control, formatting or bidirectional characters, at most ``most`` letters long."""
    kept = "".join(" " if c.isspace() else c for c in str(text)[:4 * most]
                   if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(kept.split())[:most]


def said(value: Value, unit: str = "") -> str:
    """A value as an answer says it, "" for one that is not there. Underscores of codes become spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    else:
        text = unmarked(clean(str(value)))
        if re.fullmatch(r"[^\W\d]+(?:_[^\W\d]+)+", text):
            text = text.replace("_", " ")
    return f"{text} {unit}" if unit and text and number_of(value)[0] is not None and not number_of(value)[1] else text


def unmarked(text: str) -> str:
    """A quote in which nothing looks like a citation of ours: "[2]" becomes "(2)"."""
    return _MARK.sub(r"(\1)", text)


def number_of(value: Value) -> Tuple[Optional[float], str]:
    """The number in a value and the unit written beside it: "12 m" → (12.0, "m"); (None, "") for anything else."""
    if isinstance(value, bool) or value is None:
        return None, ""
    if isinstance(value, (int, float)):
        return (float(value), "") if math.isfinite(value) else (None, "")
    found = _NUMBER.match(str(value)[:40])
    if found is None:
        return None, ""
    unit = found.group(2)
    return float(found.group(1).replace(",", ".")), _UNITS.get(unit.lower(), unit)


def words_of(text: str) -> List[str]:
    """Words in lower case, accents kept, "roof:material" two words."""
    return [word.replace("’", "'") for word in _WORD.findall(text.replace("_", " ").lower())]


def stems_of(text: str) -> Tuple[str, ...]:
    """The stems of the words of a text; "'s" falls away."""
    return tuple(stem(word[:-2] if word.endswith("'s") else word) for word in words_of(text))


def key_of(text: str) -> str:
    """What a value is looked up by: its stems, "" for one of more words than anybody would ask with."""
    stems = stems_of(text)
    return " ".join(stems) if len(stems) <= LONGEST_VALUE else ""
