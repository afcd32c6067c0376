"""The renderer: same seed same scene, labels that follow the drawing, sources that never cross the split."""

import json

import numpy as np
import pytest

pytest.importorskip("scipy")
Image = pytest.importorskip("PIL.Image")

from terralogue.models.training.scenes import bank as banks  # noqa: E402
from terralogue.models.training.scenes import cutouts, dataset, instances, layout, mining, render, sensor, sources  # noqa: E402
from terralogue.models.training.scenes.world import BARE, BUILDING, LOW, TREE, Region, Standing, World  # noqa: E402
from terralogue.models.vision.legend import THINGS  # noqa: E402


def _bank(split="train"):
    rng = np.random.default_rng(3)
    colours = {1: (90, 90, 90), 2: (30, 70, 30), 3: (110, 150, 80), 4: (190, 160, 120), 5: (40, 60, 90)}
    textures = {}
    for cover, colour in colours.items():
        pixels = np.clip(np.array(colour) + rng.normal(0, 6, (64, 64, 3)), 0, 255).astype(np.uint8)
        patch = mining.Patch(cover, 0.3, "made", f"{split}/{cover}", pixels)
        textures[cover] = [banks.make_texture(patch, rng, 96)]
    roof = np.full((30, 50, 4), (200, 60, 50, 255), np.uint8)
    crown = np.dstack([np.full((40, 40, 3), (50, 90, 40), np.uint8), cutouts.lobes(rng, 40)])
    return banks.Bank(split, textures, [cutouts.Cutout(0.15, "made", "r", roof)],
                      [cutouts.Cutout(0.1, "made", "c", crown)], [cutouts.lobes(rng, 64)])


@pytest.fixture(scope="module")
def bank():
    return _bank()


def test_the_same_seed_gives_the_same_scene_and_another_seed_another(bank):
    first, again, other = (dataset.scene(bank, seed, 4, 96) for seed in (1, 1, 2))
    assert np.array_equal(first[0], again[0]) and np.array_equal(first[1], again[1]) and first[2] == again[2]
    assert np.array_equal(first[3][0], again[3][0])
    assert not np.array_equal(first[0], other[0])


def test_train_and_validation_draw_different_layouts():
    train, validation = (dataset.scene(_bank(split), 1, 1, 64) for split in ("train", "validation"))
    assert train[2] != validation[2]


def test_covers_hold_only_classes_and_unknown(bank):
    seen = set()
    for index in range(24):
        image, covers, gsd, second = dataset.scene(bank, 5, index, 96)[:4]
        assert image.shape == (3, 96, 96) and image.dtype == np.uint8 and covers.dtype == np.uint8
        assert 0.1 <= gsd <= 1.0
        seen |= set(np.unique(covers))
        assert (second is not None) == (index % 4 == 0)
    assert seen <= {0, 1, 2, 3, 4, 5, 255}
    assert {0, 1, 2, 3, 4, 5} <= seen


def _flat(cover, colour, size=64):
    return Region(cover, None, colour=colour)


def _light(length=2.0, lean=(0.0, 0.0)):
    return sensor.Light(0.0, length, 0.7, lean, {})


def _block(x, cover, kind, colour=(250, 20, 20, 255), side=12):
    return Standing(x, 32, Image.new("RGBA", (side, side), colour), 6.0, cover, kind, (200, 200, 200))


def test_a_drawn_roof_is_labelled_building_and_nothing_else_is():
    world = World(64, 0.5, [_flat(LOW, (100, 150, 90))], [_block(32, BUILDING, "building")])
    image, covers = (np.asarray(part) for part in render.paint(world, _light()))
    roof = (image == (250, 20, 20)).all(2)
    assert roof.sum() == 144
    assert np.array_equal(covers == BUILDING, roof)


def test_a_shadow_darkens_the_ground_but_keeps_its_class():
    world = World(64, 0.5, [_flat(BARE, (200, 170, 130))], [_block(44, BUILDING, "building")])
    image, covers = (np.asarray(part).astype(int) for part in render.paint(world, _light()))
    assert image[32, 26].mean() < 0.6 * image[4, 4].mean()
    assert covers[32, 26] == BARE


def test_a_tree_over_a_roof_wins_even_when_it_was_planted_first():
    tree = _block(32, TREE, "tree", (10, 90, 10, 255), 6)
    world = World(64, 0.5, [_flat(LOW, (100, 150, 90))], [tree, _block(32, BUILDING, "building")])
    _, covers = render.paint(world, _light())
    assert covers.getpixel((32, 32)) == TREE and covers.getpixel((27, 32)) == BUILDING


def test_a_leaning_facade_belongs_to_the_building():
    world = World(64, 0.5, [_flat(LOW, (100, 150, 90))], [_block(32, BUILDING, "building")])
    straight, leaning = (np.asarray(render.paint(world, _light(lean=lean))[1]) for lean in ((0, 0), (0.5, 0)))
    assert (leaning == BUILDING).sum() > (straight == BUILDING).sum()


def test_a_container_is_unknown_and_a_car_keeps_the_road():
    crate, car = _block(16, 255, "container"), _block(48, None, "car")
    _, covers = render.paint(World(64, 0.5, [_flat(1, (90, 90, 90))], [crate, car]), _light())
    assert covers.getpixel((16, 32)) == 255 and covers.getpixel((48, 32)) == 1


