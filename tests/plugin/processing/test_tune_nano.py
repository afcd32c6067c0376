"""terralogue:tunenano: polygons in, a class in the chat; nothing is kept of what was refused or stopped."""

import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

sys.path.append(str(Path(__file__).resolve().parent))
from refusals import refused_by  # noqa: E402

sys.path.append(str(Path(__file__).resolve().parents[2] / "models" / "tuned"))

LEFT, TOP, PIXEL, SIZE = 500000, 5_000_000, 0.5, 512
#: Glasshouses of 16 × 16 px on a grid of places with gaps, (row, col).
PLACES = [(row, col) for row in range(20, 490, 66) for col in range(20, 490, 66) if (row * 7 + col * 3) % 5 < 3]


@pytest.fixture
def nano():
    from glasshouses import StridedNano

    return StridedNano()


@pytest.fixture
def service(nano, tmp_path):
    from terralogue.plugin.core.service import Service

    made = Service(cache=tmp_path / "cache", nano=nano, classes=tmp_path / "classes")
    Service.replace(made)
    yield made
    Service.replace(None)


@pytest.fixture
def farm(place):
    from glasshouses import scene

    decoys = [(row + 34, col + 10) for row, col in PLACES[::2] if row + 50 < SIZE]
    return place(scene(PLACES, decoys, (SIZE, SIZE))[0], "farm.tif")


def box(row, col, side=16):
    left, top = LEFT + PIXEL * col, TOP - PIXEL * row
    right, low = left + PIXEL * side, top - PIXEL * side
    return f"POLYGON(({left} {top},{right} {top},{right} {low},{left} {low},{left} {top}))"


