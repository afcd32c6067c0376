"""Outlines, colours, tables, reference systems and own layers: how the panel keeps objects, chosen once and remembered."""

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsExpression, QgsExpressionContext, QgsVectorLayer

from terralogue.models.features import FeatureSet
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.polygons import trace
from terralogue.plugin import settings
from terralogue.plugin.core.projections import wkt_of
from terralogue.plugin.gui.export_dialog import ExportChoice, ExportDialog
from terralogue.plugin.gui.export_flow import ExportFlow
from terralogue.plugin.gui.keeping import Keeping

pytestmark = pytest.mark.usefixtures("defaults")


@pytest.fixture
def defaults(qgis_app):
    """Settings as they come."""
    yield
    for entry in (settings.outlines, settings.object_colours, settings.statistics_table):
        entry.remove()


@pytest.fixture
def houses():
    """Two houses turned by 20° and a pond, traced at 0.5 m in UTM 32N."""
    from affine import Affine

    from terralogue.models.features import MaskFeature

    row, col = np.mgrid[:120, :160]
    labels = np.zeros((120, 160), np.int32)
    for number, (x, y) in enumerate(((40, 40), (110, 60))):
        along, across = (np.cos(t) * (col - x) + np.sin(t) * (row - y) for t in np.radians([20, 110]))
        labels[(abs(along) < 20) & (abs(across) < 12)] = number + 1
    labels[np.hypot(row - 95, col - 30) < 15] = 3
    wkt = wkt_of(QgsCoordinateReferenceSystem("EPSG:32632"))
    found = trace(labels, Grid(160, 120, Affine(0.5, 0, 500000, 0, -0.5, 5000000), wkt))
    items = tuple(MaskFeature(t.rings, "water" if t.value == 3 else "building", 0.9, t.pixels, t.area_m2) for t in found)
    return FeatureSet("mask", wkt, items, "Nano 1", "scene")


@pytest.fixture
def keeping(project):
    made = Keeping("Houses")
    made.said = []
    made.failed.connect(made.said.append)
    made.appended.connect(made.said.append)
    yield made
    made.stop()


def test_exact_outlines_are_the_default_and_add_nothing_to_the_table(keeping, houses):
    keeping.keep(houses, {})
    assert keeping.layer.fields().names() == ["label", "score", "pixels", "area_m2", "model", "source", "time"]
    assert keeping.note == ""


def test_right_angles_are_drawn_by_a_worker_and_their_cost_is_said(keeping, houses, hand):
    settings.outlines.setValue("right angles")
    keeping.keep(houses, {"model": "Nano 1"})
    assert keeping.layer is None
    hand.until(lambda: keeping.layer is not None)
    rows = {row["label"]: row for row in keeping.layer.getFeatures()}
    assert rows["building"]["shape"] == "right angles" and rows["water"]["shape"] == "exact"
    assert len(rows["building"].geometry().asPolygon()[0]) == 5
    assert {row["pixels"] for row in keeping.layer.getFeatures()} == {one.pixels for one in houses.features}
    assert "2 outlines have right angles" in keeping.note and "0.00 %" in keeping.note
    assert "right angles" in keeping.layer.customProperty("terralogue/provenance")


def test_statistics_come_as_a_table_and_go_with_the_layer(keeping, houses, project):
    settings.statistics_table.setValue(True)
    keeping.keep(houses, {}, known=120 * 160)
    (table,) = [layer for layer in project.mapLayers().values() if layer is not keeping.layer]
    rows = {row["label"]: row for row in table.getFeatures()}
    assert rows["building"]["count"] == 2 and rows["water"]["count"] == 1
    assert rows["building"]["share"] == pytest.approx(rows["building"]["pixels"] / (120 * 160))
    keeping.undo()
    assert project.mapLayers() == {}


def test_a_saved_project_keeps_the_statistics_in_the_same_file(keeping, houses, project, hand, tmp_path):
    project.setFileName(str(tmp_path / "p.qgz"))
    settings.statistics_table.setValue(True)
    settings.outlines.setValue("simplified")
    keeping.keep(houses, {}, known=120 * 160)
    hand.until(lambda: keeping.layer is not None)
    sources = sorted(layer.source().split("layername=")[1] for layer in project.mapLayers().values())
    assert sources == ["features", "statistics"] and "shape_err" in keeping.layer.fields().names()
    file = keeping.layer.source().split("|")[0]
    keeping.undo()
    assert not list((tmp_path / "p_terralogue").glob("*.gpkg")), file


def test_every_object_can_have_a_colour_of_its_own(keeping, houses):
    settings.object_colours.setValue("each")
    keeping.keep(houses, {})
    layer = keeping.layer
    found = set()
    for row in layer.getFeatures():
        category = next(c for c in layer.renderer().categories() if c.value() == row["label"])
        filling = category.symbol().symbolLayer(0)
        (colour,) = [
            filling.dataDefinedProperties().property(key)
            for key in filling.dataDefinedProperties().propertyKeys()
            if "90)" in filling.dataDefinedProperties().property(key).expressionString()
        ]
        context = QgsExpressionContext()
        context.setFeature(row)
        found.add(QgsExpression(colour.expressionString()).evaluate(context))
    assert len(found) == 3


def target(project, kind="MultiPolygon", fields="&field=label:string&field=score:double"):
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326{fields}", "mine", "memory")
    return project.addMapLayer(layer)


