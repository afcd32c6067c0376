"""terralogue:preparesecondpair: class maps, matrix and captions of a town whose land cover is known on both dates."""

import json
import re
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import NULL, QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

sys.path.append(str(Path(__file__).resolve().parent))
from refusals import refused_by  # noqa: E402

SIZE = 64
LOW, WATER, BUILDING = 1, 4, 5
LEGEND = "meadow=low vegetation; house=building; shed=water"
refused = partial(refused_by, "preparesecondpair")


@pytest.fixture
def pair(place):
    """The town, both rasters, and its land cover on both dates as class maps: sheds are water."""
    from changing_town import AFFINE, Town

    town = Town(512)
    maps = []
    for fate in ("went", "came"):
        classes = np.full((town.side, town.side), LOW, np.uint8)
        classes[town.mask(town.houses, "stays", fate)] = BUILDING
        classes[town.mask(town.sheds, "stays", fate)] = WATER
        maps.append(classes)
    rasters = [place(pixels, f"{name}.tif", affine=AFFINE) for name, pixels in (("old", town.before()), ("new", town.after()))]
    return town, rasters, maps


def covers_of(town):
    """Polygon layers of both dates: a meadow, and what stands on it."""
    from changing_town import box
    from training_scene import layer_of

    found = []
    for name, fate in (("before", "went"), ("after", "came")):
        things = [*((thing, "house") for thing in town.houses), *((thing, "shed") for thing in town.sheds)]
        rows = [(box(0, 0, town.side, town.side), ("meadow",))]
        rows += [(box(*thing[:4]), (kind,)) for thing, kind in things if thing[4] in ("stays", fate)]
        wkts, values = zip(*rows)
        found.append(layer_of("Polygon", wkts, name, fields="field=kind:string", values=values))
    return found


def rows_of(found):
    layer = QgsVectorLayer(found["INDEX"], "index", "ogr")
    assert layer.isValid()
    return {row["tile"]: row for row in layer.getFeatures()}


def read(folder, row, kind, date):
    """(3, H, W) of a tile's picture."""
    return gdal.Open(str(folder / row["image"].replace("/rgb/A/", f"/{kind}/{date}/"))).ReadAsArray()


def check(folder, found, town, maps):
    """Files, index and matrix against the maps, pixel by pixel."""
    from terralogue.models.datasets.second_palette import picture_of

    rows = rows_of(found)
    kept = {name: row for name, row in rows.items() if row["split"] != NULL}
    counts = json.loads(found["COUNTS"])
    assert found["TILES"] == counts["tiles"] == len(kept) > 20
    matrix, shown = np.zeros((6, 6), int), np.zeros((6, 6), int)
    pictures = {"A": town.before(), "B": town.after()}
    for name, row in kept.items():
        top, left = (int(part) for part in name.split("_")[-2:])
        part = slice(top, top + SIZE), slice(left, left + SIZE)
        before, after = (each[part] for each in maps)
        np.add.at(matrix, (before.ravel() - 1, after.ravel() - 1), 1)
        changed = before != after
        for date, classes in (("A", before), ("B", after)):
            assert (read(folder, row, "rgb", date) == pictures[date][(slice(None), *part)]).all()
            sem = read(folder, row, "sem", date)
            assert (sem[:, ~changed] == 0).all() and (sem[:, changed] == picture_of(classes)[:, changed]).all()
        from terralogue.models.datasets.second_palette import classes_of

        a, b = (classes_of(read(folder, row, "sem", date))[0].astype(int) for date in "AB")
        np.add.at(shown, (a[a > 0] - 1, b[a > 0] - 1), 1)
        assert row["changeflag"] == int(changed.any()) and row["changed"] == pytest.approx(changed.mean())
        listed = {(each["from"], each["to"]): each["pixels"] for each in json.loads(row["transitions"])}
        assert sum(listed.values()) == changed.sum()
    assert counts["transitions_px"] == matrix.tolist()
    assert (shown == matrix - np.diag(matrix.diagonal())).all() and shown.sum() > 1000
    lines = (folder / "transitions.csv").read_text().splitlines()
    assert [[int(v) for v in line.split(",")[1:]] for line in lines[1:]] == matrix.tolist()
    return rows, kept, counts


