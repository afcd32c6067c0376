"""What is accepted: the mask in hand under its label, with the outlines chosen in the panel, and where it comes from."""

from dataclasses import replace
from typing import Any, Dict, Tuple

from ...core.mask_desk import MaskDesk, Shown
from ...core.outlines import chosen, outlined, provenance_of


def accepted(shown: Shown, desk: MaskDesk, label: str) -> Tuple[Any, Dict[str, Any]]:
    """The FeatureSet of one object, and the provenance of a layer of such. ``shown`` has a reading. Main thread only."""
    from ....models.features import FeatureSet

    opened, engine = desk.opened, desk.engine
    pieces = tuple(replace(one, label=label) for one in shown.reading.features)
    exact = FeatureSet("mask", opened.grid.crs_wkt, pieces, engine.name, opened.name, opened.time)
    features, report = outlined(exact, chosen())
    provenance = {"model": engine.name, "digest": engine.digest, "source": opened.name, "time": opened.time}
    return features, {**provenance, **provenance_of(chosen(), report)}
