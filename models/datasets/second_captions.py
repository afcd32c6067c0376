"""Captions of a pair from its transitions, five as in SECOND-CC; those that its scorer knows where nothing changed."""

from typing import Sequence, Tuple

from ..language.changechat import CELLS
from ..language.units import Units
from ..metrics.change_captions import SECOND_UNCHANGED
from .naming import joined
from .second_pair import Transition

#: Transitions that the first caption names.
_NAMED = 3
_UNITS = Units()


def captions(found: Sequence[Transition]) -> Tuple[str, ...]:
    """Five sentences without a full stop, the fullest first. ``found``: all transitions of the pair, largest first."""
    if not found:
        return SECOND_UNCHANGED
    first, several = found[0], len(found) > 1
    most = 2 * first.pixels > sum(row.pixels for row in found)
    whole = "all" if not several else "most" if most else "the largest part"
    return (
        "; ".join(_became(row) for row in found[:_NAMED]),
        f"{first.before} became {first.after} {_place(first)}",
        f"{first.after} replaced {first.before} ({_area(first)}) {_place(first)}",
        f"{whole} of the change is {first.before} that became {first.after}",
        f"{_total(found)} changed, {_area(first)} of it from {first.before} to {first.after}",
    )


def _became(row: Transition) -> str:
    return f"{row.before} ({_area(row)}) became {row.after} {_place(row)}"


def _area(row: Transition) -> str:
    return _UNITS.area(row.area_m2, row.pixels)


def _total(found: Sequence[Transition]) -> str:
    areas = [row.area_m2 for row in found]
    known = [area for area in areas if area is not None]
    return _UNITS.area(sum(known) if len(known) == len(areas) else None, sum(row.pixels for row in found))


def _place(row: Transition) -> str:
    """"at the top-left": the cells that hold a third of it or more."""
    if not row.cells:
        return "in several places"
    names = [CELLS[cell].replace("center-center", "center") for cell in row.cells]
    return f"at the {joined(names)}"
