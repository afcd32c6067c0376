"""Pointing with real mouse and keys on a real canvas: clicks, boxes, lassos, taking, and every way back."""

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from town import SMALL, screen, taken_pixels

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(pointing, at, button=Qt.MouseButton.LeftButton, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(pointing.canvas.viewport(), button, modifier, QPoint(*at))


def click(pointing, layer, hand, col=105, row=105, pixels=200):
    press(pointing, screen(pointing, layer, col, row))
    hand.until(lambda: taken_pixels(pointing) == pixels)


def rows(layer):
    return sorted((row["label"], row["pixels"], row.geometry().area()) for row in layer.getFeatures())


def test_a_click_outlines_the_thing_and_enter_takes_it(pointing, town, hand):
    pointing.bar.label.setEditText("roof")
    click(pointing, town, hand)
    assert pointing.view.band.band.asGeometry().area() == 200.0
    hand.key(pointing.canvas, Qt.Key.Key_Return)
    layer = pointing.taking.layer
    assert rows(layer) == [("roof", 200, 200.0)]
    assert pointing.session.empty and pointing.bar.target_layer is layer
    assert pointing.view.band.band.asGeometry().isEmpty()
    click(pointing, town, hand, 235, 185, 100)
    hand.key(pointing.canvas, Qt.Key.Key_Enter)
    assert [pixels for _, pixels, _ in rows(layer)] == [100, 200]
    assert len(QgsProject.instance().mapLayers()) == 2


def test_what_is_taken_carries_where_it_comes_from(pointing, town, hand):
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Return)
    (row,) = pointing.taking.layer.getFeatures()
    assert row["model"] == "Same colour" and row["source"] == "town" and row["label"] == "object"
    assert row["score"] == pytest.approx(0.9) and row["area_m2"] == pytest.approx(200, rel=1e-2)


def test_shift_and_the_right_button_say_what_does_not_belong(pointing, town, hand):
    press(pointing, screen(pointing, town, 105, 105))
    press(pointing, screen(pointing, town, 150, 105), modifier=SHIFT)
    press(pointing, screen(pointing, town, 160, 105), Qt.MouseButton.RightButton)
    assert [step.kind for step in pointing.session.steps] == ["inside", "outside", "outside"]
    assert [kind for kind, _ in pointing.view.marks.marks] == ["inside", "outside", "outside"]


def test_a_drag_is_a_box_and_with_control_a_lasso(pointing, town, hand):
    hand.drag(pointing.canvas, screen(pointing, town, 96, 96), (110, 105), screen(pointing, town, 123, 113))
    hand.until(lambda: taken_pixels(pointing) == 200)
    assert pointing.session.steps[0].kind == "box" and len(pointing.session.steps[0].places) == 4
    hand.key(pointing.canvas, Qt.Key.Key_Escape)
    pointing.bar.buttons["lasso"].click()
    ring = [screen(pointing, town, *place) for place in ((98, 98), (110, 98), (110, 113), (98, 113), (98, 100))]
    hand.drag(pointing.canvas, *ring)
    hand.until(lambda: taken_pixels(pointing) > 0)
    assert pointing.session.steps[0].kind == "lasso"
    box = pointing.view.band.band.asGeometry().boundingBox()
    assert box.xMaximum() <= 500_111.5, "nothing beyond the line is taken"


def test_backspace_takes_prompts_back_and_escape_clears_them_then_leaves(pointing, town, hand):
    click(pointing, town, hand)
    press(pointing, screen(pointing, town, 150, 105), modifier=SHIFT)
    hand.key(pointing.canvas, Qt.Key.Key_Backspace)
    assert len(pointing.session.steps) == 1
    hand.until(lambda: taken_pixels(pointing) == 200)
    hand.key(pointing.canvas, Qt.Key.Key_Backspace)
    assert pointing.session.empty and pointing.view.band.band.asGeometry().isEmpty()
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Escape)
    assert pointing.session.empty and pointing.active
    hand.key(pointing.canvas, Qt.Key.Key_Escape)
    assert not pointing.active and pointing.canvas.mapTool() is pointing.canvas.pan
    assert pointing.bar.isHidden() and not pointing.action.isChecked()


