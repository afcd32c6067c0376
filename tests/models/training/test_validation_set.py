"""The validation set: what is asked is true of the chip, wordings are none of training, baselines keep the targets."""

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("PIL")
pytest.importorskip("rasterio")
sys.path.insert(0, str(Path(__file__).parent.parent / "datasets"))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.phrases import wordings  # noqa: E402
from terralogue.models.evaluation.manifest import masks_of  # noqa: E402
from terralogue.models.imagery.opening import open_raster  # noqa: E402
from terralogue.models.training import caption_measures, language_measures, validation_images  # noqa: E402
from terralogue.models.training.validation_rows import Asked, chosen, shuffled, without_phrase  # noqa: E402

LABELS = ("building", "car")


@pytest.fixture(autouse=True)
def headless(monkeypatch):
    monkeypatch.setenv("TERRALOGUE_GDAL", "rasterio")


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Twenty-four drawn chips as files."""
    folder = tmp_path_factory.mktemp("set")
    rng = np.random.default_rng(3)
    chips = [chip for chip in drawn_chips(24, 4) if chip.gsd is None or chip.gsd <= 0.6]
    found = [Asked(chip, validation_images.write_chip(chip, folder, f"scene{index:03d}"), LABELS, rng)
             for index, chip in enumerate(chips)]
    return folder, found


def test_images_keep_their_pixels_their_scale_and_their_things(asked):
    folder, every = asked
    for each in every:
        source = open_raster(str(folder / each.shown["image"]))
        assert (source.read(source.grid.window).pixels[:3] == each.chip.rgb).all()
        if each.chip.north_up and each.chip.gsd is not None:
            assert source.gsd == pytest.approx(each.chip.gsd, rel=2e-3) and not each.shown["gsd"]
        for index in range(min(3, len(each.chip.things))):
            (mask,) = masks_of(f"{each.things}#{index + 1}", folder)
            assert (mask == each.chip.things[index].whole(each.chip.shape)).all()


def test_questions_are_true_of_their_chip_balanced_and_in_wordings_kept_from_training(asked):
    _, every = asked
    rows = chosen(every, LABELS, 50, np.random.default_rng(0))
    by_image = {each.shown["image"]: each for each in every}
    presence = [row for row in rows if row["concept"] == "presence"]
    assert len(presence) >= 4
    assert sum(row["target"] == "yes" for row in presence) == sum(row["target"] == "no" for row in presence)
    kept = {text.split("{")[0] for task in ("count", "presence") for text in wordings(task, "train")}
    for row in rows:
        if row["concept"] == "count":
            counts = [thing["count"] for thing in by_image[row["image"]].facts["things"].values()]
            assert int(row["target"]) in counts and int(row["target"]) <= 10
            assert row["question"] not in kept


def test_phrases_name_what_their_target_shows_and_their_baselines_keep_it(asked):
    folder, every = asked
    named = [pair for each in every for pair in each.referring()]
    single = [(referral, row) for referral, row in named if referral.kind == "one"]
    assert single and {referral.kind for referral, _ in named} >= {"one", "class absent"}
    for referral, row in named:
        assert len(masks_of(row["target"], folder)) == len(referral.things)
        assert all(phrase.label in LABELS for phrase in referral.phrases)
    targets = [row["target"] for _, row in single]
    assert [row["target"] for row in without_phrase(named)] == targets == [row["target"] for row in shuffled(named)]
    assert all(row["question"].startswith("Find all") for row in without_phrase(named))
    assert [row["question"] for row in shuffled(named)] != [row["question"] for _, row in single]


def test_detection_lists_every_thing_of_the_label(asked):
    for each in asked[1]:
        for row in each.detecting():
            numbers = row["target"].partition("#")[2].split()
            assert len(numbers) == len(each.chip.named(row["concept"]))


def test_claims_are_judged_by_the_truth_and_lose_by_being_shuffled():
    chips = [chip for chip in drawn_chips(40, 9) if "car" in chip.complete and chip.things]
    names = [f"scene{index:03d}.tif" for index in range(len(chips))]
    facts = {name: chip_facts(chip) for name, chip in zip(names, chips)}
    said = [(name, f"There are {facts[name]['things']['car']['count']} cars.") for name in names]
    figures = caption_measures.true_claims(said, facts)
    assert figures["true"] == 1 and figures["n"] >= len(said) and figures["relations a caption"] == 0
    assert caption_measures.true_claims(said, facts, len(said) // 2)["true"] < 0.9


def test_a_selection_of_rows_keeps_pairs_together():
    found = language_measures.chosen(100, 10)
    assert len(found) == 10 and all(found[k] + 1 == found[k + 1] and found[k] % 2 == 0 for k in range(0, 10, 2))
    assert language_measures.chosen(5, None) == list(range(5)) and language_measures.chosen(5, 10) == list(range(5))


def test_images_of_nothing_have_their_size_and_differ_by_chance():
    for make in (validation_images.noise, validation_images.gradient, validation_images.street_map):
        first, second = (make(np.random.default_rng(seed)) for seed in (1, 2))
        assert first.shape == (3, 256, 256) and first.dtype == np.uint8 and (first != second).any()


def test_tables_show_every_figure_by_its_title():
    text = language_measures.tables({"language: questions": {"presence": {"value": 0.5, "blank": None, "n": 3}}})
    assert "### Language: questions" in text and "| presence | value 0.500, n 3 |" in text
