"""Accepted polygons in layers of every kind: exact, in the layer's CRS and fields, undone by its undo stack."""

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFieldConstraints,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.plugin.core.errors import TargetUnwritable
from terralogue.plugin.core.mask_layer import new_mask_layer, style_class
from terralogue.plugin.core.mask_target import append, check_target, polygon_layers
from terralogue.plugin.core.projections import wkt_of

WKT = wkt_of(QgsCoordinateReferenceSystem("EPSG:32633"))


def square(left, top, side, label="roof"):
    ring = np.array([[left, top], [left + side, top], [left + side, top - side], [left, top - side], [left, top]], float)
    return MaskFeature((ring,), label, 0.8, int(side * side), float(side * side))


def taken(*items):
    return FeatureSet("mask", WKT, items or (square(500_000, 5_500_000, 10),), "Nano", "scene", "2021-06-01")


def layer(fields="field=label:string&field=score:double&field=pixels:integer&field=area_m2:double", kind="Polygon",
          crs="EPSG:32633"):
    made = QgsVectorLayer(f"{kind}?crs={crs}&{fields}", "target", "memory")
    assert made.isValid()
    return QgsProject.instance().addMapLayer(made)


def test_one_object_is_one_step_of_the_undo_stack():
    target = layer()
    done = append(target, taken(), QgsProject.instance())
    assert target.isEditable() and target.undoStack().index() == 1 and done.features == 1
    (row,) = target.getFeatures()
    assert row["label"] == "roof" and row["pixels"] == 100 and row["score"] == 0.8
    assert row.geometry().area() == 100.0
    target.undoStack().undo()
    assert target.featureCount() == 0
    target.undoStack().redo()
    assert target.featureCount() == 1


def test_fields_that_the_layer_has_not_are_named():
    done = append(layer(), taken(), QgsProject.instance())
    assert set(done.dropped) == {"model", "source", "time"}
    done = append(layer("field=label:integer&field=other:string"), taken(), QgsProject.instance())
    assert "label" in done.dropped


def test_values_are_converted_to_what_the_field_keeps():
    target = layer("field=label:string(3)&field=score:string(20)&field=time:date")
    done = append(target, taken(), QgsProject.instance())
    (row,) = target.getFeatures()
    assert row["score"] == "0.8" and row["time"].toString("yyyy-MM-dd") == "2021-06-01"
    assert "label" in done.dropped or len(row["label"]) <= 4


def test_pieces_go_into_multipolygons_as_one_and_into_polygons_one_by_one():
    two = taken(square(500_000, 5_500_000, 10), square(500_100, 5_500_000, 20))
    many = layer(kind="MultiPolygon")
    assert append(many, two, QgsProject.instance()).features == 1
    (row,) = many.getFeatures()
    assert row["pixels"] == 500 and row.geometry().area() == 500.0 and row["area_m2"] == 500.0
    single = layer()
    assert append(single, two, QgsProject.instance()).features == 2
    assert single.undoStack().index() == 1


def test_polygons_are_carried_into_the_layer_s_crs_and_back_to_within_a_hair():
    from qgis.core import QgsCoordinateTransform

    target = layer(crs="EPSG:4326", kind="MultiPolygonZ")
    append(target, taken(), QgsProject.instance())
    (row,) = target.getFeatures()
    back = QgsGeometry(row.geometry())
    back.transform(QgsCoordinateTransform(target.crs(), QgsCoordinateReferenceSystem("EPSG:32633"), QgsProject.instance()))
    assert back.area() == pytest.approx(100.0, rel=1e-6)
    assert row["area_m2"] == 100.0


def test_a_layer_that_cannot_take_polygons_says_why():
    project = QgsProject.instance()
    points = project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:32633", "points", "memory"))
    closed = layer()
    closed.setReadOnly(True)
    for target, reason in ((points, "kind"), (closed, "read-only")):
        with pytest.raises(TargetUnwritable) as error:
            append(target, taken(), project)
        assert error.value.reason == reason
        assert not target.isEditable()
    unplaced = layer(crs="")
    unplaced.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(TargetUnwritable) as error:
        append(unplaced, taken(), project)
    assert error.value.reason == "crs" and unplaced.featureCount() == 0
    assert polygon_layers(project) == [unplaced]


def test_a_table_that_is_edited_as_another_layer_is_left_alone(tmp_path):
    project = QgsProject.instance()
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    QgsVectorFileWriter.writeAsVectorFormatV3(layer(), str(tmp_path / "t.gpkg"), QgsCoordinateTransformContext(), options)
    one, other = (project.addMapLayer(QgsVectorLayer(f"{tmp_path / 't.gpkg'}|layername=t", name, "ogr")) for name in "ab")
    assert one.startEditing()
    with pytest.raises(TargetUnwritable) as error:
        check_target(other, project)
    assert (error.value.reason, error.value.other) == ("elsewhere", "a")
    append(one, taken(), project)
    assert one.commitChanges() and one.featureCount() == 1
    append(other, taken(), project)
    assert other.commitChanges() and other.featureCount() == 2


def test_what_the_source_insists_on_is_checked_before_anything_is_added():
    target = layer("field=label:string&field=owner:string")
    target.setFieldConstraint(1, QgsFieldConstraints.Constraint.ConstraintNotNull)
    with pytest.raises(TargetUnwritable) as error:
        append(target, taken(), QgsProject.instance())
    assert error.value.reason == "refused"
    assert target.featureCount() == 0 and target.undoStack().index() == 0


def test_default_values_of_the_layer_are_filled_in():
    from qgis.core import QgsDefaultValue

    target = layer("field=label:string&field=author:string")
    target.setDefaultValueDefinition(1, QgsDefaultValue("'Ada'"))
    append(target, taken(), QgsProject.instance())
    (row,) = target.getFeatures()
    assert row["author"] == "Ada"


def test_a_new_layer_of_a_saved_project_is_a_file_beside_it(tmp_path):
    project = QgsProject.instance()
    project.write(str(tmp_path / "town.qgz"))
    made = new_mask_layer(taken(), project, "Roofs", {"model": "Nano"})
    assert made.providerType() == "ogr" and str(tmp_path / "town_terralogue") in made.source()
    append(made, taken(), project)
    style_class(made, "roof")
    assert made.commitChanges() and made.featureCount() == 1
    (row,) = made.getFeatures()
    assert row["model"] == "Nano" and row["time"] == "2021-06-01" and row.geometry().area() == 100.0
    project.setFileName("")


def test_a_new_layer_without_a_project_file_is_kept_in_memory_and_has_a_class_each():
    made = new_mask_layer(taken(), QgsProject.instance(), "Roofs", {})
    for label in ("roof", "pool", "roof"):
        append(made, taken(square(500_000, 5_500_000, 10, label)), QgsProject.instance())
        style_class(made, label)
    assert made.providerType() == "memory" and made.crs().authid() == "EPSG:32633"
    assert [category.value() for category in made.renderer().categories()] == ["roof", "pool"]
    assert made.undoStack().index() == 3
