"""The four resolution classes of GAIA from a ground sample distance."""

from typing import Optional

#: Largest GSD in metres of each class, finest first; coarser than all: Low. GAIA leaves the limits to a language model;
#: these are the groups of the Copernicus contributing missions: VHR to 4 m, HR to 30 m, MR to 300 m, LR beyond.
LIMITS = (("Very High", 4.0), ("High", 30.0), ("Moderate", 300.0))
CLASSES = ("Low", "Moderate", "High", "Very High")


def resolution_class(gsd: Optional[float]) -> Optional[str]:
    """"Very High" up to and including 4 m, "High" 30 m, "Moderate" 300 m, else "Low"; None where ``gsd`` is unknown."""
    if gsd is None or not 0 < gsd < float("inf"):
        return None
    return next((name for name, limit in LIMITS if gsd <= limit), "Low")
