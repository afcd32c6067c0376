"""Region tools with real mouse and key events on a real canvas."""

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QPoint, Qt

from terralogue.plugin.core.map_region import MapRegion
from terralogue.plugin.gui.region_display import RegionDisplay
from terralogue.plugin.gui.tools.region_tools import RegionTools


@pytest.fixture()
def tools(canvas):
    canvas.pan = QgsMapToolPan(canvas)
    canvas.setMapTool(canvas.pan)
    tools = RegionTools(canvas)
    tools.regions, tools.sentences = [], []
    tools.captured.connect(tools.regions.append)
    tools.refused.connect(tools.sentences.append)
    yield tools
    tools.unload()


@pytest.fixture()
def display(canvas):
    display = RegionDisplay(canvas)
    yield display
    display.unload()


def screen_polygon(canvas, geometry):
    to_screen = canvas.getCoordinateTransform()
    return [to_screen.transform(point.x(), point.y()) for point in geometry.asPolygon()[0][:-1]]


def test_a_dragged_rectangle_is_the_region_and_the_previous_tool_comes_back(canvas, tools, hand):
    tools.start("rectangle")
    hand.drag(canvas, (100, 100), (150, 180), (300, 250))
    (region,) = tools.regions
    assert region.crs == canvas.mapSettings().destinationCrs()
    scale = canvas.mapUnitsPerPixel()
    assert region.geometry.area() == pytest.approx(200 * scale * 150 * scale, rel=1e-6)
    assert canvas.mapTool() is canvas.pan
    assert not tools.actions["rectangle"].isChecked()


def test_under_a_rotated_canvas_the_rectangle_is_one_on_the_screen(canvas, tools, hand):
    canvas.setRotation(30)
    tools.start("rectangle")
    hand.drag(canvas, (100, 100), (300, 250))
    (region,) = tools.regions
    corners = screen_polygon(canvas, region.geometry)
    assert sorted({round(point.x()) for point in corners}) == [100, 300]
    assert sorted({round(point.y()) for point in corners}) == [100, 250]
    box = region.geometry.boundingBox()
    assert region.geometry.area() < 0.9 * box.width() * box.height()


def test_a_slip_of_the_hand_is_no_region(canvas, tools, hand):
    tools.start("rectangle")
    hand.drag(canvas, (100, 100), (101, 101))
    assert tools.regions == []
    assert canvas.mapTool() is tools.tool("rectangle")


def test_escape_cancels_and_leaves_nothing_on_the_canvas(canvas, tools, hand):
    before = len(canvas.scene().items())
    tools.start("polygon")
    hand.click(canvas.viewport(), (100, 100))
    hand.click(canvas.viewport(), (200, 100))
    hand.key(canvas, Qt.Key.Key_Escape)
    assert tools.regions == []
    assert canvas.mapTool() is canvas.pan
    assert len(canvas.scene().items()) == before


def test_keys_outside_the_canvas_do_not_reach_the_tool(canvas, tools, hand, panel):
    tools.start("polygon")
    hand.click(canvas.viewport(), (100, 100))
    hand.key(panel.composer.edit, Qt.Key.Key_Escape)
    assert canvas.mapTool() is tools.tool("polygon")
    assert len(tools.tool("polygon").points) == 1


def test_right_click_closes_the_polygon_and_backspace_takes_a_corner_back(canvas, tools, hand):
    tools.start("polygon")
    for place in ((100, 100), (300, 100), (390, 390), (200, 300)):
        hand.click(canvas.viewport(), place)
        if place == (390, 390):
            hand.key(canvas, Qt.Key.Key_Backspace)
    hand.click(canvas.viewport(), (10, 10), Qt.MouseButton.RightButton)
    (region,) = tools.regions
    corners = {(round(point.x()), round(point.y())) for point in screen_polygon(canvas, region.geometry)}
    assert corners == {(100, 100), (300, 100), (200, 300)}


