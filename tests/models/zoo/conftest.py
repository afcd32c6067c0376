"""Rasters and a view of them; the writer of small ONNX models lies with the tests of mask engines."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "masks")]

rasterio = pytest.importorskip("rasterio", reason="rasterio writes the synthetic rasters: install the group headless")


@pytest.fixture
def view(tmp_path):
    """``view(pixels, nodata=…, gsd=…, region=…)``: (bands, H, W) as a GeoTIFF in UTM 32N, opened as a View."""
    from rasterio.transform import Affine

    from terralogue.models.conversation import View
    from terralogue.models.imagery.opening import open_raster

    opened = []

    def make(pixels, gsd=0.1, nodata=None, region=None, step=None, crs="EPSG:32632"):
        pixels = np.asarray(pixels)
        path = tmp_path / f"raster-{len(opened)}.tif"
        across, down = step or (gsd, gsd)
        with rasterio.open(
            path, "w", driver="GTiff", count=len(pixels), height=pixels.shape[1], width=pixels.shape[2],
            dtype=pixels.dtype, crs=crs, transform=Affine(across, 0, 500000, 0, -down, 5000000), nodata=nodata,
        ) as out:
            out.write(pixels)
        opened.append(open_raster(str(path)))
        return View(opened[-1], region)

    yield make
    for source in opened:
        source.close()
