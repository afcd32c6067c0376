"""Layers as views: what is read, from where, in which CRS, with which bands."""

import json

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsGeometry,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

from terralogue.models.errors import CrsMissing, NothingToAnalyse
from terralogue.models.imagery.grid import Window
from terralogue.plugin.core.coarser import CoarserSnapshot
from terralogue.plugin.core.errors import LayerUnsupported
from terralogue.plugin.core.layer_pixels import store_roles
from terralogue.plugin.core.map_region import MapRegion
from terralogue.plugin.core.projections import reproject
from terralogue.plugin.core.snapshots import choose_source, snapshot_layer, supported

UTM = QgsCoordinateReferenceSystem("EPSG:32632")
LONLAT = QgsCoordinateReferenceSystem("EPSG:4326")


def read(snapshot, window=None, shape=None):
    view = snapshot.open()
    try:
        return view.source.read(window or view.source.grid.window, shape)
    finally:
        view.source.close()


def test_a_rotated_raster_keeps_its_own_pixels_and_geotransform(raster, noise):
    c, s = np.cos(np.radians(37)), np.sin(np.radians(37))
    layer = raster(noise, affine=(500000, c, s, 5000100, s, -c))
    image = read(snapshot_layer(layer))
    assert (image.pixels == noise).all() and image.valid.all()
    assert tuple(image.grid.affine)[:6] == pytest.approx((c, s, 500000, s, -c, 5000100), abs=1e-12)


def test_the_layers_crs_wins_over_the_files(raster, noise):
    layer = raster(noise)
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:25833"))
    view = snapshot_layer(layer).open()
    assert QgsCoordinateReferenceSystem.fromWkt(view.source.grid.crs_wkt).authid() == "EPSG:25833"
    view.source.close()


def test_open_options_of_the_source_do_not_reach_gdal_as_a_path(tmp_path, raster, noise):
    raster(noise)
    layer = QgsRasterLayer(str(tmp_path / "scene.tif") + "|option:NUM_THREADS=2", "scene")
    assert layer.isValid()
    assert (read(snapshot_layer(layer)).pixels == noise).all()


def test_a_raster_table_inside_a_geopackage_is_read(tmp_path, raster, noise):
    from osgeo import gdal

    raster(noise)
    for table in ("one", "two"):
        scene = gdal.Open(str(tmp_path / "scene.tif"))
        options = ["APPEND_SUBDATASET=YES", f"RASTER_TABLE={table}", "TILE_FORMAT=PNG"]
        gdal.GetDriverByName("GPKG").CreateCopy(str(tmp_path / "many.gpkg"), scene, options=options)
    layer = QgsRasterLayer(f"GPKG:{tmp_path}/many.gpkg:two", "two")
    assert layer.isValid()
    image = read(snapshot_layer(layer), Window(0, 0, 200, 100))
    assert (image.pixels[:3] == noise).all()


def test_values_the_user_declared_empty_are_invalid_and_stay_out_of_averages(raster):
    pixels = np.full((1, 8, 8), 100, dtype=np.uint8)
    pixels[0, :, :4] = 7
    pixels[0, 0, 4] = 7
    layer = raster(pixels)
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(5, 8)])
    snapshot = snapshot_layer(layer)
    assert read(snapshot).valid.sum() == 8 * 8 - 33
    small = read(snapshot, None, (2, 2))
    assert small.valid.tolist() == [[False, True], [False, True]]
    assert set(small.pixels[0][small.valid].tolist()) == {100}


def test_bands_follow_the_style_and_then_the_users_choice(raster, noise):
    layer = raster(noise)
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), 3, 2, 1))
    assert (read(snapshot_layer(layer)).pixels == noise[::-1]).all()
    store_roles(layer, ((2, "red"), (1, "green"), (3, "blue")))
    assert (read(snapshot_layer(layer)).pixels == noise[[1, 0, 2]]).all()
    assert (read(snapshot_layer(layer, band_roles=((3, "gray"),))).pixels == noise[2:]).all()


@pytest.mark.parametrize("text", ["", "nonsense", "[[9, \"red\"]]", "[[1, \"<b>\"]]", "{\"a\": 1}", "[1, 2]", "[]"])
def test_band_roles_of_a_foreign_project_that_make_no_sense_are_ignored(raster, noise, text):
    layer = raster(noise)
    layer.setCustomProperty("terralogue/band-roles", text)
    assert (read(snapshot_layer(layer)).pixels == noise).all()


def test_the_layers_own_date_comes_first(raster, noise):
    layer = raster(noise, name="scene_20150607.tif")
    assert snapshot_layer(layer).open().source.time.basis == "file name"
    properties = layer.temporalProperties()
    properties.setIsActive(True)
    day = QDateTime(QDate(2019, 8, 21), QTime(0, 0))
    properties.setFixedTemporalRange(QgsDateTimeRange(day, day))
    time = snapshot_layer(layer).open().source.time
    assert (time.iso, time.basis) == ("2019-08-21", "layer")


