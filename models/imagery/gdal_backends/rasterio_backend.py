"""GDAL through rasterio: headless machines and clusters without osgeo."""

import re
import warnings
from typing import Any, Dict, Optional, Sequence

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.env import set_gdal_config
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.warp import transform as warp_points
from rasterio.windows import Window as RasterioWindow

from ..grid import Grid, Window
from .protocol import BandFacts, CrsFacts, GdalFailure, OpenRaster, RasterFacts, TiledRaster

_CACHE_BYTES = 64 * 2**20
_SPHEROID = re.compile(r'(?:SPHEROID|ELLIPSOID)\["[^"]*",\s*([0-9.eE+]+),\s*([0-9.eE+]+)')


def _window(window: Window) -> RasterioWindow:
    return RasterioWindow(window.col, window.row, window.width, window.height)


def _reason(error: BaseException) -> str:
    """GDAL's own words, which rasterio hides in the cause of its "see previous exception"."""
    cause = error.__cause__ or error.__context__
    return str(cause or error)


def _open(path: str, *args: Any, **options: Any) -> Any:
    """``rasterio.open`` without its warning about plain images: the grid says so, and nobody reads stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        return rasterio.open(path, *args, **options)


class _Raster:
    """A dataset, and one more handle per overview level in use."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._levels: Dict[int, Any] = {}
        self.facts = _facts(self._level(-1))

    def _level(self, level: int) -> Any:
        if level not in self._levels:
            options = {} if level < 0 else {"overview_level": level}
            try:
                self._levels[level] = _open(self._path, **options)
            except (RasterioError, ValueError, TypeError, OSError) as error:
                raise GdalFailure(_reason(error)) from error
        return self._levels[level]

    def read(self, bands: Sequence[int], window: Window, level: int) -> np.ndarray:
        try:
            out: np.ndarray = self._level(level).read(list(bands), window=_window(window))
        except (RasterioError, OSError, ValueError) as error:
            raise GdalFailure(_reason(error)) from error
        return out

    def read_mask(self, band: int, window: Window, level: int) -> np.ndarray:
        try:
            out: np.ndarray = self._level(level).read_masks(band, window=_window(window))
        except (RasterioError, OSError, ValueError) as error:
            raise GdalFailure(_reason(error)) from error
        return out

    def close(self) -> None:
        for dataset in self._levels.values():
            dataset.close()
        self._levels.clear()


class _Tiled:
    """The score raster while it is written, and after."""

    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset

    def write(self, window: Window, values: np.ndarray) -> None:
        try:
            self._dataset.write(values, window=_window(window))
        except (RasterioError, OSError) as error:
            raise GdalFailure(_reason(error)) from error

    def read(self, window: Window) -> np.ndarray:
        try:
            out: np.ndarray = self._dataset.read(window=_window(window))
        except (RasterioError, OSError) as error:
            raise GdalFailure(_reason(error)) from error
        return out

    def close(self) -> None:
        try:
            self._dataset.close()
        except (RasterioError, OSError) as error:
            raise GdalFailure(_reason(error)) from error


