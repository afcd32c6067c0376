"""The measuring stick measured: known answers give known figures, controls destroy them, bad manifests are named."""

import json

import numpy as np
import pytest

from terralogue.models.engine import Engine
from terralogue.models.errors import UnknownConcept
from terralogue.models.evaluation.evaluation import Evaluation
from terralogue.models.evaluation.images import permutation
from terralogue.models.evaluation.manifest import ManifestError
from terralogue.models.evaluation.pixels import lexicon_covers, scenes_of
from terralogue.models.vision.legend import CHANGES, COVERS, SCENES
from terralogue.models.vision.nano import Seen

rasterio = pytest.importorskip("rasterio", reason="rasterio is not installed (group 'headless')")


class BlueIsWater:
    """A model whose answers follow from the colour alone: blue pixels are water, all others bare."""

    tile, overlap, covers, scenes = 64, 16, COVERS, SCENES
    gsd_range = (0.05, 20.0)
    name, digest, provider, errors = "blue", "sha256:0", "none", {}
    thresholds = {**dict.fromkeys(COVERS, 0.5), "change": 0.5}

    def see(self, rgb, gsd, cancel=None):
        water = (rgb[:, 2] > 0.6).astype(np.float32)
        cover = np.zeros((len(rgb), len(COVERS), *rgb.shape[2:]), np.float32)
        cover[:, COVERS.index("water")], cover[:, COVERS.index("bare")] = water, 1 - water
        logits = np.zeros((len(rgb), len(SCENES)), np.float32)
        logits[:, SCENES.index("harbor")] = water.mean((1, 2))
        logits[:, SCENES.index("runway")] = 1 - water.mean((1, 2))
        return Seen(cover, logits, np.zeros((len(rgb), 1, 1, 1)), cover[:, :, ::4, ::4])

    def scene_logits(self, rgb, gsd, seen, cancel=None):
        return seen.scenes

    def compare(self, before, after, cancel=None):
        change = np.zeros((len(before.cover), len(CHANGES), *before.cover.shape[2:]), np.float32)
        change[:, :-1] = np.abs(before.cover - after.cover)
        change[:, -1] = change[:, :-1].max(1)
        return change




@pytest.fixture
def engine(tmp_path):
    engine = Engine(tmp_path, tmp_path, nano=BlueIsWater())
    yield engine
    engine.close()


def _write(path, bands):
    count, height, width = bands.shape
    with rasterio.open(path, "w", driver="PNG", width=width, height=height, count=count, dtype="uint8") as out:
        out.write(bands)
    return path.name


def _image(path, water):
    bands = np.full((3, *water.shape), 90, np.uint8)
    bands[0], bands[1] = 120, 40
    bands[2][water] = 250
    bands[:, 0, 0], bands[:, 0, 1] = 0, 255  # the whole range is used, so that no stretch moves the colours
    return _write(path, bands)


@pytest.fixture
def folder(tmp_path):
    water = np.zeros((80, 100), bool)
    water[20:60, 30:70] = True
    _image(tmp_path / "lake.png", water)
    _image(tmp_path / "dry.png", np.zeros_like(water))
    truth = water.copy()
    truth[20:60, 50:70] = False  # the truth holds half of what will be found
    _write(tmp_path / "lake_mask.png", (truth * 255).astype(np.uint8)[None])
    _write(tmp_path / "all_mask.png", (water * 255).astype(np.uint8)[None])
    _write(tmp_path / "none_mask.png", np.zeros((1, *water.shape), np.uint8))
    return tmp_path


def _run(folder, engine, *rows, control=""):
    manifest = folder / "manifest.csv"
    manifest.write_text("task,image,image_after,concept,target,gsd\n" + "\n".join(rows) + "\n")
    return Evaluation(manifest, engine, control).run()


def test_a_mask_that_is_twice_the_truth_has_iou_one_half(folder, engine):
    figures = _run(folder, engine, "mask,lake.png,,the lake,lake_mask.png,0.5")["mask"]
    assert figures["n"] == 1 and figures["iou"] == pytest.approx(0.5, abs=0.01)


def test_changes_are_found_and_an_unchanged_pair_is_called_unchanged(folder, engine):
    figures = _run(folder, engine, "change,lake.png,dry.png,,all_mask.png,0.5", "change,dry.png,dry.png,,none_mask.png,0.5")
    assert figures["change"]["f1"] == pytest.approx(1, abs=0.01) and figures["change"]["image_accuracy"] == 1


def test_scenes_are_matched_from_the_words_of_the_targets_alone(folder, engine):
    rows = ("scene,lake.png,,,harbour,0.3", "scene,dry.png,,,Airport runway,0.3")
    found = _run(folder, engine, *rows)["scene"]
    assert found["n"] == 2


def test_blank_and_shuffled_images_lose_what_was_seen(folder, engine):
    rows = ("mask,lake.png,,water,all_mask.png,0.5", "mask,dry.png,,water,none_mask.png,0.5")
    seen = _run(folder, engine, *rows)["mask"]["iou"]
    assert seen > 0.95
    assert _run(folder, engine, *rows, control="blank")["mask"]["iou"] < 0.3
    assert _run(folder, engine, *rows, control="shuffle")["mask"]["iou"] == 0


def test_the_figures_are_json_with_n_per_task(folder, engine):
    figures = _run(folder, engine, "mask,lake.png,,water,all_mask.png,0.5")
    assert set(json.loads(json.dumps(figures))["mask"]) == {"n", "iou", "miou"}


def test_a_line_with_an_unknown_task_is_named(folder, engine):
    with pytest.raises(ManifestError, match="line 2.*dance"):
        _run(folder, engine, "dance,lake.png,,,,")


def test_an_unknown_concept_is_declined_not_scored():
    with pytest.raises(UnknownConcept):
        lexicon_covers("zebra crossings")
    assert lexicon_covers("buildings") == ("building",)


@pytest.mark.parametrize(("words", "scene"), [
    ("SeaLake", "SeaLake"), ("annual crop", "AnnualCrop"), ("dense residential", "denseresidential"),
    ("parking lot", "parkinglot"), ("storage tanks", "storagetanks"), ("herbaceous vegetation", "HerbaceousVegetation"),
    ("permanent_crop", "PermanentCrop"), ("golf course", "golfcourse"), ("mobile home park", "mobilehomepark"),
])
def test_class_names_are_understood_however_they_are_written(words, scene):
    assert scene in [SCENES[index] for index in scenes_of(words, SCENES)]


def test_no_image_stays_in_place_when_a_group_has_company():
    moved = permutation(["a", "a", "b", "a", "b", "c"])
    assert sorted(moved.values()) == list(range(6))
    assert [index for index, other in moved.items() if index == other] == [5]
