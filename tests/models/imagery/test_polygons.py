"""Polygons: exact areas under any affine, always valid, holes right, pixels counted once."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.conversation import Region
from terralogue.models.imagery.geodesy import area_m2
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.opening import open_raster
from terralogue.models.imagery.polygons import mask_features, trace
from terralogue.models.imagery.score_store import ScoreStore
from terralogue.models.imagery.stretch import measure_stretch
from terralogue.models.imagery.tiles import blend_tiles, plan_tiles, tile_reader

shapely = pytest.importorskip("shapely", reason="shapely judges the polygons: install the group headless")

PIXELS = Affine.identity()


def plane(labels, affine=PIXELS, crs=""):
    return Grid(labels.shape[1], labels.shape[0], affine, crs)


def polygon(traced):
    return shapely.Polygon(traced.rings[0], traced.rings[1:])


def flooded(mask):
    """4-connected regions by flood fill: slow, and nothing like the code under test."""
    left, regions = {tuple(p) for p in np.argwhere(mask)}, []
    while left:
        todo, region = [left.pop()], set()
        while todo:
            r, c = todo.pop()
            region.add((r, c))
            near = {(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)} & left
            left -= near
            todo += near
        regions.append(region)
    return regions


@pytest.mark.parametrize(
    "affine",
    [
        Affine(0.1, 0, 1000, 0, -0.1, 2000),
        Affine(0.1, 0, 1000, 0, 0.1, 2000),
        Affine.translation(1000, 2000) * Affine.rotation(37) * Affine.scale(0.1, -0.1),
    ],
    ids=["upright", "south-up", "rotated 37°"],
)
def test_a_square_of_ten_thousand_pixels_is_a_hundred_square_metres(affine):
    labels = np.zeros((1024, 1024), np.int32)
    labels[300:400, 500:600] = 1
    (found,) = trace(labels, plane(labels, affine))
    assert found.pixels == 10000 and len(found.rings) == 1 and len(found.rings[0]) == 5
    assert abs(polygon(found).area - 100) <= 1e-9
    corner = affine * (500, 300)
    assert np.abs(found.rings[0] - corner).sum(axis=1).min() < 1e-9


@pytest.mark.parametrize("latitude", [0, 60])
@pytest.mark.parametrize("turn", [Affine.scale(0.1, -0.1), Affine.scale(0.1, 0.1), Affine.rotation(37) * Affine.scale(0.1, -0.1)],
                         ids=["upright", "south-up", "rotated 37°"])
def test_its_ground_area_is_that_of_the_ellipsoid(backend, latitude, turn):
    pyproj = pytest.importorskip("pyproj", reason="pyproj is the independent reference (apt: python3-pyproj)")
    from ellipsoid import reference

    from terralogue.models.imagery.gdal_backends import gdal

    x, y = pyproj.Transformer.from_crs(4326, 3857, always_xy=True).transform(10, latitude)
    labels = np.zeros((300, 300), np.int32)
    labels[100:200, 100:200] = 1
    (found,) = trace(labels, plane(labels, Affine.translation(x, y) * turn, gdal().wkt("EPSG:3857")))
    assert found.pixels == 10000
    assert found.area_m2 == pytest.approx(reference(found.rings[0], "EPSG:3857"), rel=1e-6)
    assert found.area_m2 == pytest.approx({0: 99.33, 60: 25.08}[latitude], abs=0.01), "the map's 100 m² are not the ground's"


def test_non_square_pixels():
    labels = np.ones((100, 100), np.int32)
    (found,) = trace(labels, plane(labels, Affine(0.1, 0, 0, 0, -0.2, 0)))
    assert polygon(found).area == pytest.approx(200, abs=1e-9)


@pytest.mark.parametrize("size", [1, 3, 12, 40])
@pytest.mark.parametrize("classes", [1, 3])
@pytest.mark.parametrize("seed", range(4))
def test_random_masks_match_a_flood_fill(size, classes, seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes + 1, (size, size + 1)).astype(np.int32)
    scores = rng.random(labels.shape)
    found = trace(labels, plane(labels), scores)
    expected = [(v, region) for v in range(1, classes + 1) for region in flooded(labels == v)]
    assert len(found) == len(expected)
    by_pixel = {min(region): (v, region) for v, region in expected}
    for traced in found:
        shape = polygon(traced)
        assert shape.is_valid, shapely.is_valid_reason(shape)
        assert shape.area == traced.pixels
        assert all((ring[0] == ring[-1]).all() for ring in traced.rings)
        left, top = min(traced.rings[0].tolist(), key=lambda p: (p[1], p[0]))
        value, region = by_pixel[(int(top), int(left))]
        assert value == traced.value and len(region) == traced.pixels
        centres = shapely.points([(c + 0.5, r + 0.5) for r, c in region])
        assert shapely.contains(shape, centres).all()
        assert traced.score == pytest.approx(np.mean([scores[p] for p in region]))


def test_a_ring_that_meets_itself_at_a_corner_becomes_shell_and_hole():
    labels = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 0]], np.int32)
    (found,) = trace(labels, plane(labels))
    assert len(found.rings) == 2 and found.pixels == 7
    assert polygon(found).is_valid


def test_diagonal_neighbours_are_two_objects():
    labels = np.eye(5, dtype=np.int32)
    found = trace(labels, plane(labels))
    assert [t.pixels for t in found] == [1] * 5


def test_an_island_in_a_lake_on_an_island():
    labels = np.zeros((9, 9), np.int32)
    labels[1:8, 1:8], labels[2:7, 2:7], labels[3:6, 3:6], labels[4, 4] = 1, 0, 1, 2
    found = sorted(trace(labels, plane(labels)), key=lambda t: t.pixels)
    assert [(t.value, t.pixels, len(t.rings)) for t in found] == [(2, 1, 1), (1, 8, 2), (1, 24, 2)]


def test_touching_labels_leave_no_gap_and_no_overlap():
    labels = np.random.default_rng(3).integers(1, 4, (60, 60)).astype(np.int32)
    tilted = Affine.translation(500000, 5000000) * Affine.rotation(11) * Affine.scale(0.3, -0.3)
    for affine, slack in ((PIXELS, 0.0), (tilted, 1e-6)):
        shapes = [polygon(t) for t in trace(labels, plane(labels, affine))]
        whole = abs(affine.determinant) * labels.size
        assert sum(s.area for s in shapes) == pytest.approx(whole, abs=slack)
        assert shapely.union_all(shapes).area == pytest.approx(whole, abs=slack)


def test_small_regions_can_be_left_out():
    labels = np.zeros((20, 20), np.int32)
    labels[0, 0], labels[5:8, 5:8] = 1, 1
    assert [t.pixels for t in trace(labels, plane(labels), min_pixels=2)] == [9]
    assert trace(np.zeros((5, 5), np.int32), plane(labels[:5, :5])) == []


def test_the_mean_can_be_taken_of_the_plane_of_each_label():
    labels = np.array([[1, 2]], np.int32)
    planes = np.array([[[0.1, 0.2]], [[0.3, 0.4]]])
    assert [t.score for t in trace(labels, plane(labels), planes)] == pytest.approx([0.1, 0.4])


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32632", "EPSG:4326"])
def test_ground_areas_equal_those_of_the_polygons(backend, crs):
    from terralogue.models.imagery.gdal_backends import gdal
    from terralogue.models.imagery.geodesy import transform_points

    wkt = gdal().wkt(crs)
    x, y = transform_points(np.array([[9.5, 60.0]]), gdal().wkt("EPSG:4326"), wkt)[0]
    step = 1e-5 if crs == "EPSG:4326" else 1.0
    labels = (np.random.default_rng(0).random((500, 500)) > 0.55).astype(np.int32)
    labels[:, 230:250] = 1
    labels[130:430] |= np.random.default_rng(1).random((300, 500)) > 0.4
    affine = Affine.translation(x, y) * Affine.rotation(20) * Affine.scale(step * 6, -step * 6)
    found = trace(labels, plane(labels, affine, wkt), min_pixels=50)
    largest = max(found, key=lambda t: t.pixels)
    assert np.ptp(largest.rings[0], axis=0).max() / step > 2000  # beyond the short cut for small ones
    for traced in [largest, *found[:20]]:
        assert traced.area_m2 == pytest.approx(area_m2(traced.rings, wkt), rel=1e-6)


def test_without_crs_there_is_no_ground_area():
    labels = np.ones((2, 2), np.int32)
    assert trace(labels, plane(labels))[0].area_m2 is None


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
def test_from_raster_to_polygon_every_dtype_gives_the_same_square(backend, write, dtype):
    content = np.full((3, 1024, 1024), 30.0)
    content[:, 300:400, 500:600] = 200
    nodata = {"uint8": 0, "uint16": 65535, "float32": float("nan")}[dtype]
    pixels = (content * (1 if dtype == "uint8" else 10)).astype(dtype)
    pixels[:, :, 900:] = nodata
    source = open_raster(write("a.tif", pixels, nodata=nodata))
    with ScoreStore.create(None, source.grid, ("bright",)) as store:
        plan = plan_tiles((1024, 1024), 256, 64)
        read = tile_reader(source, measure_stretch(source))
        blend_tiles(read, lambda x: x.mean(axis=1, keepdims=True), plan, store, 4)
        (found,) = mask_features(store, "bright", 0.5)
    assert found.pixels == 10000
    # At 5,000 km from the origin a coordinate's last bit is 1e-9 m; the area of 10 m sides follows to 1e-7.
    assert abs(polygon(found).area - 100) < 1e-6
    assert found.area_m2 == pytest.approx(100 / 0.9996**2, rel=1e-6)


def test_a_region_cuts_by_pixel_centres(backend):
    grid = Grid(600, 700, Affine(1, 0, 0, 0, -1, 0), "")
    with ScoreStore.create(None, grid, ("a", "b")) as store:
        store.write(grid.window, np.stack([np.full((700, 600), 0.9), np.full((700, 600), 0.95)]))
        ring = np.array([[10.4, -10.4], [20.6, -10.4], [20.6, -600.2], [10.4, -600.2], [10.4, -10.4]])
        (found,) = mask_features(store, "a", 0.5, region=Region(((ring,),)))
        assert found.pixels == 11 * 590  # centres 10.5 … 20.5 by 10.5 … 599.5
        assert found.score == pytest.approx(0.9, abs=0.002)
        np.testing.assert_array_equal(found.rings[0].min(axis=0), (10, -600))
        assert mask_features(store, "a", 0.5, rule="winner") == []
        assert mask_features(store, "b", 0.5, rule="winner", min_pixels=600 * 700 + 1) == []
        far = Region(((ring + 5000,),))
        assert mask_features(store, "a", region=far) == []
        with pytest.raises(KeyError, match="water"):
            mask_features(store, "water")


def test_thresholds_move_without_the_model(backend):
    grid = Grid(300, 300, PIXELS, "")
    scores = np.tile(np.linspace(0, 1, 300, dtype=np.float32), (1, 300, 1))
    with ScoreStore.create(None, grid, ("a",)) as store:
        store.write(grid.window, scores)
        counts = [sum(f.pixels for f in mask_features(store, 0, t)) for t in (0.1, 0.5, 0.9)]
    assert counts == sorted(counts, reverse=True) and counts[1] == pytest.approx(45000, rel=0.01)


def test_ten_thousand_polygons_are_those_of_gdal():
    osgeo = pytest.importorskip("osgeo.gdal", reason="GDAL's own polygoniser is the measure")
    from osgeo import ogr

    rng = np.random.default_rng(0)
    wave = np.fft.fftfreq(2048)[:, None] ** 2 + np.fft.rfftfreq(2048)[None] ** 2
    field = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((2048, 2048))) * np.exp(-2 * wave * (np.pi * 2.2) ** 2))
    labels = (field > 0.8 * field.std()).astype(np.uint8)
    found = trace(labels, plane(labels), field.astype(np.float32))
    memory = osgeo.GetDriverByName("MEM").Create("", 2048, 2048, 1, osgeo.GDT_Byte)
    memory.GetRasterBand(1).WriteArray(labels)
    source = ogr.GetDriverByName("Memory").CreateDataSource("a")
    layer = source.CreateLayer("a")
    osgeo.Polygonize(memory.GetRasterBand(1), memory.GetRasterBand(1), layer, -1, [])
    assert len(found) == layer.GetFeatureCount() > 10000
    sizes = sorted(round(feature.GetGeometryRef().Area()) for feature in layer)
    assert sorted(t.pixels for t in found) == sizes
