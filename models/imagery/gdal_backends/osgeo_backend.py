"""GDAL through osgeo: what QGIS itself runs on. Works whether or not somebody switched GDAL's exceptions on."""

import threading
from contextlib import contextmanager
from typing import Any, Dict, Iterator, Optional, Sequence, Tuple

import numpy as np
from affine import Affine
from osgeo import gdal, osr

from ..grid import Grid, Window
from .protocol import BandFacts, CrsFacts, GdalFailure, OpenRaster, RasterFacts, TiledRaster

_DTYPES = {
    "Byte": "uint8",
    "Int8": "int8",
    "UInt16": "uint16",
    "Int16": "int16",
    "UInt32": "uint32",
    "Int32": "int32",
    "UInt64": "uint64",
    "Int64": "int64",
    "Float16": "float16",
    "Float32": "float32",
    "Float64": "float64",
}


@contextmanager
def _quiet(reason: str = "GDAL gave no reason") -> Iterator[None]:
    """Keep GDAL off stderr and turn its RuntimeError (exceptions switched on elsewhere) into :class:`GdalFailure`."""
    # The handler stack and the last error are per thread, so this touches nobody else's error handling.
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    gdal.ErrorReset()
    try:
        yield
    except RuntimeError as error:
        raise GdalFailure(str(error) or reason) from error
    finally:
        gdal.PopErrorHandler()


def _failure(what: str) -> GdalFailure:
    return GdalFailure(gdal.GetLastErrorMsg() or what)


def _checked(result: Any, what: str) -> Any:
    """``result`` unless GDAL returned nothing, or left an error behind: a short read may still hand out an array."""
    if result is None or gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise _failure(what)
    return result


#: Bytes read from one dataset after which its blocks are dropped: GDAL's cache is shared with QGIS and takes 5 % of
#: the machine's memory before it drops any.
_FORGET_AFTER = 32 * 2**20
#: The same for scores: they are read once, top down, and three files of them at a time.
_FORGET_SCORES = 16 * 2**20


class _Raster:
    """A dataset and its overviews."""

    _remembered = 0

    def __init__(self, path: str) -> None:
        with _quiet():
            self._dataset = _checked(gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_READONLY), "not a raster GDAL can open")
            self.facts = _facts(self._dataset)

    def _band(self, number: int, level: int) -> Any:
        band = self._dataset.GetRasterBand(number)
        return band if level < 0 else band.GetOverview(level)

    def read(self, bands: Sequence[int], window: Window, level: int) -> np.ndarray:
        box = window.col, window.row, window.width, window.height
        with _quiet():
            planes = [_checked(self._band(b, level).ReadAsArray(*box), "pixels cannot be read") for b in bands]
        out = planes[0][None] if len(planes) == 1 else np.stack(planes)
        self._remembered += out.nbytes
        if self._remembered > _FORGET_AFTER:
            self._remembered = 0
            with _quiet():
                self._dataset.FlushCache()
        if self.facts.bands[bands[0] - 1].dtype == "int8" and out.dtype == np.uint8:
            return out.view(np.int8)  # before 3.7 GDAL knows signed bytes only as metadata
        return out

    def read_mask(self, band: int, window: Window, level: int) -> np.ndarray:
        box = window.col, window.row, window.width, window.height
        with _quiet():
            mask: np.ndarray = _checked(self._band(band, level).GetMaskBand().ReadAsArray(*box), "mask cannot be read")
        return mask

    def close(self) -> None:
        self._dataset = None


class _Tiled:
    """The score raster while it is written, and after."""

    _remembered = 0

    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset

    def write(self, window: Window, values: np.ndarray) -> None:
        with _quiet():
            for number, plane in enumerate(values, 1):
                band = self._dataset.GetRasterBand(number)
                status = band.WriteArray(np.ascontiguousarray(plane), window.col, window.row)
                if status != gdal.CE_None or gdal.GetLastErrorType() >= gdal.CE_Failure:
                    raise _failure("scores cannot be written")
                band.FlushCache()
                if gdal.GetLastErrorType() >= gdal.CE_Failure:
                    raise _failure("scores cannot be written")

    def read(self, window: Window) -> np.ndarray:
        with _quiet():
            out = _checked(
                self._dataset.ReadAsArray(window.col, window.row, window.width, window.height), "scores cannot be read"
            )
            self._remembered += out.nbytes
            if self._remembered > _FORGET_SCORES:
                self._remembered = 0
                self._dataset.FlushCache()
        return out[None] if out.ndim == 2 else out

    def close(self) -> None:
        if self._dataset is None:
            return
        with _quiet():
            self._dataset.FlushCache()
            failed = gdal.GetLastErrorType() >= gdal.CE_Failure
            message = gdal.GetLastErrorMsg()
            self._dataset = None
            if failed or gdal.GetLastErrorType() >= gdal.CE_Failure:
                raise GdalFailure(message or gdal.GetLastErrorMsg() or "scores cannot be written")


