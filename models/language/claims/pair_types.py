"""Claims about two dates, typed: what came, what went, what became of what, how much, how many, where."""

from dataclasses import dataclass
from typing import Optional, Tuple

from .types import Amount

#: Any cover, or every change.
ANY = "*"


@dataclass(frozen=True)
class Event:
    """``kind``: "changed" (every change), "added", "removed", "became" (from ``cover`` to ``other``), "before" or "after" (a
    cover on one date), "balance" (added against removed). ``covers``: names, or :data:`ANY`. ``rank``: 1 the largest, −1 …
    """

    kind: str
    covers: Tuple[str, ...] = (ANY,)
    other: str = ""
    rank: int = 0


@dataclass(frozen=True)
class PairClaim:
    """``predicate``: present, count, area, share, own (share of the cover's own area), cells, all over, grid, more, most, grew,
    known (share of the region that could be compared), scope, answer. ``signs``: of more and grew: 1, 0, −1.
    """

    predicate: str
    event: Event
    polarity: bool = True
    quantity: Optional[Amount] = None
    cells: Tuple[str, ...] = ()
    sign: int = 0
    basis: str = ""
    about: bool = False
