"""Two dates of a small made-up town as GeoTIFFs, for runs without a real scene: roofs, roads, trees, a pond."""

from pathlib import Path

import numpy as np
from osgeo import gdal, osr

SIZE, GSD = 640, 0.5


def write_scene(folder: Path) -> tuple:
    """Write before.tif and after.tif (EPSG:32632, 0.5 m, uint8 RGB); the second date has four more houses."""
    folder.mkdir(parents=True, exist_ok=True)
    houses = [(90 + 110 * i, 80 + 120 * j) for i in range(4) for j in range(3)]
    new = [(90 + 110 * i, 450) for i in range(4)]
    before = _write(folder / "before.tif", _paint(houses, 1), "2018:06:01 10:00:00")
    after = _write(folder / "after.tif", _paint(houses + new, 2), "2022:06:01 10:00:00")
    return before, after


def _paint(houses, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed)
    image = np.empty((SIZE, SIZE, 3))
    image[:] = (96, 122, 70)
    rows, cols = np.mgrid[:SIZE, :SIZE]
    image[((rows - 560) / 50.0) ** 2 + ((cols - 110) / 80.0) ** 2 < 1] = (38, 62, 84)
    image[:, 60:76] = (128, 126, 122)
    image[300:316] = (128, 126, 122)
    for index in range(60):
        row, col = np.random.default_rng(100 + index).integers(20, SIZE - 20, 2)
        image[(rows - row) ** 2 + (cols - col) ** 2 < 64] = (44, 74, 38)
    for col, row in houses:
        image[row + 6 : row + 40, col + 6 : col + 46] = (50, 52, 48)
        image[row : row + 34, col : col + 20] = (176, 92, 70)
        image[row : row + 34, col + 20 : col + 40] = (142, 70, 54)
    return np.clip(image + noise.normal(0, 6, image.shape), 1, 255).astype("uint8")


def _write(path: Path, image: np.ndarray, time: str) -> Path:
    made = gdal.GetDriverByName("GTiff").Create(str(path), SIZE, SIZE, 3, gdal.GDT_Byte, ["COMPRESS=DEFLATE"])
    made.SetGeoTransform((500000, GSD, 0, 5400000, 0, -GSD))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32632)
    made.SetProjection(reference.ExportToWkt())
    made.SetMetadataItem("TIFFTAG_DATETIME", time)
    for band in range(3):
        made.GetRasterBand(band + 1).WriteArray(image[..., band])
    made.FlushCache()
    return path
