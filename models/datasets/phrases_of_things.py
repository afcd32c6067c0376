"""Phrases that name one thing, and which things of a chip a phrase fits: class, colour, size, cell, order, neighbour."""

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple

from ..facts.things import cell_names, gap, heading
from ..language.phrases import place
from .naming import one

Facts = Dict[str, Any]
Row = Dict[str, Any]
WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
SIDES = ("above", "to the right of", "below", "to the left of")
ORDER = ("first", "second", "third", "fourth", "fifth")
_RANKS = {1: "largest", 2: "second largest", 3: "third largest", -1: "smallest", -2: "second smallest"}


@dataclass(frozen=True)
class Phrase:
    """What narrows the things of ``label``. ``rank``: 1 the largest, −1 the smallest of those that fit the rest, 0 any.

    ``cell``: name of the cell of its centroid. ``order``: (2, "left") the second from the left. ``relation``: "north of",
    "to the left of", "near" …, of the only thing of ``other``.
    """

    label: str
    colour: str = ""
    cell: str = ""
    rank: int = 0
    order: Tuple[int, str] = (0, "")
    relation: str = ""
    other: str = ""

    @property
    def kinds(self) -> Tuple[str, ...]:
        """What it narrows by."""
        given = (("colour", self.colour), ("cell", self.cell), ("rank", self.rank), ("order", self.order[0]),
                 ("relation", self.relation))
        return tuple(name for name, value in given if value)

    def said(self) -> str:
        """"the second largest red car in the north-west"."""
        parts = ["the"]
        if self.rank:
            parts.append(_RANKS[self.rank])
        if self.order[0]:
            parts.append(ORDER[self.order[0] - 1])
        parts += [self.colour, one(self.label)]
        if self.order[0]:
            parts.append(f"from the {self.order[1]}")
        if self.cell:
            parts.append(place(self.cell))
        if self.relation:
            parts.append(f"{self.relation} the {one(self.other)}")
        return " ".join(part for part in parts if part)


def fitting(phrase: Phrase, facts: Facts, slack: float = 0.0) -> List[Row]:
    """The things that ``phrase`` fits. ``slack`` > 0 takes in what nearly does, < 0 leaves out what only just does.

    A cell reaches ``slack`` × 3 of its side further, an angle 22.5° × ``slack`` × 10; sizes and orders that are closer
    than ``slack`` count as either. So a phrase is unique if it fits one thing with −0.02 and that alone with +0.02.
    """
    # A thing of unknown colour nearly fits every colour.
    said = {"", phrase.colour} if slack > 0 else {phrase.colour}
    rows = [row for row in facts["things"][phrase.label]["largest"] if not phrase.colour or row["colour"] in said]
    if phrase.cell:
        rows = [row for row in rows if _in_cell(row["at"], phrase.cell, facts, slack)]
    if phrase.relation:
        others = facts["things"][phrase.other]["largest"]
        rows = [row for row in rows if len(others) == 1 and related(row, others[0], phrase.relation, facts, slack)]
    if phrase.order[0]:
        rows = _ordered(rows, phrase.order, slack)
    if phrase.rank:
        rows = _ranked(rows, phrase.rank, slack)
    return rows


def unique(phrase: Phrase, facts: Facts) -> Optional[Row]:
    """The one thing that ``phrase`` names beyond doubt; None if there is none, or another nearly fits."""
    strict = fitting(phrase, facts, -0.02)
    loose = fitting(phrase, facts, 0.02)
    return strict[0] if len(strict) == 1 and len(loose) == 1 and strict[0]["index"] == loose[0]["index"] else None


def related(a: Row, b: Row, relation: str, facts: Facts, slack: float = 0.0) -> bool:
    """Whether ``a`` lies so to ``b``. Near: the boxes are a tenth of the longer side apart, or less."""
    if relation == "near":
        return gap(a["box"], b["box"]) <= (0.1 + slack) * max(facts["size"])
    angle = heading(b["at"], a["at"], facts["extent"])
    if math.isnan(angle):
        return False
    centre, half = _sector(relation)
    return abs((angle - centre + 180) % 360 - 180) <= half * (1 + (18 if slack > 0 else 20) * slack)


def direction(a: Row, b: Row, facts: Facts) -> str:
    """How ``a`` lies to ``b`` where that is clear ("north of", "to the left of"); else ""."""
    names = [f"{wind} of" for wind in WINDS] if facts["frame"] == "north" else SIDES
    fits = [name for name in names if related(a, b, name, facts, -0.02)]
    return fits[0] if len(fits) == 1 and gap(a["box"], b["box"]) > 0 else ""


def _sector(relation: str) -> Tuple[float, float]:
    if relation in SIDES:
        return 90.0 * SIDES.index(relation), 45.0
    return 45.0 * WINDS.index(relation[:-3]), 22.5


def _in_cell(at: Sequence[float], cell: str, facts: Facts, slack: float) -> bool:
    index = cell_names(facts["frame"] == "north").index(cell)
    return all(
        (third / 3 - slack <= value or third == 0) and (value < (third + 1) / 3 + slack or third == 2)
        for value, third in ((at[0], index % 3), (at[1], index // 3))
    )


def _ordered(rows: List[Row], order: Tuple[int, str], slack: float) -> List[Row]:
    number, side = order
    axis = 0 if side in ("left", "right", "west", "east") else 1
    sign = -1 if side in ("right", "east", "bottom", "south") else 1
    return _nth(sorted((sign * row["at"][axis], row["index"]) for row in rows), number, slack, rows)


def _ranked(rows: List[Row], rank: int, slack: float) -> List[Row]:
    sign = -1 if rank > 0 else 1
    # Sizes are told apart by ratio: a tenth, where slack is two hundredths.
    values = sorted((sign * math.log(row["pixels"]) / 5, row["index"]) for row in rows)
    return _nth(values, abs(rank), slack, rows)


def _nth(values: List[Tuple[float, int]], number: int, slack: float, rows: List[Row]) -> List[Row]:
    """The row whose value is the ``number``-th; with slack all that may be, or none if its neighbours are too close."""
    if len(values) < number:
        return []
    value = values[number - 1][0]
    close = [index for other, index in values if abs(other - value) <= abs(slack)]
    if slack < 0 and len(close) > 1:
        return []
    chosen = close if slack > 0 else [values[number - 1][1]]
    return [row for row in rows if row["index"] in chosen]
