"""What the experts need to know of tuned classes: which are asked for, how small one may be, where they come from."""

from typing import Any, Dict, Optional, Sequence

from ..tuned.tuned_class import TunedClass
from .floors import THING_PIXELS


def tuned_among(labels: Sequence[str], engine: Any) -> Dict[str, TunedClass]:
    """Those of ``labels`` that are tuned classes of ``engine``."""
    taught = getattr(engine, "taught", None)
    found = {label: taught.get(label) for label in labels} if taught is not None else {}
    return {label: one for label, one in found.items() if one is not None}


def smallest_of(tuned: TunedClass, gsd: Optional[float]) -> int:
    """Fewest pixels of ``gsd`` metres of a component that counts, as they did best on validation ground."""
    scale = gsd or tuned.about.gsd
    return max(THING_PIXELS, round(tuned.about.smallest / scale**2)) if scale else THING_PIXELS


def origin(tuned: TunedClass) -> Dict[str, Any]:
    """JSON-able: where a class comes from, for the facts of an answer."""
    about = tuned.about
    return {"layer": about.layer, "raster": about.raster, "date": about.date, "digest": tuned.digest,
            "held_out": dict(about.held_out)}


def validation(tuned: TunedClass) -> Dict[str, Any]:
    """Its own figures in the form of the model's for its covers."""
    return {name: tuned.about.held_out[name] for name in ("iou", "precision", "recall") if name in tuned.about.held_out}
