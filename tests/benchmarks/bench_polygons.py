"""How long a mask takes to become polygons: ours, GDAL's, a plain loop over vertices, on one mask in this one process.

    python tests/benchmarks/bench_polygons.py [--repeats 3] [--many]

Prints one JSON object. The mask is seeded noise, smoothed, of about 62,000 polygons on 4096 × 4096 pixels. The loop
takes what GDAL traced and does to every vertex what a per-vertex Python loop does: pixel to map, one point at a time.
``area_error``: sum of the polygons' areas over pixels × pixel area, minus 1, exact arithmetic apart. ``--many``: over a
million polygons instead, traced, written to a GeoPackage as the plugin does and cancelled once, in a process of its own.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from affine import Affine

AFFINE = Affine(0.1, 0, 500000, 0, -0.1, 5000000)


def noise(size, smoothing, share, seed=0):
    """(size, size) uint8 mask: smoothed noise, ``share`` of it 1."""
    field = np.random.default_rng(seed).standard_normal((size, size)).astype(np.float32)
    for _ in range(smoothing):
        field = (field + np.roll(field, 1, 0) + np.roll(field, -1, 0) + np.roll(field, 1, 1) + np.roll(field, -1, 1)) / 5
    return (field > np.quantile(field, 1 - share)).astype(np.uint8)


def ours(mask):
    """Traced polygons, with exact pixels, mean score and area."""
    from terralogue.models.imagery.grid import Grid
    from terralogue.models.imagery.polygons import trace

    return trace(mask, Grid(mask.shape[1], mask.shape[0], AFFINE, ""))


def gdal_layer(mask):
    """``osgeo.gdal.Polygonize`` into a memory layer, background masked out."""
    from osgeo import gdal, ogr

    height, width = mask.shape
    raster = gdal.GetDriverByName("MEM").Create("", width, height, 1, gdal.GDT_Byte)
    raster.SetGeoTransform(AFFINE.to_gdal())
    band = raster.GetRasterBand(1)
    band.WriteArray(mask)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("polygons", geom_type=ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("value", ogr.OFTInteger))
    gdal.Polygonize(band, band, layer, 0)
    return source, layer


def per_vertex(rings):
    """The loop: every vertex of every ring, one at a time."""
    a, b, c, d, e, f = tuple(AFFINE)[:6]
    polygons = []
    for ring in rings:
        points = []
        for x, y in ring:
            points.append((a * x + b * y + c, d * x + e * y + f))
        polygons.append(points)
    return polygons


def timed(work, repeats):
    """Median seconds, and what the last run gave."""
    seconds, found = [], None
    for _ in range(repeats):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return median(seconds), found


def compared(repeats):
    """Ours, GDAL's and the loop in turn on the same mask."""
    mask = noise(4096, 3, 0.35)
    own, polygons = timed(lambda: ours(mask), repeats)
    theirs, (_source, layer) = timed(lambda: gdal_layer(mask), repeats)
    pixels = ~AFFINE
    rings = []
    for feature in layer:
        geometry = feature.GetGeometryRef()
        rings += [
            [pixels * point for point in geometry.GetGeometryRef(number).GetPoints()]
            for number in range(geometry.GetGeometryCount())
        ]
    layer.ResetReading()
    loop, _ = timed(lambda: per_vertex(rings), repeats)
    areas = [abs(sum(_shoelace(ring) for ring in one.rings)) for one in polygons]
    exact = int(mask.sum()) * AFFINE.a * -AFFINE.e
    return {
        "polygons": len(polygons), "gdal_polygons": layer.GetFeatureCount(), "pixels": int(mask.sum()),
        "vertices": sum(map(len, rings)), "seconds": round(own, 3), "gdal_seconds": round(theirs, 3),
        "loop_seconds": round(loop, 3), "gdal_and_loop_seconds": round(theirs + loop, 3),
        "loop_over_ours": round((theirs + loop) / own, 2), "gdal_over_ours": round(theirs / own, 2),
        "pixel_error": int(sum(one.pixels for one in polygons) - mask.sum()), "area_error": sum(areas) / exact - 1,
    }


def _shoelace(ring):
    local = ring - ring[0]
    return float((local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]).sum() / 2)


def shapes(repeats):
    """What other outlines cost on the same mask."""
    from terralogue.models.features import FeatureSet, MaskFeature
    from terralogue.models.polygons.options import Shaping
    from terralogue.models.polygons.shaping import shaped

    mask = noise(4096, 3, 0.35)
    items = tuple(MaskFeature(t.rings, "building", 0.5, t.pixels, t.area_m2) for t in ours(mask))
    features = FeatureSet("mask", "", items, "m", "s")
    found = {}
    for name, shaping in (("simplified", Shaping(tolerance=1.0, in_pixels=True)),
                          ("opened", Shaping(min_width=2, in_pixels=True)),
                          ("filled", Shaping(fill_holes=9, in_pixels=True))):  # fmt: skip
        seconds, (_, report) = timed(lambda shaping=shaping: shaped(features, shaping), repeats)
        found[name] = {
            "seconds": round(seconds, 2), "polygons": report.polygons, "corners": [report.corners_before, report.corners],
            "area_error": round(report.area_error, 6), "largest_error": round(report.largest_error, 4),
        }
    return found


def many():
    """Over a million polygons: traced, written, cancelled."""
    from qgis.core import QgsApplication

    app = QgsApplication([], False)
    app.initQgis()
    from terralogue.models.cancel import CancelToken
    from terralogue.models.errors import Cancelled
    from terralogue.models.features import FeatureSet, MaskFeature
    from terralogue.plugin.core.result_files import write_geopackage

    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mask = np.zeros((4096, 4096), np.uint8)
    mask[::4, ::4] = mask[1::4, ::4] = mask[::4, 1::4] = 1
    start = time.perf_counter()
    found = ours(mask)
    items = tuple(MaskFeature(t.rings, "building", 0.5, t.pixels, t.area_m2) for t in found)
    del found
    traced = time.perf_counter() - start
    features = FeatureSet("mask", "", items, "m", "s")
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        path = write_geopackage(features, Path(folder) / "many.gpkg")
        written, size = time.perf_counter() - start, path.stat().st_size
        token = CancelToken()
        import threading

        asked = []
        threading.Timer(5.0, lambda: (asked.append(time.perf_counter()), token.cancel())).start()
        try:
            write_geopackage(features, Path(folder) / "cancelled.gpkg", token)
        except Cancelled:
            stopped = time.perf_counter() - asked[0]
        left = sorted(one.name for one in Path(folder).iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "polygons": len(items), "trace_seconds": round(traced, 2), "write_seconds": round(written, 1),
        "file_mb": round(size / 1e6, 1), "peak_rss_mb_above_start": round((peak - base) / 1024),
        "bytes_per_polygon": round((peak - base) * 1024 / len(items)), "cancel_seconds": round(stopped, 3), "left": left,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--shapes", action="store_true")
    given = parser.parse_args()
    print(json.dumps(many() if given.many else shapes(given.repeats) if given.shapes else compared(given.repeats), indent=1))
