"""What layers say of the ground at one date: vector layers as things, classified rasters as masks, by the user's names."""

from dataclasses import dataclass
from types import TracebackType
from typing import Dict, List, Mapping, Optional, Sequence, Tuple, Type

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...models.datasets.chip import Thing
from ...models.datasets.legend import Legend
from ...models.imagery.grid import Grid, Window
from .code_layers import CodeLayer, CodeReader, take_codes
from .messages import short_name, tr
from .shape_masks import ShapeMasks
from .training_layers import ClassedLayer, Shape, needs_width, take_layer


@dataclass(frozen=True)
class GroundLayers:
    """Layers of one date, free of QGIS's. Made by :func:`take_ground`."""

    vectors: Tuple[ClassedLayer, ...] = ()
    codes: Tuple[CodeLayer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.vectors or self.codes)


def take_ground(
    layers: Sequence[QgsMapLayer], field: str, fixed: str, width: float, legend: Legend, crs: QgsCoordinateReferenceSystem,
    extent: QgsRectangle, colours: bool = False,
) -> GroundLayers:
    """Copy ``layers`` over ``extent`` (in ``crs``). Main thread.

    ``field``: of the class; layers without it are of the class ``fixed``, else of one called as they are. ``width``: metres
    of lines and points. ``colours``: see :func:`take_codes`. Raises CrsMissing, and QgsProcessingException with what to do.
    """
    vectors: List[ClassedLayer] = []
    codes: List[CodeLayer] = []
    for layer in layers:
        name = short_name(layer.name())
        if isinstance(layer, QgsRasterLayer):
            codes.append(take_codes(layer, legend, colours))
            continue
        spatial = isinstance(layer, QgsVectorLayer) and layer.isSpatial()
        if not spatial or layer.geometryType() == QgsWkbTypes.GeometryType.UnknownGeometry:
            raise QgsProcessingException(
                tr("{name} has no polygons, lines or points. Choose another layer.").format(name=name)
            )
        if needs_width(layer) and width <= 0:
            raise QgsProcessingException(
                tr("{name} holds lines or points. Say how wide they are on the ground.").format(name=name)
            )
        vectors.append(take_layer(layer, field, fixed, width, crs, extent, False))
    return GroundLayers(tuple(vectors), tuple(codes))


class Ground:
    """:class:`GroundLayers` on a grid. One thread. ``labels``: every name there can be; ``coded``: those of rasters.

    ``shapes``, ``names``: drawn, and known, besides the layers. ``left_out``: features by reason why they are not drawn.
    ``with Ground(…) as ground`` closes the files.
    """

    def __init__(
        self, layers: GroundLayers, grid: Grid, legend: Legend, shapes: Sequence[Shape] = (), names: Sequence[str] = ()
    ) -> None:
        self.left_out: Dict[str, int] = {}
        drawn = list(shapes)
        named = {*names, *(shape.label for shape in drawn)}
        for vector in layers.vectors:
            named |= {name for name in (legend.of(label, label) for label in vector.labels) if name}
            for shape in vector.shapes(self.left_out):
                name = legend.of(shape.label, shape.label)
                if name:
                    drawn.append(Shape(name, shape.rings, shape.tags, shape.feature))
        self.coded = frozenset(name for layer in layers.codes for name in layer.named(legend))
        self.labels = frozenset(named) | self.coded
        self._masks = ShapeMasks(grid, drawn)
        self._readers = [CodeReader(layer, grid, legend) for layer in layers.codes]

    def things(self, window: Window) -> Dict[str, List[Thing]]:
        """The features of vector layers by name, each with its pixels of ``window``."""
        found: Dict[str, List[Thing]] = {}
        for shape, piece, _ in self._masks.over(window):
            if piece is not None:
                found.setdefault(shape.label, []).append(Thing(shape.label, *piece, feature=shape.feature))
        return found

    def masks(self, window: Window) -> Tuple[Dict[str, np.ndarray], np.ndarray]:
        """(H, W) bool masks by name of vectors and rasters together, and where all rasters know the ground."""
        shape = window.height, window.width
        known = np.ones(shape, bool)
        found: Dict[str, np.ndarray] = {}
        for reader in self._readers:
            masks, valid = reader.read(window)
            known &= valid
            for name, mask in masks.items():
                found[name] = found[name] | mask if name in found else mask
        for name, things in self.things(window).items():
            whole = np.zeros(shape, bool)
            for thing in things:
                whole |= thing.whole(shape)
            found[name] = found[name] | whole if name in found else whole
        return found, known

    def painted(self, window: Window, numbers: Mapping[str, int]) -> Tuple[np.ndarray, np.ndarray]:
        """(H, W) uint8 map of ``numbers`` by name, 0 where nothing is, and where all rasters know the ground.

        Vector layers lie over rasters; of two features that overlap the later one counts.
        """
        shape = window.height, window.width
        found, known = np.zeros(shape, np.uint8), np.ones(shape, bool)
        for reader in self._readers:
            masks, valid = reader.read(window)
            known &= valid
            for name, mask in masks.items():
                found[mask] = numbers[name]
        for drawn, piece, _ in self._masks.over(window):
            if piece is not None:
                (x0, y0, x1, y1), mask = piece
                found[y0:y1, x0:x1][mask] = numbers[drawn.label]
        return found, known

    @property
    def far(self) -> int:
        """Pixels read so far whose colour is far from SECOND's palette."""
        return sum(reader.far for reader in self._readers)

    def __enter__(self) -> "Ground":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the rasters' files."""
        for reader in self._readers:
            reader.close()
