"""Results as layers: where they are kept, what they carry, how they look, and how they go again."""

import json
from pathlib import Path

import numpy as np
import pytest
from qgis.core import NULL, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from terralogue.models.errors import Cancelled
from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.plugin import settings
from terralogue.plugin.core.class_style import colour_of
from terralogue.plugin.core.errors import ExportFailed
from terralogue.plugin.core.layers import add_features, prepare_file, undo_handle
from terralogue.plugin.core.projections import wkt_of
from terralogue.plugin.core.result_files import write_geopackage

UTM = wkt_of(QgsCoordinateReferenceSystem("EPSG:32632"))


def polygon(x, y, side=10.0, angle=0.0):
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    square = np.array([[0, 0], [0, side], [side, side], [side, 0], [0, 0]], dtype=np.float64)
    return square @ np.array([[c, -s], [s, c]]) + (x, y)


def mask(count=3, wkt=UTM, area=100.0):
    labels = ("building", "tree", "water")
    items = tuple(
        MaskFeature((polygon(500000.1 + 20 * n, 5000000.3),), labels[n % 3], 0.75, 100, area) for n in range(count)
    )
    return FeatureSet("mask", wkt, items, "Nano 1", "scene", "2019-08-21")


def change():
    items = (
        MaskFeature((polygon(500000, 5000000),), "building", 0.9, 100, 100.0, "bare", "building"),
        MaskFeature((polygon(500040, 5000000),), "tree", 0.8, 100, 100.0, "tree", "bare"),
    )
    return FeatureSet("change", UTM, items, "Nano 1", "a → b", "2009 / 2016")


@pytest.fixture
def saved_project(project, tmp_path):
    project.setFileName(str(tmp_path / "städte 1.qgz"))
    return project


def test_a_mask_layer_carries_its_fields_crs_and_origin(project):
    layer = add_features(mask(), project, "Buildings", {"model": "Nano 1", "digest": "sha256:0", "seconds": 1.5})
    names = [field.name() for field in layer.fields()]
    assert names == ["label", "score", "pixels", "area_m2", "model", "source", "time"]
    row = next(layer.getFeatures())
    assert row.attributes() == ["building", 0.75, 100, 100.0, "Nano 1", "scene", "2019-08-21"]
    assert layer.crs().authid() == "EPSG:32632"
    assert json.loads(layer.customProperty("terralogue/provenance"))["digest"] == "sha256:0"
    assert any("sha256:0" in line for line in layer.metadata().history())
    assert layer.isTemporary() and layer.customProperty("terralogue/temporary") in (True, "true")


def test_a_change_layer_says_from_what_to_what_and_is_styled_by_it(project):
    layer = add_features(change(), project, "Changes", {})
    assert [field.name() for field in layer.fields()][1:3] == ["from", "to"]
    values = {category.value() for category in layer.renderer().categories()}
    assert values == {"bare → building", "tree → bare"}
    colours = {}
    for category in layer.renderer().categories():
        look = category.symbol().symbolLayer(0)
        colours[category.value()] = look.strokeColor().name(), look.fillColor().name()
    assert colours == {
        "bare → building": (colour_of("bare"), colour_of("building")), "tree → bare": (colour_of("tree"), colour_of("bare"))}
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression = QgsExpression(layer.renderer().classAttribute())
    for row in layer.getFeatures():
        context.setFeature(row)
        assert expression.evaluate(context) in values


def test_polygons_reach_the_layer_to_the_last_bit(project, saved_project):
    rings = (polygon(500000.1234567891, 5000000.9876543211, 100 * 0.1, 37.0),)
    features = FeatureSet("mask", UTM, (MaskFeature(rings, "building", 1.0, 10000, None),), "m", "s")
    layer = add_features(features, saved_project, "exact", {})
    row = next(layer.getFeatures())
    corners = np.array([(point.x(), point.y()) for point in row.geometry().vertices()])
    assert (corners == rings[0]).all()
    assert row["area_m2"] == NULL


def test_every_class_has_its_own_colour_always_the_same(project):
    layer = add_features(mask(), project, "Cover", {})
    colours = {c.value(): c.symbol().symbolLayer(0).strokeColor().name() for c in layer.renderer().categories()}
    assert len(set(colours.values())) == 3
    assert colours["water"] == colour_of("water")
    assert all(category.label() for category in layer.renderer().categories())