def layer_of(wkts, crs="EPSG:32632", name="glass"):
    layer = QgsVectorLayer("Polygon" + (f"?crs={crs}" if crs else ""), name, "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    rows = []
    for wkt in wkts:
        rows.append(QgsFeature(layer.fields()))
        rows[-1].setGeometry(QgsGeometry.fromWkt(wkt))
    layer.dataProvider().addFeatures(rows)
    return layer


@pytest.fixture
def polygons():
    return layer_of([box(*place) for place in PLACES])


def short(**given):
    return {"NAME": "greenhouse", "LIGHTS": 1, "EPOCHS": 12, **given}


refused = partial(refused_by, "tunenano")


def test_minutes_later_the_chat_answers(run, service, farm, polygons, tmp_path):
    from terralogue.models.tuned.tuned_class import TunedClass
    from terralogue.plugin.core.service import Service
    from terralogue.plugin.gui.tuned_box import TunedBox

    declined = run("ask", INPUT=farm, QUESTION="How many greenhouses are there?")
    assert "not taught" in declined["ANSWER"]
    found = run("tunenano", INPUT=farm, POLYGONS=polygons, REPORT=str(tmp_path / "report.html"),
                FILE=str(tmp_path / "copy.nano-class"), SYNONYMS="glasshouse", **short())  # fmt: skip
    figures = json.loads(found["FIGURES"])
    assert figures["after"]["iou"] == found["IOU"] >= 0.7 and figures["before"]["declined"] is True
    assert figures["after"]["vqa"] >= figures["before"]["vqa_constant"] + 0.1 and figures["run"]["polygons"] == len(PLACES)
    assert Path(found["STORED"]) == tmp_path / "classes" / "greenhouse.nano-class"
    assert TunedClass.load(tmp_path / "copy.nano-class").digest == TunedClass.load(Path(found["STORED"])).digest
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "greenhouse" in page and "<script" not in page and f"{100 * found['IOU']:.1f} %" in page

    answer = run("ask", INPUT=farm, QUESTION="How many greenhouses are there?")
    number = json.loads(answer["FACTS"])["things"]["greenhouse"]["count"]
    assert abs(number - len(PLACES)) <= 2 and "tuned on your layer “glass”" in answer["ANSWER"]
    outlined = run("segment", INPUT=farm, PROMPT="glasshouses", OUTPUT="TEMPORARY_OUTPUT")
    true = QgsGeometry.unaryUnion([feature.geometry() for feature in polygons.getFeatures()])
    drawn = QgsGeometry.unaryUnion([feature.geometry() for feature in outlined["OUTPUT"].getFeatures()])
    assert drawn.intersection(true).area() / drawn.combine(true).area() > 0.7

    # Another start of QGIS knows it too, until it is removed in the options.
    Service.replace(Service(cache=tmp_path / "cache2", nano=service._nano, classes=tmp_path / "classes"))
    assert json.loads(run("ask", INPUT=farm, QUESTION="How many glasshouses?")["FACTS"])["kind"] == "view"
    options = TunedBox()
    assert options.list.count() == 1 and options.list.item(0).text().startswith("greenhouse: tuned on glass")
    options.list.item(0).setSelected(True)
    options.remove.click()
    assert Path(found["STORED"]).exists()
    options.apply()
    assert not Path(found["STORED"]).exists()
    assert "not taught" in run("ask", INPUT=farm, QUESTION="How many greenhouses are there?")["ANSWER"]
    assert not TunedBox().list.item(0).flags()


def test_a_tuned_class_is_only_replaced_if_that_is_ticked(run, farm, polygons, tmp_path):
    run("tunenano", INPUT=farm, POLYGONS=polygons, **short())
    stored = (tmp_path / "classes" / "greenhouse.nano-class").read_bytes()
    assert "replaced" in refused(run, INPUT=farm, POLYGONS=polygons, **short(SEED=2))
    assert (tmp_path / "classes" / "greenhouse.nano-class").read_bytes() == stored
    run("tunenano", INPUT=farm, POLYGONS=polygons, **short(SEED=2, REPLACE=True))
    assert (tmp_path / "classes" / "greenhouse.nano-class").read_bytes() != stored


def test_a_narrow_word_answers_for_itself_once_taught(run, farm, polygons):
    assert "tick" in refused(run, INPUT=farm, POLYGONS=polygons, **short(NAME="vineyard"))
    run("tunenano", INPUT=farm, POLYGONS=polygons, **short(NAME="vineyard", REPLACE=True))
    facts = json.loads(run("ask", INPUT=farm, QUESTION="How many vineyards are there?")["FACTS"])
    assert abs(facts["things"]["vineyard"]["count"] - len(PLACES)) <= 2


@pytest.mark.parametrize("name", ["building", "water", "<b>x</b>", "A320", "", "area"])
def test_names_that_cannot_be(run, farm, polygons, tmp_path, name):
    refused(run, INPUT=farm, POLYGONS=polygons, **short(NAME=name, REPLACE=True)) if name else pytest.raises(
        QgsProcessingException, run, "tunenano", INPUT=farm, POLYGONS=polygons, **short(NAME=name))
    assert not (tmp_path / "classes").exists()


def test_polygons_that_cannot_be_learned_from(run, farm, tmp_path):
    far = layer_of([box(row, col + 5000) for row, col in PLACES])
    assert "No polygon" in refused(run, INPUT=farm, POLYGONS=far, **short())
    assert "no polygons" in refused(run, INPUT=farm, POLYGONS=layer_of([]), **short())
    assert "Only 1" in refused(run, INPUT=farm, POLYGONS=layer_of([box(*PLACES[0])]), **short())
    near = layer_of([box(20 + 18 * k, 20) for k in range(7)])
    refused(run, INPUT=farm, POLYGONS=near, **short())
    flat = layer_of(["POLYGON((500010 4999990,500020 4999990,500010 4999990))", "POLYGON EMPTY"] * 4)
    refused(run, INPUT=farm, POLYGONS=flat, **short())
    lost = layer_of([box(*place) for place in PLACES], crs="")
    assert "coordinate reference system" in refused(run, INPUT=farm, POLYGONS=lost, **short())
    assert not (tmp_path / "classes").exists()


def test_a_raster_without_a_place(run, place, polygons):
    bare = place(np.zeros((3, 64, 64), np.uint8) + 9, "bare.tif", epsg=None)
    assert "coordinate reference system" in refused(run, INPUT=bare, POLYGONS=polygons, **short())


def test_degenerate_polygons_among_good_ones_are_named_and_left_out(run, farm, polygons):
    odd = ["POLYGON((500010 4999990,500020 4999990,500010 4999990))", "POLYGON((500050 4999950,500060 4999940,500060 4999950,"
           "500050 4999940,500050 4999950))"]  # fmt: skip
    layer = layer_of([*(box(*place) for place in PLACES), *odd])
    assert run("tunenano", INPUT=farm, POLYGONS=layer, **short())["IOU"] > 0.5


def test_stopped_in_the_middle_nothing_is_written(run, farm, polygons, tmp_path):
    class Stopping(QgsProcessingFeedback):
        def setProgress(self, value):  # noqa: N802 - QGIS
            super().setProgress(value)
            if value > 40:
                self.cancel()

    with pytest.raises(QgsProcessingException):
        run("tunenano", Stopping(), INPUT=farm, POLYGONS=polygons, REPORT=str(tmp_path / "report.html"),
            FILE=str(tmp_path / "copy.nano-class"), **short())  # fmt: skip
    assert not (tmp_path / "classes").exists() and not (tmp_path / "report.html").exists()
    assert not list(tmp_path.glob("*nano-class*"))


def test_only_what_was_labelled_is_learned_from(run, farm, polygons):
    # Only the western half was mapped; the glasshouses of the east are in no polygon.
    west = layer_of([box(*place) for place in PLACES if place[1] < 250])
    extent = f"{LEFT},{LEFT + 125},{TOP - 256},{TOP} [EPSG:32632]"
    found = run("tunenano", INPUT=farm, POLYGONS=west, EXTENT=extent, **short(EPOCHS=24))
    assert found["IOU"] >= 0.6
    facts = json.loads(run("ask", INPUT=farm, QUESTION="How many greenhouses are there?")["FACTS"])
    assert abs(facts["things"]["greenhouse"]["count"] - len(PLACES)) <= 3


def test_a_damaged_class_is_named_in_the_options_and_the_rest_goes_on(run, farm, tmp_path):
    from terralogue.plugin.gui.tuned_box import TunedBox

    (tmp_path / "classes").mkdir()
    (tmp_path / "classes" / "torn.nano-class").write_bytes(b"PK\x03\x04")
    assert "not taught" in run("ask", INPUT=farm, QUESTION="How many greenhouses are there?")["ANSWER"]
    box = TunedBox()
    assert "torn.nano-class" in box.list.item(0).text() and "damaged" in box.list.item(0).text()
