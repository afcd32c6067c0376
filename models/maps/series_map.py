"""What the model saw of several dates: a cover map of each, and the change scores between every date and the next."""

from typing import Any, Tuple

from .alignment import Alignment
from .cover_map import ChangeMap, CoverMap, ScoreMap


class SeriesMap:
    """``covers``: one a date, in their order; ``changes``: one fewer, from each date to the next. All on one grid.

    ``alignments``: how each date but the first was laid on the first.
    """

    def __init__(
        self, key: str, covers: Tuple[CoverMap, ...], changes: Tuple[ScoreMap, ...], alignments: Tuple[Alignment, ...] = ()
    ) -> None:
        self.key, self.covers, self.changes, self.alignments = key, covers, changes, alignments
        self.grid = covers[0].grid

    @property
    def parts(self) -> Tuple[Any, ...]:
        """Every map of it, each with a file."""
        return (*self.changes, *self.covers)

    def period(self, number: int) -> ChangeMap:
        """The period from date ``number`` (0-based) to the next, as a pair; what is measured on it stays with it."""
        return ChangeMap(f"{self.key}-{number}", self.changes[number], self.covers[number], self.covers[number + 1])

    def close(self) -> None:
        """Release every file."""
        for part in self.parts:
            part.close()
