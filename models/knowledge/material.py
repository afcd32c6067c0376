"""What a base is made from, free of QGIS and of file formats: sources, the rows of layers and tables, pieces of text."""

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Mapping, Optional, Protocol, Tuple, Union

import numpy as np

from ..cancel import CancelToken

#: xmin, ymin, xmax, ymax.
Box = Tuple[float, float, float, float]
Value = Union[str, float, int, bool, None]

#: What a source can be.
KINDS = ("layer", "table", "document")


@dataclass(frozen=True)
class Column:
    """``name``: as the layer has it; ``words``: as a person says it ("roof material"); ``unit``: "m", "%", … or ""."""

    name: str
    words: str
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """One feature or one line of a table. ``box`` in the source's CRS; ``degrees``: the same in WGS 84, east and north.

    Either box is None for what has no place.
    """

    fid: str
    values: Mapping[str, Value]
    box: Optional[Box] = None
    degrees: Optional[Box] = None


@dataclass(frozen=True)
class Passage:
    """A piece of a document. ``place``: where it stands ("page 3", "paragraph 12")."""

    text: str
    place: str


@dataclass(frozen=True)
class Picture:
    """What is seen of a place: the chip (3, side, side) float32 in 0..1 and its unit vector (d,)."""

    rgb: np.ndarray
    vector: np.ndarray


class Chips(Protocol):
    """Cuts pictures of features out of imagery; used on one thread."""

    #: Changes when the pixels may have changed.
    fingerprint: str

    def cut(self, box: Box, crs_wkt: str) -> Optional[Tuple[np.ndarray, Optional[float]]]:
        """(3, side, side) float32 in 0..1 and metres a pixel of a box; None where there is no imagery."""


@dataclass(frozen=True)
class Source:
    """One layer, table or document. ``key``: what stays the same when it is indexed again (layer id, file path).

    ``rows`` and ``passages`` are called on the worker, once, and may raise; ``expected``: about how many of either.
    """

    kind: str
    key: str
    name: str
    crs_wkt: str = ""
    columns: Tuple[Column, ...] = ()
    rows: Callable[[CancelToken], Iterable[Row]] = field(default=lambda cancel: ())
    passages: Callable[[CancelToken], Iterable[Passage]] = field(default=lambda cancel: ())
    chips: Optional[Chips] = None
    expected: int = 0


def plain(value: Any) -> Value:
    """``value`` as one of the five kinds a base keeps; what is neither number nor truth value becomes text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    return str(value)
