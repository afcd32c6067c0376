"""terralogue:buildchangedialogues: every record holds on a town whose changes are known, tiles lie where they say."""

import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from qgis.core import NULL, QgsGeometry, QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

sys.path.append(str(Path(__file__).resolve().parent))
from refusals import refused_by  # noqa: E402

SIZE = 64
refused = partial(refused_by, "buildchangedialogues")


@pytest.fixture
def town_of_two_dates(place):
    """The town and both rasters."""
    from changing_town import AFFINE, Town

    town = Town()
    return town, place(town.before(), "old.tif", affine=AFFINE), place(town.after(), "new.tif", affine=AFFINE)


def rows_of(found):
    layer = QgsVectorLayer(found["INDEX"], "index", "ogr")
    assert layer.isValid() and layer.crs().authid() == "EPSG:32632"
    return {row["tile"]: row for row in layer.getFeatures()}


def records_of(folder):
    return {path.stem.split("_")[1]: json.loads(path.read_text(encoding="utf-8"))
            for path in Path(folder).glob("changechat_*.json") if path.stem.count("_") == 1}


def place_of(name):
    top, left = (int(part) for part in name.split("_")[-2:])
    return top, left


def truth_of(town, name, rule=None, size=SIZE):
    """What a tile holds by class, from clipped boxes."""
    from terralogue.models.datasets.change_rules import CellRule, KindChange, cells_of
    from terralogue.models.language.changechat import Kind

    top, left = place_of(name)
    found = {}
    for kind, things in ((Kind("house", "houses"), town.houses), (Kind("shed", "sheds"), town.sheds)):
        came, went, changed = town.recount(things, top, left, size)
        part = slice(top, top + size), slice(left, left + size)
        new, old = (changed & town.mask(things, fate)[part] for fate in ("came", "went"))
        found[kind] = KindChange(new, old, came, went, cells_of(changed, rule or CellRule()))
    return found


def check_records(town, folder, rows):
    """Every record of every split against the truth; how many there were."""
    from terralogue.models.datasets.change_checker import TileChecker
    from terralogue.models.datasets.change_records import TYPES, read_back
    from terralogue.models.datasets.change_rules import CellRule
    from terralogue.models.language.changechat import turns_of

    seen = dict.fromkeys(TYPES, 0)
    for split, entries in records_of(folder).items():
        for entry in entries:
            name, kind = entry["id"], ""
            for known in TYPES:
                if f"_{known}" in name:
                    name, kind = name.split(f"_{known}")[0], known
            truth = truth_of(town, name)
            assert rows[name]["split"] == split and entry["changeflag"] == rows[name]["changeflag"]
            assert read_back(kind, entry, truth), entry
            checker = TileChecker(truth, CellRule())
            ((question, answer), *_) = turns_of(entry)
            assert kind != "caption" or checker.caption(answer), entry
            assert kind != "open" or checker.answer(question, answer), entry
            assert all((Path(folder) / path).is_file() for path in entry["image"])
            seen[kind] += 1
    return seen


def test_records_from_layers_of_both_dates_hold_on_boxes_clipped_by_hand(run, town_of_two_dates, tmp_path):
    town, before, after = town_of_two_dates
    old, new = town.layers()
    folder = tmp_path / "data"
    found = run("buildchangedialogues", BEFORE=before, AFTER=after, BEFORE_LAYERS=[old], AFTER_LAYERS=[new],
                CLASS_FIELD="kind", SIZE=SIZE, UNCHANGED=0.3, FOLDER=str(folder))  # fmt: skip
    counts, rows = json.loads(found["COUNTS"]), rows_of(found)
    kept = {name: row for name, row in rows.items() if row["split"] != NULL}
    assert found["TILES"] == counts["tiles"] == len(kept) == sum(counts["splits"].values())
    seen = check_records(town, folder, rows)
    assert seen == counts["records"] and min(seen.values()) >= len(kept) > 20
    assert counts["classes"] == ["house", "shed"]
    assert "sentence that the checker does not confirm" not in counts["dropped"]

    for name, row in kept.items():
        truth = truth_of(town, name)
        moved = {kind.one: (change.new, change.removed, change.pixels) for kind, change in truth.items() if change.pixels}
        said = {kind: (each["new"], each["removed"], each["pixels"]) for kind, each in json.loads(row["changes"]).items()}
        assert said == moved and row["changeflag"] == int(bool(moved))
    assert counts["changed"] == sum(row["changeflag"] for row in kept.values())
    chosen = [row["changeflag"] for row in rows.values() if row["dropped"] != "unchanged tile beyond the share asked for"]
    assert 0.2 < chosen.count(0) / len(chosen) <= 0.3


