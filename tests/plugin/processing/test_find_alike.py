"""terralogue:findalike: examples outlined in any CRS, with signs; what is like them comes out, and nothing else."""

import sys
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject

sys.path += [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2] / "models" / "tuned")]

from refusals import refused_by  # noqa: E402

#: The first house (8 … 28, 8 … 24 px), and the wood (0 … 100, 240 … 300 px), of ``fakes.town``.
HOUSE = "POLYGON((500004 4999996,500014 4999996,500014 4999988,500004 4999988,500004 4999996))"
WOOD = "POLYGON((500005 4999870,500040 4999870,500040 4999855,500005 4999855,500005 4999870))"


@pytest.fixture
def nano():
    """The model that sees colours, in cells of 4 × 4 pixels as the real one."""
    from glasshouses import StridedNano

    return StridedNano()


def find(run, town, examples, **given):
    return run("findalike", INPUT=town, EXAMPLES=examples, OUTPUT="TEMPORARY_OUTPUT", **given)


def test_one_house_finds_the_others(run, town, shapes):
    found = find(run, town, shapes("Polygon", [HOUSE]))
    rows = list(found["OUTPUT"].getFeatures())
    assert found["COUNT"] == 12 == len(rows) and 0.5 < found["THRESHOLD"] < 1
    assert all(row["label"] == "alike" and abs(row["pixels"] - 320) < 160 for row in rows)
    assert all(row.geometry().isGeosValid() for row in rows)
    assert all(row.geometry().area() == pytest.approx(row["pixels"] * 0.25) for row in rows)


def test_examples_come_in_any_crs(run, town, shapes):
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    geometry = QgsGeometry.fromWkt(HOUSE)
    geometry.transform(QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:32632"), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()))
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "degrees", "memory")
    feature = QgsFeature()
    feature.setGeometry(geometry)
    layer.dataProvider().addFeature(feature)
    assert find(run, town, layer)["COUNT"] == 12


def test_a_negative_sign_takes_a_kind_away(run, town, shapes):
    both = shapes("Polygon", [HOUSE, WOOD], "field=sign:integer", [(1,), (1,)])
    signed = shapes("Polygon", [HOUSE, WOOD], "field=sign:integer", [(1,), (0,)])
    assert find(run, town, both, SIGN="sign")["COUNT"] == 13
    assert find(run, town, signed, SIGN="sign")["COUNT"] == 12


def test_only_inside_the_extent_though_the_example_lies_outside(run, town, shapes):
    extent = "500016,500060,4999940,5000000 [EPSG:32632]"
    found = find(run, town, shapes("Polygon", [HOUSE]), EXTENT=extent)
    assert 1 <= found["COUNT"] <= 9 and found["OUTPUT"].extent().xMinimum() >= 500015


def test_a_threshold_of_one_leaves_next_to_nothing_and_an_empty_layer_is_no_error(run, town, shapes):
    found = find(run, town, shapes("Polygon", [HOUSE]), THRESHOLD=1.0)
    assert found["OUTPUT"].featureCount() == found["COUNT"] <= 12 and found["THRESHOLD"] == 1.0


@pytest.mark.parametrize("examples, said", [
    ([], "at least one"),
    (["POLYGON((600000 5000000,600010 5000000,600010 4999990,600000 5000000))"], "Point inside it"),
], ids=["none", "beside the raster"])  # fmt: skip
def test_examples_that_are_none_are_refused_with_a_next_step(run, town, shapes, examples, said):
    assert said in refused_by("findalike", run, INPUT=town, EXAMPLES=shapes("Polygon", examples), OUTPUT="memory:")


def test_only_unwanted_examples_are_refused(run, town, shapes):
    examples = shapes("Polygon", [HOUSE], "field=sign:integer", [(-1,)])
    assert "at least one" in refused_by("findalike", run, INPUT=town, EXAMPLES=examples, SIGN="sign", OUTPUT="memory:")


def test_the_layer_that_has_no_crs_is_named_not_the_raster(run, town, shapes):
    examples = shapes("Polygon", [HOUSE])
    examples.setCrs(QgsCoordinateReferenceSystem())
    examples.setName("my outlines")
    QgsProject.instance().addMapLayer(examples)
    assert refused_by("findalike", run, INPUT=town, EXAMPLES=examples).startswith("my outlines has no coordinate")
