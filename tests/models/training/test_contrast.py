"""The contrastive head's training: what is true of a tile, masked unknowns, a space that learns, graphs that agree."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytestmark = pytest.mark.torch

from terralogue.models.datasets.concept_phrases import CONCEPTS, said  # noqa: E402
from terralogue.models.language import bpe  # noqa: E402
from terralogue.models.language.text_tower import TextTower  # noqa: E402
from terralogue.models.training import concept_targets, contrast_export, contrast_features, contrast_stage  # noqa: E402
from terralogue.models.training.loop import Plan  # noqa: E402
from terralogue.models.training.network import NanoNetwork  # noqa: E402
from terralogue.models.training.text_tower import GRID, Towers  # noqa: E402
from terralogue.models.vision.legend import COVERS, SCENES, THINGS  # noqa: E402

YES, NO, UNKNOWN = 1, 0, -1


def _of(row, concept):
    return int(row[CONCEPTS.index(concept)])


@pytest.fixture(scope="module")
def coder():
    return bpe.learn([text for name in CONCEPTS for text in said(name)], 700)


def test_a_class_says_yes_no_and_nothing():
    harbour = concept_targets.of_class("harbor")
    assert [_of(harbour, name) for name in ("harbour", "boat", "water", "boats in a harbour")] == [YES] * 4
    assert [_of(harbour, name) for name in ("forest", "aircraft", "houses among trees", "a few boats")] == [NO] * 4
    assert [_of(harbour, name) for name in ("car", "sea or lake")] == [UNKNOWN] * 2
    river = concept_targets.of_class("River")
    assert _of(river, "river") == YES and _of(river, "building") == NO and _of(river, "car") == UNKNOWN


def test_the_same_word_is_true_of_aerial_and_satellite_tiles():
    for aerial, satellite, concept in (("forest", "Forest", "forest"), ("river", "River", "river"),
                                       ("freeway", "Highway", "highway")):
        assert _of(concept_targets.of_class(aerial), concept) == _of(concept_targets.of_class(satellite), concept) == YES


def test_every_class_is_named_by_a_concept_of_its_own():
    for scene in SCENES:
        row = concept_targets.of_class(scene)
        assert all(_of(row, name) == YES for name in concept_targets.naming(scene))
        group = SCENES[:21] if scene in SCENES[:21] else SCENES[21:]
        for other in group:
            if other != scene:
                assert any(_of(concept_targets.of_class(other), name) != YES for name in concept_targets.naming(scene)), other


def test_a_drawn_scene_is_known_by_its_facts():
    shares = {**dict.fromkeys(COVERS, 0.0), "tree": 0.3, "low vegetation": 0.68, "water": 0.02}
    counts = {**dict.fromkeys(THINGS, 0), "car": 3, "tree": None}
    row = concept_targets.of_scene(shares, counts)
    assert _of(row, "tree") == YES and _of(row, "building") == NO and _of(row, "water") == UNKNOWN
    assert _of(row, "a few cars") == YES and _of(row, "many cars") == NO and _of(row, "many trees") == UNKNOWN
    assert _of(row, "houses among trees") == NO and _of(row, "trees by water") == UNKNOWN and _of(row, "vegetation") == YES
    assert _of(row, "forest") == NO and _of(row, "industrial area") == NO and _of(row, "river") == UNKNOWN


def test_a_class_that_is_left_out_is_shown_by_no_tile_and_denied_by_no_aerial_one():
    table = concept_targets.table(frozenset({"beach"}))
    assert (table[SCENES.index("beach")] == UNKNOWN).all()
    assert (table[:21, CONCEPTS.index("beach")] == UNKNOWN).all()
    assert table[SCENES.index("SeaLake"), CONCEPTS.index("sea or lake")] == YES


def test_unknown_sends_no_gradient():
    towers = Towers(len(CONCEPTS)).eval()
    tokens = np.random.default_rng(0).normal(size=(4, 1, 4, GRID)).astype(np.float16)
    targets = np.full((4, len(CONCEPTS)), UNKNOWN, np.int8)
    texts = torch.randn(5, 128, requires_grad=True)

    def gradient(rows):
        source = {"aerial": contrast_features.Kept(tokens, np.arange(4), np.zeros(4, int), rows)}
        loss = contrast_stage.see_loss(towers, source, texts, np.arange(5), np.random.default_rng(1))
        return torch.autograd.grad(loss, texts)[0].abs().sum(1)
    assert gradient(targets).sum() == 0
    targets[:, 2] = YES
    assert (gradient(targets) > 0).tolist() == [False, False, True, False, False]


@pytest.fixture(scope="module")
def work(tmp_path_factory, coder):
    """A folder with packed and rendered tiles, an untrained encoder, cached tokens and a head trained for a few steps."""
    root, rng = tmp_path_factory.mktemp("contrast"), np.random.default_rng(0)
    sets = (("ucmerced-train", 64, (7, 10, 7, 10)), ("eurosat_rgb-train", 32, (21, 30, 21, 30)), ("grounds-train", 256, (-1,)),
            ("ucmerced-validation", 64, (7, 10, 7)), ("eurosat_rgb-validation", 32, (21, 30, 21)))
    for name, size, scenes in sets:
        folder = root / "packed" / name
        folder.mkdir(parents=True)
        np.save(folder / "images.npy", rng.integers(0, 255, (len(scenes), 3, size, size), np.uint8))
        np.save(folder / "labels.npy", np.full((len(scenes), size, size), 1, np.uint8))
        np.save(folder / "scenes.npy", np.array(scenes, np.int16))
        np.save(folder / "gsd.npy", np.full(len(scenes), 10.0 if size == 32 else 0.3, np.float32))
    rendered = root / "rendered"
    rendered.mkdir()
    things = np.zeros((2, 64, 64), np.uint8)
    things[0, :20, :20], things[1, :20, :20], things[1, :1, 30:33] = 1, 1, 2
    arrays = {"covers": np.full((2, 64, 64), 2, np.uint8), "things": things, "complete": np.ones((2, len(THINGS)), bool),
              "rosters": np.full((2, 255), THINGS.index("car"), np.uint8)}
    for name, array in arrays.items():
        np.save(rendered / f"{name}.npy", array)
    glances, run = root / "glances", root / "run"
    glances.mkdir()
    run.mkdir()
    names = ["scene 1", "scene 0", *(f"ucmerced-train {i}" for i in range(4)), "grounds-train 0.3"]
    (glances / "names.json").write_text(json.dumps(names))
    np.save(glances / "tokens.npy", rng.normal(size=(len(names), 2, 4, GRID)).astype(np.float16))
    torch.manual_seed(0)
    torch.save(NanoNetwork().state_dict(), run / "encoder.pt")
    contrast_features.cache(root / "packed", run, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contrast_stage, "PICTURES", dict.fromkeys(contrast_stage.PICTURES, 4))
        patch.setattr(contrast_stage, "PHRASES", 64)
        patch.setattr(contrast_stage, "NEGATIVES", 8)
        contrast_stage.train(_sources(root), coder, run, Plan(25, seed=1, rate=3e-3, warm=3))
    return root


def _sources(root, left_out=()):
    return contrast_features.load(root / "glances", root / "train", root / "packed", root / "rendered",
                                  concept_targets.table(frozenset(left_out)))


def test_each_source_comes_with_what_is_known_of_it(work):
    kept = _sources(work)
    assert {name: source.tokens.shape[1:] for name, source in kept.items()} == {
        "aerial": (2, 4, GRID), "aerial-half": (1, 1, GRID), "satellite": (1, 4, GRID), "scenes": (2, 4, GRID),
        "roofs": (2, 4, GRID)}
    scenes, roofs = kept["scenes"], kept["roofs"].targets
    assert scenes.rows.tolist() == [0, 1] and kept["aerial"].rows.tolist() == [2, 3, 4, 5]
    assert scenes.targets[:, CONCEPTS.index("car")].tolist() == [UNKNOWN, YES]  # a scrap of a second car: nobody can say
    assert (scenes.targets[:, CONCEPTS.index("forest")] == YES).all() and len(roofs) == 1
    assert (roofs[:, CONCEPTS.index("building")] == YES).all()
    fewer = _sources(work, ["harbor"])
    assert len(fewer["aerial"].rows) == 2 and len(fewer["satellite"].rows) == 4


def test_a_few_steps_make_the_loss_smaller(work):
    lines = [json.loads(line) for line in (work / "run" / "contrast-log.jsonl").read_text().splitlines()]
    assert set(lines[0]) == {"step", "see", "name", "known", "seconds"}
    assert lines[-1]["name"] < lines[0]["name"] and lines[-1]["see"] < lines[0]["see"]


def test_the_exported_head_says_what_the_trained_one_says(work, coder, tmp_path):
    towers = contrast_export.trained(work / "run")
    sizes = contrast_export.export_contrast(towers, coder, tmp_path)
    assert sum(sizes.values()) < 2_500_000
    tower = TextTower.load(tmp_path)
    texts = ["boats in a harbour", "a forest", "a"]
    with torch.no_grad():
        wanted, _ = towers.text(contrast_stage.padded(texts, coder))
        tokens = torch.randn(3, 16, GRID)
        seen = towers.picture(tokens)
        scores = torch.sigmoid(towers.logits(seen, wanted)).numpy()
    assert (tower.phrases(texts) * wanted.numpy()).sum(1).min() > 0.995
    assert (tower.pictures(tokens.numpy()) * seen.numpy()).sum(1).min() > 0.995
    assert np.abs(tower.score(tower.pictures(tokens.numpy()), texts) - scores).max() < 0.05


def test_figures_are_measured_on_the_exported_head(work, coder, tmp_path):
    from terralogue.models.training import contrast_measures

    contrast_export.export_contrast(contrast_export.trained(work / "run"), coder, tmp_path)
    tower = TextTower.load(tmp_path)
    found = contrast_measures.figures(tower, work / "validation", ["giraffes"], {"forest": ["a forest"]})
    assert found["eurosat"]["n"] == 3 and found["words"]["accepted as meant"] == 1.0 and found["words"]["declined"] == 1.0
    assert contrast_measures.left_out(tower, work / "validation", ["harbor"], ("aerial", "aerial-half"))["mean"] in (0.0, 1.0)
