"""The facts of a chip, in the shape of a view's: what every answer of the data engine is filled from."""

from typing import Any, Dict, MutableMapping, Tuple
from weakref import WeakKeyDictionary

import numpy as np

from ..facts.pixel_area import PixelArea
from ..facts.survey import Survey, survey
from ..facts.things import plain_frame, things_facts
from ..facts.view_facts import Context, view_facts
from ..imagery.grid import Grid, Window
from .chip import UNKNOWN, Chip

# Nine builders ask for the facts of each chip, and finding them is nearly all of their work.
_KNOWN: MutableMapping[Chip, Dict[str, Any]] = WeakKeyDictionary()


class _CoverScores:
    """A chip's covers, (H, W) indices into ``labels``, as scores of 0 and 1, NaN where unknown."""

    def __init__(self, covers: np.ndarray, labels: Tuple[str, ...], grid: Grid) -> None:
        self.grid = grid
        self.labels: Tuple[str, ...] = tuple(labels)
        self._covers = covers

    def read(self, window: Window) -> np.ndarray:
        """(K, h, w) float32."""
        part = self._covers[window.row:window.row + window.height, window.col:window.col + window.width]
        scores = (part[None] == np.arange(len(self.labels))[:, None, None]).astype(np.float32)
        scores[:, part == UNKNOWN] = np.nan
        return scores


def chip_facts(chip: Chip) -> Dict[str, Any]:
    """JSON-able facts: ``covers`` from its cover map ({} without one), ``things`` by label, its scene as certain.

    ``size``: [width, height] pixels, which boxes are given in. Areas are None without a ``gsd``. The same object for the
    same chip: to be read, not changed.
    """
    if chip not in _KNOWN:
        _KNOWN[chip] = _found(chip)
    return _KNOWN[chip]


def _found(chip: Chip) -> Dict[str, Any]:
    height, width = chip.shape
    frame = plain_frame(chip.shape, chip.north_up)
    grid = Grid(width, height, frame.affine, "")
    area = None if chip.gsd is None else PixelArea(grid, chip.gsd**2)
    # Without a cover map nothing is known of covers, yet its pixels are there: whoever listed its things saw all of it.
    found = Survey(grid, frame, height * width, height * width, {}, {}, {})
    if chip.covers is not None and chip.cover_names:
        found = survey(_CoverScores(chip.covers, chip.cover_names, grid), frame=frame)
    scenes = [(chip.scene, 1.0)] if chip.scene else []
    context = Context(chip.name, chip.origin.time, chip.gsd, chip.gsd, scenes=scenes)
    facts = view_facts(found, context, area)
    facts["size"] = [width, height]
    facts["things"] = things_facts(chip.things, chip.shape, frame, area, chip.complete)
    return facts


def subjects(facts: Dict[str, Any]) -> Dict[str, Dict[str, Any]]:
    """What may be spoken of by name: things where all are known, else covers; things go before a cover of their name.

    Covers are left out where part of the chip is of unknown cover, since no total is known then.
    """
    found = {} if facts["unknown"]["pixels"] else dict(facts["covers"])
    found.update({label: thing for label, thing in facts["things"].items() if thing["complete"]})
    return found