def test_pictures_outlines_and_splits_lie_where_the_index_says(run, town_of_two_dates, tmp_path):
    from changing_town import LEFT, PIXEL, TOP
    from osgeo import gdal

    town, before, after = town_of_two_dates
    old, new = town.layers()
    folder = tmp_path / "data"
    found = run("buildchangedialogues", BEFORE=before, AFTER=after, BEFORE_LAYERS=[old], AFTER_LAYERS=[new],
                CLASS_FIELD="kind", SIZE=SIZE, UNCHANGED=1.0, FOLDER=str(folder))  # fmt: skip
    rows = rows_of(found)
    assert len(rows) == (town.side // SIZE) ** 2, "every place for a tile is in the index, kept or not"
    dates = town.before(), town.after()
    for name, row in rows.items():
        top, left = place_of(name)
        bounds = row.geometry().boundingBox()
        assert abs(bounds.xMinimum() - (LEFT + left * PIXEL)) < 1e-6 and abs(bounds.yMaximum() - (TOP - top * PIXEL)) < 1e-6
        assert bounds.width() == bounds.height() == SIZE * PIXEL
        assert (row["split"] == NULL) == (row["dropped"] != NULL)
        for path, pixels in zip((row["image_a"], row["image_b"]), dates):
            if row["split"] != NULL:
                image = gdal.Open(str(folder / path)).ReadAsArray()
                assert (image == pixels[:, top:top + SIZE, left:left + SIZE]).all()
    kept = [row for row in rows.values() if row["split"] != NULL]
    assert {row["split"] for row in kept} == {"train", "validation", "test"}
    for one in kept:
        for other in kept:
            assert one["split"] == other["split"] or not one.geometry().intersects(other.geometry())
    captions = {path.stem: json.loads(path.read_text()) for path in folder.glob("*_captions.json")}
    assert sum(len(part) for part in captions.values()) == len(kept)
    assert all(len(entry["captions"]) == 5 for part in captions.values() for entry in part)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["leakage"] == 0 and len([name for name in manifest["files"] if name.endswith(".png")]) == 2 * len(kept)
    assert not list(tmp_path.glob(".data-*"))


def test_a_raster_of_class_codes_and_one_of_each_date_say_the_same_as_layers(run, place, town_of_two_dates, tmp_path):
    from changing_town import AFFINE

    town, before, after = town_of_two_dates
    changes = place(town.codes("came", "went"), "changes.tif", affine=AFFINE)
    dates = [place(town.codes("stays", fate), f"{fate}.tif", affine=AFFINE) for fate in ("went", "came")]
    given = {"BEFORE": before, "AFTER": after, "CLASSES": "1=house; 2=shed", "SIZE": SIZE, "UNCHANGED": 1.0}
    first = run("buildchangedialogues", **given, CHANGES=changes, FOLDER=str(tmp_path / "one"))
    second = run("buildchangedialogues", **given, BEFORE_LAYERS=dates[:1], AFTER_LAYERS=dates[1:], FOLDER=str(tmp_path / "two"))
    for name, row in rows_of(first).items():
        if row["split"] == NULL:
            continue
        truth = truth_of(town, name)
        for kind, change in truth.items():
            said = json.loads(row["changes"]).get(kind.one, {"new": 0, "removed": 0, "pixels": 0})
            assert said["pixels"] == change.pixels and said["removed"] == 0, "a layer of changes does not tell what went"
            again = json.loads(rows_of(second)[name]["changes"]).get(kind.one, {"new": 0, "removed": 0, "pixels": 0})
            assert (again["pixels"], again["new"], again["removed"]) == (change.pixels, change.new, change.removed)


def test_a_zero_that_is_no_data_is_unknown_until_the_user_says_otherwise(run, place, town_of_two_dates, tmp_path):
    from changing_town import AFFINE

    town, before, after = town_of_two_dates
    changes = place(town.codes("came", "went"), "masked.tif", affine=AFFINE, nodata=0)
    given = {"BEFORE": before, "AFTER": after, "CHANGES": changes, "CLASSES": "1=house; 2=shed", "SIZE": SIZE,
             "FOLDER": str(tmp_path / "data")}  # fmt: skip
    assert "Transparency" in refused(run, **given)
    changes.dataProvider().setUseSourceNoDataValue(1, False)
    assert run("buildchangedialogues", **given)["TILES"] > 20


def test_outlines_of_changes_are_counted_as_features(run, town_of_two_dates, tmp_path):
    town, before, after = town_of_two_dates
    found = run("buildchangedialogues", BEFORE=before, AFTER=after, CHANGES=town.layer("changes", "came", "went"),
                CLASS_FIELD="kind", CLASSES="shed=-", SIZE=SIZE, FOLDER=str(tmp_path / "data"))  # fmt: skip
    assert json.loads(found["COUNTS"])["classes"] == ["house"]
    for name, row in rows_of(found).items():
        if row["split"] != NULL:
            came, went, _ = town.recount(town.houses, *place_of(name), SIZE)
            assert json.loads(row["changes"]).get("house", {"new": 0})["new"] == came + went


def test_without_layers_the_model_s_own_change_is_what_is_said(run, place, tmp_path):
    from fakes import town as houses

    before, after = houses(), houses()
    after[:, 0:60, 0:60] = after[:, 150:151, 150:151]
    layers = [place(pixels, f"{name}.tif") for name, pixels in (("first", before), ("second", after))]
    found = run("buildchangedialogues", BEFORE=layers[0], AFTER=layers[1], SIZE=SIZE, UNCHANGED=1.0, BLOCK=10000,
                FOLDER=str(tmp_path / "data"))  # fmt: skip
    changes = run("change", BEFORE=layers[0], AFTER=layers[1], OUTPUT="TEMPORARY_OUTPUT")
    seen = sum(int(row["changeflag"]) for row in rows_of(found).values() if row["split"] != NULL)
    assert seen > 0 and changes["CHANGED"]
    polygons = [QgsGeometry(row.geometry()) for row in changes["OUTPUT"].getFeatures() if row["from"] != row["to"]]
    for row in rows_of(found).values():
        shared = sum(row.geometry().intersection(polygon).area() for polygon in polygons) / 0.25
        pixels = [each["pixels"] for each in json.loads(row["changes"]).values()]
        assert max(pixels, default=0) <= shared + 1e-6 and bool(pixels) == (shared > 5.5)
    only = run("buildchangedialogues", BEFORE=layers[0], AFTER=layers[1], SIZE=SIZE, UNCHANGED=1.0, BLOCK=10000,
               CLASSES="building=house; tree=-; water=-; paved=-; bare=-; low vegetation=-", FOLDER=str(tmp_path / "only"))
    assert json.loads(only["COUNTS"])["classes"] == ["house"]
    same = refused(run, BEFORE=layers[0], AFTER=layers[0], SIZE=SIZE, FOLDER=str(tmp_path / "none"))
    assert "No tile has a change" in same and not (tmp_path / "none").exists()


def test_tiles_with_one_pixel_without_data_on_a_date_are_left_out(run, place, town_of_two_dates, tmp_path):
    from changing_town import AFFINE

    town, before, _ = town_of_two_dates
    pixels = town.after()
    pixels[:, 70, 130] = 0
    holes = place(pixels, "holes.tif", affine=AFFINE, nodata=0)
    old, new = town.layers()
    found = run("buildchangedialogues", BEFORE=before, AFTER=holes, BEFORE_LAYERS=[old], AFTER_LAYERS=[new],
                CLASS_FIELD="kind", SIZE=SIZE, UNCHANGED=1.0, FOLDER=str(tmp_path / "data"))  # fmt: skip
    (left,) = [row for row in rows_of(found).values() if row["dropped"] == "tile without data on a date"]
    assert left["tile"].endswith("_64_128") and left["changeflag"] == NULL
    assert json.loads(found["COUNTS"])["dropped"]["tile without data on a date"] == 1


def test_a_file_that_is_cut_short_costs_its_tiles_and_the_reason_is_kept(run, town_of_two_dates, tmp_path):
    town, before, after = town_of_two_dates
    path = Path(after.source())
    path.write_bytes(path.read_bytes()[:int(path.stat().st_size * 0.7)])
    old, new = town.layers()
    found = run("buildchangedialogues", BEFORE=before, AFTER=str(path), BEFORE_LAYERS=[old], AFTER_LAYERS=[new],
                CLASS_FIELD="kind", SIZE=SIZE, UNCHANGED=1.0, FOLDER=str(tmp_path / "data"))  # fmt: skip
    lost = [row for row in rows_of(found).values() if row["dropped"] == "tile cannot be read on a date"]
    assert len(lost) == json.loads(found["COUNTS"])["dropped"]["tile cannot be read on a date"] > 20
    assert all(row["split"] == NULL for row in lost)


def test_a_pixel_size_is_kept_and_its_pixels_are_means(run, town_of_two_dates, tmp_path):
    from changing_town import PIXEL
    from osgeo import gdal

    town, before, after = town_of_two_dates
    old, new = town.layers()
    folder = tmp_path / "data"
    found = run("buildchangedialogues", BEFORE=before, AFTER=after, BEFORE_LAYERS=[old], AFTER_LAYERS=[new], BLOCK=10000,
                CLASS_FIELD="kind", SIZE=SIZE, GSD=2 * PIXEL, UNCHANGED=1.0, FOLDER=str(folder))  # fmt: skip
    rows = rows_of(found)
    assert len(rows) == (town.side // SIZE // 2) ** 2
    pixels = town.after().reshape(3, town.side // 2, 2, town.side // 2, 2).mean(axis=(2, 4))
    for name, row in rows.items():
        assert row.geometry().boundingBox().width() == pytest.approx(2 * SIZE * PIXEL, rel=2e-3)
        top, left = place_of(name)
        image = gdal.Open(str(folder / row["image_b"])).ReadAsArray().astype(float)
        assert np.abs(image - pixels[:, top:top + SIZE, left:left + SIZE]).max() <= 1


def test_dates_of_other_pixels_and_a_layer_in_degrees(run, place, town_of_two_dates, tmp_path):
    """The second date has half the resolution; the tiles are cut on its pixels."""
    from changing_town import AFFINE, PIXEL
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject
    from training_scene import layer_of

    town, before, _ = town_of_two_dates
    coarse = town.after().reshape(3, town.side // 2, 2, town.side // 2, 2).mean(axis=(2, 4)).astype(np.uint8)
    after = place(coarse, "coarse.tif", affine=(AFFINE[0], 1.0, 0, AFFINE[3], 0, -1.0))
    degrees = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:32632"), QgsCoordinateReferenceSystem("EPSG:4326"),
                                     QgsProject.instance())  # fmt: skip
    new = town.layer("new town", "stays", "came")
    wkts, values = [], []
    for row in new.getFeatures():
        shape = QgsGeometry(row.geometry())
        shape.transform(degrees)
        wkts.append(shape.asWkt(12))
        values.append((row["kind"],))
    moved = layer_of("Polygon", wkts, "degrees", crs="EPSG:4326", fields="field=kind:string", values=values)
    found = run("buildchangedialogues", BEFORE=before, AFTER=after, BEFORE_LAYERS=[town.layer("old", "stays", "went")],
                AFTER_LAYERS=[moved], CLASS_FIELD="kind", SIZE=32, UNCHANGED=1.0, MIN_AREA=30, BLOCK=10000,
                FOLDER=str(tmp_path / "data"))  # fmt: skip
    rows = rows_of(found)
    assert len(rows) == (town.side // 64) ** 2
    checked = 0
    for name, row in rows.items():
        assert row.geometry().boundingBox().width() == pytest.approx(64 * PIXEL)
        top, left = place_of(name)
        came, went, _ = town.recount(town.houses, 2 * top, 2 * left, 64, floor=120)
        few = town.recount(town.houses, 2 * top, 2 * left, 64, floor=100)[:2]
        many = town.recount(town.houses, 2 * top, 2 * left, 64, floor=150)[:2]
        if few == many:  # no house whose area on this tile is near to the smallest one
            said = json.loads(row["changes"]).get("house", {"new": 0, "removed": 0})
            assert (said["new"], said["removed"]) == (came, went)
            checked += 1
    assert checked > 60


def test_a_cancel_leaves_nothing_and_the_same_seed_the_same_files(run, town_of_two_dates, tmp_path):
    town, before, after = town_of_two_dates
    old, new = town.layers()
    given = {"BEFORE": before, "AFTER": after, "BEFORE_LAYERS": [old], "AFTER_LAYERS": [new], "CLASS_FIELD": "kind",
             "SIZE": SIZE, "MOST": 30, "SEED": 4}  # fmt: skip
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda value: feedback.cancel() if value > 70 else None)
    with pytest.raises(QgsProcessingException):
        run("buildchangedialogues", feedback, **given, FOLDER=str(tmp_path / "stopped"))
    assert not list(tmp_path.glob("*stopped*"))
    files = []
    for name in ("one", "two"):
        run("buildchangedialogues", **given, FOLDER=str(tmp_path / name))
        files.append(json.loads((tmp_path / name / "manifest.json").read_text())["files"])
    assert files[0] == files[1]


def test_wrong_inputs_are_told_in_one_sentence(run, place, town_of_two_dates, tmp_path):
    from changing_town import AFFINE
    from training_scene import layer_of

    town, before, after = town_of_two_dates
    old, new = town.layers()
    given = {"BEFORE": before, "AFTER": after, "BEFORE_LAYERS": [old], "AFTER_LAYERS": [new], "CLASS_FIELD": "kind",
             "SIZE": SIZE, "FOLDER": str(tmp_path / "data")}  # fmt: skip
    codes = place(town.codes("came"), "codes.tif", affine=AFFINE)
    assert "both dates" in refused(run, **{**given, "AFTER_LAYERS": []})
    assert "not both" in refused(run, **{**given, "CHANGES": codes})
    assert "no class in common" in refused(run, **{**given, "CLASS_FIELD": ""})
    assert "no pair" in refused(run, **{**given, "CLASSES": "house"})
    marked = {**given, "BEFORE_LAYERS": [], "AFTER_LAYERS": [], "CHANGES": codes}
    assert "which class each value" in refused(run, **marked)
    assert "value 2" in refused(run, **{**marked, "CLASSES": "1=house"})
    assert "cannot be counted" in refused(run, **{**marked, "CLASSES": "1=house; 2=B52"})
    assert "several bands" in refused(run, **{**marked, "CHANGES": after, "CLASSES": "1=house"})
    points = layer_of("Point", ["POINT(319950 4999950)"], "wells", fields="field=kind:string", values=[("well",)])
    assert "wide" in refused(run, **{**given, "AFTER_LAYERS": [points]})
    assert "smaller than a tile" in refused(run, **{**given, "SIZE": 1024})
    plain = place(town.after(), "plain.tif", affine=AFFINE, epsg=None)
    assert "plain has no coordinate reference system" in refused(run, **{**given, "AFTER": plain})
    far = place(town.after(), "far.tif", affine=(600_000, 0.5, 0, 5_100_000, 0, -0.5))
    assert "different places" in refused(run, **{**given, "AFTER": far})
    assert not (tmp_path / "data").exists()