def test_polygons_become_maps_matrix_and_captions_that_a_recount_confirms(run, pair, tmp_path):
    from terralogue.models.metrics.change_captions import SECOND_UNCHANGED, change_said

    town, (before, after), maps = pair
    old, new = covers_of(town)
    folder = tmp_path / "data"
    found = run("preparesecondpair", BEFORE=before, AFTER=after, BEFORE_COVER=[old], AFTER_COVER=[new], CLASSES=LEGEND,
                CLASS_FIELD="kind", SIZE=SIZE, UNCHANGED=1.0, FOLDER=str(folder))  # fmt: skip
    rows, kept, counts = check(folder, found, town, maps)
    assert len(rows) == (town.side // SIZE) ** 2 and counts["leakage"] == 0
    for one in kept.values():
        for other in kept.values():
            assert one["split"] == other["split"] or not one.geometry().intersects(other.geometry())

    images = json.loads((folder / "SECOND-CC.json").read_text())["images"]
    assert len(images) == len(kept) and {image["split"] for image in images} == {"train", "val", "test"}
    names = {row["image"]: row for row in kept.values()}
    read_back = 0
    for image in images:
        row = names[f"{image['filepath']}/rgb/A/{image['filename']}"]
        said = [sentence["raw"] for sentence in image["sentences"]]
        assert len(said) == 5 and image["changeflag"] == row["changeflag"] and said[0] == row["caption"]
        assert all(change_said(text, SECOND_UNCHANGED) == bool(row["changeflag"]) for text in said)
        tokens = image["sentences"][0]["tokens"]
        assert len(tokens) >= 4 and set(tokens) <= set(re.split(r"[^\w-]+", said[0]))
        listed = {(each["from"], each["to"]): each["area_m2"] for each in json.loads(row["transitions"])}
        for start, area, end in re.findall(r"([a-z -]+?) \(([\d,.]+) m²\) became ([a-z -]+?) (?:at|in)", said[0]):
            true = listed[(start.strip(), end)]
            assert float(area.replace(",", "")) == pytest.approx(true, rel=0.06, abs=0.06)
            assert true == pytest.approx(0.25 * sum(
                each["pixels"] for each in json.loads(row["transitions"]) if (each["from"], each["to"]) == (start.strip(), end)
            ), rel=2e-3)
            read_back += 1
    assert read_back > 20
    assert not list(tmp_path.glob(".data-*"))


def test_codes_and_second_s_own_brightened_colours_give_the_same_maps(run, place, pair, tmp_path):
    from changing_town import AFFINE

    from terralogue.models.datasets.second_palette import picture_of

    town, (before, after), maps = pair
    codes = [place(10 * each[None], f"codes{i}.tif", affine=AFFINE) for i, each in enumerate(maps)]
    bright = [np.minimum(picture_of(each).astype(int) + 80, 255).astype(np.uint8) for each in maps]
    noisy = [np.clip(each.astype(int) + np.random.default_rng(i).integers(-12, 13, each.shape), 0, 255).astype(np.uint8)
             for i, each in enumerate(bright)]  # fmt: skip
    colours = [place(each, f"colours_augment{i}.tif", affine=AFFINE) for i, each in enumerate(noisy)]
    given = {"BEFORE": before, "AFTER": after, "SIZE": SIZE, "UNCHANGED": 1.0}
    first = run("preparesecondpair", **given, BEFORE_COVER=codes[:1], AFTER_COVER=codes[1:], FOLDER=str(tmp_path / "one"),
                CLASSES="10=low vegetation; 40=water; 50=building")  # fmt: skip
    check(tmp_path / "one", first, town, maps)
    second = run("preparesecondpair", **given, BEFORE_COVER=colours[:1], AFTER_COVER=colours[1:], FOLDER=str(tmp_path / "two"))
    check(tmp_path / "two", second, town, maps)


def test_what_is_blanked_already_stays_unchanged_and_other_colours_are_told(run, place, pair, tmp_path):
    from changing_town import AFFINE

    from terralogue.models.datasets.second_palette import picture_of

    town, (before, after), maps = pair
    same = maps[0] == maps[1]
    blank = [np.where(same, 0, picture_of(each)).astype(np.uint8) for each in maps]
    blank[0][:, 0, 0] = blank[1][:, 0, 0] = (255, 160, 0)
    layers = [place(each, f"second{i}.tif", affine=AFFINE) for i, each in enumerate(blank)]
    heard = []

    class Listening(QgsProcessingFeedback):
        def pushWarning(self, warning):  # noqa: N802 - QGIS
            heard.append(warning)

    found = run("preparesecondpair", Listening(), BEFORE=before, AFTER=after, BEFORE_COVER=layers[:1], AFTER_COVER=layers[1:],
                SIZE=SIZE, UNCHANGED=1.0, BLOCK=10000, FOLDER=str(tmp_path / "data"))  # fmt: skip
    counts = json.loads(found["COUNTS"])
    assert counts["far_colours_px"] == 2 and "far from SECOND" in heard[0]
    matrix = np.array(counts["transitions_px"])
    assert matrix.sum() == (~same).sum() + 1 and matrix.trace() == 1


def test_a_pixel_without_a_class_is_unknown_and_its_tile_left_out(run, place, pair, tmp_path):
    from changing_town import AFFINE

    town, (before, after), maps = pair
    codes = [each[None].copy() for each in maps]
    codes[1][0, 10, 10] = 0
    codes[0][0, 70, 70] = 255
    layers = [place(each, f"gap{i}.tif", affine=AFFINE, nodata=255) for i, each in enumerate(codes)]
    given = {"BEFORE": before, "AFTER": after, "BEFORE_COVER": layers[:1], "AFTER_COVER": layers[1:], "SIZE": SIZE,
             "UNCHANGED": 1.0, "CLASSES": "1=low vegetation; 4=water; 5=building", "BLOCK": 10000}  # fmt: skip
    found = run("preparesecondpair", **given, FOLDER=str(tmp_path / "strict"))
    left = [row["tile"] for row in rows_of(found).values() if row["dropped"] == "class unknown on a part of the tile"]
    assert sorted(name.split("_", 1)[1] for name in left) == ["0_0", "64_64"]
    found = run("preparesecondpair", **given, UNCLASSED=1, FOLDER=str(tmp_path / "loose"))
    rows = rows_of(found)
    assert all(rows[name]["unclassed"] == pytest.approx(1 / SIZE**2) for name in left)
    assert np.array(json.loads(found["COUNTS"])["transitions_px"]).sum() == town.side**2 - 2


def test_a_style_s_names_are_understood_and_a_coarse_cover_is_picked_not_averaged(run, place, pair, tmp_path):
    from changing_town import AFFINE
    from qgis.core import QgsPalettedRasterRenderer
    from qgis.PyQt.QtGui import QColor

    town, (before, after), maps = pair
    coarse = [each[::8, ::8] for each in maps]
    layers = []
    for number, each in enumerate(coarse):
        layer = place(each[None].copy(), f"styled{number}.tif", affine=(AFFINE[0], 4.0, 0, AFFINE[3], 0, -4.0))
        names = {LOW: "Grass", WATER: "Water", BUILDING: "Buildings"}
        classes = [QgsPalettedRasterRenderer.Class(value, QColor("red"), name) for value, name in names.items()]
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
        layers.append(layer)
    found = run("preparesecondpair", BEFORE=before, AFTER=after, BEFORE_COVER=layers[:1], AFTER_COVER=layers[1:], SIZE=SIZE,
                UNCHANGED=1.0, FOLDER=str(tmp_path / "data"))  # fmt: skip
    check(tmp_path / "data", found, town, [np.repeat(np.repeat(each, 8, 0), 8, 1) for each in coarse])


def test_a_cancel_leaves_nothing_and_wrong_inputs_are_told(run, place, pair, tmp_path):
    from changing_town import AFFINE

    town, (before, after), maps = pair
    old, new = covers_of(town)
    given = {"BEFORE": before, "AFTER": after, "BEFORE_COVER": [old], "AFTER_COVER": [new], "CLASSES": LEGEND,
             "CLASS_FIELD": "kind", "SIZE": SIZE, "FOLDER": str(tmp_path / "data")}  # fmt: skip
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda value: feedback.cancel() if value > 60 else None)
    with pytest.raises(QgsProcessingException):
        run("preparesecondpair", feedback, **given)
    assert "none of SECOND's six classes" in refused(run, **{**given, "CLASSES": ""})
    codes = place(maps[0][None], "codes.tif", affine=AFFINE)
    assert "which class each value" in refused(run, **{**given, "BEFORE_COVER": [codes], "CLASSES": ""})
    assert "value 1" in refused(run, **{**given, "BEFORE_COVER": [codes]})
    assert "No tile has a change" in refused(run, **{**given, "AFTER_COVER": [old]})
    assert not (tmp_path / "data").exists() and not list(tmp_path.glob(".data-*"))
