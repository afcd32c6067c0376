"""What a phrase such as "the second largest red car north of the road" asks for."""

from dataclasses import dataclass
from typing import FrozenSet, Optional, Tuple

from ..concepts import Concept

_RANKS = ("", "second ", "third ", "fourth ", "fifth ")
_ORDER = ("first", "second", "third", "fourth", "fifth")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPOKEN = {"near": "near", "on": "on", "nearest": "nearest to", "farthest": "farthest from", "above": "above", "below": "below",
           "left": "to the left of", "right": "to the right of"}


@dataclass(frozen=True)
class Referring:
    """One phrase. What it leaves open is empty.

    ``concept``: its class. ``colour``: as said. ``size``: "large" or "small". ``rank``: 1 the largest, 2 the second
    largest, −1 the smallest; ``number``: how many of that end. ``order``: (2, "left") the second from the left.
    ``cells``: where its middle lies, 0..8 in reading order; ``exact``: the one of them that the words name first, −1 none.
    ``relation``: "north" … "north-west", "left", "right", "above", "below", "near", "on", "nearest", "farthest", to ``other``.
    ``many``: all that fit are meant ("all cars", "the red roofs"). ``limits``: smallest and largest area in m².
    """

    concept: Concept
    colour: str = ""
    size: str = ""
    rank: int = 0
    number: int = 1
    order: Tuple[int, str] = (0, "")
    cells: Optional[FrozenSet[int]] = None
    exact: int = -1
    where: str = ""
    relation: str = ""
    other: Optional["Referring"] = None
    many: bool = False
    limits: Tuple[Optional[float], Optional[float]] = (None, None)

    @property
    def beyond(self) -> bool:
        """Whether it narrows by more than a part of the view, one rank or an area."""
        return bool(self.colour or self.size or self.number > 1 or self.order[0] or self.relation)

    def said(self, noun: str, others: str = "") -> str:
        """"second largest red car in the north", put together from what was read; ``noun`` and ``others`` name the classes."""
        words = []
        if self.number > 1:
            words.append(_NUMBERS[self.number] if self.number < len(_NUMBERS) else str(self.number))
        if self.order[0]:
            words.append(_ORDER[self.order[0] - 1])
        if self.rank:
            words.append(f"{_RANKS[min(abs(self.rank), 5) - 1]}{'largest' if self.rank > 0 else 'smallest'}")
        words += [self.size, self.colour, noun]
        if self.order[0]:
            words.append(f"from the {self.order[1]}")
        words.append(self.where)
        if self.relation and self.other is not None:
            words.append(f"{spoken(self.relation)} the {self.other.said(others)}")
        return " ".join(word for word in words if word)


def spoken(relation: str) -> str:
    """"north of", "to the left of", "near"."""
    return _SPOKEN.get(relation, f"{relation} of")