def test_control_z_takes_an_accepted_polygon_back_with_its_prompts(pointing, town, hand):
    for col, row, pixels in ((105, 105, 200), (235, 185, 100)):
        click(pointing, town, hand, col, row, pixels)
        hand.key(pointing.canvas, Qt.Key.Key_Return)
    layer = pointing.taking.layer
    hand.key(pointing.canvas, Qt.Key.Key_Z, CONTROL)
    assert [pixels for _, pixels, _ in rows(layer)] == [200]
    hand.until(lambda: taken_pixels(pointing) == 100)
    hand.key(pointing.canvas, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert [pixels for _, pixels, _ in rows(layer)] == [100, 200]
    layer.undoStack().undo()
    assert len(pointing.session.taken) == 1, "QGIS's own undo is heard as well"


def test_keys_are_taken_before_the_shortcuts_of_the_main_window(pointing, town, hand):
    from qgis.PyQt.QtCore import QEvent
    from qgis.PyQt.QtGui import QKeyEvent
    from qgis.PyQt.QtWidgets import QApplication

    for key, modifier, ours in ((Qt.Key.Key_Z, CONTROL, True), (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, True),
                                (Qt.Key.Key_S, CONTROL, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
        event.ignore()
        QApplication.sendEvent(pointing.canvas, event)
        assert event.isAccepted() is ours


def test_a_second_click_and_the_mouse_over_the_window_never_encode(pointing, town, hand):
    engine = pointing.engines.engine
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Escape)
    before = len(engine.encoded)
    for col in range(95, 130):
        hand.move(pointing.canvas, QPoint(*screen(pointing, town, col, 105)))
        hand.wait(10)
    click(pointing, town, hand, 118, 108)
    assert len(engine.encoded) == before


def test_the_thing_under_the_mouse_is_shown_and_goes_with_the_mouse(pointing, town, hand):
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Escape)
    hand.move(pointing.canvas, QPoint(*screen(pointing, town, 110, 105)))
    hand.until(lambda: pointing.view.hint.band is not None and pointing.view.hint.band.asGeometry().area() == 200.0)
    assert pointing.session.empty and pointing.shown is None or pointing.shown.wish.hover is False
    pointing.tool.hovered.emit(None)
    assert pointing.view.hint.band.asGeometry().isEmpty()


def test_a_mouse_that_rests_elsewhere_has_the_place_looked_at(pointing, town, hand):
    engine = pointing.engines.engine
    hand.until(lambda: len(engine.encoded) == 1 and not pointing.desk.looking)
    hand.move(pointing.canvas, QPoint(*screen(pointing, town, 20, 20)))
    hand.until(lambda: len(engine.encoded) == 2)


def test_enter_before_the_answer_takes_it_when_it_comes(pointing, town, hand):
    pointing.engines.engine.decode_seconds = 0.2
    press(pointing, screen(pointing, town, 105, 105))
    hand.key(pointing.canvas, Qt.Key.Key_Return)
    hand.until(lambda: pointing.taking.layer is not None)
    assert [pixels for _, pixels, _ in rows(pointing.taking.layer)] == [200]


def test_another_reading_is_shown_and_taken(pointing, town, hand):
    click(pointing, town, hand)
    assert pointing.bar.buttons["another"].isEnabled()
    hand.key(pointing.canvas, Qt.Key.Key_N)
    assert taken_pixels(pointing) > 200
    hand.key(pointing.canvas, Qt.Key.Key_N)
    assert taken_pixels(pointing) == 200


@pytest.mark.parametrize("rotation", [0.0, 37.0, -120.0])
def test_on_a_turned_canvas_a_prompt_and_its_polygon_meet_to_within_a_pixel(make_pointing, town, hand, rotation):
    pointing = make_pointing(town)
    canvas = pointing.canvas
    canvas.setRotation(rotation)
    canvas.setExtent(town.extent())
    pointing.start()
    place = screen(pointing, town, *[(a + b) // 2 for a, b in zip(SMALL[:2], SMALL[2:])])
    press(pointing, place)
    hand.until(lambda: taken_pixels(pointing) == 100)
    aimed = canvas.getCoordinateTransform().toMapCoordinates(QPoint(*place))
    ((x, y),) = pointing.session.steps[0].places
    assert np.hypot(x - aimed.x(), y - aimed.y()) < 0.01
    drawn = pointing.view.band.band.asGeometry()
    ring = [QgsPointXY(vertex) for vertex in drawn.vertices()]
    corners = np.array([(point.x(), point.y()) for point in ring]) - (500_000, 5_500_000)
    np.testing.assert_allclose([corners.min(axis=0), corners.max(axis=0)], [[230, -190], [240, -180]], atol=1e-6)
    to_screen = canvas.getCoordinateTransform()
    for point in ring:
        there = to_screen.transform(point)
        assert to_screen.toMapCoordinates(round(there.x()), round(there.y())).distance(point) < 1.0
    hand.key(canvas, Qt.Key.Key_Escape)
    a, b = screen(pointing, town, 226, 176), screen(pointing, town, 243, 193)
    hand.drag(canvas, a, ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2), b)
    hand.until(lambda: pointing.shown is not None and pointing.shown.wish.steps == pointing.session.steps)
    assert pointing.session.steps[0].kind == "box"


def test_a_town_in_degrees_is_pointed_at_from_a_map_in_metres(make_pointing, make_town, hand):
    town = make_town(4326, (15.0, 1e-5, 0, 50.0, 0, -1e-5))
    pointing = make_pointing(town)
    pointing.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    pointing.canvas.zoomToFullExtent()
    hand.wait(50)
    from qgis.core import QgsCoordinateTransform

    bend = QgsCoordinateTransform(town.crs(), QgsCoordinateReferenceSystem("EPSG:3857"), QgsProject.instance())
    pointing.canvas.setExtent(bend.transformBoundingBox(town.extent()))
    pointing.start()
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Return)
    (row,) = pointing.taking.layer.getFeatures()
    assert pointing.taking.layer.crs().authid() == "EPSG:4326"
    assert row["pixels"] == 200 and row.geometry().area() == pytest.approx(200e-10, rel=1e-9)
    assert row["area_m2"] == pytest.approx(200 * 1.1127 * 0.7170, rel=0.01)


def test_an_existing_layer_takes_the_polygon_and_keeps_its_edits_open(pointing, town, hand):
    target = QgsProject.instance().addMapLayer(
        QgsVectorLayer("MultiPolygon?crs=EPSG:32633&field=label:string&field=pixels:integer", "mine", "memory"))
    pointing.bar.target.setLayer(target)
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Return)
    assert [pixels for _, pixels, _ in rows(target)] == [200] and target.isEditable()
    assert "score" in pointing.bar.status.text() and "mine" in pointing.bar.status.text()
    hand.key(pointing.canvas, Qt.Key.Key_Escape)
    assert not pointing.active and target.isEditable()
    assert any("mine" in sentence for sentence in pointing.sentences)


