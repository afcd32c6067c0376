"""Reads what is said of a tile with two dates and holds every claim against its masks and numbers.

Knows how such sentences can be read, not how they are made: numbers by class and way, cells, shares, yes and no. A
sentence of which a part cannot be read is not confirmed.
"""

import re
from typing import Callable, FrozenSet, List, Mapping, Optional, Tuple

import numpy as np

from ..language.changechat import CELLS, Kind
from ..metrics.change_captions import LEVIR_UNCHANGED
from .change_rules import CellRule, KindChange, cells_of

_WAY = {"new": "new", "added": "new", "removed": "removed"}
_CELL = "|".join(sorted(CELLS, key=len, reverse=True))
_CELLS = rf"((?:in the (?:{_CELL})(?:(?:, | and )(?:{_CELL}))*)|all over the scene)"
#: A caption that begins so need not name every class that changed.
_OTHERS = "among other changes, "


class TileChecker:
    """Checks sentences about one tile. ``rule``: from when on a cell is said to have changed."""

    def __init__(self, tile: Mapping[Kind, KindChange], rule: CellRule) -> None:
        self._tile, self._rule = tile, rule
        self._named = {form: kind for kind in tile for form in (kind.one, kind.many)}
        self._form = "|".join(re.escape(form) for form in sorted(self._named, key=len, reverse=True))
        masks = [change.came | change.went for change in tile.values()]
        self._mask: np.ndarray = np.logical_or.reduce(masks)

    def caption(self, text: str) -> bool:
        """Whether all that ``text`` says holds, and it names every class that changed or says that there are others."""
        said = " ".join(text.lower().split()).rstrip(".")
        if said in LEVIR_UNCHANGED:
            return not self._mask.any()
        partly, said = said.startswith(_OTHERS), said.replace(_OTHERS, "", 1)
        found = self._numbers(said)
        named, moved = {row[:2] for row in found}, self._moved()
        complete = not found or (named < moved if partly else named == moved)
        return complete and all(self._right(*row) for row in found) and self._rest(said, bool(found), partly)

    def answer(self, question: str, answer: str) -> bool:
        """Whether ``answer`` is true and is about what ``question`` asks."""
        asked, said = question.lower().strip(), " ".join(answer.lower().split()).rstrip(".")
        for pattern, holds in self._readings():
            found = re.fullmatch(pattern, asked)
            if found is not None:
                return holds(found, said)
        return False

    def _readings(self) -> List[Tuple[str, Callable[["re.Match[str]", str], bool]]]:
        form = f"({self._form})"
        return [
            (r"what share of the scene has changed\?", lambda m, said: self._share(said)),
            (rf"how many {form} have been (added|removed)\?", lambda m, said: self._one(said, m[1], m[2])),
            (rf"have any {form} been (added|removed)\?", lambda m, said: self._any(said, m[1], m[2])),
            (rf"where have {form} changed\?", lambda m, said: self._where(said, m[1])),
            (rf"has anything changed in the ({_CELL})\?", lambda m, said: self._in_cell(said, m[1])),
            (r"which changed most: .*\?", lambda m, said: self._most(said)),
        ]

    def _numbers(self, said: str) -> List[Tuple[Kind, str, int]]:
        """(class, way, number) of "2 new buildings" and "1 road has been removed"."""
        before = re.findall(rf"\b(\d+|no) (new|removed) ({self._form})\b", said)
        after = re.findall(rf"\b(\d+|no) ({self._form}) (?:has|have) been (added|removed)\b", said)
        rows = [*before, *((number, way, form) for number, form, way in after)]
        return [(self._named[form], _WAY[way], 0 if number == "no" else int(number)) for number, way, form in rows]

    def _right(self, kind: Kind, way: str, number: int) -> bool:
        change = self._tile[kind]
        mask, counted = (change.came, change.new) if way == "new" else (change.went, change.removed)
        return number == counted and bool(mask.any()) == (number > 0)

    def _moved(self) -> FrozenSet[Tuple[Kind, str]]:
        ways = (("new", lambda change: change.came), ("removed", lambda change: change.went))
        return frozenset((kind, way) for kind, change in self._tile.items() for way, mask in ways if mask(change).any())

    def _rest(self, said: str, numbered: bool, partly: bool) -> bool:
        """What of a caption is no number: its places and its share."""
        shared = re.search(r"about (.*%) of the scene", said)
        if shared is not None and not self._is_share(shared[1]):
            return False
        placed = re.findall(rf"({self._form}) (?:have changed )?{_CELLS}", said)
        if not all(self._listed(cells) == self._cells(self._named[form]) for form, cells in placed):
            return False
        if not numbered:
            named = {self._named[form] for form, _ in placed}
            there = {kind for kind in self._tile if self._cells(kind)}
            return bool(placed) and (named < there if partly else named == there)
        return True

    def _share(self, said: str) -> bool:
        if said == "nothing has changed":
            return not self._mask.any()
        found = re.fullmatch(r"about (.*%) of the scene has changed", said)
        return found is not None and self._is_share(found[1])

    def _is_share(self, said: str) -> bool:
        """Whether a share is right to half of its last digit."""
        true = 100 * float(self._mask.mean())
        if said in ("less than 0.1 %", "more than 99 %"):
            return 0 < true < 0.1 if said.startswith("less") else 99 < true < 100
        found = re.fullmatch(r"(\d+(?:\.(\d))?) %", said)
        return found is not None and abs(float(found[1]) - true) <= (0.05 if found[2] or true < 9.95 else 0.5) + 1e-9

    def _one(self, said: str, form: str, way: str) -> bool:
        found = self._numbers(said)
        whole = re.fullmatch(rf"(?:yes, |no, )?(?:\d+|no) (?:{self._form}) (?:has|have) been (?:added|removed)", said)
        return whole is not None and len(found) == 1 and found[0][:2] == (self._named[form], _WAY[way]) and self._right(*found[0])

    def _any(self, said: str, form: str, way: str) -> bool:
        mask = self._tile[self._named[form]]
        there = bool((mask.came if _WAY[way] == "new" else mask.went).any())
        return self._one(said, form, way) and said.startswith("yes, " if there else "no, ")

    def _where(self, said: str, form: str) -> bool:
        found = re.fullmatch(rf"({self._form}) have changed {_CELLS}", said)
        return found is not None and found[1] == form and self._listed(found[2]) == self._cells(self._named[form])

    def _in_cell(self, said: str, cell: str) -> bool:
        return said == ("yes" if CELLS.index(cell) in cells_of(self._mask, self._rule) else "no")

    def _most(self, said: str) -> bool:
        found = re.fullmatch(rf"the ({self._form}) changed most", said)
        kind: Optional[Kind] = None if found is None else self._named[found[1]]
        return kind is not None and all(
            change.pixels < self._tile[kind].pixels for other, change in self._tile.items() if other != kind
        )

    def _cells(self, kind: Kind) -> FrozenSet[int]:
        change = self._tile[kind]
        return cells_of(change.came | change.went, self._rule)

    @staticmethod
    def _listed(text: str) -> FrozenSet[int]:
        every = range(9) if text.startswith("all over") else (CELLS.index(name) for name in re.findall(_CELL, text))
        return frozenset(every)
