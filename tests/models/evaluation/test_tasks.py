"""Tasks of words and geometry, from a manifest to figures, through the chat's own door."""

import csv

import numpy as np
import pytest
from fakes import ColourNano, ground, paint, park

from terralogue.models.engine import Engine
from terralogue.models.evaluation.controls import ControlImpossible, hobbled
from terralogue.models.evaluation.evaluation import Evaluation
from terralogue.models.evaluation.manifest import ManifestError, boxes_of, read_rows, region_of, write_rows
from terralogue.models.evaluation.pointing import middle
from terralogue.models.imagery.grid import Grid

rasterio = pytest.importorskip("rasterio", reason="rasterio is not installed (group 'headless')")
CARS = [(10, 10), (10, 60), (40, 20)]


def write(path, pixels, gsd=0.25):
    """A GeoTIFF, north up."""
    with rasterio.open(path, "w", driver="GTiff", width=pixels.shape[2], height=pixels.shape[1], count=len(pixels),
                       dtype="uint8", crs="EPSG:32632", transform=rasterio.Affine(gsd, 0, 5e5, 0, -gsd, 5e6)) as out:
        out.write(pixels)


@pytest.fixture
def folder(tmp_path):
    """A lot of three cars beside a house, its things numbered 1 to 4; and an empty meadow."""
    lot = paint(park(ground(128, 128), "car", CARS), "building", (80, 112), (80, 120))
    write(tmp_path / "lot.tif", lot)
    write(tmp_path / "meadow.tif", ground(128, 128))
    numbers = np.zeros((1, 128, 128), np.uint8)
    for number, (row, col) in enumerate(CARS, 1):
        numbers[0, row:row + 8, col:col + 16] = number
    numbers[0, 80:112, 80:120] = 4
    write(tmp_path / "things.tif", numbers)
    return tmp_path


@pytest.fixture
def run(folder):
    engine = Engine(folder, folder, nano=ColourNano())

    def measured(*rows, control=""):
        write_rows(folder / "manifest.csv", list(rows))
        evaluation = Evaluation(folder / "manifest.csv", engine, control)
        figures = evaluation.run()
        measured.told = evaluation.told
        return figures

    measured.engine = engine
    yield measured
    engine.close()


def row(task, question="", target="", concept="", image="lot.tif", **more):
    return {"task": task, "question": question, "target": target, "concept": concept, "image": image, **more}


def test_all_things_of_a_class_are_matched_by_their_boxes(run):
    figures = run(row("detect", "Find all cars", "things.tif#1 2 3", "car"))["detect"]
    assert figures["f1_50"] == 1 and figures["count_within1"] == 1 and figures["by_class"] == {"car": 1}
    figures = run(row("detect", "Find all cars", "10 10 26 18; 100 100 116 108", "car"))["detect"]
    assert figures["precision"] == pytest.approx(1 / 3) and figures["recall"] == 0.5


def test_a_phrase_is_right_where_its_one_thing_is_and_where_nothing_fits(run):
    rows = [row("refer", "Where is the leftmost car?", "things.tif#1", "one"),
            row("refer", "Segment the boat", "things.tif#", "class absent")]
    figures = run(*rows)["refer"]
    assert figures["acc50"] == figures["pointing"] == figures["class absent right"] == 1 and figures["false_empty"] == 0
    wrong = run(row("refer", "Where is the leftmost car?", "things.tif#2", "one"))["refer"]
    assert wrong["acc50"] == wrong["pointing"] == wrong["giou"] == 0


def test_short_answers_are_right_by_type_beside_the_best_constant_one(run):
    rows = [row("vqa", "How many cars are there?", "3", "count"), row("vqa", "Are there any cars?", "yes", "presence"),
            row("vqa", "Are there any cars?", "no", "presence", "meadow.tif"),
            row("vqa", "How many cars are there?", "7", "count", "meadow.tif")]
    figures = run(*rows)["vqa"]
    assert figures["by_type"] == {"count": 0.5, "presence": 1} and figures["balanced"] == {"presence": 1}
    assert figures["constant"]["overall"] == 0.5 and figures["counts"]["within1"] == 0.5
    assert [run.told[index]["found"] for index in range(4)] == ["3", "yes", "no", "0"]
    assert figures["spoken"] == {"n": 0} and figures["failed"] == 0


def test_shuffled_and_blank_images_lose_the_answer(run):
    rows = [row("vqa", "Are there any cars?", "yes", "presence"),
            row("vqa", "Are there any cars?", "no", "presence", "meadow.tif")]
    assert run(*rows)["vqa"]["overall"] == 1
    assert run(*rows, control="shuffle")["vqa"]["overall"] == 0
    assert run(*rows, control="blank")["vqa"]["balanced"] == {"presence": 0.5}


