"""Open questions about a tile with two dates, and answers composed from its rules; each to be checked before it is kept."""

from typing import FrozenSet, List, Tuple

import numpy as np

from ..language.changechat import CELLS, Kind
from .change_captions import TileChange, changed_pixels, in_cells, numbers, of_scene, went
from .change_rules import CellRule, cells_of
from .naming import joined

QA = Tuple[str, str]


def open_questions(tile: TileChange, rule: CellRule, rng: np.random.Generator, most: int = 4) -> Tuple[QA, ...]:
    """Up to ``most`` questions with answers, chosen by ``rng``: of number, presence, place, share and the largest."""
    anywhere = cells_of(changed_pixels(tile), rule)
    asked: List[QA] = [("What share of the scene has changed?", _share(tile))]
    for kind in tile:
        asked += _about(kind, tile)
    for cell in _some(anywhere, rng):
        asked.append((f"Has anything changed in the {CELLS[cell]}?", "Yes." if cell in anywhere else "No."))
    asked += _largest(tile)
    chosen = sorted(int(i) for i in rng.permutation(len(asked))[:most])
    return tuple(asked[i] for i in chosen)


def _about(kind: Kind, tile: TileChange) -> List[QA]:
    change = tile[kind]
    found: List[QA] = []
    for way, number, word in (("new", change.new, "added"), ("removed", change.removed, "removed")):
        said = f"{number or 'No'} {kind.form(number)} {went(way, number)}."
        found.append((f"How many {kind.many} have been {word}?", said))
        found.append((f"Have any {kind.many} been {word}?", f"{'Yes' if number else 'No'}, {said[:1].lower()}{said[1:]}"))
    if change.cells:
        found.append((f"Where have {kind.many} changed?", f"{kind.many[:1].upper()}{kind.many[1:]} have changed "
                                                          f"{in_cells(change.cells)}."))
    return found


def _share(tile: TileChange) -> str:
    if not numbers(tile):
        return "Nothing has changed."
    text = of_scene(tile)
    return f"{text[:1].upper()}{text[1:]} has changed."


def _largest(tile: TileChange) -> List[QA]:
    """Which class changed most, where one did by a tenth more than any other."""
    ranked = sorted(((change.pixels, kind) for kind, change in tile.items()), key=lambda row: -row[0])
    if len(ranked) < 2 or not ranked[0][0] or ranked[0][0] < 1.1 * ranked[1][0]:
        return []
    question = f"Which changed most: {joined([kind.many for kind in tile], 'or')}?"
    return [(question, f"The {ranked[0][1].many} changed most.")]


def _some(anywhere: FrozenSet[int], rng: np.random.Generator) -> List[int]:
    """A cell with a change and one without, as far as there are both: yes and no are asked for alike."""
    with_change = sorted(anywhere)
    without = [cell for cell in range(9) if cell not in anywhere]
    return [int(rng.choice(cells)) for cells in (with_change, without) if cells]
