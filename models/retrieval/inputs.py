"""Rasters of a folder, or named one by one, as what an index is built from."""

import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Union

from ..imagery.opening import open_raster
from ..imagery.source import AcquisitionTime, RasterSource
from .building import RasterInput
from .index import Record

#: Endings of files that are taken for imagery in a folder.
SUFFIXES = frozenset((".tif", ".tiff", ".vrt", ".jp2", ".j2k", ".png", ".jpg", ".jpeg", ".img", ".webp", ".bmp"))


def rasters_of(places: Sequence[Union[str, Path]], gsd: Optional[float] = None) -> List[RasterInput]:
    """Files as they are named, folders with all the imagery in and under them, in the order of their names.

    ``gsd``: metres a pixel of images without georeference. Links to folders are not followed.
    """
    found: List[str] = []
    for place in places:
        if os.path.isdir(place):
            for folder, _, names in os.walk(place):
                found += [os.path.join(folder, name) for name in names if Path(name).suffix.lower() in SUFFIXES]
        else:
            found.append(str(place))
    return [file_input(path, {} if gsd is None else {"gsd": gsd}) for path in sorted(dict.fromkeys(found))]


def file_input(path: str, recipe: Dict[str, Any], name: str = "") -> RasterInput:
    """One file. ``recipe``: of ``crs_wkt``, ``roles`` ([[band, role], …]), ``time`` (ISO 8601) and ``gsd`` those that differ
    from the file's own."""
    shown = name or os.path.basename(path.rstrip("/\\")) or path
    return RasterInput(path, shown, lambda: open_recipe(path, recipe, shown), recipe)


def open_recipe(path: str, recipe: Dict[str, Any], name: str) -> RasterSource:
    """The raster that a recipe describes. Raises RasterUnreadable, UnsupportedPixels."""
    roles = recipe.get("roles")
    time = recipe.get("time")
    return open_raster(
        path, band_roles=None if not roles else [(int(band), str(role)) for band, role in roles],
        crs_wkt=recipe.get("crs_wkt") or None, name=name, gsd=recipe.get("gsd"),
        time=AcquisitionTime(str(time), "layer") if time else None)


def again(record: Record) -> RasterInput:
    """What ``record`` was made of, to be looked at again."""
    return file_input(record.path, record.recipe, record.name)
