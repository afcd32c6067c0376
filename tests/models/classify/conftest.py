"""Rasters and encoders in which colours stand for classes."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path += [str(Path(__file__).parents[1] / "retrieval"), str(Path(__file__).parents[1] / "words")]

rasterio = pytest.importorskip("rasterio", reason="rasterio writes the synthetic rasters: install the group headless")


@pytest.fixture
def field(tmp_path):
    """``field(name, height, width, patches)``: a green raster of 1 m pixels in EPSG:32632, with colours on (row, col, side)."""

    def make(name, height, width, patches=(), **options):
        from affine import Affine

        rng = np.random.default_rng(height * 7 + width)
        pixels = np.array([30, 160, 40], np.float32)[:, None, None] + rng.normal(0, 4, (3, height, width))
        for colour, row, col, side in patches:
            pixels[:, row:row + side, col:col + side] = np.array(colour, np.float32)[:, None, None]
        profile = {"driver": "GTiff", "count": 3, "height": height, "width": width, "dtype": "uint8", "crs": "EPSG:32632",
                   "transform": Affine(1, 0, 500000, 0, -1, 5000000), **options}
        with rasterio.open(tmp_path / name, "w", **profile) as out:
            out.write(np.clip(pixels, 0, 255).astype(np.uint8))
        return str(tmp_path / name)

    return make
