"""The season of a place and a month, right in both hemispheres; none near the equator."""

from typing import Optional

#: Within this many degrees of the equator wet and dry differ from place to place: no season is claimed.
TROPICS = 10.0
_NORTHERN = ("winter", "spring", "summer", "autumn")


def month_of(time: str) -> Optional[int]:
    """1..12 of an ISO 8601 ``time``; None if it says no more than the year, or is none."""
    parts = time.split("T")[0].split("-")
    if len(parts) < 2 or not parts[1].isdigit() or not 1 <= int(parts[1]) <= 12:
        return None
    return int(parts[1])


def season(latitude: Optional[float], time: str) -> str:
    """The meteorological season (December to February is the northern winter); "" where none can be claimed."""
    month = month_of(time)
    if month is None or latitude is None or abs(latitude) <= TROPICS:
        return ""
    return _NORTHERN[(month % 12 // 3 + (2 if latitude < 0 else 0)) % 4]
