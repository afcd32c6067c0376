"""The swipe on a real canvas: what is seen on either side of the line, with mouse and keys, and that nothing of it stays."""

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from terralogue.plugin.gui.swipe.swipe import Swipe
from terralogue.plugin.gui.tools.region_tools import RegionTools

RED, BLUE = (200, 0, 0), (0, 0, 200)


@pytest.fixture()
def flat(tmp_path, project):
    """``flat(name, colour)``: a layer of one colour, of the place of the canvas's own layer, in the project."""
    from osgeo import gdal, osr

    def make(name, colour, epsg=32633, transform=(500_000.0, 1.0, 0.0, 5_500_000.0, 0.0, -1.0)):
        path = tmp_path / (name + ".tif")
        frame = gdal.GetDriverByName("GTiff").Create(str(path), 200, 200, 3, gdal.GDT_Byte)
        frame.SetGeoTransform(transform)
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(epsg)
        frame.SetProjection(reference.ExportToWkt())
        for band in range(3):
            frame.GetRasterBand(band + 1).WriteArray(np.full((200, 200), colour[band], np.uint8))
            frame.GetRasterBand(band + 1).SetColorInterpretation(
                (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)[band])
        frame = None
        layer = QgsRasterLayer(str(path), name)
        for band in range(1, 4):
            assert layer.dataProvider().bandStatistics(band)
        layer.setContrastEnhancement(0)
        return project.addMapLayer(layer)

    return make


@pytest.fixture()
def swipe(canvas):
    canvas.pan = QgsMapToolPan(canvas)
    canvas.setMapTool(canvas.pan)
    made = Swipe(canvas)
    yield made
    made.unload()


@pytest.fixture()
def pair(flat):
    """Red before, blue after."""
    return flat("before", RED), flat("after", BLUE)


def seen(canvas, x, y):
    """The colour on the screen."""
    colour = QColor(canvas.viewport().grab().toImage().pixel(x, y))
    return colour.red(), colour.green(), colour.blue()


def tree(project):
    return [(node.layerId(), node.isVisible()) for node in project.layerTreeRoot().findLayers()]


def test_before_is_left_of_the_line_and_after_right_of_it(canvas, swipe, pair, hand, project):
    order, layers = tree(project), canvas.layers()
    assert swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 100, 300) == RED and seen(canvas, 300, 300) == BLUE
    assert canvas.mapTool() is swipe.tool
    assert tree(project) == order and canvas.layers() == layers


def test_the_line_is_dragged_and_what_is_seen_follows(canvas, swipe, pair, hand):
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    hand.drag(canvas, (203, 300), (150, 310), (100, 320))
    assert swipe.divider.fraction == pytest.approx(0.25, abs=0.01)
    assert seen(canvas, 60, 300) == RED and seen(canvas, 150, 300) == BLUE
    hand.drag(canvas, (100, 50), (-500, 60))
    assert swipe.divider.fraction == 0.0 and seen(canvas, 20, 300) == BLUE


def test_dragging_beside_the_line_moves_the_map_and_not_the_line(canvas, swipe, pair, hand):
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    centre = canvas.extent().center()
    hand.drag(canvas, (320, 300), (300, 300), (280, 300))
    assert swipe.divider.fraction == 0.5
    moved = canvas.extent().center()
    assert moved.x() - centre.x() == pytest.approx(40 * canvas.mapUnitsPerPixel(), rel=0.1)
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 100, 300) == RED and seen(canvas, 250, 300) == BLUE


def test_arrows_move_the_line_and_leave_the_map(canvas, swipe, pair, hand):
    swipe.start(*pair)
    extent = canvas.extent()
    for _ in range(5):
        hand.key(canvas, Qt.Key.Key_Right)
    assert swipe.divider.fraction == pytest.approx(0.6)
    hand.key(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    hand.key(canvas, Qt.Key.Key_Up)
    assert swipe.divider.fraction == pytest.approx(0.5)
    for _ in range(8):
        hand.key(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert swipe.divider.fraction == 1.0 and canvas.extent() == extent


def test_h_lays_the_line_down_and_v_puts_it_up(canvas, swipe, pair, hand):
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    hand.key(canvas, Qt.Key.Key_H)
    assert seen(canvas, 300, 100) == RED and seen(canvas, 100, 300) == BLUE
    hand.key(canvas, Qt.Key.Key_Down)
    assert swipe.divider.fraction == pytest.approx(0.52)
    hand.drag(canvas, (50, 208), (60, 300), (60, 320))
    assert swipe.divider.fraction == pytest.approx(0.8, abs=0.01) and seen(canvas, 300, 300) == RED
    hand.key(canvas, Qt.Key.Key_V)
    assert seen(canvas, 350, 300) == BLUE and seen(canvas, 300, 300) == RED


def test_under_a_turned_canvas_the_line_stands_upright_on_the_screen(canvas, swipe, pair, hand):
    canvas.setRotation(30)
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    for y in (150, 200, 250):
        assert seen(canvas, 170, y) == RED and seen(canvas, 230, y) == BLUE
    canvas.setRotation(-45)
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 170, 200 + 40) == RED and seen(canvas, 230, 200 + 40) == BLUE


def test_layers_of_another_reference_system_lie_where_they_belong(canvas, swipe, flat, hand):
    west = flat("west", RED)
    # The same 200 m in degrees, two pixels a metre apart at most.
    degrees = flat("degrees", BLUE, 4326, (14.9972, 0.00003, 0, 49.6531, 0, -0.00003))
    swipe.start(west, degrees)
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 100, 300) == RED and seen(canvas, 300, 300) == BLUE
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(west, west.extent()))
    canvas.refresh()
    hand.wait(150)
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 120, 200) == RED and seen(canvas, 280, 200) == BLUE


