"""terralogue:buildtrainingdata: every answer holds on masks drawn another way, chips lie where they say, nothing leaks."""

import json
import re
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from qgis.core import NULL, QgsGeometry, QgsPointXY, QgsProcessingException, QgsProcessingFeedback

sys.path.append(str(Path(__file__).resolve().parent))
from refusals import refused_by  # noqa: E402

SIZE = 128
TEXT_ONLY = ["captions", "questions", "dialogues", "referring"]


refused = partial(refused_by, "buildtrainingdata")


def records(folder, form="llava"):
    found = {}
    for path in sorted(Path(folder).glob(f"{form}_*.json")):
        found[path.stem.split("_")[-1]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def rows_of(layer):
    return list(layer.getFeatures())


@pytest.fixture
def small(place):
    """A scene of four chips a side and its raster."""
    from training_scene import AFFINE, Scene

    scene = Scene(256)
    return scene, place(scene.pixels, "small.tif", affine=AFFINE)


def test_a_thousand_answers_from_three_layers_hold_on_masks_drawn_another_way(run, place, tmp_path):
    from training_scene import AFFINE, LEFT, PIXEL, TOP, WIDTH, Scene

    from terralogue.models.datasets.checker import Measures, check

    scene = Scene()
    raster = place(scene.pixels, "ortho.tif", affine=AFFINE)
    folder = tmp_path / "data"
    found = run("buildtrainingdata", INPUT=raster, LAYERS=scene.layers(), COMPLETE=True, WIDTH=WIDTH, SIZE=SIZE,
                COUNTRY="Italy", CITY="Torino", FOLDER=str(folder), OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    counts = json.loads(found["COUNTS"])
    said = records(folder)
    assert set(said) == {"train", "validation", "test"}
    pairs = sum(len(record["conversations"]) // 2 for part in said.values() for record in part)
    assert pairs == sum(counts["turns"].values()) >= 1000
    assert len([task for task, number in counts["turns"].items() if number >= 5]) >= 8
    assert "turn that the checker does not confirm" not in counts["dropped"]

    wrong, names = [], {record["id"].rsplit("_", 1)[0] for part in said.values() for record in part
                        if isinstance(record["image"], str)}  # fmt: skip
    measures = Measures({name: scene.chip(name, SIZE) for name in names})
    for record in (record for part in said.values() for record in part):
        if not isinstance(record["image"], str):
            continue
        name = record["id"].rsplit("_", 1)[0]
        history = ()
        for asked, answered in zip(record["conversations"][::2], record["conversations"][1::2]):
            question = asked["value"].replace("<image>\n", "")
            verdict = check(measures.chips[name], question, answered["value"], history, measures.of(name))
            if verdict.verdict != "agree":
                wrong.append((name, question, answered["value"], verdict))
            history = (*history, (question, answered["value"]))
    assert not wrong, wrong[:5]
    yes_no = [pair["value"] for part in said.values() for record in part for pair in record["conversations"]
              if pair["value"].lower() in ("yes", "no")]
    assert len(yes_no) > 20

    assert counts["leakage"] == 0 and sum(counts["splits"].values()) == counts["chips"] == found["CHIPS"]
    assert set(counts["splits"]) == {"train", "validation", "test"}
    kept = {row["chip"]: row for row in rows_of(found["OUTPUT"]) if row["split"] != NULL}
    assert len(kept) == counts["chips"]
    for one in kept.values():
        for other in kept.values():
            if one["split"] != other["split"]:
                assert not one.geometry().intersects(other.geometry())
    for name, row in kept.items():
        top, left = (int(part) for part in name.split("_")[-2:])
        box = row.geometry().boundingBox()
        assert abs(box.xMinimum() - (LEFT + left * PIXEL)) < 1e-6 and abs(box.yMaximum() - (TOP - top * PIXEL)) < 1e-6
        assert box.width() == box.height() == SIZE * PIXEL
        assert (folder / row["image"]).is_file() and len(row["captions"]) > 20 and row["turns"] > 0
        assert json.loads(row["counts"] if row["counts"] != NULL else "{}") == {
            label: len(measures.chips[name].named(label)) for label in sorted({t.label for t in measures.chips[name].things})
        }
    dropped = [row for row in rows_of(found["OUTPUT"]) if row["split"] == NULL]
    assert dropped and all(row["dropped"] != NULL for row in dropped)

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["formats"]) == {"llava", "skyeye", "gaia", "webdataset", "karpathy", "referring", "skyscript"}
    for form in ("skyeye", "gaia", "webdataset", "karpathy", "referring"):
        assert manifest["formats"][form]["written"], form
    assert not list(tmp_path.glob(".data-*"))


def test_footprints_and_masks_of_a_rotated_raster_under_a_layer_in_degrees(run, place, tmp_path):
    from training_scene import layer_of

    turn, size, pixel = np.radians(30), 64, 0.5
    a, b = pixel * np.cos(turn), pixel * np.sin(turn)
    affine = (600_000, a, b, 4_500_000, b, -a)
    pixels = np.full((3, 192, 192), 120, np.uint8)
    raster = place(pixels, "turned.tif", affine=affine)

    def at(col, row):
        return affine[0] + a * col + b * row, affine[3] + b * col - a * row

    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject

    degrees = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:32632"), QgsCoordinateReferenceSystem("EPSG:4326"),
                                     QgsProject.instance())  # fmt: skip
    squares = []
    for top in range(0, 192, 64):
        for left in range(0, 192, 64):
            corners = [(left + 20, top + 10), (left + 40, top + 10), (left + 40, top + 30), (left + 20, top + 30)]
            ring = [degrees.transform(QgsPointXY(*at(c, r))) for c, r in corners]
            squares.append(QgsGeometry.fromPolygonXY([[*ring, ring[0]]]).asWkt(12))
    layer = layer_of("Polygon", squares, "field", crs="EPSG:4326")
    folder = tmp_path / "turned"
    found = run("buildtrainingdata", INPUT=raster, LAYERS=[layer], COMPLETE=True, CLASS_NAME="pool", SIZE=size, BLOCK=10000,
                KINDS=TEXT_ONLY, FORMATS=["llava", "referring"], FOLDER=str(folder), OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    rows = rows_of(found["OUTPUT"])
    assert len(rows) == 9
    for row in rows:
        top, left = (int(part) for part in row["chip"].split("_")[-2:])
        wanted = [at(*corner) for corner in ((left, top), (left + size, top), (left + size, top + size), (left, top + size))]
        ring = row.geometry().asPolygon()[0]
        assert max(np.hypot(p.x() - x, p.y() - y) for p, (x, y) in zip(ring, wanted)) < pixel / 2
        assert json.loads(row["counts"]) == {"pool": 1}
    objects = [thing for part in records(folder, "referring").values() for record in part for thing in record["objects"]]
    from terralogue.models.datasets.writing.rle import decode_rle

    assert objects
    for thing in objects:
        ys, xs = np.nonzero(decode_rle(thing["segmentation"]))
        assert (ys.min(), ys.max() + 1, xs.min(), xs.max() + 1) == (10, 30, 20, 40) and thing["area"] == 400
    talk = json.dumps(records(folder), ensure_ascii=False)
    assert not re.search(r"\b(north|south|east|west)", talk), "up is not north here"


def test_class_names_come_out_as_they_went_in(run, small, tmp_path):
    from training_scene import layer_of

    scene, raster = small
    names = ['<b>roof</b> "x" & co', "Dach 🏠 {n}", "A320", "storage_tank"]
    values = [(names[i % 4],) for i in range(len(scene.rows["building"]))]
    layer = layer_of("Polygon", scene.rows["building"], "shapes", fields="field=kind:string", values=values)
    folder = tmp_path / "names"
    found = run("buildtrainingdata", INPUT=raster, LAYERS=[layer], CLASS_FIELD="kind", COMPLETE=True, SIZE=SIZE, BLOCK=10000,
                KINDS=TEXT_ONLY, FORMATS=["llava", "referring", "skyeye"], FOLDER=str(folder))  # fmt: skip
    counts = json.loads(found["COUNTS"])
    spoken = [names[0], "dach 🏠 {n}", "A320", "storage tank"]
    assert set(counts["things"]) <= set(spoken) and len(counts["things"]) >= 3
    texts = [turn["value"] for part in records(folder).values() for record in part for turn in record["conversations"]]
    for name in counts["things"]:
        assert any(name in text for text in texts), name
    assert not any("<n:" in text or re.search("[\ua000-\ua4cf]", text) for text in texts)
    confirmed, lost = sum(counts["turns"].values()), counts["dropped"].get("turn that the checker does not confirm", 0)
    assert lost <= 0.02 * confirmed, counts


def test_names_that_mean_something_to_formats_or_to_terminals_do_no_harm(run, small, tmp_path):
    from training_scene import layer_of

    scene, raster = small
    names = ["[SEG] <image>", "x" * 300, "\u202eevil\u0000", "7", None]
    values = [(names[i % 5],) for i in range(len(scene.rows["building"]))]
    layer = layer_of("Polygon", scene.rows["building"], "odd", fields="field=kind:string(1000)", values=values)
    folder = tmp_path / "odd"
    found = run("buildtrainingdata", INPUT=raster, LAYERS=[layer], CLASS_FIELD="kind", COMPLETE=True, SIZE=64, BLOCK=10000,
                FOLDER=str(folder))  # fmt: skip
    counts = json.loads(found["COUNTS"])
    assert set(counts["things"]) == {"[SEG] <image>", "x" * 80, "evil", "class 7"}
    assert counts["dropped"]["feature without a class"] >= 1
    for part in records(folder).values():
        for record in part:
            marks = json.dumps(record["conversations"]).count("<image>")
            assert marks == (1 if isinstance(record["image"], str) else len(record["image"]))


def test_points_in_degrees_are_as_wide_on_the_ground_as_was_said(run, small, tmp_path):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject
    from training_scene import LEFT, TOP, layer_of

    _, raster = small
    degrees = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:32632"), QgsCoordinateReferenceSystem("EPSG:4326"),
                                     QgsProject.instance())  # fmt: skip
    points = [QgsGeometry.fromPointXY(degrees.transform(QgsPointXY(LEFT + x, TOP - y))).asWkt(12)
              for x, y in ((32, 32), (96, 32), (32, 96), (96, 96))]  # fmt: skip
    layer = layer_of("Point", points, "tank", crs="EPSG:4326")
    folder = tmp_path / "tanks"
    run("buildtrainingdata", INPUT=raster, LAYERS=[layer], WIDTH=20, COMPLETE=True, SIZE=SIZE, BLOCK=10000,
        KINDS=["referring"], FORMATS=["referring"], FOLDER=str(folder))  # fmt: skip
    objects = [thing for part in records(folder, "referring").values() for record in part for thing in record["objects"]]
    assert objects
    for thing in objects:
        assert thing["area"] * 0.25 == pytest.approx(np.pi * 100, rel=0.02) and thing["box"] == "{<34><34><66><66>}"


def test_tags_become_captions_in_skyscript_s_form(run, small, tmp_path):
    from training_scene import layer_of

    scene, raster = small
    values = [(("house", "church")[i % 2], "flat") for i in range(len(scene.rows["building"]))]
    layer = layer_of("Polygon", scene.rows["building"], "osm", fields="field=building:string&field=roof_shape:string",
                     values=values)  # fmt: skip
    folder = tmp_path / "osm"
    run("buildtrainingdata", INPUT=raster, LAYERS=[layer], CLASS_FIELD="building", SIZE=64, BLOCK=10000, KINDS=["tags"],
        FORMATS=["skyscript"], FOLDER=str(folder))  # fmt: skip
    (table,) = folder.glob("skyscript_*.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "filepath,title,title_multi_objects" and len(lines) > 4
    assert {line.split(",")[1] for line in lines[1:]} == {"building of house", "building of church"}


def test_no_colour_is_said_of_a_class_where_one_of_it_has_none(run, place, small, tmp_path):
    from training_scene import AFFINE

    scene, raster = small
    mixed = scene.pixels.copy()
    for _, _, mask in [found for found in scene.found if found[0] == "building"][::3]:
        mixed[:, mask] = np.array([0, 170, 175])[:, None]  # between blue and green
    spoken = {}
    for name, layer in (("plain", raster), ("mixed", place(mixed, "mixed.tif", affine=AFFINE))):
        folder = tmp_path / name
        found = run("buildtrainingdata", INPUT=layer, LAYERS=scene.layers()[:1], COMPLETE=True, SIZE=256, KINDS=TEXT_ONLY,
                    FORMATS=["llava"], FOLDER=str(folder))  # fmt: skip
        assert "turn that the checker does not confirm" not in json.loads(found["COUNTS"])["dropped"]
        spoken[name] = re.findall(r"\b(?:red|blue|white)\b", json.dumps(records(folder)))
    assert spoken["plain"] and not spoken["mixed"]


def test_without_a_word_of_completeness_nothing_is_counted_or_absent(run, small, tmp_path):
    scene, raster = small
    folder = tmp_path / "data"
    found = run("buildtrainingdata", INPUT=raster, LAYERS=scene.layers()[:1], SIZE=SIZE, BLOCK=10000, KINDS=TEXT_ONLY,
                FORMATS=["llava"], FOLDER=str(folder))  # fmt: skip
    turns = json.loads(found["COUNTS"])["turns"]
    assert turns and not {"presence", "count", "share", "area", "comparison"} & set(turns)


def test_chips_without_data_are_left_out_and_counted(run, place, small, tmp_path):
    from training_scene import AFFINE

    scene, _ = small
    pixels = scene.pixels.copy()
    pixels[:, :SIZE, :SIZE] = 0
    raster = place(pixels, "holes.tif", affine=AFFINE, nodata=0)
    found = run("buildtrainingdata", INPUT=raster, LAYERS=scene.layers()[:1], COMPLETE=True, SIZE=SIZE, BLOCK=10000,
                KINDS=["captions"], FORMATS=["karpathy"], FOLDER=str(tmp_path / "data"), OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    assert json.loads(found["COUNTS"])["dropped"]["chip without data"] == 1 and found["CHIPS"] == 3
    (hole,) = [row for row in rows_of(found["OUTPUT"]) if row["split"] == NULL]
    assert hole["chip"].endswith("_0_0") and hole["dropped"] == "chip without data"


def test_the_same_seed_gives_the_same_files_and_a_pixel_size_is_kept(run, small, tmp_path):
    scene, raster = small
    digests = []
    for name in ("one", "two"):
        folder = tmp_path / name
        run("buildtrainingdata", INPUT=raster, LAYERS=scene.layers()[:1], COMPLETE=True, SIZE=64, GSD=1.0, OVERLAP=16, MOST=3,
            SEED=5, BLOCK=10000, FOLDER=str(folder))  # fmt: skip
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        digests.append(manifest["files"])
        assert manifest["chips"] == 3 and manifest["gsd"] == pytest.approx(1.0, rel=1e-3)
    assert digests[0] == digests[1]


def test_a_cancel_stops_and_leaves_nothing(run, small, tmp_path):
    scene, raster = small
    feedback, folder = QgsProcessingFeedback(), tmp_path / "data"
    reached = []
    feedback.progressChanged.connect(lambda value: (reached.append(value), feedback.cancel() if value > 40 else None))
    with pytest.raises(QgsProcessingException):
        run("buildtrainingdata", feedback, INPUT=raster, LAYERS=scene.layers()[:1], COMPLETE=True, SIZE=64, BLOCK=10000,
            FOLDER=str(folder), OUTPUT=str(tmp_path / "out.gpkg"))  # fmt: skip
    assert 40 < max(reached) < 70
    assert not folder.exists() and not (tmp_path / "out.gpkg").exists() and not list(tmp_path.glob(".data-*"))


def test_wrong_inputs_are_told_in_one_sentence(run, place, small, tmp_path):
    from training_scene import AFFINE, layer_of

    scene, raster = small
    building, tree, _ = scene.layers()
    given = {"INPUT": raster, "LAYERS": [building], "SIZE": SIZE, "FOLDER": str(tmp_path / "data")}
    empty = layer_of("Polygon", [], "nobody")
    assert "nobody has no features" in refused(run, **{**given, "LAYERS": [building, empty]})
    assert "lines or points" in refused(run, **{**given, "LAYERS": [tree]})
    table = layer_of("NoGeometry", [], "table")
    assert "table" in refused(run, **{**given, "LAYERS": [table]})
    nowhere = layer_of("Polygon", scene.rows["building"], "nowhere", crs="")
    from qgis.core import QgsCoordinateReferenceSystem

    nowhere.setCrs(QgsCoordinateReferenceSystem())
    assert "nowhere has no coordinate reference system" in refused(run, **{**given, "LAYERS": [nowhere]})
    plain = place(scene.pixels, "plain.tif", affine=AFFINE, epsg=None)
    assert "plain has no coordinate reference system" in refused(run, **{**given, "INPUT": plain})
    assert "smaller than a chip" in refused(run, **{**given, "SIZE": 512})
    assert "overlap" in refused(run, **{**given, "OVERLAP": SIZE})
    assert "field" in refused(run, **{**given, "CLASS_FIELD": "kind"})
    assert "smaller shares" in refused(run, **{**given, "VALIDATION": 0.6, "TEST": 0.4})
    far = layer_of("Polygon", ["POLYGON((700000 1,700010 1,700010 10,700000 1))"], "far")
    assert "small" in refused(run, **{**given, "LAYERS": [far], "COMPLETE": True})
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    assert "full" in refused(run, **{**given, "FOLDER": str(tmp_path / "full")})
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine" and not (tmp_path / "data").exists()
