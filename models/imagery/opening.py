"""The way in for raster files: what is opened, what is refused, and with which words."""

import os
from typing import Optional, Sequence, Tuple

from affine import Affine

from ..errors import RasterUnreadable, UnsupportedPixels
from .acquisition import acquisition_time
from .gdal_backends import gdal
from .gdal_backends.protocol import GdalFailure
from .gdal_source import GdalSource
from .grid import Grid
from .roles import band_roles as roles_of
from .source import AcquisitionTime

_NUMBERS = {"uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float16", "float32", "float64"}


def open_raster(
    path: str,
    *,
    band_roles: Optional[Sequence[Tuple[int, str]]] = None,
    crs_wkt: Optional[str] = None,
    name: Optional[str] = None,
    time: Optional[AcquisitionTime] = None,
    gsd: Optional[float] = None,
    codes: bool = False,
) -> GdalSource:
    """A raster file (or a GDAL connection string of a layer that the project holds) as a :class:`RasterSource`.

    Call it on the thread that reads. ``band_roles``: (band number, role) in reading order; default see
    :func:`roles.band_roles`. ``crs_wkt``: WKT or "EPSG:…" that overrides the file's, for instance the layer's.
    ``gsd``: metres, for images without georeference. ``codes``: values of a band with a palette stay as they are instead
    of becoming its colours, and so does its nodata value, which the caller judges. A file without geotransform gets
    QGIS's own frame: pixels as units, y downwards negative, and no CRS unless one is given.
    Raises ``RasterUnreadable`` (not a raster, damaged header) and ``UnsupportedPixels`` (complex, mixed dtypes).
    """
    path = str(path)
    label = name or os.path.basename(path.rstrip("/")) or path
    _refuse_disguise(path, label)
    engine = gdal()
    try:
        raster = engine.open(path)
        override = engine.wkt(crs_wkt) if crs_wkt else ""
    except GdalFailure as error:
        raise RasterUnreadable(label, _short(str(error), path)) from error
    facts = raster.facts
    try:
        bands = roles_of(facts.bands, band_roles)
    except ValueError as error:
        raise RasterUnreadable(label, str(error)) from error
    dtypes = {b.dtype for b in facts.bands if b.number in {c.number for c in bands}}
    if "complex" in dtypes:
        raise UnsupportedPixels(label, "complex numbers")
    if len(dtypes) > 1 or not dtypes <= _NUMBERS:
        raise UnsupportedPixels(label, f"bands of type {', '.join(sorted(dtypes))}")
    affine = facts.affine or Affine(1, 0, 0, 0, -1, 0)
    own = facts.crs_wkt if facts.affine is not None else ""
    if affine.determinant == 0:
        raise RasterUnreadable(label, "its geotransform maps all pixels onto a line")
    grid = Grid(facts.width, facts.height, affine, override or own)
    when = time or acquisition_time(facts.tags, os.path.basename(path))
    return GdalSource(raster, path, label, grid, bands, when, gsd, codes)


def _refuse_disguise(path: str, label: str) -> None:
    """A VRT that calls itself .tif can point at any file or server: only files named .vrt may be VRT."""
    if not os.path.isfile(path) or path.lower().endswith(".vrt"):
        return
    with open(path, "rb") as file:
        if b"<VRTDataset" in file.read(1024):
            raise RasterUnreadable(label, "it is a VRT under another name")


def _short(message: str, path: str) -> str:
    """GDAL's message without the folder (logs and chats travel)."""
    return message.replace(path, os.path.basename(path)).strip() or "GDAL cannot open it"
