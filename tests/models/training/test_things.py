"""Targets and losses of things and masks, and the stage that trains them."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytestmark = pytest.mark.torch

from terralogue.models.training import labels, pointing, thing_batches, thing_stage, thing_truth  # noqa: E402
from terralogue.models.training.heads import Found, MaskHead, ThingHead  # noqa: E402
from terralogue.models.training.network import NanoNetwork  # noqa: E402
from terralogue.models.vision.detections import peaks  # noqa: E402
from terralogue.models.vision.legend import MASK_CLASSES, THINGS  # noqa: E402

CAR, TREE = THINGS.index("car"), THINGS.index("tree")


def _crop(size=64):
    ids = np.zeros((size, size), np.uint8)
    ids[10:20, 8:30], ids[40:44, 40:44], ids[60:61, 0:3] = 1, 2, 3
    roster = np.full(255, 255, np.uint8)
    roster[1:4] = CAR
    return ids, roster, np.ones(len(THINGS), bool)


def test_the_target_read_back_as_detections_is_the_thing_itself():
    known = thing_truth.truth(*_crop())
    shape = np.zeros((4, 16, 16), np.float32)
    shape[:, known.cells[:, 0], known.cells[:, 1]] = known.shape.T
    found = peaks(known.heat, shape, THINGS, 0.99)
    assert sorted(one.box for one in found) == [pytest.approx((8, 10, 30, 20)), pytest.approx((40, 40, 44, 44))]
    assert {one.label for one in found} == {"car"}
    assert not known.judged[CAR, 15, 0], "a scrap of three pixels is neither a car nor none"


def test_labels_that_are_not_known_completely_are_judged_at_their_things_only():
    ids, roster, complete = _crop()
    complete[CAR] = False
    known = thing_truth.truth(ids, roster, complete)
    assert known.judged[CAR].sum() == 2 and known.judged[TREE].all()


def test_a_perfect_heat_map_costs_next_to_nothing_and_an_empty_one_much():
    known = thing_truth.truth(*_crop())
    shape = torch.zeros(1, 4, 16, 16)
    shape[0][:, known.cells[:, 0], known.cells[:, 1]] = torch.from_numpy(known.shape.T)
    right = torch.from_numpy(np.where(known.heat[None] == 1, 9.0, -9.0)).float()
    heat, place = thing_stage.thing_losses(Found(right, shape), [known])
    nothing, _ = thing_stage.thing_losses(Found(torch.full_like(right, -9.0), shape), [known])
    assert heat < 0.01 and place < 1e-6 and nothing > 5


def test_presence_asks_only_where_it_is_known():
    heat = torch.full((1, len(THINGS), 4, 4), -9.0)
    present = torch.full((1, len(THINGS)), -1, dtype=torch.int8)
    assert thing_stage.presence_loss(heat, present) == 0
    present[0, CAR], present[0, TREE] = 0, 1
    assert thing_stage.presence_loss(heat, present) == pytest.approx(4.5, abs=0.1)


def test_scene_classes_say_what_stands_there_and_never_both():
    assert thing_batches.presence_of("harbor")[THINGS.index("boat")] == 1
    assert thing_batches.presence_of("harbor")[THINGS.index("tennis court")] == 0
    assert (thing_batches.presence_of("baseballdiamond") == -1).all()
    for scene, there in thing_batches.PRESENT.items():
        assert not set(there) & set(thing_batches.POSSIBLE.get(scene, ()))


def test_a_simulated_user_points_at_the_thing_and_the_mask_is_its_own():
    ids, roster, complete = _crop()
    rng = np.random.default_rng(0)
    for _ in range(40):
        asked = pointing.one_thing(ids, 1, CAR, rng)
        assert np.array_equal(asked.mask, ids == 1)
        if asked.maps[0].any():
            row, col = np.unravel_index(asked.maps[0].argmax(), (16, 16))
            assert asked.mask[max(0, row * 4 - 2):row * 4 + 6, max(0, col * 4 - 2):col * 4 + 6].any()
    label = np.full((64, 64), labels.UNKNOWN, np.uint8)
    wholes = [pointing.one_class(ids, roster, complete, label, rng) for _ in range(200)]
    cars = [one for one in wholes if one is not None and one.classes[MASK_CLASSES.index("car")]]
    absent = [one for one in wholes if one is not None and one.classes[MASK_CLASSES.index("boat")]]
    assert cars and all(np.array_equal(one.mask, np.isin(ids, (1, 2, 3))) for one in cars)
    assert absent and not any(one.mask.any() for one in absent), "classes that are absent must be asked for too"


def test_heads_keep_their_shapes_and_a_prompt_changes_the_mask():
    torch.manual_seed(0)
    features = torch.rand(2, 96, 8, 12)
    found = ThingHead()(features)
    assert found.heat.shape == (2, len(THINGS), 8, 12) and found.shape.shape == (2, 4, 8, 12)
    head, click = MaskHead(), torch.zeros(2, 3, 8, 12)
    click[:, 0, 3, 3] = 1
    classes = torch.zeros(2, len(MASK_CLASSES))
    assert head(features, click, classes).shape == (2, 16, 24)
    assert not torch.allclose(head(features, click, classes), head(features, torch.zeros_like(click), classes))


@pytest.fixture
def sources(tmp_path):
    rng = np.random.default_rng(0)
    rendered = tmp_path / "train"
    rendered.mkdir()
    ids, roster, complete = (np.stack([part] * 3) for part in _crop(256))
    arrays = {"images": rng.integers(0, 255, (3, 3, 256, 256), np.uint8), "things": ids, "rosters": roster,
              "complete": complete, "labels": np.full((3, 256, 256), labels.UNKNOWN, np.uint8),
              "gsd": np.full(3, 0.3, np.float32)}
    for name, array in arrays.items():
        np.save(rendered / f"{name}.npy", array)
    for name, size in (("grounds", 512), ("ucmerced", 256)):
        folder = tmp_path / f"{name}-train"
        folder.mkdir()
        np.save(folder / "images.npy", rng.integers(0, 255, (2, 3, size, size), np.uint8))
        roofs = np.full((2, size, size), labels.UNKNOWN & ~labels.BUILDING, np.uint8)
        roofs[:, 40:200, 60:200] = labels.BUILDING
        np.save(folder / "labels.npy", roofs)
        np.save(folder / "gsd.npy", np.full(2, 0.3, np.float32))
        np.save(folder / "scenes.npy", np.full(2, 10, np.int16))
    run = tmp_path / "run"
    run.mkdir()
    torch.manual_seed(0)
    torch.save(NanoNetwork().state_dict(), run / "encoder.pt")
    return tmp_path, rendered, run


def test_the_stage_trains_its_heads_alone_and_goes_on_where_it_stopped(sources, monkeypatch):
    packed, rendered, run = sources
    for name, value in (("SIZE", 64), ("SCENES", 2), ("ROOFS", 1), ("AERIAL", 1)):
        monkeypatch.setattr(thing_stage, name, value)
    before = (run / "encoder.pt").read_bytes()
    path = thing_stage.train(packed, rendered, run, 2, seed=1)
    assert (run / "encoder.pt").read_bytes() == before
    weights = torch.load(path, weights_only=True)
    thing_stage.train(packed, rendered, run, 2, seed=1)
    again = torch.load(path, weights_only=True)
    assert all(torch.isfinite(value).all() for value in weights.values()) and weights.keys() == again.keys()


def test_a_rendered_scene_becomes_a_chip_whose_things_are_its_numbered_pixels(sources):
    from terralogue.models.training.scene_chips import scene_chips

    _, rendered, _ = sources
    np.save(rendered / "covers.npy", np.full((3, 256, 256), 4, np.uint8))
    images = np.load(rendered / "images.npy")
    images[:, :, 10:20, 8:30] = np.array((200, 20, 20), np.uint8)[:, None, None]
    np.save(rendered / "images.npy", images)
    chips = list(scene_chips(rendered))
    assert [chip.name for chip in chips] == ["scene 0", "scene 1", "scene 2"]
    (red, small) = chips[0].things
    assert red.box == (8, 10, 30, 20) and red.label == "car" and red.colour == "red" and red.pixels == 220
    assert small.pixels == 16 and "car" not in chips[0].complete, "a scrap of three pixels: the number of cars is not known"
    assert "boat" in chips[0].complete and chips[0].cover_names[chips[0].covers[0, 0]] == "bare"