def test_a_new_layer_is_saved_when_pointing_ends(pointing, town, hand):
    click(pointing, town, hand)
    hand.key(pointing.canvas, Qt.Key.Key_Return)
    layer = pointing.taking.layer
    pointing.stop()
    assert not layer.isEditable() and layer.featureCount() == 1 and not pointing.sentences


def test_prompts_survive_another_tool_and_come_back(pointing, town, hand):
    click(pointing, town, hand)
    pointing.canvas.setMapTool(pointing.canvas.pan)
    assert pointing.bar.isHidden() and pointing.view.marks is None
    assert pointing.start()
    hand.until(lambda: taken_pixels(pointing) == 200)
    assert len(pointing.view.marks.marks) == 1


def test_an_object_of_an_answer_is_refined_from_its_box(make_pointing, town, hand):
    from terralogue.models.features import FeatureSet, MaskFeature
    from terralogue.plugin.core.projections import wkt_of

    pointing = make_pointing(town)
    ring = np.array([(99, -99), (121, -99), (121, -111), (99, -111), (99, -99)], float) + (500_000, 5_500_000)
    found = FeatureSet("mask", wkt_of(town.crs()), (MaskFeature((ring,), "roof", 0.5, 264, 264.0),), "Nano", "town")
    pointing.refine(town, found, 0)
    hand.until(lambda: taken_pixels(pointing) == 200)
    assert pointing.active and pointing.session.steps[0].kind == "box" and pointing.bar.label_text == "roof"


def test_without_packages_it_does_not_begin(make_pointing, town):
    pointing = make_pointing(town)
    pointing.engines.state = (False, "Install them.", "install")
    assert not pointing.start()
    assert pointing.refusals and not pointing.active and not pointing.action.isChecked()


def test_nothing_stays_on_the_canvas(make_pointing, town, hand):
    pointing = make_pointing(town)
    before = len(pointing.canvas.scene().items())
    pointing.start()
    click(pointing, town, hand)
    pointing.unload()
    assert len(pointing.canvas.scene().items()) == before


def test_the_canvas_as_shown_is_pointed_at_where_it_is(make_pointing, town, hand):
    pointing = make_pointing(town)
    pointing.source = lambda: None
    pointing.start()
    press(pointing, screen(pointing, town, 105, 105))
    hand.until(lambda: taken_pixels(pointing) > 150)
    found = pointing.view.band.band.asGeometry()
    roof = QgsGeometry.fromWkt("POLYGON((500100 5499900, 500120 5499900, 500120 5499890, 500100 5499890, 500100 5499900))")
    assert found.intersection(roof).area() / found.combine(roof).area() > 0.8
