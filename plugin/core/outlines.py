"""The outlines that the panel draws results with: chosen once, in words, in pixels of the mask."""

from typing import TYPE_CHECKING, Any, Optional, Tuple

from .. import settings as user

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.features import FeatureSet
    from ...models.polygons.options import ShapeReport, Shaping

#: What can be chosen; the first is the default.
OUTLINES = ("exact", "simplified", "right angles")
COLOURS = ("class", "each")


def chosen() -> str:
    """The outlines chosen in the panel."""
    return user.choice(user.outlines, OUTLINES)


def shaping_of(outlines: str) -> "Shaping":
    """One pixel of tolerance: that takes the stairs away and nothing else."""
    from ...models.polygons.options import Shaping

    if outlines == "simplified":
        return Shaping(tolerance=1.0, in_pixels=True)
    return Shaping(right_angles=outlines == "right angles", in_pixels=True)


def outlined(
    features: "FeatureSet", outlines: str, cancel: "Optional[CancelToken]" = None
) -> "Tuple[FeatureSet, Optional[ShapeReport]]":
    """``features`` with these outlines, and what that cost; None where they are exact. Any thread. Raises Cancelled."""
    if outlines == "exact":
        return features, None
    from ...models.polygons.shaping import shaped

    return shaped(features, shaping_of(outlines), cancel=cancel)


def provenance_of(outlines: str, report: "Optional[ShapeReport]") -> dict:
    """What a layer's provenance says about its outlines."""
    if report is None:
        return {}
    record: Any = {"outlines": outlines, "outline_area_error": report.area_error, "outline_worst_error": report.largest_error}
    return record