def test_a_web_layer_is_one_of_the_two(canvas, swipe, flat, hand, tile_server, project):
    after, web = flat("after", BLUE), tile_server.layer()
    project.addMapLayer(web)
    swipe.start(web, after)
    hand.until(lambda: swipe.drawn and seen(canvas, 100, 300) == (192, 0, 0))
    assert seen(canvas, 300, 300) == BLUE


def test_visible_vector_layers_are_seen_on_both_sides(canvas, swipe, pair, hand, project):
    found = QgsVectorLayer("Polygon?crs=EPSG:32633", "found", "memory")
    row = QgsFeature()
    row.setGeometry(QgsGeometry.fromRect(canvas.extent()))
    found.dataProvider().addFeature(row)
    found.renderer().symbol().setColor(QColor(0, 250, 0))
    project.addMapLayer(found)
    canvas.setLayers([found, *canvas.layers()])
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 100, 300) == seen(canvas, 300, 300) == (0, 250, 0)


def test_escape_ends_it_and_leaves_nothing(canvas, swipe, pair, hand):
    before, heard = len(canvas.scene().items()), []
    swipe.changed.connect(heard.append)
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    hand.key(canvas, Qt.Key.Key_Escape)
    assert not swipe.active and heard == [True, False]
    assert canvas.mapTool() is canvas.pan and len(canvas.scene().items()) == before
    centre = canvas.extent().center()
    hand.key(canvas, Qt.Key.Key_Right)
    assert canvas.extent().center() != centre, "the arrows are the map's again"


def test_it_ends_with_a_layer_or_the_project(canvas, swipe, pair, hand, project, layer):
    items = len(canvas.scene().items())
    swipe.start(*pair)
    project.removeMapLayer(pair[1].id())
    assert not swipe.active and canvas.mapTool() is canvas.pan and len(canvas.scene().items()) == items
    swipe.start(pair[0], layer)
    assert swipe.active
    project.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    hand.wait(300)
    assert not swipe.active and len(canvas.scene().items()) == items


def test_a_tool_in_between_hides_it_and_it_comes_back(canvas, swipe, pair, hand):
    tools = RegionTools(canvas)
    swipe.start(*pair)
    tools.start("rectangle")
    assert not swipe.active
    hand.drag(canvas, (100, 100), (150, 180), (300, 250))
    assert swipe.active and canvas.mapTool() is swipe.tool
    swipe.stop()
    assert canvas.mapTool() is canvas.pan
    tools.unload()


def test_another_pair_takes_the_place_of_the_first(canvas, swipe, pair, hand):
    swipe.start(*pair)
    swipe.start(pair[1], pair[0])
    hand.until(lambda: swipe.drawn)
    assert seen(canvas, 100, 300) == BLUE and seen(canvas, 300, 300) == RED
    assert swipe.shows(pair[1], pair[0]) and not swipe.shows(*pair)
    swipe.stop()
    assert canvas.mapTool() is canvas.pan


def test_one_layer_or_the_same_twice_is_no_pair(canvas, swipe, pair):
    assert not swipe.start(pair[0], None) and not swipe.start(pair[0], pair[0])
    assert not swipe.active and canvas.mapTool() is canvas.pan


def test_a_changed_style_is_seen(canvas, swipe, pair, hand):
    swipe.start(*pair)
    hand.until(lambda: swipe.drawn)
    pair[0].setOpacity(0.0)
    pair[0].triggerRepaint()
    hand.until(lambda: swipe.drawn and seen(canvas, 100, 300) != RED)
    assert seen(canvas, 300, 300) == BLUE


def test_ending_while_it_is_drawn_waits_for_nothing(canvas, swipe, flat, hand, tile_server):
    tile_server.answer = lambda path: (200, tile_server.red, 5)
    web = tile_server.layer()
    QgsProject.instance().addMapLayer(web)
    swipe.start(flat("before", RED), web)
    hand.wait(200)
    import time

    start = time.monotonic()
    hand.key(canvas, Qt.Key.Key_Escape)
    QgsProject.instance().removeMapLayer(web.id())
    assert time.monotonic() - start < 1.0 and not swipe.active
    tile_server.released.set()
    hand.wait(200)
