"""Small rasters in which colours stand at known places."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parent))

rasterio = pytest.importorskip("rasterio", reason="rasterio writes the synthetic rasters: install the group headless")


@pytest.fixture
def field(tmp_path):
    """``field(name, height, width, patches)``: a green raster of 1 m pixels in EPSG:32632, with colours on (row, col, side)."""

    def make(name: str, height: int, width: int, patches: Any = (), **options: Any) -> str:
        from rasterio.transform import Affine

        rng = np.random.default_rng(height * 7 + width)
        pixels = np.stack([np.full((height, width), value, np.float32) for value in (30, 160, 40)])
        pixels += rng.normal(0, 4, pixels.shape)
        for colour, row, col, side in patches:
            pixels[:, row:row + side, col:col + side] = np.array(colour, np.float32)[:, None, None]
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        profile = {"driver": "GTiff", "count": 3, "height": height, "width": width, "dtype": "uint8",
                   "crs": "EPSG:32632", "transform": Affine(1, 0, 500000, 0, -1, 5000000), "tiled": True, **options}
        profile = {key: value for key, value in profile.items() if value is not None}
        with rasterio.open(path, "w", **profile) as out:
            out.write(np.clip(pixels, 0, 255).astype(np.uint8))
        return str(path)

    return make
