"""How small a polygon may be and still be kept."""

import math
from dataclasses import dataclass
from typing import Dict, Optional, Sequence

from ..errors import QuestionUnclear
from ..facts.ground import min_pixels

#: Fewest working pixels of a thing that is kept.
THING_PIXELS = 9
#: The same where somebody clicked: a click on something small means that small thing.
CLICKED_PIXELS = 4


@dataclass(frozen=True)
class Floors:
    """``area``: m² on the ellipsoid that are asked for at least, 0: by label. ``clicked``: somebody points at something."""

    area: float = 0.0
    clicked: bool = False

    def pixels(self, covers: Sequence[str], things: Sequence[str], gsd: Optional[float]) -> Dict[str, int]:
        """Fewest working pixels of a component or thing, by label. Raises QuestionUnclear for an area without a scale."""
        if self.area > 0:
            if not gsd:
                raise QuestionUnclear("The image has no scale, so nothing can be chosen by its area. Set its CRS first.")
            # Pixels only sort out the bulk: their ground size varies over a view, and the limit is one of area.
            return dict.fromkeys((*covers, *things), max(1, math.floor(self.area / gsd**2 * 0.5)))
        floors = {**min_pixels(covers, gsd), **dict.fromkeys(things, THING_PIXELS)}
        return {name: min(CLICKED_PIXELS, floor) for name, floor in floors.items()} if self.clicked else floors


DEFAULT = Floors()