def test_buildings_stand_in_boxes_and_water_does_not(project):
    layer = add_features(mask(), project, "Cover", {})
    boxed = {c.value(): c.symbol().symbolLayerCount() == 2 for c in layer.renderer().categories()}
    assert boxed["building"] and not boxed["water"]


def test_results_stand_in_one_group_at_the_top_and_the_users_layers_stay_below(project):
    own = QgsVectorLayer("Point?crs=EPSG:4326", "own", "memory")
    project.addMapLayer(own)
    first = add_features(mask(), project, "first", {})
    second = add_features(mask(), project, "second", {})
    children = project.layerTreeRoot().children()
    assert [child.name() for child in children] == ["Terralogue", "own"]
    assert [node.layerId() for node in children[0].children()] == [second.id(), first.id()]
    children[0].setName("my results")
    add_features(mask(), project, "third", {})
    assert len(project.layerTreeRoot().children()) == 2


def test_a_saved_project_keeps_results_beside_it(saved_project, tmp_path):
    layer = add_features(mask(), saved_project, "Gebäude / 1", {})
    file = Path(layer.source().split("|")[0])
    assert file.parent == tmp_path / "städte 1_terralogue" and file.suffix == ".gpkg"
    assert layer.featureCount() == 3 and layer.crs().authid() == "EPSG:32632"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_user_may_keep_results_out_of_the_project_folder(saved_project, tmp_path):
    settings.keep_beside_project.setValue(False)
    try:
        layer = add_features(mask(), saved_project, "a", {})
    finally:
        settings.keep_beside_project.setValue(True)
    assert layer.isTemporary() and list(tmp_path.iterdir()) == []


def test_a_result_of_many_polygons_is_a_file_written_elsewhere_and_only_added(project):
    features = mask(6000)
    file = prepare_file(features, "", "many")
    layer = add_features(features, project, "many", {}, file=file)
    assert layer.featureCount() == 6000 and layer.providerType() == "ogr"
    undo_handle([layer]).undo()
    assert not file.exists()
    unprepared = add_features(features, project, "many", {})
    assert unprepared.providerType() == "ogr"
    undo_handle([unprepared]).undo()


def test_undo_takes_back_layers_files_and_the_group_and_nothing_else(saved_project, tmp_path):
    own = QgsVectorLayer("Point?crs=EPSG:4326", "own", "memory")
    saved_project.addMapLayer(own)
    kept = add_features(mask(), saved_project, "kept", {})
    added = add_features(mask(), saved_project, "added", {})
    handle = undo_handle([added])
    assert handle.undo() == 1 and handle.undo() == 0
    assert set(saved_project.mapLayers()) == {own.id(), kept.id()}
    assert len(list((tmp_path / "städte 1_terralogue").glob("*"))) == 1
    undo_handle([kept]).undo()
    assert [child.name() for child in saved_project.layerTreeRoot().children()] == ["own"]


def test_undo_never_deletes_a_file_that_is_not_a_result(project, tmp_path):
    from terralogue.plugin.core.export import export_layer

    export_layer(add_features(mask(), project, "a", {}), tmp_path / "mine.gpkg")
    mine = QgsVectorLayer(str(tmp_path / "mine.gpkg"), "mine", "ogr")
    project.addMapLayer(mine)
    undo_handle([mine]).undo()
    assert (tmp_path / "mine.gpkg").exists()


def test_a_result_without_crs_stays_without(project, saved_project):
    for target in (saved_project, project):
        layer = add_features(mask(wkt=""), target, "nowhere", {})
        assert not layer.crs().isValid()


def test_nothing_found_adds_no_layer(project):
    with pytest.raises(ExportFailed):
        add_features(mask(0), project, "none", {})
    assert project.mapLayers() == {} and project.layerTreeRoot().children() == []


def test_a_cancelled_write_leaves_no_file(tmp_path):
    from terralogue.models.cancel import CancelToken

    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_geopackage(mask(1000), tmp_path / "a.gpkg", token)
    assert list(tmp_path.iterdir()) == []


def test_a_result_layer_survives_saving_and_opening_the_project(saved_project, tmp_path):
    add_features(mask(), saved_project, "kept", {"digest": "sha256:0"})
    assert saved_project.write()
    project = QgsProject.instance()
    name = project.fileName()
    project.clear()
    assert project.read(name)
    again = project.mapLayersByName("kept")[0]
    assert again.featureCount() == 3
    assert json.loads(again.customProperty("terralogue/provenance"))["digest"] == "sha256:0"
    assert len(again.renderer().categories()) == 3
    assert undo_handle([again]).undo() == 1
