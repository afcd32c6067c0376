"""Pictures of a report: the scale bar is as long as it says, north is where it is, layers that went are said to be gone."""

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle
from qgis.PyQt.QtGui import QColor, QImage

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.plugin.core.layer_copies import LayerCopy
from terralogue.plugin.core.projections import wkt_of
from terralogue.plugin.core.report.drawing import SIDE, draw
from terralogue.plugin.core.report.ground import metres_per_pixel, north_angle
from terralogue.plugin.core.report.map_signs import LONGEST, paint_scale_bar
from terralogue.plugin.core.report.scale_bar import scale_bar
from terralogue.plugin.core.report.scene import Objects, Scene
from terralogue.plugin.core.tasks import RunTask

UTM = "EPSG:32632"


@pytest.mark.parametrize(
    "pixel, longest, system, length, unit",
    [
        (0.3, 300, "metric", 50, "m"),
        (1.0, 1000, "metric", 1, "km"),
        (1.0, 999.9, "metric", 500, "m"),
        (12.3, 300, "metric", 2, "km"),
        (0.3, 300, "imperial", 200, "ft"),
        (10.0, 200, "imperial", 1, "mi"),
        (1e-4, 100, "metric", 0.01, "m"),
    ],
)
def test_a_scale_bar_is_the_longest_round_length_that_fits(pixel, longest, system, length, unit):
    bar = scale_bar(pixel, longest, system)
    assert (bar.length, bar.unit) == (pytest.approx(length), unit)
    assert bar.pixels * pixel == pytest.approx(bar.metres) and longest / 2.5 <= bar.pixels * (1 + 1e-9)
    assert bar.pixels <= longest * (1 + 1e-9)


@pytest.mark.parametrize("pixel, longest", [(0, 100), (-1, 100), (float("nan"), 100), (float("inf"), 100), (1, 0)])
def test_a_scale_bar_without_a_scale_is_an_error(pixel, longest):
    with pytest.raises(ValueError):
        scale_bar(pixel, longest)


