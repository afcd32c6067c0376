"""Numbers of the facts as a report writes them, in the user's language and the project's units."""

from typing import Any, Dict, List, Optional

from qgis.PyQt.QtCore import QLocale

from ..chat.view_section import percent
from ..region_area import area_text

NOTHING = "–"


def whole(value: Optional[int]) -> str:
    """A count or a number of pixels, exact."""
    return NOTHING if value is None else QLocale().toString(int(value))


def share(value: Optional[float]) -> str:
    """A share in [0, 1] as per cent."""
    return NOTHING if value is None else percent(float(value))


def area(value: Optional[float], system: str) -> str:
    """Square metres in the units of ``system``: "metric" or "imperial"."""
    return NOTHING if value is None else area_text(float(value), system)


def score(value: Optional[float]) -> str:
    """A score or probability in [0, 1]."""
    return NOTHING if value is None else QLocale().toString(float(value), "f", 2)


def number(value: Any) -> str:
    """Any scalar of the facts: whole numbers exact, others to six digits."""
    if isinstance(value, bool) or value is None:
        return {True: "✓", False: NOTHING, None: NOTHING}[value]
    if isinstance(value, int):
        return QLocale().toString(value) if abs(value) < 2**62 else str(value)
    if isinstance(value, float):
        return QLocale().toString(value, "g", 6)
    return str(value)


def amount(part: Dict[str, Any], system: str) -> List[str]:
    """Share, area and pixels of an amount of the facts."""
    return [share(part.get("share")), area(part.get("area_m2"), system), whole(part.get("pixels"))]
