"""A polygon that changed in one of several periods."""

from dataclasses import dataclass

from .features import MaskFeature


@dataclass(frozen=True)
class SeriesFeature(MaskFeature):
    """``period``: 1 for the first; ``start``, ``end``: the dates it lies between, ISO 8601.

    ``first_change``: the first date on which most of it looks changed. ``flicker``: most of it changed and, within the
    series, changed back.
    """

    period: int = 1
    start: str = ""
    end: str = ""
    first_change: str = ""
    flicker: bool = False
