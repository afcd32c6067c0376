"""Captions of a tile with two dates, composed from its rules: five ways to say what came and went, where and how much."""

from typing import Dict, FrozenSet, List, Mapping, Sequence, Tuple

import numpy as np

from ..language.changechat import CELLS, Kind
from ..language.units import share
from ..metrics.change_captions import LEVIR_UNCHANGED
from .change_rules import KindChange
from .naming import joined

TileChange = Mapping[Kind, KindChange]
#: Classes that a caption names, but for the first.
_NAMED = 3
#: Begins a caption that leaves out classes which changed too.
AMONG_OTHERS = "among other changes, "


def captions(tile: TileChange) -> Tuple[str, ...]:
    """Five sentences, the fullest first, without classes that stayed; those of LEVIR-CC where nothing changed.

    The others name the three largest changes at most and say so.
    """
    moved = numbers(tile)
    if not moved:
        return tuple(_upper(f"{sentence}.") for sentence in LEVIR_UNCHANGED)
    largest = _largest(tile)
    few = [row for row in moved if row[0] in largest]
    more = few != moved
    adjectives, all_of_them = _adjectives(few), _adjectives(moved)
    verbs = joined([f"{number} {kind.form(number)} {went(way, number)}" for kind, way, number in few])
    said = [
        f"There {'is' if moved[0][2] == 1 else 'are'} {all_of_them}.",
        _said(verbs, more),
        _said(f"compared with the first image, the second shows {adjectives}", more),
        _said(f"{of_scene(tile)} has changed: {adjectives}", more),
    ]
    places = [(kind, tile[kind].cells) for kind in largest if tile[kind].cells]
    hidden = any(change.cells and kind not in largest for kind, change in tile.items())
    if places:
        said.append(_said(", ".join(_where(kind, cells, number == 0) for number, (kind, cells) in enumerate(places)), hidden))
    else:
        said.append(_said(f"the second image differs from the first by {adjectives}", more))
    return tuple(said)


def numbers(tile: TileChange) -> List[Tuple[Kind, str, int]]:
    """Class, "new" or "removed", and how many, of all of which there are some; what is new first."""
    came = [(kind, "new", change.new) for kind, change in tile.items()]
    gone = [(kind, "removed", change.removed) for kind, change in tile.items()]
    return [row for row in (*came, *gone) if row[2]]


def changed_pixels(tile: TileChange) -> np.ndarray:
    """(H, W) bool: what changed of any class. ValueError without a class."""
    if not tile:
        raise ValueError("a tile of no class")
    masks = [change.came | change.went for change in tile.values()]
    found: np.ndarray = np.logical_or.reduce(masks)
    return found


def of_scene(tile: TileChange) -> str:
    """"about 4 % of the scene": what of the pixels changed."""
    mask = changed_pixels(tile)
    return f"about {share(float(mask.mean()))} of the scene"


def went(way: str, number: int) -> str:
    """The verb that goes with a number: "have been added"."""
    return f"{'has' if number == 1 else 'have'} been {'added' if way == 'new' else 'removed'}"


def in_cells(cells: FrozenSet[int]) -> str:
    """"in the top-left and center-right"; "all over the scene" for all nine."""
    return "all over the scene" if len(cells) == 9 else f"in the {joined([CELLS[cell] for cell in sorted(cells)])}"


def by_class(tile: TileChange) -> Dict[str, Dict[str, object]]:
    """What an index says of a tile: ``new``, ``removed``, ``pixels`` and ``cells`` of each class that changed."""
    return {
        kind.one: {"new": change.new, "removed": change.removed, "pixels": change.pixels, "cells": names_of(change.cells)}
        for kind, change in tile.items() if change.new or change.removed
    }


def names_of(cells: FrozenSet[int]) -> Sequence[str]:
    """The names of cells in reading order."""
    return [CELLS[cell] for cell in sorted(cells)]


def _largest(tile: TileChange) -> List[Kind]:
    """The classes that changed most, in the order in which they are spoken of."""
    ranked = sorted((kind for kind in tile if tile[kind].pixels), key=lambda kind: -tile[kind].pixels)[:_NAMED]
    return [kind for kind in tile if kind in ranked]


def _adjectives(rows: Sequence[Tuple[Kind, str, int]]) -> str:
    return joined([f"{number} {way} {kind.form(number)}" for kind, way, number in rows])


def _said(text: str, more: bool) -> str:
    return f"{_upper(AMONG_OTHERS + text if more else text)}."


def _where(kind: Kind, cells: FrozenSet[int], first: bool) -> str:
    return f"{kind.many} have changed {in_cells(cells)}" if first else f"{kind.many} {in_cells(cells)}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
