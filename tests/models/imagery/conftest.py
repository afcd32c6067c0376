"""Synthetic rasters, and every test once per way to reach GDAL. Helpers of this folder are imported by name."""

import sys
from pathlib import Path
from typing import Any, Callable

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parent))

rasterio = pytest.importorskip("rasterio", reason="rasterio writes the synthetic rasters: install the group headless")


@pytest.fixture(params=["osgeo", "rasterio"])
def backend(request, monkeypatch) -> str:
    """Runs the test over both backends; both can be loaded in one process."""
    pytest.importorskip(request.param)
    monkeypatch.setenv("TERRALOGUE_GDAL", request.param)
    return request.param


@pytest.fixture
def write(tmp_path) -> Callable[..., str]:
    """``write(name, pixels (bands, H, W), affine=…, crs=…, **creation options)`` → path."""

    def make(name: str, pixels: np.ndarray, **options: Any) -> str:
        return write_raster(tmp_path / name, pixels, **options)

    return make


def write_raster(path: Path, pixels: np.ndarray, **options: Any) -> str:
    """A GeoTIFF in EPSG:32632 with 0.1 m pixels unless told otherwise; ``colours``, ``names``, ``mask``, ``palette``,
    ``tags``, ``overviews`` describe it further."""
    from rasterio.enums import ColorInterp, Resampling
    from rasterio.transform import Affine

    pixels = np.asarray(pixels)
    extra = {k: options.pop(k, None) for k in ("colours", "names", "mask", "palette", "tags", "overviews")}
    profile = {
        "driver": "GTiff",
        "count": pixels.shape[0],
        "height": pixels.shape[1],
        "width": pixels.shape[2],
        "dtype": pixels.dtype,
        "crs": "EPSG:32632",
        "transform": Affine(0.1, 0, 500000, 0, -0.1, 5000000),
    }
    profile["transform"] = options.pop("affine", profile["transform"])
    profile.update(options)
    if profile["transform"] is None:
        del profile["transform"]
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "w", **profile) as out:
        if extra["colours"]:
            out.colorinterp = [ColorInterp[c] for c in extra["colours"]]
        for number, name in enumerate(extra["names"] or (), 1):
            out.set_band_description(number, name)
        out.update_tags(**(extra["tags"] or {}))
        out.write(pixels)
        if extra["mask"] is not None:
            out.write_mask(extra["mask"])
        if extra["palette"]:
            out.write_colormap(1, extra["palette"])
        if extra["overviews"]:
            out.build_overviews(extra["overviews"], Resampling.average)
    return str(path)


@pytest.fixture
def noise() -> Callable[..., np.ndarray]:
    """``noise(bands, H, W, dtype)``: seeded, over most of the dtype's range."""

    def make(bands: int, height: int, width: int, dtype: str = "uint8", seed: int = 0) -> np.ndarray:
        rng = np.random.default_rng(seed)
        if np.dtype(dtype).kind == "f":
            return rng.normal(100, 30, (bands, height, width)).astype(dtype)
        top = min(np.iinfo(dtype).max, 60000)
        return rng.integers(1, top, (bands, height, width)).astype(dtype)

    return make
