"""The only place that imports osgeo or rasterio; one of them is chosen once per process."""

import os
from functools import lru_cache
from importlib.util import find_spec

from ...errors import RuntimeMissing
from .protocol import Gdal


def _present(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # already imported, without a spec
        return True


@lru_cache(maxsize=None)
def backend(name: str) -> Gdal:
    """The backend "osgeo" or "rasterio". Raises ``RuntimeMissing`` if it is not installed."""
    if not _present(name):
        raise RuntimeMissing(name)
    if name == "osgeo":
        from .osgeo_backend import OsgeoGdal

        return OsgeoGdal()
    from .rasterio_backend import RasterioGdal

    return RasterioGdal()


def gdal() -> Gdal:
    """osgeo where it is importable (inside QGIS), else rasterio; TERRALOGUE_GDAL=osgeo|rasterio overrides.

    Any thread. Raises ``RuntimeMissing`` if neither is installed.
    """
    chosen = os.environ.get("TERRALOGUE_GDAL", "")
    if chosen not in ("osgeo", "rasterio"):
        chosen = "osgeo" if _present("osgeo") else "rasterio"
    return backend(chosen)
