"""Captions of a tile with two dates, composed from its rules: five ways to say what came and went, where and how much."""

from typing import Dict, FrozenSet, List, Mapping, Sequence, Tuple

import numpy as np

from ..language.changechat import CELLS, Kind
from ..language.units import share
from ..metrics.change_captions import LEVIR_UNCHANGED
from .change_rules import KindChange
from .naming import joined

TileChange = Mapping[Kind, KindChange]


def captions(tile: TileChange) -> Tuple[str, ...]:
    """Five sentences, without names of classes that stayed; those of LEVIR-CC where nothing changed."""
    moved = numbers(tile)
    if not moved:
        return tuple(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in LEVIR_UNCHANGED)
    adjectives = joined([f"{number} {way} {kind.form(number)}" for kind, way, number in moved])
    be = "is" if moved[0][2] == 1 else "are"
    said = [
        f"There {be} {adjectives}.",
        _upper(joined([f"{number} {kind.form(number)} {went(way, number)}" for kind, way, number in moved])) + ".",
        f"Compared with the first image, the second shows {adjectives}.",
        f"{_upper(of_scene(tile))} has changed: {adjectives}.",
    ]
    places = [(kind, change.cells) for kind, change in tile.items() if change.cells]
    if places:
        said.append(_upper(", ".join(_where(kind, cells, number == 0) for number, (kind, cells) in enumerate(places))) + ".")
    else:
        said.append(f"The second image differs from the first by {adjectives}.")
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
    """"in the top-left and center-right"; all nine are named too, so that they can be read back."""
    return f"in the {joined([CELLS[cell] for cell in sorted(cells)])}"


def by_class(tile: TileChange) -> Dict[str, Dict[str, object]]:
    """What an index says of a tile: ``new``, ``removed``, ``pixels`` and ``cells`` of each class that changed."""
    return {
        kind.one: {"new": change.new, "removed": change.removed, "pixels": change.pixels, "cells": names_of(change.cells)}
        for kind, change in tile.items() if change.new or change.removed
    }


def names_of(cells: FrozenSet[int]) -> Sequence[str]:
    """The names of cells in reading order."""
    return [CELLS[cell] for cell in sorted(cells)]


def _where(kind: Kind, cells: FrozenSet[int], first: bool) -> str:
    return f"{kind.many} have changed {in_cells(cells)}" if first else f"{kind.many} {in_cells(cells)}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
