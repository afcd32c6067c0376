"""Classified rasters: taken on the main thread, read as codes or as SECOND's colours on the grid of the tiles."""

from dataclasses import dataclass
from typing import Dict, Mapping, Optional, Tuple

import numpy as np
from qgis.core import QgsPalettedRasterRenderer, QgsProcessingException, QgsRasterLayer

from ...models.datasets.legend import Legend
from ...models.datasets.second_palette import CLASSES, class_named, classes_of
from ...models.errors import CrsMissing
from ...models.imagery.grid import Grid, Window
from ...models.imagery.nearest import Nearest
from ...models.imagery.opening import open_raster
from .layer_pixels import NodataRange, gdal_source, nodata_ranges
from .messages import short_name, tr
from .projections import wkt_of
from .user_nodata import UserNodata


@dataclass(frozen=True)
class CodeLayer:
    """A raster of class codes. ``band`` 0: three bands of SECOND's colours. ``labels``: what its style calls the codes."""

    name: str
    path: str
    crs_wkt: str
    band: int
    labels: Mapping[int, str]
    nodata: Tuple[NodataRange, ...]

    def open(self, grid: Grid) -> Nearest:
        """Its values on ``grid``. On the thread that reads. Raises what ``open_raster`` raises."""
        roles = ((self.band, "other"),) if self.band else None
        source = open_raster(self.path, band_roles=roles, crs_wkt=self.crs_wkt, name=self.name, codes=bool(self.band))
        return Nearest(UserNodata(source, self.nodata) if self.nodata else source, grid)

    def named(self, legend: Legend) -> Dict[str, str]:
        """The names that its codes can have, from its style and ``legend``; those of SECOND for colours."""
        if not self.band:
            return {name: name for name in CLASSES}
        found = [legend.of(code, label) for code, label in self.labels.items()]
        return {name: name for name in (*legend.names, *found) if name}


class CodeReader:
    """A :class:`CodeLayer` on a grid, window by window. One thread; close it."""

    def __init__(self, layer: CodeLayer, grid: Grid, legend: Legend) -> None:
        self._layer, self._legend, self._source = layer, legend, layer.open(grid)
        #: Pixels whose colour was far from every entry of the palette, over all windows read.
        self.far = 0

    def read(self, window: Window) -> Tuple[Dict[str, np.ndarray], np.ndarray]:
        """(H, W) bool masks by name and where anything is known. What has no class is in none of the masks.

        Raises QgsProcessingException for a code that nobody named.
        """
        image = self._source.read(window)
        if not self._layer.band:
            classes, far = classes_of(np.ascontiguousarray(image.pixels[:3]).astype(np.uint8, copy=False))
            self.far += int((far & image.valid).sum())
            return {name: (classes == number) & image.valid for number, name in enumerate(CLASSES, 1)}, image.valid
        masks: Dict[str, np.ndarray] = {}
        for value in np.unique(image.pixels[0][image.valid]):
            name = self._name(value)
            if name:
                mask = (image.pixels[0] == value) & image.valid
                masks[name] = masks[name] | mask if name in masks else mask
        return masks, image.valid

    def _name(self, value: np.generic) -> str:
        number = float(value)
        label = self._layer.labels.get(int(number)) if number == int(number) else None
        if number == 0 and 0 not in self._legend:
            return ""
        name = self._legend.of(f"{number:g}" if number != int(number) else int(number), label)
        if name is None:
            raise QgsProcessingException(
                tr("{name} holds the value {value}, which has no class. Add it, as in “{value}=building” or “{value}=-”.").format(
                    name=short_name(self._layer.name), value=f"{number:g}"
                )
            )
        return name

    def close(self) -> None:
        """Release the file."""
        self._source.close()


def take_codes(layer: QgsRasterLayer, legend: Legend, colours: bool = False) -> CodeLayer:
    """``colours``: three bands, or a band whose palette's names mean nothing here, are read as SECOND's colours.

    Main thread. Raises CrsMissing, and QgsProcessingException for rasters that hold no codes.
    """
    name = short_name(layer.name())
    path = gdal_source(layer)
    if path is None or not layer.isValid():
        raise QgsProcessingException(tr("{name} is no raster file. Save it as one and choose that.").format(name=name))
    if not layer.crs().isValid():
        raise CrsMissing(layer.name())
    renderer = layer.renderer()
    paletted = isinstance(renderer, QgsPalettedRasterRenderer)
    band = max(1, renderer.band()) if paletted else 1
    labels = _labels(renderer) if paletted else {}
    if colours and not legend and (layer.bandCount() >= 3 or paletted and not _means_something(labels)):
        band = 0
    elif layer.bandCount() >= 3 and not paletted:
        raise QgsProcessingException(tr("{name} has several bands. Choose a raster with one band of codes.").format(name=name))
    elif not legend and not labels:
        raise QgsProcessingException(
            tr("Say which class each value of {name} is, as in “1=road; 2=building”.").format(name=name)
        )
    nodata = nodata_ranges(layer)
    provider = layer.dataProvider()
    # In masks 0 is often declared as no data and means "no change": the user can switch that off in the layer's properties.
    if band and provider.sourceHasNoDataValue(band) and provider.useSourceNoDataValue(band):
        value = provider.sourceNoDataValue(band)
        nodata = (*nodata, NodataRange(band, value, value))
    return CodeLayer(layer.name(), path, wkt_of(layer.crs()), band, labels, nodata)


def _labels(renderer: QgsPalettedRasterRenderer) -> Dict[int, str]:
    """Names of the style; a name that only repeats the value says nothing."""
    found = {}
    for entry in renderer.classes():
        text, value = " ".join(entry.label.split()), float(entry.value)
        if text and value == int(value) and not _number(text):
            found[int(value)] = text
    return found


def _number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").replace(",", "").isdigit()


def _means_something(labels: Mapping[int, str]) -> bool:
    return bool(labels) and all(_class(label) is not None for value, label in labels.items() if value)


def _class(label: str) -> Optional[int]:
    try:
        return class_named(label)
    except KeyError:
        return None
