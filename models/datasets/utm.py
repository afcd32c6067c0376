"""The UTM zone of a place, with the exceptions of Norway and Svalbard (DMA TM 8358.2, section 2-8)."""

from typing import Optional


def utm_zone(latitude: Optional[float], longitude: Optional[float]) -> str:
    """"33N", "24S"; degrees WGS 84. "" outside 80° S to 84° N, where UTM ends, or for an unknown place.

    A zone's western edge belongs to it; the equator counts as north.
    """
    if latitude is None or longitude is None or not -80 <= latitude <= 84:
        return ""
    east = (longitude + 180.0) % 360.0
    zone = int(east // 6) + 1
    degrees = east - 180.0
    if 56 <= latitude < 64 and 3 <= degrees < 12:
        zone = 32
    elif latitude >= 72 and 0 <= degrees < 42:
        zone = 31 if degrees < 9 else 33 if degrees < 21 else 35 if degrees < 33 else 37
    return f"{zone}{'N' if latitude >= 0 else 'S'}"