class RasterioGdal:
    """See :class:`protocol.Gdal`."""

    name = "rasterio"

    def __init__(self) -> None:
        # GDAL's default is 5 % of the machine's memory, and rasterio offers no way to drop a dataset's blocks.
        set_gdal_config("GDAL_CACHEMAX", _CACHE_BYTES)

    def open(self, path: str) -> OpenRaster:
        return _Raster(path)

    def create(self, path: str, grid: Grid, labels: Sequence[str], nodata: int, tags: Dict[str, str]) -> TiledRaster:
        try:
            dataset = _open(
                path,
                "w+",
                driver="GTiff",
                width=grid.width,
                height=grid.height,
                count=len(labels),
                dtype="uint8",
                nodata=nodata,
                transform=grid.affine,
                crs=CRS.from_user_input(grid.crs_wkt) if grid.crs_wkt else None,
                tiled=True,
                blockxsize=256,
                blockysize=256,
                compress="deflate",
                zlevel=1,
                bigtiff="IF_SAFER",
                interleave="band",
                sparse_ok=True,
            )
            dataset.update_tags(**tags)
            for number, label in enumerate(labels, 1):
                dataset.set_band_description(number, label)
        except (RasterioError, OSError) as error:
            raise GdalFailure(_reason(error)) from error
        return _Tiled(dataset)

    def reopen(self, path: str) -> TiledRaster:
        try:
            return _Tiled(_open(path))
        except (RasterioError, OSError) as error:
            raise GdalFailure(_reason(error)) from error

    def transform(self, points: np.ndarray, from_wkt: str, to_wkt: str) -> np.ndarray:
        points = np.asarray(points, np.float64).reshape(-1, 2)
        try:
            xs, ys = warp_points(_crs(from_wkt), _crs(to_wkt), points[:, 0].tolist(), points[:, 1].tolist())
        except (RasterioError, ValueError) as error:
            raise GdalFailure(_reason(error)) from error
        except Exception as error:  # GDAL's own errors have no public base class in rasterio
            if type(error).__module__.startswith("rasterio"):
                raise GdalFailure(_reason(error)) from error
            raise
        return np.stack([np.asarray(xs, np.float64), np.asarray(ys, np.float64)], axis=1)

    def crs(self, wkt: str) -> Optional[CrsFacts]:
        try:
            crs = _crs(wkt)
            if not (crs.is_geographic or crs.is_projected):
                return None
            text = crs.to_wkt()
            found = _SPHEROID.search(text)
            if found is None:
                return None
            geodetic = text if crs.is_geographic else _base_geographic(text)
            radians = _crs(geodetic).units_factor[1]
            semi_major = float(found.group(1))
            metres = radians * semi_major if crs.is_geographic else crs.linear_units_factor[1]
            return CrsFacts(crs.is_geographic, semi_major, float(found.group(2)), geodetic, radians, metres)
        except (GdalFailure, RasterioError):
            return None

    def same_crs(self, one: str, other: str) -> bool:
        if one == other:
            return True
        try:
            return bool(_crs(one) == _crs(other))
        except GdalFailure:
            return False

    def wkt(self, text: str) -> str:
        return str(_crs(text).to_wkt())


def _crs(text: str) -> Any:
    try:
        crs = CRS.from_user_input(text) if text else None
    except (RasterioError, ValueError) as error:
        raise GdalFailure(_reason(error)) from error
    if not crs:
        raise GdalFailure("not a coordinate reference system")
    return crs


def _base_geographic(text: str) -> str:
    """The GEOGCS[…] inside the WKT of a projected CRS, found by counting brackets outside quotes."""
    start = text.find("GEOGCS[")
    if start < 0:
        raise GdalFailure("no geographic base in the coordinate reference system")
    depth, quoted = 0, False
    for at in range(start, len(text)):
        quoted ^= text[at] == '"'
        depth += 0 if quoted else (text[at] == "[") - (text[at] == "]")
        if text[at] == "]" and depth == 0:
            return text[start : at + 1]
    raise GdalFailure("the coordinate reference system is cut short")


def _facts(dataset: Any) -> RasterFacts:
    bands = tuple(_band_facts(dataset, number) for number in dataset.indexes)
    if not bands:
        raise GdalFailure("it holds no bands")
    width, height = dataset.width, dataset.height
    sizes = tuple((-(-width // f), -(-height // f)) for f in dataset.overviews(1))
    # rasterio hides whether a geotransform is there: the identity stands for none.
    affine = None if dataset.transform.is_identity else dataset.transform
    tags = {**dataset.tags(), **dataset.tags(ns="IMAGERY")}
    crs = dataset.crs
    return RasterFacts(
        width=width,
        height=height,
        affine=affine,
        crs_wkt=crs.to_wkt() if crs else "",
        bands=bands,
        overviews=sizes,
        block=dataset.block_shapes[0],
        tags={str(k): str(v) for k, v in tags.items()},
        files=tuple(dataset.files),
    )


def _band_facts(dataset: Any, number: int) -> BandFacts:
    dtype = dataset.dtypes[number - 1]
    interpretation = dataset.colorinterp[number - 1]
    palette = None
    if interpretation == ColorInterp.palette:
        colours = dataset.colormap(number)
        palette = np.zeros((max(colours) + 1, 4), np.uint8)
        for index, colour in colours.items():
            palette[index] = colour
    bits = dataset.tags(number, ns="IMAGE_STRUCTURE").get("NBITS")
    flags = dataset.mask_flag_enums[number - 1]
    order = (MaskFlags.all_valid, MaskFlags.alpha, MaskFlags.nodata, MaskFlags.per_dataset)
    names = ("all", "alpha", "nodata", "dataset")
    return BandFacts(
        number=number,
        dtype="complex" if dtype.startswith("complex") else dtype,
        interpretation=interpretation.name,
        description=dataset.descriptions[number - 1] or "",
        nodata=dataset.nodatavals[number - 1],
        mask=next((name for flag, name in zip(order, names) if flag in flags), "band"),
        palette=palette,
        bits=int(bits) if bits else (8 if dtype == "uint8" else 16),
    )
