"""terralogue:runmodel: a user's own ONNX model through Processing, and what is said of one that cannot be run."""

import sys
from pathlib import Path

import pytest
from qgis.core import QgsRasterLayer

MODELS = Path(__file__).resolve().parents[2] / "models"
sys.path += [str(Path(__file__).parent), str(MODELS / "masks"), str(MODELS / "zoo")]

import tiny_models  # noqa: E402
from refusals import refused_by  # noqa: E402


@pytest.fixture
def three(tmp_path):
    """Three classes by brightness; the roofs of the town are the middle one."""
    names = {0: "dark", 1: "middle", 2: "bright"}
    return str(tiny_models.three(tmp_path / "three.onnx", class_names=names))


def test_a_model_of_the_users_gives_exact_polygons_and_scores(run, town, three, tmp_path):
    target = str(tmp_path / "scores.tif")
    found = run("runmodel", INPUT=town, MODEL=three, OUTPUT="TEMPORARY_OUTPUT", SCORES=target)
    layer = found["OUTPUT"]
    assert found["COUNT"] == layer.featureCount() > 0
    pixels = 0
    for row in layer.getFeatures():
        assert row.geometry().isGeosValid() and row["model"] == "three"
        assert row.geometry().area() == row["pixels"] * 0.25
        pixels += row["pixels"]
    assert pixels <= 400 * 300
    scores = QgsRasterLayer(target, "scores")
    assert scores.isValid() and scores.bandCount() == 3 and scores.extent() == town.extent()


def test_classes_and_their_thresholds_are_chosen(run, town, three):
    every = run("runmodel", INPUT=town, MODEL=three, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    labels = {row["label"] for row in every.getFeatures()}
    assert len(labels) >= 2
    one = sorted(labels)[0]
    chosen = run("runmodel", INPUT=town, MODEL=three, CLASSES=one.upper(), OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert {row["label"] for row in chosen.getFeatures()} == {one}
    # A threshold of its own goes before the one for all.
    sure = ",".join(f"{label}=1" for label in labels)
    fewer = run("runmodel", INPUT=town, MODEL=three, CLASSES=sure, THRESHOLD=0.1, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert sum(row["pixels"] for row in fewer.getFeatures()) < sum(row["pixels"] for row in every.getFeatures())


def test_only_inside_the_extent(run, town, three):
    extent = "500000,500030,4999940,5000000 [EPSG:32632]"
    found = run("runmodel", INPUT=town, MODEL=three, EXTENT=extent, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert found.featureCount() and found.extent().xMaximum() <= 500030


def test_nothing_of_a_run_is_left_in_the_cache(run, town, three, service):
    run("runmodel", INPUT=town, MODEL=three, OUTPUT="TEMPORARY_OUTPUT")
    assert list((service.cache / "models").iterdir()) == []


def test_a_model_that_cannot_be_run_is_told_in_a_sentence(run, town, three, tmp_path):
    other = tiny_models.bright(tmp_path / "regressor.onnx", model_type="Regressor")
    cut = tmp_path / "cut.onnx"
    cut.write_bytes(Path(three).read_bytes()[:100])
    for path, words in ((other, "another task"), (cut, "cut off"), (tmp_path / "none.onnx", "missing")):
        said = refused_by("runmodel", run, INPUT=town, MODEL=str(path), OUTPUT="TEMPORARY_OUTPUT")
        assert words in said and path.name in said and str(tmp_path) not in said
    said = refused_by("runmodel", run, INPUT=town, MODEL=three, CLASSES="ships", OUTPUT="TEMPORARY_OUTPUT")
    assert "ships" in said and "dark" in said
    said = refused_by("runmodel", run, INPUT=town, MODEL=three, CLASSES="dark=2", OUTPUT="TEMPORARY_OUTPUT")
    assert "dark" in said
