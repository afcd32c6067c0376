"""The indexes that the user has made, opened when one of them covers what is asked about."""

import logging
import threading
from pathlib import Path
from typing import Callable, Dict, Iterable, List, NamedTuple, Optional, Tuple

from ..errors import TerralogueError
from ..imagery.source import RasterSource
from .embedder import Embedder
from .index import Record, TileIndex
from .searching import Search

log = logging.getLogger(__name__)

#: Indexes that are held open at once: each holds its vectors in memory.
_OPEN = 2


class Covering(NamedTuple):
    """An index in which the whole of a raster is, as it is now."""

    search: Search
    record: Record


class KnownIndexes:
    """Any thread. ``searching``: hold it while a :class:`Search` of this is used."""

    def __init__(self, embedder: Callable[[], Embedder], cache: Optional[Path] = None) -> None:
        self._embedder, self._cache = embedder, cache
        self._folders: Tuple[Path, ...] = ()
        self._open: Dict[Path, Search] = {}
        self.searching = threading.RLock()

    @property
    def folders(self) -> Tuple[Path, ...]:
        """Where they are."""
        return self._folders

    def set(self, folders: Iterable[Path]) -> None:
        """These and no others."""
        with self.searching:
            self._folders = tuple(dict.fromkeys(Path(folder) for folder in folders))
            for folder in [folder for folder in self._open if folder not in self._folders]:
                self._open.pop(folder).index.close()

    def open(self, folder: Path) -> Search:
        """The index in ``folder``, as it is now. Raises what :meth:`TileIndex.open` and :class:`Search` raise."""
        folder = Path(folder)
        with self.searching:
            search = self._open.pop(folder, None)
            try:
                if search is not None and not search.current:
                    search.index.close()
                    search = None
            except TerralogueError:
                search = None
            if search is None:
                embedder = self._embedder()
                index = TileIndex.open(folder, embedder)
                try:
                    search = Search(index, embedder, self._cache)
                except BaseException:
                    index.close()
                    raise
            self._open[folder] = search
            for old in list(self._open)[:-_OPEN]:
                self._open.pop(old).index.close()
            return search

    def covering(self, source: RasterSource) -> Optional[Covering]:
        """An index of all of ``source``, unchanged since; None without one. Indexes that cannot be used are passed over."""
        mark = source.fingerprint()
        for folder in self._folders:
            try:
                with TileIndex.open(folder) as index:
                    found: List[Record] = [r for r in index.records() if r.finished and r.fingerprint == mark]
                if found:
                    return Covering(self.open(folder), found[0])
            except (TerralogueError, OSError) as error:
                log.info("%s is passed over: %s", folder.name, error)
        return None

    def clear(self) -> None:
        """Let go of what is open."""
        with self.searching:
            for search in self._open.values():
                search.index.close()
            self._open.clear()
