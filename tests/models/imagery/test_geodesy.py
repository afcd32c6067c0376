"""Areas and ground sample distances against pyproj's geodesics, which share no formula with the code."""

import numpy as np
import pytest
from affine import Affine
from ellipsoid import pyproj, reference, square

from terralogue.models.imagery.gdal_backends import gdal
from terralogue.models.imagery.geodesy import (
    area_m2,
    areas_m2,
    ground_sample_distance,
    pixel_areas_m2,
    same_crs,
    transform_points,
)
from terralogue.models.imagery.grid import Grid


@pytest.mark.parametrize(
    ("crs", "lon", "lat", "side"),
    [
        ("EPSG:3857", 10, 0, 10),
        ("EPSG:3857", 10, 60, 10),
        ("EPSG:3857", 10, 60, 3),
        ("EPSG:3857", 10, 60, 30000),
        ("EPSG:32632", 11, 47, 10),
        ("EPSG:32632", 11, 47, 20000),
        ("EPSG:4326", 10, 60, 1e-4),
        ("EPSG:4326", 10, 60, 0.5),
        ("EPSG:27700", -2, 53, 100),
        ("EPSG:3031", 30, -80, 5000),
        ("EPSG:31467", 9, 50, 100),
    ],
)
@pytest.mark.parametrize("angle", [0, 37])
def test_area_is_that_of_the_ellipsoid(backend, crs, lon, lat, side, angle):
    x, y = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(lon, lat)
    ring = square(x, y, side, angle)
    assert area_m2([ring], gdal().wkt(crs)) == pytest.approx(reference(ring, crs), rel=1e-6)


def test_holes_are_taken_off_and_many_polygons_keep_their_order(backend):
    wkt = gdal().wkt("EPSG:3857")
    big, hole = square(1e6, 8e6, 100), square(1e6 + 20, 8e6 + 20, 30)
    found = areas_m2([[big, hole], [hole], [], [big[::-1]]], wkt)
    assert found[0] == pytest.approx(found[3] - found[1], rel=1e-9)
    assert np.isnan(found[2])
    assert found[3] == pytest.approx(area_m2([big], wkt), rel=1e-9)


def test_the_antimeridian_and_the_pole_are_no_edge(backend):
    ring = square(*pyproj.Transformer.from_crs(4326, 32660, always_xy=True).transform(179.99, 50), 5000)
    assert area_m2([ring], gdal().wkt("EPSG:32660")) == pytest.approx(reference(ring, "EPSG:32660"), rel=1e-6)
    ring = square(-50000, -50000, 100000)
    assert area_m2([ring], gdal().wkt("EPSG:3031")) == pytest.approx(reference(ring, "EPSG:3031"), rel=3e-6)


@pytest.mark.parametrize("crs", ["", 'LOCAL_CS["site",UNIT["metre",1]]', "nonsense"])
def test_without_an_earth_crs_there_is_no_area(backend, crs):
    assert area_m2([square(0, 0, 10)], crs) is None
    grid = Grid(10, 10, Affine(0.1, 0, 0, 0, -0.1, 0), crs)
    assert ground_sample_distance(grid) is None and pixel_areas_m2(grid, np.zeros((1, 2))) is None


@pytest.mark.parametrize(
    ("crs", "lat", "step", "metres"), [("EPSG:3857", 60, 1.0, 0.5009), ("EPSG:4326", 60, 1e-5, 0.7885)]
)
def test_ground_sample_distance_is_measured_on_the_ground(backend, crs, lat, step, metres):
    x, y = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform(10, lat)
    grid = Grid(100, 100, Affine(step, 0, x, 0, -step, y), gdal().wkt(crs))
    assert ground_sample_distance(grid) == pytest.approx(metres, rel=2e-4)
    centre = square(*(grid.affine * (49.5, 50.5)), step)
    assert ground_sample_distance(grid) ** 2 == pytest.approx(reference(centre, crs), rel=1e-5)


def test_rotation_does_not_change_the_ground_sample_distance(backend):
    wkt = gdal().wkt("EPSG:32632")
    upright = Grid(1, 1, Affine(0.1, 0, 500000, 0, -0.1, 5e6), wkt)
    turned = Grid(1, 1, upright.affine * Affine.rotation(37), wkt)
    assert ground_sample_distance(turned) == pytest.approx(ground_sample_distance(upright), rel=1e-8)


def test_points_are_always_east_first(backend):
    found = transform_points(np.array([[10.0, 60.0]]), gdal().wkt("EPSG:4326"), gdal().wkt("EPSG:3857"))
    np.testing.assert_allclose(found, [[1113194.9079, 8399737.8898]], atol=1e-3)
    with pytest.raises(ValueError):
        transform_points(np.zeros((1, 2)), "nonsense", gdal().wkt("EPSG:3857"))


def test_same_crs_is_about_meaning_not_text(backend):
    one = gdal().wkt("EPSG:32632")
    assert same_crs(one, one.replace("WGS 84 / UTM zone 32N", "zone 32"))
    assert not same_crs(one, gdal().wkt("EPSG:32633"))
    assert not same_crs("", "")