def test_every_thing_has_its_own_number_where_it_is_seen():
    roofs = [_block(16, BUILDING, "building"), _block(44, BUILDING, "building"), _block(44, TREE, "tree", side=6)]
    pond = Image.new("L", (64, 64))
    pond.paste(255, (0, 0, 10, 10))
    world = World(64, 0.5, [_flat(LOW, (100, 150, 90))], [*roofs, _block(32, None, "wall")], [("pond", pond)])
    ids, roster = instances.instances(world, _light())
    named = {THINGS[roster[k]]: int((ids == k).sum()) for k in np.unique(ids[ids > 0])}
    assert [THINGS[k] for k in roster[roster < instances.NOBODY]] == ["pond", "building", "building", "tree"]
    assert sorted(np.bincount(ids.ravel())[1:]) == [36, 100, 108, 144]  # a tree of 36 hides as much of one roof
    assert named["pond"] == 100 and named["tree"] == 36


def test_numbered_roofs_and_the_cover_building_are_the_same_pixels_seen_from_straight_above(bank):
    seen = 0
    for k in range(12):
        plan = layout.draw(np.random.default_rng(k), bank, 96, 0.4)
        covers = np.asarray(render.paint(plan.world, _light())[1])
        ids, roster = instances.instances(plan.world, _light())
        label = np.append(roster, 255)[ids]
        roofs = (label == THINGS.index("building")) & (ids > 0)
        agree = (roofs == (covers == BUILDING)) | np.isin(label, [THINGS.index("car")])
        assert agree.mean() > 0.995
        seen += int(roofs.sum())
    assert seen > 1000


def test_trees_are_not_called_complete_where_a_wood_stands():
    wood, meadow = (World(64, 0.5, [_flat(cover, (90, 120, 80))]) for cover in (TREE, LOW))
    assert not instances.complete(wood)[THINGS.index("tree")] and instances.complete(meadow).all()


def test_every_cover_is_missing_from_many_scenes_and_present_in_many(bank):
    present = np.zeros((80, 6), bool)
    for k in range(80):
        plan = layout.draw(np.random.default_rng(k), bank, 64, 0.5)
        covers = np.asarray(render.paint(plan.world, _light())[1])
        present[k] = [(covers == c).any() for c in range(6)]
    share = present.mean(0)
    assert (share > 0.15).all() and (share < 0.9).all(), share


def test_validation_never_uses_a_training_source():
    names = [("fair_zanzibar", f"OAM-{x}-{y}-21.jpg") for x in range(1277168, 1277208) for y in range(1083840, 1083850)]
    names += [("ucmerced", f"ucmerced/forest/forest{n:02d}.jpg") for n in range(80)]
    names += [("neon_trees", f"SJER_{n:03d}.tif") for n in range(60)]
    for dataset_name, name in names:
        assert sources.allowed(dataset_name, name, "train") != sources.allowed(dataset_name, name, "validation")
    assert not sources.allowed("ucmerced", "forest05.jpg", "train") and sources.allowed("ucmerced", "forest05.jpg", "validation")


def test_tiles_of_one_footprint_stay_on_one_side_and_the_held_out_country_on_none():
    for x, y in ((319292, 270960), (319299, 270996), (386697, 220263)):
        parts = {sources.allowed("fair_zanzibar", f"OAM-{x * 4 + i}-{y * 4 + j}-21.jpg", "train")
                 for i in range(4) for j in range(4)}
        assert len(parts) == 1
    for split in ("train", "validation", "test"):
        assert not sources.allowed("fair_nairobi", "OAM-1277168-1083840-21.jpg", split)
    assert "fair_nairobi" not in sources.FAIR_SETS


def test_a_texture_repeats_without_a_seam():
    ramp = np.linspace(60, 180, 48)[None, :, None]
    patch = (ramp + np.random.default_rng(1).normal(0, 3, (48, 48, 3))).astype(np.uint8)
    grown = banks.quilting.grow(patch, np.random.default_rng(0), 96).astype(float)
    seam = np.abs(grown[:, 0] - grown[:, -1]).mean()
    inside = np.abs(np.diff(grown, axis=1)).mean()
    assert grown.shape == (96, 96, 3) and seam < 3 * inside + 2


def test_a_stopped_run_goes_on_and_another_run_is_not_overwritten(bank, tmp_path, monkeypatch):
    out = tmp_path / "scenes"
    assert dataset.create(out, 70, 64, "train", 1) == [0, 1]
    monkeypatch.setattr(dataset, "load", lambda *_: bank)
    dataset.start_worker(tmp_path, out, "train")
    dataset.write_chunk((1, 70, 64, 1))
    assert dataset.create(out, 70, 64, "train", 1) == [0]
    images = np.load(out / "images.npy")
    assert images[64:].any() and not images[:64].any()
    pairs = json.loads((out / "pairs.json").read_text())
    assert np.load(out / "after_images.npy")[pairs.index(68)].any()
    with pytest.raises(ValueError, match="another run"):
        dataset.create(out, 71, 64, "train", 1)