def test_a_region_is_bent_into_the_layers_crs_edge_by_edge(raster, noise):
    wide = raster(noise, affine=(300000, 2000, 0, 5400000, 0, -2000))
    region = snapshot_layer(wide, MapRegion.from_extent(QgsRectangle(7, 47, 11, 48), LONLAT)).region
    ring = region.polygons[0][0]
    assert len(ring) > 40 and (ring[0] == ring[-1]).all()
    shell = QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in ring]])
    straight = QgsGeometry.fromPolylineXY([QgsPointXY(*ring[0]), QgsPointXY(*ring[len(ring) // 4])])
    middle = reproject(QgsGeometry.fromWkt("POINT(9 47)"), LONLAT, UTM, "middle")
    assert middle.distance(QgsGeometry(shell.convertToType(1))) < 60
    assert middle.distance(straight) > 500


def test_holes_and_parts_of_a_region_arrive(raster, noise):
    shape = QgsGeometry.fromWkt(
        "MULTIPOLYGON(((500010 5000010,500050 5000010,500050 5000050,500010 5000010),"
        "(500030 5000020,500040 5000020,500040 5000025,500030 5000020)),"
        "((500100 5000010,500120 5000010,500120 5000030,500100 5000010)))"
    )
    region = snapshot_layer(raster(noise), MapRegion(shape, UTM, "features")).region
    assert [len(polygon) for polygon in region.polygons] == [2, 1]


def test_a_click_is_a_region_around_its_point(raster, noise):
    click = MapRegion(QgsGeometry(), UTM, "click", QgsPointXY(500100, 5000050))
    region = snapshot_layer(raster(noise), click).region
    assert region.point == pytest.approx((500100, 5000050))
    ring = region.polygons[0][0]
    assert (ring.max(axis=0) - ring.min(axis=0)).tolist() == [256, 256]


def test_a_region_beside_the_raster_is_refused_before_anything_runs(raster, noise):
    with pytest.raises(NothingToAnalyse):
        snapshot_layer(raster(noise), MapRegion.from_extent(QgsRectangle(0, 0, 10, 10), UTM))


def test_a_missing_crs_is_never_taken_for_another(raster, noise):
    layer = raster(noise, epsg=None)
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(CrsMissing):
        snapshot_layer(layer, MapRegion.from_extent(QgsRectangle(500010, 5000010, 500050, 5000050), UTM))
    assert snapshot_layer(layer).crs_wkt == ""
    with pytest.raises(CrsMissing):
        snapshot_layer(
            raster(noise, name="b.tif"),
            MapRegion.from_extent(QgsRectangle(1, 1, 2, 2), QgsCoordinateReferenceSystem()),
        )


def test_a_region_at_the_pole_has_no_place_in_mercator(raster, noise):
    layer = raster(noise, epsg=3857)
    with pytest.raises(NothingToAnalyse):
        snapshot_layer(layer, MapRegion.from_extent(QgsRectangle(0, 89.9, 10, 90), LONLAT))


def test_unsupported_layers_say_why(tmp_path, raster, noise):
    broken = QgsRasterLayer(str(tmp_path / "none.tif"), "none")
    ok, reason = supported(broken)
    assert not ok and "none" in reason and str(tmp_path) not in reason
    complex_layer = raster(noise.astype(np.complex64), name="c.tif")
    assert supported(complex_layer)[0] is False
    assert supported(None)[0] is False
    assert supported(QgsVectorLayer("NoGeometry?field=a:int", "table", "memory"))[0] is False
    assert supported(raster(noise, name="fine.tif")) == (True, "")
    with pytest.raises(LayerUnsupported):
        snapshot_layer(complex_layer)


def test_the_topmost_raster_under_the_region_is_chosen(raster, noise):
    below = raster(noise, name="below.tif")
    above = raster(noise, name="above.tif")
    aside = raster(noise, name="aside.tif", affine=(600000, 1, 0, 5000100, 0, -1))
    points = QgsVectorLayer("Point?crs=EPSG:32632", "points", "memory")
    region = MapRegion.from_extent(QgsRectangle(500010, 5000010, 500050, 5000050), UTM)
    assert choose_source([points, aside, above, below], region) is above
    assert choose_source([points, aside], region) is None
    assert choose_source([], None) is None


def test_a_snapshot_outlives_its_layer(tmp_path, raster, noise):
    raster(noise)
    layer = QgsRasterLayer(str(tmp_path / "scene.tif"), "scene")
    QgsProject.instance().addMapLayer(layer)
    snapshot = snapshot_layer(layer)
    QgsProject.instance().removeMapLayer(layer.id())
    assert (read(snapshot).pixels == noise).all()
    assert json.dumps(snapshot.layer_ids)


def test_dates_are_aligned_as_the_user_has_it(raster, noise):
    from terralogue.plugin import settings

    assert snapshot_layer(raster(noise)).open().aligned
    settings.align_dates.setValue(False)
    try:
        assert not snapshot_layer(raster(noise)).open().aligned
        assert not CoarserSnapshot(snapshot_layer(raster(noise)), 2.0).open().aligned
    finally:
        settings.align_dates.setValue(True)
