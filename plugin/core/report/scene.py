"""A picture of the map that is yet to be drawn: copies of layers and the ground they are drawn over."""

from dataclasses import dataclass
from typing import Any, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle

from ..layer_copies import LayerCopy


@dataclass(frozen=True)
class Objects:
    """What an answer points at: the layer that was kept of it, else its polygons (a ``FeatureSet``)."""

    features: Any = None
    kept: Optional[LayerCopy] = None


@dataclass(frozen=True)
class Scene:
    """``layers``: top first; ``extent`` in ``crs``, which may be invalid for images without one.

    ``region``: its outline is drawn, with its CRS. ``lines``: what is said below the picture besides reference system and
    extent. Made on the main thread, drawn on a worker.
    """

    title: str
    layers: Tuple[LayerCopy, ...]
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    objects: Optional[Objects] = None
    region: Optional[Tuple[QgsGeometry, QgsCoordinateReferenceSystem]] = None
    lines: Tuple[str, ...] = ()
