"""What a question is about: the source, the bands, the two dates, the region from elsewhere."""

import pytest
from qgis.core import (
    QgsBookmark,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QDialogButtonBox

from terralogue.plugin.core.layer_date import date_of, guess
from terralogue.plugin.core.layer_pixels import stored_roles
from terralogue.plugin.core.map_region import MapRegion
from terralogue.plugin.gui import region_choices
from terralogue.plugin.gui.region_area import area_text, region_text
from terralogue.plugin.gui.sources.band_roles_dialog import BandRolesDialog


def box(left, width, crs):
    return MapRegion.from_extent(QgsRectangle(left, 5_499_850, left + width, 5_499_950), crs)


def test_automatic_is_the_topmost_raster_under_the_region(panel, canvas, layer, add_raster):
    east = add_raster("east_2020", 500_300.0)
    canvas.setLayers([east, layer])
    assert panel.source_bar.layers() == (east,)
    panel.region.set_region(box(500_050, 50, layer.crs()))
    assert panel.source_bar.layers() == (layer,)
    assert "naip" in panel.source_bar.box.itemText(0)
    panel.region.clear()
    assert panel.source_bar.layers() == (east,)


def test_without_a_raster_the_canvas_as_shown_is_the_source(panel, canvas):
    canvas.setLayers([])
    assert panel.source_bar.layers() == ()


def test_canvas_as_shown_can_be_chosen(panel, layer):
    combo = panel.source_bar.box
    combo.setCurrentIndex(combo.count() - 1)
    assert combo.is_canvas and panel.source_bar.layers() == ()


def test_a_chosen_layer_that_is_removed_gives_way_to_automatic(panel, canvas, project, layer, add_raster):
    other = add_raster("other_2019")
    panel.source_bar.choose(other)
    assert panel.source_bar.layers() == (other,)
    project.removeMapLayer(other.id())
    canvas.setLayers([layer])
    assert panel.source_bar.layers() in ((layer,), ())


def test_the_bands_chosen_are_kept_in_the_layer(layer, qgis_app):
    dialog = BandRolesDialog(layer)
    dialog.boxes["red"].setBand(3)
    dialog.boxes["blue"].setBand(1)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert stored_roles(layer) == ((3, "red"), (2, "green"), (1, "blue"))


def test_one_band_for_all_colours_means_gray(layer, qgis_app):
    dialog = BandRolesDialog(layer)
    for role in ("red", "green", "blue"):
        dialog.boxes[role].setBand(2)
    assert dialog.roles() == ((2, "gray"),)
    dialog.boxes["red"].setBand(-1)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_two_dates_swap_and_warn_when_reversed(panel, hand, layer, add_raster):
    older = add_raster("naip_20120731")
    bar = panel.source_bar
    bar.compare_with(layer)
    assert bar.layers() == (older, layer)
    assert bar.dates.before_date.text() == "2012-07-31?"
    assert bar.dates.warning.text() == ""
    hand.click(bar.dates.swap_button)
    assert bar.layers() == (layer, older)
    assert "later" in bar.dates.warning.text()


@pytest.mark.parametrize(("east", "said"), [
    (0, ""), (0.4, ""), (0.75, "They share 25 % of before and 25 % of after."), (1, "do not overlap"),
])
def test_dates_that_share_little_ground_are_told_before_anything_runs(panel, layer, add_raster, east, said):
    extent = layer.extent()
    later = add_raster("later", extent.xMinimum() + east * extent.width())
    dates = panel.source_bar.dates
    dates.choose(layer, later)
    assert dates.layers() == (layer, later)
    assert said in dates.warning.text() and bool(dates.warning.text()) == bool(said)


def test_a_date_is_corrected_in_the_calendar_and_kept_in_the_layer(panel, hand, layer, add_raster, service):
    add_raster("naip_20120731")
    bar = panel.source_bar
    bar.compare_with(layer)
    before = bar.layers()[0]
    button = bar.dates.before_date
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
    assert button.calendar.selectedDate() == QDate(2012, 7, 31) and not button.own.isEnabled()
    button.calendar.setSelectedDate(QDate(2023, 1, 5))
    button.calendar.activated.emit(QDate(2023, 1, 5))
    assert button.text() == "2023-01-05" and not button.menu().isVisible()
    assert "later" in bar.dates.warning.text()
    panel.conversation.ask("What changed?")
    hand.until(lambda: bool(service.script.asked))
    assert service.script.asked[-1].views[0].source.time.iso == "2023-01-05"
    button.choose(None)
    assert button.text() == "2012-07-31?"
    assert before.customProperty("terralogue/date") is None


def test_a_date_in_the_files_tags_is_no_guess(project, tmp_path, qgis_app):
    from osgeo import gdal
    from qgis.core import QgsRasterLayer

    path = str(tmp_path / "scene_2010.tif")
    file = gdal.GetDriverByName("GTiff").Create(path, 10, 10, 1)
    file.SetMetadataItem("TIFFTAG_DATETIME", "2018:06:01 10:00:00")
    file = None
    found = date_of(QgsRasterLayer(path, "scene_2010"))
    assert found.iso == "2018-06-01" and not found.is_guess


@pytest.mark.parametrize(
    "name, iso",
    [
        ("m_4709963_se_14_1_20160816", "2016-08-16"),
        ("sentinel-2021-07-01", "2021-07-01"),
        ("city 2019", "2019"),
        ("tile_123456789", None),
        ("20161399", None),
    ],
)
def test_a_date_is_guessed_from_a_name_only_when_it_is_one(name, iso):
    found = guess(name)
    assert (found.iso if found else None) == iso


def test_a_region_is_measured_on_the_ellipsoid(layer):
    region = MapRegion.from_extent(
        QgsRectangle(0, 8_399_000, 1000, 8_400_000), QgsCoordinateReferenceSystem("EPSG:3857")
    )
    # At 60° N, Web Mercator shows a square kilometre four times too large.
    assert region_text(region).startswith("25")
    assert area_text(10_500) == "1.05 ha"
    assert region_text(MapRegion.from_extent(QgsRectangle(0, 0, 1, 1), QgsCoordinateReferenceSystem())) == "No CRS"


def test_areas_are_told_in_the_projects_units(project):
    from qgis.core import QgsUnitTypes

    project.setAreaUnits(QgsUnitTypes.AreaUnit.AreaAcres)
    assert area_text(10_500) == "2.59 acres"
    assert area_text(100) == "1,076 sq ft" and area_text(7e6) == "2.70 sq mi"
    project.setAreaUnits(QgsUnitTypes.AreaUnit.AreaSquareMeters)
    assert area_text(10_500) == "1.05 ha"


def test_selected_polygons_become_one_region_in_their_crs(panel, project):
    fields = QgsVectorLayer("Polygon?crs=EPSG:4326", "fields & <b>meadows</b>", "memory")
    for left in (15.0, 15.001):
        row = QgsFeature()
        row.setGeometry(QgsGeometry.fromRect(QgsRectangle(left, 49.6, left + 0.0015, 49.601)))
        fields.dataProvider().addFeature(row)
    project.addMapLayer(fields)
    fields.selectAll()
    panel.region_bar.fill_menu()
    (entry,) = [action for action in panel.region_bar.menu.actions() if "meadows" in action.text()]
    entry.trigger()
    region = panel.region.region
    assert region.kind == "features" and region.crs.authid() == "EPSG:4326"
    assert region.geometry.boundingBox().width() == pytest.approx(0.0025)


def test_a_bookmark_becomes_the_region_and_is_shown(panel, canvas, project, layer):
    mark = QgsBookmark()
    mark.setName("Harbour")
    mark.setExtent(QgsReferencedRectangle(QgsRectangle(500_010, 5_499_810, 500_040, 5_499_840), layer.crs()))
    QgsProject.instance().bookmarkManager().addBookmark(mark)
    panel.region_bar.fill_menu()
    (menu,) = [action.menu() for action in panel.region_bar.menu.actions() if action.menu()]
    menu.actions()[0].trigger()
    assert panel.region.region.kind == "bookmark"
    assert canvas.extent().contains(panel.region.region.geometry.boundingBox())


def test_the_view_of_a_rotated_canvas_is_a_turned_region(canvas):
    canvas.setRotation(25)
    region = region_choices.of_view(canvas)
    box_area = region.geometry.boundingBox().area()
    assert region.geometry.area() < 0.8 * box_area


def test_clearing_the_region_takes_it_off_the_canvas(panel, hand, canvas):
    panel.region.set_region(region_choices.of_view(canvas))
    assert panel.region_bar.clear_button.isVisibleTo(panel)
    hand.click(panel.region_bar.clear_button)
    assert panel.region.region is None
    assert panel.region.band.asGeometry().isEmpty()
