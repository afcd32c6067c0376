"""How long a scale bar is: a round length of the ground, and what it measures on the picture. Pure arithmetic."""

import math
from dataclasses import dataclass

#: (metres in one unit, unit): small lengths and large ones.
UNITS = {"metric": ((1.0, "m"), (1000.0, "km")), "imperial": ((0.3048, "ft"), (1609.344, "mi"))}
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class ScaleBar:
    """``length`` of ``unit`` are ``metres`` of ground and ``pixels`` of the picture."""

    length: float
    unit: str
    metres: float
    pixels: float


def scale_bar(metres_per_pixel: float, longest: float, system: str = "metric") -> ScaleBar:
    """The longest bar of 1, 2 or 5 × 10ⁿ units that is no longer than ``longest`` pixels.

    Kilometres or miles are taken where a whole one fits. Raises ValueError for sizes that are not positive.
    """
    if not (metres_per_pixel > 0 and longest > 0 and math.isfinite(metres_per_pixel)):
        raise ValueError("a scale bar needs a pixel size and a width")
    ground = metres_per_pixel * longest
    small, large = UNITS[system]
    factor, unit = large if ground >= large[0] else small
    most = ground / factor
    power = 10.0 ** math.floor(math.log10(most))
    length = max(step * power for step in _STEPS if step * power <= most * (1 + 1e-12))
    return ScaleBar(length, unit, length * factor, length * factor / metres_per_pixel)
