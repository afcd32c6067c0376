"""Layers of land cover as what is known of a date: the user's classes as the covers that the model compares."""

import hashlib
from dataclasses import dataclass
from typing import Dict, Mapping

import numpy as np
from qgis.core import QgsProcessingException

from ...models.concepts import lexicon, words_of
from ...models.datasets.legend import Legend
from ...models.imagery.grid import Grid, Window
from ...models.imagery.land_cover import UNTOLD
from ...models.vision.legend import COVERS
from .class_ground import Ground, GroundLayers
from .messages import short_name, tr


@dataclass(frozen=True)
class ToldCover:
    """``layers`` of one date; ``covers``: index of ``legend.COVERS`` by the user's name. See ``imagery.land_cover.LandCover``."""

    name: str
    layers: GroundLayers
    legend: Legend
    covers: Mapping[str, int]
    mark: str

    def fingerprint(self) -> str:
        """Of what the layers held when they were copied."""
        return self.mark

    def on(self, grid: Grid) -> "OpenCover":
        """On the thread that reads. Raises RasterUnreadable."""
        return OpenCover(Ground(self.layers, grid, self.legend), self.covers)


class OpenCover:
    """A :class:`ToldCover` on a grid. One thread."""

    def __init__(self, ground: Ground, covers: Mapping[str, int]) -> None:
        # 0 is what no layer says anything of.
        self._ground, self._numbers = ground, {name: covers[name] + 1 for name in ground.labels}

    def read(self, window: Window) -> np.ndarray:
        """(h, w) int8 indices of covers, ``UNTOLD`` where no class lies."""
        painted, _ = self._ground.painted(window, self._numbers)
        return np.where(painted == 0, UNTOLD, painted.astype(np.int16) - 1).astype(np.int8)

    def close(self) -> None:
        """Release the files."""
        self._ground.close()


def told_cover(name: str, layers: GroundLayers, legend: Legend) -> ToldCover:
    """``layers`` of the date called ``name``. Raises QgsProcessingException for a class that no cover is meant by."""
    names = {legend.of(label, label) for vector in layers.vectors for label in vector.labels}
    names |= {known for codes in layers.codes for known in codes.named(legend)}
    covers = {each: cover_of(each) for each in sorted(filter(None, names))}
    return ToldCover(name, layers, legend, covers, _mark(layers, covers))


def cover_of(name: str) -> int:
    """The index of the cover that a class is. Raises QgsProcessingException with what to write instead."""
    words = words_of(name)
    concept = lexicon().get(words) if words else None
    found = () if concept is None else tuple(cover for cover in concept.covers if cover in COVERS)
    if len(found) != 1:
        raise QgsProcessingException(
            tr("“{name}” is none of these land covers: {covers}. Say which it is, as in “{name}=tree” or “{name}=-”.").format(
                name=short_name(name), covers=", ".join(COVERS)
            )
        )
    return COVERS.index(found[0])


def _mark(layers: GroundLayers, covers: Dict[str, int]) -> str:
    digest = hashlib.sha256(repr(sorted(covers.items())).encode())
    for codes in layers.codes:
        digest.update(repr((codes.path, codes.band, codes.nodata, sorted(codes.labels.items()))).encode())
    for vector in layers.vectors:
        for geometry, label, _, feature in vector.rows:
            digest.update(f"{label}|{feature}|".encode())
            digest.update(bytes(geometry.asWkb()))
    return digest.hexdigest()