class OsgeoGdal:
    """See :class:`protocol.Gdal`."""

    name = "osgeo"

    def __init__(self) -> None:
        self._local = threading.local()

    def open(self, path: str) -> OpenRaster:
        return _Raster(path)

    def create(self, path: str, grid: Grid, labels: Sequence[str], nodata: int, tags: Dict[str, str]) -> TiledRaster:
        options = ["TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", "ZLEVEL=1", "BIGTIFF=IF_SAFER"]
        options += ["INTERLEAVE=BAND", "SPARSE_OK=TRUE"]
        with _quiet():
            driver = gdal.GetDriverByName("GTiff")
            dataset = driver.Create(path, grid.width, grid.height, len(labels), gdal.GDT_Byte, options)
            _checked(dataset, "the score raster cannot be created")
            dataset.SetGeoTransform(grid.affine.to_gdal())
            if grid.crs_wkt:
                dataset.SetProjection(grid.crs_wkt)
            dataset.SetMetadata(dict(tags))
            for number, label in enumerate(labels, 1):
                band = dataset.GetRasterBand(number)
                band.SetNoDataValue(nodata)
                band.SetDescription(label)
        return _Tiled(dataset)

    def reopen(self, path: str) -> TiledRaster:
        with _quiet():
            return _Tiled(_checked(gdal.OpenEx(path, gdal.OF_RASTER), "the score raster cannot be opened"))

    def transform(self, points: np.ndarray, from_wkt: str, to_wkt: str) -> np.ndarray:
        with _quiet():
            found = self._transformation(from_wkt, to_wkt).TransformPoints(np.asarray(points, np.float64).tolist())
        return np.asarray(found, np.float64).reshape(-1, 3)[:, :2]

    def _transformation(self, from_wkt: str, to_wkt: str) -> Any:
        # Building one takes milliseconds and it may not cross threads: kept per thread, a few pairs.
        known = getattr(self._local, "transformations", None)
        if known is None or len(known) > 16:
            known = self._local.transformations = {}
        key = (from_wkt, to_wkt)
        if key not in known:
            known[key] = _checked(osr.CoordinateTransformation(_srs(from_wkt), _srs(to_wkt)), "no transformation")
        return known[key]

    def crs(self, wkt: str) -> Optional[CrsFacts]:
        try:
            with _quiet():
                srs = _srs(wkt)
                geographic = bool(srs.IsGeographic())
                if not (geographic or srs.IsProjected()):
                    return None
                geodetic = srs.CloneGeogCS()
                radians = geodetic.GetAngularUnits()
                metres = radians * srs.GetSemiMajor() if geographic else srs.GetLinearUnits()
                return CrsFacts(
                    geographic, srs.GetSemiMajor(), srs.GetInvFlattening(), geodetic.ExportToWkt(), radians, metres
                )
        except GdalFailure:
            return None

    def same_crs(self, one: str, other: str) -> bool:
        if one == other:
            return True
        try:
            with _quiet():
                options = ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT"]
                return bool(_srs(one).IsSame(_srs(other), options))
        except GdalFailure:
            return False

    def wkt(self, text: str) -> str:
        with _quiet():
            return str(_srs(text).ExportToWkt())


def _srs(text: str) -> Any:
    srs = osr.SpatialReference()
    if not text or srs.SetFromUserInput(text) != 0:
        raise GdalFailure("not a coordinate reference system")
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def _facts(dataset: Any) -> RasterFacts:
    transform = dataset.GetGeoTransform(can_return_null=True)
    first = dataset.GetRasterBand(1)
    if first is None:
        raise GdalFailure("it holds no bands")
    overviews = tuple((o.XSize, o.YSize) for o in (first.GetOverview(i) for i in range(first.GetOverviewCount())))
    block = first.GetBlockSize()
    tags = dict(dataset.GetMetadata() or {})
    tags.update(dataset.GetMetadata("IMAGERY") or {})
    return RasterFacts(
        width=dataset.RasterXSize,
        height=dataset.RasterYSize,
        affine=None if transform is None else Affine.from_gdal(*transform),
        crs_wkt=dataset.GetProjectionRef() or "",
        bands=tuple(_band_facts(dataset.GetRasterBand(n)) for n in range(1, dataset.RasterCount + 1)),
        overviews=overviews,
        block=(block[1], block[0]),
        tags={str(k): str(v) for k, v in tags.items()},
        files=tuple(dataset.GetFileList() or ()),
    )


def _band_facts(band: Any) -> BandFacts:
    name = gdal.GetDataTypeName(band.DataType)
    dtype = _DTYPES.get(name, "complex" if name.startswith("C") else name.lower())
    if dtype == "uint8" and band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") == "SIGNEDBYTE":
        dtype = "int8"
    table = band.GetColorTable()
    palette = None
    if table is not None and band.GetColorInterpretation() == gdal.GCI_PaletteIndex:
        palette = np.array([table.GetColorEntry(i) for i in range(table.GetCount())], np.uint8).reshape(-1, 4)
    bits = band.GetMetadataItem("NBITS", "IMAGE_STRUCTURE")
    return BandFacts(
        number=band.GetBand(),
        dtype=dtype,
        interpretation=gdal.GetColorInterpretationName(band.GetColorInterpretation()).lower(),
        description=band.GetDescription() or "",
        nodata=_nodata(band),
        mask=_mask_kind(band.GetMaskFlags()),
        palette=palette,
        bits=int(bits) if bits else gdal.GetDataTypeSize(band.DataType),
    )


def _nodata(band: Any) -> Optional[float]:
    value = band.GetNoDataValue()
    return None if value is None else value


def _mask_kind(flags: int) -> str:
    kinds: Tuple[Tuple[int, str], ...] = (
        (gdal.GMF_ALL_VALID, "all"),
        (gdal.GMF_ALPHA, "alpha"),
        (gdal.GMF_NODATA, "nodata"),
        (gdal.GMF_PER_DATASET, "dataset"),
    )
    return next((kind for flag, kind in kinds if flags & flag), "band")
