"""Numbers as people say them: rounded to what they are worth, with units."""

import math
from dataclasses import dataclass
from typing import Optional

_SQUARE_FEET = 10.763910416709722
_ACRE = 4046.8564224
#: Square metres of the units that an area can be asked for in.
AREAS = {"m²": 1.0, "ha": 1e4, "km²": 1e6, "acres": _ACRE, "sq ft": 1 / _SQUARE_FEET}


@dataclass(frozen=True)
class Units:
    """``system``: "metric" or "imperial"; ``asked``: a unit of :data:`AREAS` that areas are given in, "" by size.

    Every method takes SI values and returns text.
    """

    system: str = "metric"
    asked: str = ""

    def area(self, square_metres: Optional[float], pixels: Optional[int] = None) -> str:
        """An area in m², ha or km² (sq ft, acres or sq mi); in pixels where the scale is unknown."""
        if square_metres is None:
            return f"{count(pixels or 0)} pixels"
        if self.asked:
            value = square_metres / AREAS[self.asked]
            return f"{_small(value) if self.asked in ('m²', 'sq ft') else rounded(value)} {self.asked}"
        if self.system == "imperial":
            acres = square_metres / _ACRE
            if acres >= 640:
                return f"{rounded(acres / 640)} sq mi"
            return f"{rounded(acres)} acres" if acres >= 1 else f"{_small(square_metres * _SQUARE_FEET)} sq ft"
        if square_metres >= 1e6:
            return f"{rounded(square_metres / 1e6)} km²"
        return f"{rounded(square_metres / 1e4)} ha" if square_metres >= 1e4 else f"{_small(square_metres)} m²"

    def length(self, metres: float) -> str:
        """A distance in m or km (ft or mi)."""
        if self.system == "imperial":
            feet = metres / 0.3048
            return f"{rounded(feet / 5280)} mi" if feet >= 5280 else f"{_small(feet)} ft"
        return f"{rounded(metres / 1000)} km" if metres >= 1000 else f"{_small(metres)} m"

    def pixel(self, metres: float) -> str:
        """A ground sample distance."""
        return f"{metres / 0.3048:.2g} ft" if self.system == "imperial" else f"{metres:.2g} m"


def count(number: int) -> str:
    """A whole number with thousands separated."""
    return f"{number:,d}"


def share(part: float) -> str:
    """A share in 0..1 as per cent; never "0 %" or "100 %" of something that is not."""
    percent = part * 100
    if percent <= 0 or percent >= 100:
        return f"{min(max(percent, 0), 100):.0f} %"
    if percent < 0.1:
        return "less than 0.1 %"
    if percent > 99.5:
        return "more than 99 %"
    return f"{percent:.1f} %".replace(".0 %", " %") if percent < 9.95 else f"{percent:.0f} %"


def _small(value: float) -> str:
    """A number of the smallest unit: no decimals where there are two digits before the point."""
    return rounded(value, 3 if value >= 100 else 2)


def rounded(value: float, digits: int = 3) -> str:
    """``value`` to ``digits`` significant digits, without exponent or trailing zeros."""
    if value <= 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(value))
    text = f"{round(value, places):,.{max(places, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