def test_two_corners_are_refused_with_a_sentence(canvas, tools, hand):
    tools.start("polygon")
    hand.click(canvas.viewport(), (100, 100))
    hand.click(canvas.viewport(), (300, 100))
    hand.click(canvas.viewport(), (300, 100), Qt.MouseButton.RightButton)
    assert tools.regions == [] and len(tools.sentences) == 1


def test_a_lasso_that_crosses_itself_gives_a_valid_region(canvas, tools, hand):
    tools.start("lasso")
    hand.drag(canvas, (100, 100), (300, 300), (300, 100), (100, 300), (90, 200))
    (region,) = tools.regions
    assert region.geometry.isGeosValid()
    assert region.geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    assert region.geometry.area() > 0


def test_a_click_is_a_point_without_geometry(canvas, tools, hand):
    tools.start("click")
    hand.click(canvas.viewport(), (200, 200))
    (region,) = tools.regions
    assert region.geometry.isNull() and region.kind == "click"
    expected = canvas.getCoordinateTransform().toMapCoordinates(200, 200)
    assert region.point.distance(expected) < 1e-6


def test_choosing_the_active_tool_again_leaves_it(canvas, tools):
    tools.start("lasso")
    tools.start("lasso")
    assert canvas.mapTool() is canvas.pan


def test_the_region_stays_in_place_when_the_project_crs_changes(canvas, display, layer):
    region = MapRegion.from_extent(QgsRectangle(500_050, 5_499_900, 500_150, 5_499_950), layer.crs())
    display.set_region(region)
    there = QgsCoordinateReferenceSystem("EPSG:3857")
    canvas.setDestinationCrs(there)
    shown = display.band.asGeometry().boundingBox()
    assert shown.center().x() == pytest.approx(1_669_806, rel=1e-3)
    assert display.region is region
    canvas.setDestinationCrs(layer.crs())
    assert display.band.asGeometry().boundingBox().center().distance(QgsRectangle(region.geometry.boundingBox()).center()) < 1e-3


def test_a_corner_can_be_dragged_and_deleted(canvas, tools, hand):
    edited = []
    tools.edited.connect(edited.append)
    points = [canvas.getCoordinateTransform().toMapCoordinates(x, y) for x, y in ((100, 100), (300, 100), (300, 300), (100, 300))]
    tools.start("edit")
    tools.editor.edit(QgsGeometry.fromPolygonXY([points]))
    hand.drag(canvas, (300, 300), (320, 320), (350, 350))
    corners = {(round(p.x()), round(p.y())) for p in screen_polygon(canvas, edited[-1].geometry)}
    assert corners == {(100, 100), (300, 100), (350, 350), (100, 300)}
    hand.move(canvas, QPoint(350, 350))
    hand.key(canvas, Qt.Key.Key_Delete)
    assert len(screen_polygon(canvas, edited[-1].geometry)) == 3


def test_a_region_dragged_by_its_inside_keeps_its_shape(canvas, tools, hand):
    edited = []
    tools.edited.connect(edited.append)
    points = [canvas.getCoordinateTransform().toMapCoordinates(x, y) for x, y in ((100, 100), (300, 100), (300, 300), (100, 300))]
    before = QgsGeometry.fromPolygonXY([points])
    tools.start("edit")
    tools.editor.edit(before)
    hand.drag(canvas, (200, 200), (210, 200), (230, 190))
    assert edited[-1].geometry.area() == pytest.approx(before.area(), rel=1e-9)
    assert not edited[-1].geometry.equals(before)


def test_unloading_leaves_the_canvas_as_it_was(canvas, hand):
    before = len(canvas.scene().items())
    tools, display = RegionTools(canvas), RegionDisplay(canvas)
    tools.start("rectangle")
    display.set_region(MapRegion.from_extent(canvas.extent(), canvas.mapSettings().destinationCrs()))
    display.unload()
    tools.unload()
    assert len(canvas.scene().items()) == before
