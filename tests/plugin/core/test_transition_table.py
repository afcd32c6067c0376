"""What became of what, as a table beside the polygons: its fields, its sums, where it is kept, and that it goes with them."""

from pathlib import Path

import numpy as np
import pytest
from qgis.core import NULL, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer, QgsWkbTypes

from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.plugin.core.layers import add_features, prepare_file, undo_handle
from terralogue.plugin.core.projections import wkt_of

UTM = wkt_of(QgsCoordinateReferenceSystem("EPSG:32632"))
MOVES = (("bare", "building", 100, 100.0), ("tree", "bare", 60, 60.0), ("bare", "building", 40, 40.0))


def changes(area=True):
    def square(number):
        corners = ((0, 0), (0, 10), (10, 10), (10, 0), (0, 0))
        return (np.array([(500000.0 + 20 * number + x, 5_000_000.0 + y) for x, y in corners]),)

    items = tuple(
        MaskFeature(square(n), became, 0.8, pixels, size if area else None, was, became)
        for n, (was, became, pixels, size) in enumerate(MOVES)
    )
    return FeatureSet("change", UTM if area else "", items, "Nano 1", "a → b")


def transitions(area=True):
    rows = [("bare", "building", 2, 140, 140.0, 0.014), ("tree", "bare", 1, 60, 60.0, 0.006)]
    return [
        {"from": was, "to": became, "count": count, "pixels": pixels, "share": share, "area_m2": size if area else None}
        for was, became, count, pixels, size, share in rows
    ]


@pytest.fixture
def saved_project(project, tmp_path):
    project.setFileName(str(tmp_path / "p.qgz"))
    return project


def table_of(project):
    (found,) = [layer for layer in project.mapLayers().values() if layer.wkbType() == QgsWkbTypes.Type.NoGeometry]
    return found


@pytest.mark.parametrize("saved", [False, True])
def test_the_table_stands_under_its_polygons_and_its_sums_are_theirs(request, saved):
    project = request.getfixturevalue("saved_project" if saved else "project")
    layer = add_features(changes(), project, "Changes", {"threshold": 0.4}, transitions=transitions())
    table = table_of(project)
    assert [field.name() for field in table.fields() if field.name() != "fid"] == [
        "from", "to", "count", "pixels", "area_m2", "share"]
    assert table.providerType() == ("ogr" if saved else "memory")
    for row in table.getFeatures():
        mine = [f for f in layer.getFeatures() if (f["from"], f["to"]) == (row["from"], row["to"])]
        assert row["count"] == len(mine) and row["pixels"] == sum(f["pixels"] for f in mine)
        assert row["area_m2"] == pytest.approx(sum(f["area_m2"] for f in mine))
    assert sum(row["count"] for row in table.getFeatures()) == layer.featureCount()
    (group,) = project.layerTreeRoot().findGroups()
    assert [node.layerId() for node in group.children()] == [layer.id(), table.id()]
    assert '"threshold": 0.4' in table.customProperty("terralogue/provenance")
    assert table.name() == "Changes: transitions" and "Nano 1" in table.metadata().abstract()


def test_undo_takes_both_and_their_one_file(saved_project, tmp_path):
    layer = add_features(changes(), saved_project, "Changes", {}, transitions=transitions())
    files = list((tmp_path / "p_terralogue").iterdir())
    assert [file.suffix for file in files if "-" not in file.suffix] == [".gpkg"]
    assert undo_handle([layer]).undo() == 2
    assert saved_project.mapLayers() == {} and list((tmp_path / "p_terralogue").iterdir()) == []


def test_undo_knows_the_table_after_the_project_was_opened_again(saved_project):
    add_features(changes(), saved_project, "Changes", {}, transitions=transitions())
    assert saved_project.write()
    name = saved_project.fileName()
    saved_project.clear()
    assert saved_project.read(name)
    (again,) = saved_project.mapLayersByName("Changes")
    assert undo_handle([again]).undo() == 2


def test_undo_never_takes_a_layer_that_is_no_table_of_ours(project):
    layer = add_features(changes(), project, "Changes", {})
    own = QgsVectorLayer("NoGeometry", "own", "memory")
    QgsProject.instance().addMapLayer(own)
    layer.setCustomProperty("terralogue/table", own.id())
    assert undo_handle([layer]).undo() == 1 and set(project.mapLayers()) == {own.id()}


def test_without_a_scale_areas_are_null(project):
    add_features(changes(area=False), project, "Changes", {}, transitions=transitions(area=False))
    assert all(row["area_m2"] == NULL and row["pixels"] > 0 for row in table_of(project).getFeatures())


def test_a_file_made_by_a_worker_holds_both(project, tmp_path):
    file = prepare_file(changes(), "", "Changes", None, transitions())
    layer = add_features(changes(), project, "Changes", {}, file=file, transitions=transitions())
    assert Path(table_of(project).source().split("|")[0]) == file
    undo_handle([layer]).undo()
    assert not file.exists()