def test_objects_go_into_a_layer_of_the_users_as_one_step(keeping, houses, project, hand):
    mine = target(project)
    settings.outlines.setValue("right angles")
    keeping.keep_in(mine.id(), houses)
    hand.until(lambda: keeping.said)
    assert mine.isEditable() and mine.featureCount() == 3 and mine.undoStack().count() == 1
    assert "3" in keeping.said[0] and "pixels" in keeping.said[0]
    boxes = [row.geometry().boundingBox() for row in mine.getFeatures()]
    assert all(8.9 < box.xMinimum() < 9.1 for box in boxes), "in the degrees of the layer"
    mine.undoStack().undo()
    assert mine.featureCount() == 0


def test_a_layer_that_takes_nothing_is_left_as_it_was_and_said_so(keeping, houses, project, hand, tmp_path):
    read_only = target(project)
    read_only.setReadOnly(True)
    keeping.keep_in(read_only.id(), houses)
    assert "read-only" in keeping.said.pop() and not read_only.isEditable()
    from terralogue.plugin.core.result_files import write_geopackage

    file = write_geopackage(houses, tmp_path / "own.gpkg")
    one, other = (project.addMapLayer(QgsVectorLayer(f"{file}|layername=features", name, "ogr")) for name in ("one", "other"))
    assert other.startEditing()
    keeping.keep_in(one.id(), houses)
    assert "other" in keeping.said.pop() and not one.isEditable() and one.featureCount() == 3
    other.rollBack()
    keeping.keep_in("gone", houses)
    assert keeping.said.pop()


def test_what_is_chosen_in_the_menu_is_remembered(qgis_app, project):
    from terralogue.plugin.gui.chat.keep_menu import KeepMenu

    mine = target(project)
    menu = KeepMenu()
    asked = []
    menu.add_to.connect(asked.append)
    menu.show_chosen()
    assert menu.outlines.actions()[0].isChecked() and menu.colours.actions()[0].isChecked()
    menu.outlines.actions()[2].trigger()
    menu.colours.actions()[1].trigger()
    menu.statistics.trigger()
    again = KeepMenu()
    again.show_chosen()
    assert again.outlines.actions()[2].isChecked() and again.colours.actions()[1].isChecked() and again.statistics.isChecked()
    assert settings.outlines.value() == "right angles"
    menu.layers.actions()[0].trigger()
    assert asked == [mine.id()]


@pytest.mark.parametrize("ending, crs", [(".gpkg", "EPSG:3857"), (".shp", "EPSG:4326"), (".fgb", "EPSG:25832"),
                                         (".geojson", "EPSG:4326")])  # fmt: skip
def test_an_export_in_another_reference_system_keeps_the_areas_of_the_ground(project, houses, hand, tmp_path, ending, crs):
    flow = ExportFlow("Houses")
    said = []
    flow.said.connect(said.append)
    wanted = QgsCoordinateReferenceSystem(crs)
    flow.export_features(houses, ExportChoice(tmp_path / ("out" + ending), wanted, "right angles"))
    hand.until(lambda: said)
    layer = QgsVectorLayer(str(tmp_path / ("out" + ending)), "read", "ogr")
    assert layer.isValid() and layer.featureCount() == 3 and layer.crs().authid() == crs
    areas = sorted(row["area_m2"] for row in layer.getFeatures())
    assert areas == pytest.approx(sorted(one.area_m2 for one in houses.features), rel=1e-9)
    assert {"shape", "shape_m2", "shape_err"} <= set(layer.fields().names())
    assert "right angles" in said[0]


def test_an_export_can_hold_one_multipolygon_for_each_class(project, houses, hand, tmp_path):
    flow = ExportFlow("Houses")
    said = []
    flow.said.connect(said.append)
    flow.export_features(houses, ExportChoice(tmp_path / "out.gpkg", QgsCoordinateReferenceSystem("EPSG:32632"), multipart=True))
    hand.until(lambda: said)
    layer = QgsVectorLayer(str(tmp_path / "out.gpkg"), "read", "ogr")
    assert sorted(row["label"] for row in layer.getFeatures()) == ["building", "water"]


def test_the_dialog_asks_for_file_system_and_outlines(qgis_app, tmp_path):
    utm = QgsCoordinateReferenceSystem("EPSG:32632")
    dialog = ExportDialog(utm, shape=True)
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    assert not save.isEnabled() and dialog.choice() is None
    dialog.file.setFilePath(str(tmp_path / "out"))
    dialog.crs.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    dialog.outlines.setCurrentIndex(1)
    assert save.isEnabled()
    choice = dialog.choice()
    assert choice.path == tmp_path / "out.gpkg" and choice.crs.authid() == "EPSG:3857"
    assert choice.outlines == "simplified" and not choice.multipart
    dialog.accept()
    assert settings.outlines.value() == "simplified"
    (tmp_path / "out.geojson").write_text("{}")
    dialog.file.setFilePath(str(tmp_path / "out.geojson"))
    assert "longitude" in dialog.note.text() and "replaced" in dialog.note.text()
    nowhere = ExportDialog(QgsCoordinateReferenceSystem(), shape=False)
    assert not nowhere.crs.isEnabled()


def test_a_long_note_does_not_squeeze_the_rows_of_the_dialog(qgis_app, tmp_path):
    """Names of files and outlines were cut through the middle."""
    dialog = ExportDialog(QgsCoordinateReferenceSystem("EPSG:32632"), shape=True)
    dialog.show()
    (tmp_path / "out.geojson").write_text("{}")
    dialog.file.setFilePath(str(tmp_path / "out.geojson"))
    qgis_app.processEvents()
    for widget in (dialog.file, dialog.outlines, dialog.crs):
        assert widget.height() >= widget.minimumSizeHint().height()
    assert dialog.note.height() >= dialog.note.heightForWidth(dialog.note.width())
    dialog.close()
