"""An index opened for searching: what fits best, where, since when. No encoder of pictures runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import Region
from ..errors import IndexEmpty, IndexUnreadable
from ..imagery.grid import Window
from ..imagery.regions import window_ring
from .approximate import Approximate, usable
from .embedder import Embedder
from .geometry import box_of, inside
from .index import Record, TileIndex
from .ranking import Wanted, wanted_of

#: Tiles up to which every one is compared, and bytes that their vectors may take in memory.
EXACT_TILES, EXACT_BYTES = 300_000, 1_000_000_000
#: Places that are found unless told otherwise, and the share of the smaller of two windows from which they are one place.
PLACES, SAME = 24, 0.3
#: Rows compared at once where the vectors stay on disk.
_ROWS = 100_000


@dataclass(frozen=True)
class Query:
    """What is looked for, and where. ``picture``: (dim,) vector of an example; ``liked``, ``disliked``: ids of tiles;
    ``region``: in longitude and latitude; ``since``, ``until``: ISO 8601, "" open; ``apart``: a raster's id and a window that
    is not to be found again; ``rasters``: ids of the only ones that count, () all.
    """

    words: str = ""
    picture: Optional[np.ndarray] = None
    liked: Tuple[int, ...] = ()
    disliked: Tuple[int, ...] = ()
    region: Optional[Region] = None
    since: str = ""
    until: str = ""
    apart: Optional[Tuple[int, Window]] = None
    rasters: Tuple[int, ...] = ()


@dataclass(frozen=True)
class Place:
    """A find. ``score``: cosine, or the probability of "A without B"; ``ring``: (5, 2) in the CRS of the raster."""

    tile: int
    raster: Record
    window: Window
    score: float

    @property
    def ring(self) -> np.ndarray:
        """The outline in the CRS of the raster."""
        return window_ring(self.raster.grid, self.window)


class Search:
    """Holds the vectors in memory while open, up to a limit. Any one thread at a time."""

    def __init__(
        self, index: TileIndex, embedder: Embedder, cache: Optional[Path] = None, cancel: Optional[CancelToken] = None
    ) -> None:
        """``cache``: a folder for what speeds up large indexes. Raises IndexForAnotherModel, IndexUnreadable, IndexEmpty."""
        from ..errors import IndexForAnotherModel

        if (embedder.digest, embedder.dim) != (index.digest, index.dim):
            raise IndexForAnotherModel(index.name, index.model, embedder.name)
        self.index, self.embedder = index, embedder
        self.state = index.state
        self.records: Dict[int, Record] = {record.id: record for record in index.records()}
        tiles = index.tiles()
        if not len(tiles):
            raise IndexEmpty(index.name)
        self.ids, self.rasters, self.windows = tiles[:, 0], tiles[:, 1], tiles[:, 2:]
        if not np.isin(self.rasters, list(self.records)).all():
            raise IndexUnreadable(index.name, "it lists tiles of a raster that it does not know")
        #: The vectors as they lie on disk; mapped once, for a mapping of a large file costs as much as a query.
        self._stored = self._mapped()
        self._matrix: Optional[np.ndarray] = None
        self._approximate: Optional[Approximate] = None
        if len(tiles) <= EXACT_TILES and len(tiles) * index.dim * 4 <= EXACT_BYTES:
            self._matrix = self._read(np.arange(len(tiles)))
        elif usable():
            self._approximate = Approximate.of(index, self.ids, embedder, cache, cancel)

    @property
    def current(self) -> bool:
        """Whether the index is still what was opened."""
        return self.index.state == self.state

    def vectors_of(self, ids: Sequence[int]) -> np.ndarray:
        """(n, dim) float32 of tiles; ids that are not in the index are left out."""
        return self._read(np.unique(self._positions(ids)))

    def wanted(self, query: Query, cancel: Optional[CancelToken] = None) -> Wanted:
        """What ``query`` looks for, as vectors. Raises QuestionUnclear."""
        liked, disliked = (self.vectors_of(ids) if ids else None for ids in (query.liked, query.disliked))
        return wanted_of(self.embedder, query.words, query.picture, liked, disliked, cancel)

    def find(self, query: Query, most: int = PLACES, cancel: Optional[CancelToken] = None) -> List[Place]:
        """The best ``most`` places, best first, no two of them of the same ground.

        Raises QuestionUnclear (nothing to go by), IndexEmpty (nothing in the region and the time asked for).
        """
        wanted = self.wanted(query, cancel)
        allowed = self._allowed(query)
        if allowed is not None and not len(allowed):
            raise IndexEmpty(self.index.name)
        wide = wide_of(most)
        if self._approximate is not None and wanted.toward is not None and (
            allowed is None or len(allowed) > EXACT_TILES
        ):
            rows = self._approximate.candidates(wanted.toward, wide, None if allowed is None else self.ids[allowed])
            positions = self._positions(rows)
            scores = wanted.scores(self._read(positions))
        else:
            positions = np.arange(len(self.ids)) if allowed is None else allowed
            scores = self._scores(wanted, positions, cancel)
        best = _largest(scores, wide)
        return self._spread(positions[best], scores[best], query, most)

    def scores(self, query: Query, raster: int, cancel: Optional[CancelToken] = None) -> Tuple[np.ndarray, np.ndarray]:
        """(n, 4) windows of one raster and their (n,) scores."""
        positions = np.flatnonzero(self.rasters == raster)
        if not len(positions):
            raise IndexEmpty(self.index.name)
        return self.windows[positions], self._scores(self.wanted(query, cancel), positions, cancel)

    def _scores(self, wanted: Wanted, positions: np.ndarray, cancel: Optional[CancelToken]) -> np.ndarray:
        if self._matrix is not None:
            every = len(positions) == len(self._matrix)
            return wanted.scores(self._matrix if every else self._matrix[positions])
        found = []
        for start in range(0, len(positions), _ROWS):
            if cancel is not None:
                cancel.raise_if_cancelled()
            found.append(wanted.scores(self._read(positions[start:start + _ROWS])))
        return np.concatenate(found)

    def _read(self, positions: np.ndarray) -> np.ndarray:
        if self._matrix is not None:
            return self._matrix[positions]
        try:
            found = np.asarray(self._stored[self.ids[positions] - 1], np.float32)
        except (OSError, ValueError, IndexError) as error:
            raise IndexUnreadable(self.index.name, str(error)) from error
        # A damaged half float may be anything; it must not come first.
        return found if np.isfinite(found).all() else np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)

    def _mapped(self) -> np.ndarray:
        try:
            return self.index.vectors.mapped()
        except (OSError, ValueError) as error:
            raise IndexUnreadable(self.index.name, str(error)) from error

    def _positions(self, ids: Sequence[int]) -> np.ndarray:
        wanted = np.asarray(ids, np.int64)
        found = np.searchsorted(self.ids, wanted).clip(0, len(self.ids) - 1)
        return found[self.ids[found] == wanted]

    def _allowed(self, query: Query) -> Optional[np.ndarray]:
        """Positions in the region and the time asked for, None for all."""
        box = None if query.region is None else box_of(query.region)
        if box is None and not query.since and not query.until:
            return np.flatnonzero(np.isin(self.rasters, query.rasters)) if query.rasters else None
        positions = self._positions(self.index.within(box, query.since, query.until))
        if query.rasters:
            positions = positions[np.isin(self.rasters[positions], query.rasters)]
        if query.region is None or not len(positions):
            return positions
        rings = self.index.rings(self.ids[positions])
        keep = [ring is not None and inside(ring, query.region) for ring in rings]
        return positions[np.array(keep, bool)]

    def _spread(self, positions: np.ndarray, scores: np.ndarray, query: Query, most: int) -> List[Place]:
        taken: Dict[int, List[Window]] = {}
        if query.apart is not None:
            taken[query.apart[0]] = [query.apart[1]]
        found: List[Place] = []
        for position, score in zip(positions.tolist(), scores.tolist()):
            raster = int(self.rasters[position])
            window = Window(*(int(value) for value in self.windows[position]))
            others = taken.setdefault(raster, [])
            if any(_shared(window, other) > SAME for other in others):
                continue
            others.append(window)
            found.append(Place(int(self.ids[position]), self.records[raster], window, float(score)))
            if len(found) == most:
                break
        return found


def wide_of(most: int) -> int:
    """How many of the best tiles are looked through for ``most`` places: a place is in several windows."""
    return max(200, 20 * most)


def _largest(scores: np.ndarray, most: int) -> np.ndarray:
    """Places of the ``most`` largest, largest first; equal ones in the order of the index."""
    if len(scores) > most:
        near = np.sort(np.argpartition(-scores, most - 1)[:most])
    else:
        near = np.arange(len(scores))
    return near[np.argsort(-scores[near], kind="stable")]


def _shared(one: Window, other: Window) -> float:
    both = one.intersection(other)
    return both.width * both.height / max(1, min(one.width * one.height, other.width * other.height))
