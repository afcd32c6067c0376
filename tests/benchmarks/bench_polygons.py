"""How long a mask takes to become polygons: ours, GDAL's, a plain loop over vertices, on one mask in this one process.

    python tests/benchmarks/bench_polygons.py [--repeats 3] [--shapes | --many]

Prints one JSON object. The mask is seeded noise, smoothed, of about 62,000 polygons on 4096 × 4096 pixels. All sides
are timed as processor time of this process, in turn, medians: others may keep the machine busy; wall time stands
beside it. The loop is given every contour in pixels and takes each vertex to the map by itself, as a QgsPointXY, then
makes the geometry: what a per-vertex Python loop pays once contours are known. Ours and GDAL trace too. ``geometry``:
ours with a QgsGeometry of each. On a sixteenth of the mask outlines are also traced in plain Python, corner by
corner. ``area_error``: sum of the polygons' areas over pixels × pixel area, minus 1. ``--shapes``: what other
outlines cost. ``--many``: over a million polygons, traced, written to a GeoPackage as the plugin does, and cancelled
once.
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
    """(2 × size, 2 × size) uint8 mask: smoothed noise in blocks of 2 × 2 pixels, ``share`` of it 1."""
    field = np.random.default_rng(seed).standard_normal((size, size)).astype(np.float32)
    for _ in range(smoothing):
        field = (field + np.roll(field, 1, 0) + np.roll(field, -1, 0) + np.roll(field, 1, 1) + np.roll(field, -1, 1)) / 5
    mask = (field > np.quantile(field, 1 - share)).astype(np.uint8)
    return mask.repeat(2, axis=0).repeat(2, axis=1)


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


def per_vertex(polygons):
    """The loop: every vertex of every ring, one at a time."""
    from qgis.core import QgsGeometry, QgsPointXY

    a, b, c, d, e, f = tuple(AFFINE)[:6]
    made = []
    for rings in polygons:
        on_map = []
        for ring in rings:
            points = []
            for x, y in ring:
                points.append(QgsPointXY(a * x + b * y + c, d * x + e * y + f))
            on_map.append(points)
        made.append(QgsGeometry.fromPolygonXY(on_map))
    return made


def traced_by_vertex(mask):
    """Outlines found in plain Python, one corner after the other: what there is without a library. Shells and holes alike."""
    height, width = mask.shape
    rows = [[0] * (width + 2), *([0, *row, 0] for row in mask.tolist()), [0] * (width + 2)]
    leaving = {}
    for y in range(1, height + 2):
        above, here = rows[y - 1], rows[y]
        for x in range(1, width + 2):
            if here[x] != above[x]:
                leaving.setdefault((x, y) if here[x] else (x + 1, y), []).append((x + 1, y) if here[x] else (x, y))
            if here[x] != here[x - 1]:
                leaving.setdefault((x, y + 1) if here[x] else (x, y), []).append((x, y) if here[x] else (x, y + 1))
    rings = []
    while leaving:
        start, ends = leaving.popitem()
        ring, at = [start], ends.pop()
        if ends:
            leaving[start] = ends
        while at != start:
            ring.append(at)
            ends = leaving[at]
            after = ends.pop()
            if not ends:
                del leaving[at]
            at = after
        rings.append(ring)
    return per_vertex([[ring] for ring in rings])


def with_geometry(mask):
    """Ours, to the QgsGeometry."""
    from terralogue.plugin.core.feature_rows import geometry_of

    return [geometry_of(one.rings) for one in ours(mask)]


def timed(work, repeats):
    """Median (processor, wall) seconds, and what the last run gave."""
    processor, wall, found = [], [], None
    for _ in range(repeats):
        found = None
        start = time.process_time(), time.perf_counter()
        found = work()
        processor.append(time.process_time() - start[0])
        wall.append(time.perf_counter() - start[1])
    return (median(processor), median(wall)), found


def compared(repeats):
    """Ours, GDAL's and the loop in turn on the same mask."""
    mask = noise(2048, 3, 0.28)
    back = ~AFFINE
    own, polygons = timed(lambda: ours(mask), repeats)
    theirs, (_source, layer) = timed(lambda: gdal_layer(mask), repeats)
    full, _ = timed(lambda: with_geometry(mask), repeats)
    contours = [[[back * point for point in ring.tolist()] for ring in one.rings] for one in polygons]
    loop, _ = timed(lambda: per_vertex(contours), repeats)
    piece = mask[:1024, :1024]
    plain, _ = timed(lambda: traced_by_vertex(piece), repeats)
    small, _ = timed(lambda: with_geometry(piece), repeats)
    areas = [sum(_shoelace(ring) for ring in one.rings) for one in polygons]
    exact = int(mask.sum()) * abs(AFFINE.determinant)
    seconds = {"ours": own, "ours_with_geometry": full, "gdal": theirs, "loop_after_contours": loop}
    return {
        "polygons": len(polygons), "gdal_polygons": layer.GetFeatureCount(), "pixels": int(mask.sum()),
        "vertices": sum(len(ring) for one in polygons for ring in one.rings),
        "processor_seconds": {name: round(pair[0], 3) for name, pair in seconds.items()},
        "wall_seconds": {name: round(pair[1], 3) for name, pair in seconds.items()},
        "plain_python_over_ours_on_a_sixteenth": round(plain[0] / small[0], 1),
        "gdal_over_ours": round(theirs[0] / own[0], 2),
        "loop_over_ours_with_geometry": round(loop[0] / full[0], 2),
        "gdal_and_loop_over_ours_with_geometry": round((theirs[0] + loop[0]) / full[0], 2),
        "pixel_error": int(sum(one.pixels for one in polygons) - mask.sum()), "area_error": abs(sum(areas)) / exact - 1,
    }


def _shoelace(ring):
    local = ring - ring[0]
    return float((local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]).sum() / 2)


def shapes(repeats):
    """What other outlines cost on the same mask."""
    from terralogue.models.features import FeatureSet, MaskFeature
    from terralogue.models.polygons.options import Shaping
    from terralogue.models.polygons.shaping import shaped

    mask = noise(2048, 3, 0.28)
    items = tuple(MaskFeature(t.rings, "building", 0.5, t.pixels, t.area_m2) for t in ours(mask))
    features = FeatureSet("mask", "", items, "m", "s")
    found = {}
    for name, shaping in (("simplified", Shaping(tolerance=1.0, in_pixels=True)),
                          ("opened", Shaping(min_width=2, in_pixels=True)),
                          ("filled", Shaping(fill_holes=9, in_pixels=True))):  # fmt: skip
        seconds, (_, report) = timed(lambda shaping=shaping: shaped(features, shaping), repeats)
        found[name] = {
            "processor_seconds": round(seconds[0], 2), "polygons": report.polygons,
            "corners": [report.corners_before, report.corners],
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
