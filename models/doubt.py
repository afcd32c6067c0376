"""Whether a view shows the ground from above at all, asked before anything is measured in it."""

import re
from pathlib import Path
from typing import Any, Optional, Tuple

from .cancel import CancelToken
from .catalog.late_part import LatePart
from .conversation import Region, View
from .imagery.grid import Window
from .imagery.regions import region_window, window_ring
from .maps.glance import SIDE, Glance
from .vision.overhead import FILES, Overhead, statistic

#: Cells of a glance that must show pixels before it is judged.
FEWEST_CELLS = 4
_INSISTING = re.compile(r"\s*anyway\b[\s,:;.–-]*", re.IGNORECASE)

DECLINED = (
    "“{name}” does not look like imagery taken from above: in a drawn map, a photograph or noise I can measure nothing. "
    "Choose an imagery layer. If it is one, begin your question with “anyway”."
)


def insists(text: str) -> Tuple[bool, str]:
    """Whether ``text`` begins with "anyway", and what is left of it."""
    found = _INSISTING.match(text)
    return (True, text[found.end():]) if found else (False, text)


class Doubt:
    """The classifier of a model's folder, loaded when it is first needed. Any thread."""

    def __init__(self, folder: Path) -> None:
        self._part = LatePart(folder, FILES, "check for imagery", lambda _: Overhead.load(Path(folder)))

    @property
    def reason(self) -> str:
        """Why nothing is doubted, "" if the classifier is there or none was needed yet."""
        return self._part.reason

    def about(self, view: View, engine: Any, cancel: Optional[CancelToken] = None) -> bool:
        """True if neither ``view`` as a whole nor its middle at full resolution looks as if taken from above.

        A large region looks like no image anyone took once it is shrunk to a glance: hence the second look. False where there
        is no classifier, and for a model without image tokens. Raises as ``Engine.glance``.
        """
        known = self._part.value
        if known is None or not getattr(engine.nano, "has_grid", False):
            return False
        if not self._doubted(engine.glance(view, cancel), known):
            return False
        middle = _middle(view)
        return middle is None or self._doubted(engine.glance(middle, cancel), known)

    @staticmethod
    def _doubted(glance: Glance, known: Overhead) -> bool:
        if glance.seen.sum() < FEWEST_CELLS:
            return False
        return known.likelihood(statistic(glance.grid, glance.seen)) < known.threshold


def _middle(view: View) -> Optional[View]:
    """``SIDE`` native pixels around the middle of a region; None if it is not larger than that."""
    grid = view.source.grid
    window = region_window(view.region, grid)
    if max(window.width, window.height) <= SIDE * 1.25:
        return None
    width, height = min(SIDE, window.width), min(SIDE, window.height)
    part = Window(window.col + (window.width - width) // 2, window.row + (window.height - height) // 2, width, height)
    return View(view.source, Region(((window_ring(grid, part),),)))
