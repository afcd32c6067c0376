"""Claims: what a sentence says of what, typed."""

from dataclasses import dataclass
from typing import Any, Optional, Tuple


@dataclass(frozen=True)
class Amount:
    """``low`` … ``high``: what the words allow, in ``unit``: "n", "share" (0..1), "m2", "px", "m"."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class Subject:
    """What a claim is about. ``definite``: "the car", which must be one; else one of them will do, or all together.

    ``rank``: 1 the largest, −1 the smallest, 0 any. ``order``: (2, "left") the second from the left. ``nearest``: the
    one closest to that label. ``many``: all of them together.
    """

    label: str
    many: bool = False
    definite: bool = False
    colour: str = ""
    rank: int = 0
    order: Tuple[int, str] = (0, "")
    cells: Tuple[str, ...] = ()
    nearest: str = ""

    @property
    def narrowed(self) -> bool:
        """True if not just any, or all, of the label are meant."""
        return bool(self.colour or self.rank or self.order[0] or self.nearest)


@dataclass(frozen=True)
class Claim:
    """``predicate``: present, count, share, area, cell, colour, towards, near, touching, more, equal, scene, axis, spread,
    density. ``object``: another subject, a cell, a colour, … ``quantity``: what the words allow; ``about``: loosely.
    """

    predicate: str
    subject: Optional[Subject]
    object: Any = None
    polarity: bool = True
    quantity: Optional[Amount] = None
    about: bool = False

    @property
    def named(self) -> Subject:
        """The subject of a claim of a kind that has one. Raises ``ValueError`` for any other."""
        if self.subject is None:
            raise ValueError(f"a claim of {self.predicate} names no subject")
        return self.subject

    @property
    def amount(self) -> Amount:
        """The figure of a claim of a kind that has one. Raises ``ValueError`` for any other."""
        if self.quantity is None:
            raise ValueError(f"a claim of {self.predicate} gives no figure")
        return self.quantity
