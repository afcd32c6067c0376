"""Stores for the scores of a run: those of a long job outlive its process, so that the next one goes on with it."""

import weakref
from pathlib import Path
from typing import List, Optional, Sequence, Tuple, Union

from ..cancel import CancelToken
from ..imagery.score_store import ScoreStore
from .blender import Blender
from .cover_map import ScoreMap
from .pair_stores import PairStores
from .resumable_stores import WORTH_KEEPING, ResumableStores
from .working_frame import WorkingFrame

#: Where the scores of a run go.
Stores = Union[PairStores, ResumableStores]


class LongRuns:
    """``unfinished``: a folder for long runs that are broken off; it outlives this. Any thread."""

    def __init__(self, blender: Blender, unfinished: Path) -> None:
        self._blender, self._unfinished = blender, unfinished

    def stores(
        self, frame: WorkingFrame, key: str, groups: Sequence[Tuple[str, ...]], cancel: Optional[CancelToken], interactive: bool
    ) -> Stores:
        """Stores for ``groups`` of classes over ``frame``. Those of a long job, ``interactive`` False, are kept under ``key``.

        Raises StorageFull.
        """
        def make() -> List[ScoreStore]:
            return [self._blender.store(frame.grid, names) for names in groups]

        kept = None
        if not interactive and len(self._blender.plan(frame.grid)) >= WORTH_KEEPING:
            kept = ResumableStores.open(self._unfinished, key, frame.grid, groups, make, cancel)
        return kept or PairStores(make())


def keep_with(stores: Stores, found: ScoreMap) -> None:
    """What is kept of a run that reached its end stays as long as ``found``: measuring it may be broken off too."""
    if isinstance(stores, ResumableStores):
        weakref.finalize(found, stores.discard)


def going_on(stores: Stores) -> bool:
    """Whether an earlier run left something that this one goes on with."""
    return isinstance(stores, ResumableStores) and stores.going_on
