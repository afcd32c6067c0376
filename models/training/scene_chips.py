"""Rendered scenes as chips of the data engine: covers, numbered things with their colours, ground sample distance."""

from pathlib import Path
from typing import Iterator, List, Optional

import numpy as np
from scipy import ndimage

from ..datasets.appearance import colour_word
from ..datasets.chip import Chip, Thing
from ..vision.legend import COVERS, THINGS
from .thing_truth import SMALLEST

#: Covers that are counted as things, and so are no covers of a chip besides: what lies under a roof is unknown.
_COUNTED = ("building",)


def scene_chips(folder: Path, which: Optional[range] = None) -> Iterator[Chip]:
    """The chips of a rendered set, named by their number; ``which`` of them, all by default."""
    store = {name: np.load(folder / f"{name}.npy", mmap_mode="r")
             for name in ("images", "covers", "things", "rosters", "complete", "gsd")}
    for index in which if which is not None else range(len(store["gsd"])):
        # A drawn scene has no north of its own; most layers that are asked about have one.
        yield _chip(f"scene {index}", index % 4 > 0, *(np.asarray(store[name][index]) for name in
                                        ("images", "covers", "things", "rosters", "complete")), float(store["gsd"][index]))


def _chip(
    name: str, north_up: bool, rgb: np.ndarray, covers: np.ndarray, ids: np.ndarray, roster: np.ndarray, complete: np.ndarray,
    gsd: float,
) -> Chip:
    things: List[Thing] = []
    dropped = set()
    for number, box in enumerate(ndimage.find_objects(ids.astype(np.int32)), 1):
        if box is None:
            continue
        label, mask = THINGS[roster[number]], ids[box] == number
        if mask.sum() < SMALLEST:  # a scrap: neither one nor none
            dropped.add(label)
            continue
        (top, bottom), (left, right) = ((axis.start, axis.stop) for axis in box)
        things.append(Thing(label, (left, top, right, bottom), mask, colour_word(rgb[(slice(None), *box)][:, mask].mean(1))))
    known = frozenset(label for label, all_known in zip(THINGS, complete) if all_known and label not in dropped)
    names = tuple(cover for cover in COVERS if cover not in _COUNTED)
    table = np.full(256, 255, np.uint8)
    for code, cover in enumerate(COVERS):
        table[code] = names.index(cover) if cover in names else 255
    return Chip(name, rgb, tuple(things), known, table[covers], names, gsd, north_up)
