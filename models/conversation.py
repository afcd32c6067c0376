"""What crosses the chat's door: questions in, events out. Data only."""

from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Optional, Protocol, Tuple, Union

import numpy as np

from .cancel import CancelToken
from .features import FeatureSet
from .imagery.land_cover import LandCover
from .imagery.source import RasterSource


@dataclass(frozen=True)
class Region:
    """A polygon or multipolygon in the CRS of the view it belongs to.

    ``polygons``: each a tuple of (N, 2) closed rings, shell first, then holes. ``point``: the click, if it was one.
    """

    polygons: Tuple[Tuple[np.ndarray, ...], ...]
    point: Optional[Tuple[float, float]] = None


@dataclass(frozen=True)
class View:
    """A source and the part of it that is asked about; ``region`` None means all of it.

    ``aligned``: whether, beside another date, it may be moved by a few pixels and its light matched by what both show.
    ``land_cover``: what is known of the ground at its date, told to the model when two dates are compared.
    """

    source: RasterSource
    region: Optional[Region] = None
    aligned: bool = True
    land_cover: Optional[LandCover] = None


@dataclass(frozen=True)
class Turn:
    """An earlier question with its answer and the facts it rested on (JSON-able)."""

    question: str
    answer: str
    facts: Dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """``views``: one for a single date, two (before, after) for a change. ``detail``: "brief" or "detailed".

    ``expert_requests``: by name of an expert of the decoder ("theme", "objects", "relations"), what it is asked for
    instead of its own request. ``knowledge``: path of a knowledge base that is asked before the imagery, "" for none.
    """

    text: str
    views: Tuple[View, ...]
    history: Tuple[Turn, ...] = ()
    detail: str = "brief"
    expert_requests: Mapping[str, str] = field(default_factory=dict)
    knowledge: str = ""


@dataclass(frozen=True)
class Text:
    """A piece of the answer, appended to what came before."""

    text: str


@dataclass(frozen=True)
class Part:
    """A part of a detailed caption by itself, whose ``text`` came as :class:`Text` before: "theme", "objects", "relations"."""

    name: str
    text: str


@dataclass(frozen=True)
class Facts:
    """The measured truths under the answer (JSON-able, schema in docs/facts.schema.json)."""

    facts: Dict[str, Any]


@dataclass(frozen=True)
class Mask:
    """Geometry that the answer points at."""

    features: FeatureSet


@dataclass(frozen=True)
class Link:
    """Words of the answer that name features: indices into the last :class:`Mask`; clicking them flashes and zooms."""

    words: str
    features: Tuple[int, ...]


@dataclass(frozen=True)
class Citation:
    """What "[number]" in the answer stands for: a place in the user's own layers, tables and documents.

    ``kind``: "layer", "table" or "document"; ``key``: layer id, or path of the document; ``fids``: features of the layer,
    () for all of it; ``box``: xmin, ymin, xmax, ymax around them in ``crs_wkt``, None without a place; ``place``: in a
    document. ``text``: what is quoted.
    """

    number: int
    kind: str
    source: str
    key: str
    label: str
    text: str
    place: str = ""
    fids: Tuple[str, ...] = ()
    box: Optional[Tuple[float, float, float, float]] = None
    crs_wkt: str = ""

    def record(self) -> Dict[str, Any]:
        """JSON-able form, for facts."""
        return {**self.__dict__, "fids": list(self.fids), "box": None if self.box is None else list(self.box)}


class MovableScores(Protocol):
    """What is kept of an answer whose threshold can be moved (``experts/kept_scores.py``). ``own``: the model's threshold,
    ``threshold``: that of the answer as it was given."""

    own: float
    threshold: float

    def count(self, threshold: float, cancel: Optional[CancelToken] = None) -> int:
        """How many polygons :meth:`answer` would have."""

    def answer(self, threshold: float, cancel: Optional[CancelToken] = None) -> Any:
        """The answer at ``threshold``."""

    def write(self, path: str, cancel: Optional[CancelToken] = None) -> str:
        """The scores as a GeoTIFF; its path."""


@dataclass(frozen=True)
class Movable:
    """The threshold under the last :class:`Mask` and :class:`Facts` can be moved: ``scores`` makes the answer anew."""

    scores: MovableScores


@dataclass(frozen=True)
class Running:
    """Progress of the current step: fraction in [0, 1] and a short English phrase."""

    fraction: float
    message: str


@dataclass(frozen=True)
class Done:
    """The end of a whole answer. ``provenance``: model, digest, provider, sources, times, working GSD, seconds."""

    provenance: Dict[str, Any]


Event = Union[Text, Part, Facts, Mask, Link, Citation, Movable, Running, Done]