def test_only_the_last_turn_of_a_dialogue_is_judged(run):
    figures = run(row("vqa", "Are there any buildings? || How many are there?", "1", "dialogue"))["vqa"]
    assert figures["overall"] == 1 and figures["n"] == 1


def test_a_region_is_asked_about_by_itself(run):
    rows = [row("vqa", "Are there any cars?", "no", "presence", region="64 64 128 128"),
            row("vqa", "Are there any cars?", "yes", "presence", region="0 0 64 64")]
    assert run(*rows)["vqa"]["overall"] == 1


def test_two_dates_answer_a_question_of_change(run):
    rows = [row("change_vqa", "Were any buildings removed?", "yes", "removed", image_after="meadow.tif"),
            row("change_vqa", "Were any buildings removed?", "no", "removed", "meadow.tif", image_after="lot.tif")]
    figures = run(*rows)["change_vqa"]
    assert figures["n"] == 2 and figures["failed"] == 0 and run.told[0]["found"] == "yes"


def test_clicks_are_put_into_what_is_still_wrong(run):
    figures = run(row("point", target="things.tif#4"))["point"]
    assert figures["iou_1"] == pytest.approx(1, abs=0.01) and figures["iou_5"] >= figures["iou_1"]
    mask = np.zeros((9, 9), bool)
    mask[2:7, 3:8] = True
    assert middle(mask) == (5, 4)


def test_unknown_things_are_declined_and_known_ones_are_not(run):
    rows = [row("declined", "How many zebras are there?", "unanswerable", "unknown thing"),
            row("declined", "How many cars are there?", "answerable", "count")]
    figures = run(*rows)["declined"]
    assert figures["on_unanswerable"] == 1 and figures["on_answerable"] == 0
    with pytest.raises(ManifestError, match="perhaps"):
        run(row("declined", "How many cars are there?", "perhaps"))


def test_captions_are_scored_by_their_words_and_by_what_they_name(run):
    figures = run(row("caption", target="Low vegetation covers 93 % of the ground. | A meadow with one building."))["caption"]
    assert figures["n"] == 1 and 0 < figures["rouge_l"] <= 1 and figures["objects"]["recall"] > 0


def test_without_a_decoder_retrieval_says_so_and_its_controls_are_refused(run):
    assert "unavailable" in run(row("retrieve", target="A lot with 3 cars."))["retrieve"]
    for control in ("nofacts", "noimage"):
        with pytest.raises(ControlImpossible, match="decoder"):
            hobbled(run.engine, control)


def test_manifests_name_what_cannot_be_used(folder, run):
    with pytest.raises(ManifestError, match="line 2.*question"):
        run(row("vqa", "", "yes"))
    with pytest.raises(ManifestError, match="line 2"):
        run(row("detect", "Find all cars", "10 10 26", "car"))
    with pytest.raises(ManifestError, match="click nor a box"):
        run(row("vqa", "Are there any cars?", "yes", region="1 2 3"))


def test_rows_survive_being_written_and_read(tmp_path):
    rows = [row("vqa", "Is it “here”, or not?", "yes", "presence", region="1 2 3 4")]
    write_rows(tmp_path / "m.csv", rows)
    read = read_rows(tmp_path / "m.csv", ("vqa",))
    assert {key: read[0][key] for key in rows[0]} == rows[0]
    with open(tmp_path / "m.csv", encoding="utf-8") as handle:
        assert next(csv.reader(handle))[-2:] == ["question", "region"]


def test_boxes_and_regions_are_read_from_numbers():
    assert boxes_of("1 2 3 4; 5 6 7.5 8").tolist() == [[1, 2, 3, 4], [5, 6, 7.5, 8]] and boxes_of("").shape == (0, 4)
    grid = Grid(10, 10, rasterio.Affine(2, 0, 100, 0, -2, 200), "")
    assert region_of("1 2", grid).point == (102, 196)
    ring = region_of("0 0 5 5", grid).polygons[0][0]
    assert ring.min(0).tolist() == [100, 190] and ring.max(0).tolist() == [110, 200]


def test_a_cell_named_before_the_right_one_is_not_passed_over(run):
    assert run(row("vqa", "Where is the building?", "south-east", "position"))["vqa"]["overall"] == 1
    figures = run(row("vqa", "Where are the cars?", "west", "position"))["vqa"]
    assert figures["overall"] == 0 and run.told[0]["found"] == "north-west"