def test_the_painted_bar_is_as_long_as_the_ground_it_stands_for(qgis_app):
    image = QImage(800, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    bar = scale_bar(0.25, LONGEST * 800)
    box = paint_scale_bar(image, bar, 2.0)
    assert box.width() == pytest.approx(bar.metres / 0.25)
    row = [QColor(image.pixel(x, int(box.top()))).lightness() for x in range(800)]
    dark = [x for x, light in enumerate(row) if light < 60]
    assert dark[0] == pytest.approx(box.left(), abs=1) and dark[-1] + 1 == pytest.approx(box.right(), abs=1)


def test_ground_in_a_pixel_is_that_of_the_ellipsoid(qgis_app):
    """At 60° N a Web Mercator metre is half a metre of ground; on the central meridian UTM is 0.04 % short."""
    y = QgsCoordinateReferenceSystem("EPSG:3857")
    high = QgsRectangle(0, 8_399_738, 1000, 8_400_738)
    assert metres_per_pixel(high, y, 1000) == pytest.approx(0.5, rel=0.005)
    utm = QgsRectangle(500_000 - 50, 5_000_000, 500_000 + 50, 5_000_100)
    assert metres_per_pixel(utm, QgsCoordinateReferenceSystem(UTM), 100) == pytest.approx(1 / 0.9996, rel=1e-5)
    assert metres_per_pixel(utm, QgsCoordinateReferenceSystem(), 100) is None


def test_north_turns_with_the_meridians(qgis_app):
    utm = QgsCoordinateReferenceSystem(UTM)
    middle = QgsRectangle(499_950, 5_000_000, 500_050, 5_000_100)
    assert north_angle(middle, utm) == pytest.approx(0, abs=0.01)
    # East of the central meridian true north lies to the left of grid north: the convergence, 2.2° at 45° N, 3.1° E of it.
    east = QgsRectangle(740_000, 5_000_000, 740_100, 5_000_100)
    assert north_angle(east, utm) == pytest.approx(-2.15, abs=0.1)
    assert north_angle(middle, QgsCoordinateReferenceSystem()) is None


def drawn(scene, finish, system="metric"):
    outcome = finish(RunTask("draw", lambda progress, cancel: draw(scene, cancel, system)))
    assert outcome.ok, outcome.message + outcome.details
    picture = outcome.result
    image = QImage.fromData(picture.data)
    assert (image.width(), image.height()) == (picture.width, picture.height)
    return picture, image


def polygons(crs):
    ring = np.array([(500_050, 5_000_020), (500_150, 5_000_020), (500_150, 5_000_080), (500_050, 5_000_080),
                     (500_050, 5_000_020)], dtype=float)  # fmt: skip
    return FeatureSet("mask", wkt_of(crs), (MaskFeature((ring,), "water", 0.9, 6000, 6000.0),), "Nano", "scene")


def test_a_scene_is_drawn_with_its_objects_and_says_where_it_is(qgis_app, raster, finish):
    layer = raster(np.full((3, 100, 200), 120, np.uint8))
    scene = Scene("Before", (LayerCopy(layer),), layer.extent(), layer.crs(), Objects(polygons(layer.crs())), None, ("scene",))
    picture, image = drawn(scene, finish)
    assert picture.width == SIDE and picture.height == SIDE // 2
    assert picture.lines[0] == "scene" and "EPSG:32632" in picture.lines[1] and "500,200.0" in picture.lines[2]
    inside, outside = QColor(image.pixel(SIDE // 2, SIDE // 4)), QColor(image.pixel(20, 20))
    assert outside.blue() == pytest.approx(120, abs=6) and inside.blue() > inside.red() + 30


def test_objects_of_another_reference_system_lie_where_they_are(qgis_app, raster, finish):
    layer = raster(np.full((3, 100, 200), 120, np.uint8))
    lonlat = QgsCoordinateReferenceSystem("EPSG:4326")
    from terralogue.plugin.core.projections import reproject_extent

    extent = reproject_extent(layer.extent(), layer.crs(), lonlat, "scene")
    scene = Scene("View", (LayerCopy(layer),), extent, lonlat, Objects(polygons(layer.crs())))
    picture, image = drawn(scene, finish)
    middle = QColor(image.pixel(image.width() // 2, image.height() // 2))
    assert middle.blue() > middle.red() + 30 and "EPSG:4326" in picture.lines[0]


def test_a_drawn_region_is_outlined(qgis_app, raster, finish):
    layer = raster(np.full((3, 100, 200), 60, np.uint8))
    region = QgsGeometry.fromWkt("POLYGON((500020 5000020, 500180 5000020, 500100 5000090, 500020 5000020))")
    scene = Scene("View", (LayerCopy(layer),), layer.extent(), layer.crs(), None, (region, layer.crs()))
    _, image = drawn(scene, finish)
    # Along the bottom edge of the triangle, 80 m of 100 m below the top.
    column = range(int(SIDE * 0.3), int(SIDE * 0.7))
    row = round(0.8 * image.height())
    assert max(QColor(image.pixel(x, y)).lightness() for x in column for y in (row - 1, row, row + 1)) > 200


def test_without_a_reference_system_there_is_neither_scale_nor_north(qgis_app, raster, finish):
    layer = raster(np.full((3, 100, 200), 0, np.uint8), epsg=None, affine=None)
    extent = QgsRectangle(0, -100, 200, 0)
    picture, image = drawn(Scene("View", (LayerCopy(layer),), extent, layer.crs()), finish)
    assert "no scale and no north" in " ".join(picture.lines)
    assert max(QColor(image.pixel(x, y)).lightness() for x in range(0, SIDE, 7) for y in range(0, SIDE // 2, 7)) < 30


def test_a_layer_whose_file_went_is_an_error_that_names_it(qgis_app, raster, finish, tmp_path):
    layer = raster(np.full((3, 100, 200), 0, np.uint8), name="gone.tif")
    copy = LayerCopy(layer)
    copy._layer = None
    outcome = finish(RunTask("draw", lambda progress, cancel: draw(Scene("V", (copy,), layer.extent(), layer.crs()), cancel)))
    assert not outcome.ok and "gone" in outcome.message


def test_drawing_can_be_stopped(qgis_app, raster):
    layer = raster(np.full((3, 100, 200), 0, np.uint8))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        draw(Scene("V", (LayerCopy(layer),), layer.extent(), layer.crs()), cancel)
